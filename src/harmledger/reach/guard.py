"""Where a fetch may go: names are looked up once, and every address that a name has must be allowed.

What it gives is what is connected to: a name that changes its mind after it was looked at leads nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from harmledger.domain import FetchOutcome
from harmledger.reach.address import Address
from harmledger.reach.names import LOOK_UP_SECONDS, Resolve, look_up, look_up_within
from harmledger.reach.public import IPNetwork, is_public, is_within, parse_ip
from harmledger.reach.stopped import Stopped

PORTS = frozenset({80, 443})
"""Where pages are served. Other ports are other services, which a page could have us speak to."""
_INSIDE = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "arpa",
    "test",
    "invalid",
    "onion",
)
"""Last labels of names that no public name has, or that mean this machine or network. Source: RFC 6761, 6762, 8375; ICANN's `internal`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What may be reached."""

    private: Sequence[IPNetwork] = ()
    """Networks that aren't public and may be reached all the same, at any port."""
    ports: frozenset[int] = PORTS
    resolve: Resolve = field(default=look_up)

    def look(self, address: Address, *, from_public: bool = False, seconds: float = LOOK_UP_SECONDS) -> Sequence[str]:
        """The network addresses to connect to, in order; `from_public`: a page of the public internet leads there.

        Raises:
            Stopped: nobody knows the name, or it leads where nothing may be fetched.
        """
        self._judge_name(address)
        found = self._find(address, seconds)
        self._judge(address, found, from_public=from_public)
        return found

    def look_unresolved(self, address: Address, *, from_public: bool = False) -> Sequence[str]:
        """All there is to look at where a proxy looks names up: the name, or the network address that stands in its place.

        Raises:
            Stopped: nothing may be fetched there, as far as can be told.
        """
        self._judge_name(address)
        if parse_ip(address.host) is None:
            self._judge_port(address)
            return []
        self._judge(address, [address.host], from_public=from_public)
        return [address.host]

    def _judge_name(self, address: Address) -> None:
        """Where private networks may be reached, names within them may too."""
        host = address.host
        if self.private or parse_ip(host) is not None:
            return
        if "." not in host or host.rpartition(".")[2] in _INSIDE:
            raise _forbidden(f"{host!r} is no name of the public internet")
        self._judge_port(address)

    def _judge(self, address: Address, found: Sequence[str], *, from_public: bool) -> None:
        if not from_public and all(is_within(one, self.private) for one in found):
            return
        if not all(map(is_public, found)):
            raise _forbidden(_leads_inside(address, found))
        self._judge_port(address)

    def _judge_port(self, address: Address) -> None:
        if address.port not in self.ports:
            what = f"port {address.port} is none that pages are fetched from"
            raise Stopped(FetchOutcome.FORBIDDEN_ADDRESS, what, "save the page and give the file, or see fetch_ports")

    def _find(self, address: Address, seconds: float) -> Sequence[str]:
        if parse_ip(address.host) is not None:
            return [address.host]
        try:
            found = look_up_within(self.resolve, address.host, address.port, seconds=seconds)
        except TimeoutError as e:
            what = f"looking up {address.host} takes too long"
            raise Stopped(FetchOutcome.NO_HOST, what, "see whether names are found on this machine") from e
        if not found:
            raise Stopped(FetchOutcome.NO_HOST, f"nobody knows a host {address.host}", "check the address")
        return found


def _leads_inside(address: Address, found: Sequence[str]) -> str:
    inside = next(one for one in found if not is_public(one))
    if inside == address.host:
        return f"{inside} isn't in the public internet"
    return f"{address.host} leads to {inside}, which isn't in the public internet"


def _forbidden(what: str) -> Stopped:
    return Stopped(FetchOutcome.FORBIDDEN_ADDRESS, what, "save the page and give the file, or see fetch_private")
