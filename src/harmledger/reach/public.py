"""Which network addresses are of the public internet.

Everything is refused that isn't plainly one machine out there: what IANA's registries of special-purpose addresses list, whatever wraps an IPv4
address in IPv6, and addresses at which clouds answer their own machines.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from harmledger.errors import BadInput

IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_SPECIAL_IPV4 = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8",  # this network, and this machine
        "10.0.0.0/8",
        "100.64.0.0/10",  # behind a provider's translation; Alibaba's metadata, 100.100.100.200
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's machines ask it about themselves, though the range is public
        "169.254.0.0/16",  # link-local; most clouds' metadata, 169.254.169.254
        "172.16.0.0/12",
        "192.0.0.0/24",  # Oracle's metadata, 192.0.0.192
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4's relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
"""Source: IANA IPv4 Special-Purpose Address Registry (RFC 6890), IPv4 Multicast; those that are reachable everywhere serve no pages."""
_GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")
"""All that IANA has given out. Outside lie loopback, ::ffff:0:0/96 (mapped), ::/96 (compatible), 64:ff9b:: (NAT64), fc00::, fe80::, ff00::."""
_SPECIAL_IPV6 = tuple(
    ipaddress.IPv6Network(net)
    for net in (
        "2001::/23",  # protocols' own: Teredo (2001::/32), ORCHID, benchmarking
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address, which may be any
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
"""Source: IANA IPv6 Special-Purpose Address Registry."""
_ISATAP = (0x00005EFE, 0x02005EFE)
"""ISATAP puts 0000:5efe or 0200:5efe before an IPv4 address in an interface's own half. Source: RFC 5214."""


def is_public(address: str) -> bool:
    """Whether an address is of one machine in the public internet."""
    parsed = parse_ip(address)
    if parsed is None:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in net for net in _SPECIAL_IPV4)
    return parsed in _GLOBAL_IPV6 and not any(parsed in net for net in _SPECIAL_IPV6) and not _is_isatap(parsed)


def parse_ip(address: str) -> IPAddress | None:
    """The address that a text is in its plain form; none where it isn't one, or names an interface (`%eth0`) of this machine."""
    try:
        return None if "%" in address else ipaddress.ip_address(address)
    except ValueError:
        return None


def _is_isatap(address: ipaddress.IPv6Address) -> bool:
    return (int(address) >> 32) & 0xFFFFFFFF in _ISATAP


def parse_networks(said: str, where: str) -> tuple[IPNetwork, ...]:
    """Networks as a setting names them, separated by commas.

    Raises:
        BadInput: one of them is no network.
    """
    return tuple(_parse_network(one.strip(), where) for one in said.split(",") if one.strip())


def _parse_network(said: str, where: str) -> IPNetwork:
    try:
        return ipaddress.ip_network(said)
    except ValueError as e:
        raise BadInput(f"{said!r} is no network ({e})", where, "write networks as 10.20.0.0/16, with commas") from e


def is_within(address: str, networks: Sequence[IPNetwork]) -> bool:
    """Whether an address lies in one of the networks."""
    parsed = parse_ip(address)
    return parsed is not None and any(parsed in net for net in networks)
