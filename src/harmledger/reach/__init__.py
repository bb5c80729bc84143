"""How the web is reached: where a fetch may go, how a name becomes an address, and how much of an answer is taken."""

from harmledger.reach.address import Address, parse_address
from harmledger.reach.guard import PORTS, Guard
from harmledger.reach.names import LOOK_UP_SECONDS, Resolve, look_up
from harmledger.reach.public import IPNetwork, is_public, is_within, parse_networks
from harmledger.reach.stopped import Stopped
from harmledger.reach.unpack import CODINGS, Bounds, unpack
from harmledger.reach.wire import Budget, Heard, Wire

__all__ = [
    "CODINGS",
    "LOOK_UP_SECONDS",
    "PORTS",
    "Address",
    "Bounds",
    "Budget",
    "Guard",
    "Heard",
    "IPNetwork",
    "Resolve",
    "Stopped",
    "Wire",
    "is_public",
    "is_within",
    "look_up",
    "parse_address",
    "parse_networks",
    "unpack",
]
