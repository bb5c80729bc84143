"""What isn't plainly one machine in the public internet is refused."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.errors import BadInput
from harmledger.reach.public import is_public, is_within, parse_networks

PRIVATE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",  # noqa: S104  looked at, not bound to
    "168.63.129.16", "::1", "::", "fe80::1", "fe80::1%eth0", "2606:2800:220:1::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::", "2606:2800:220:1:200:5efe:a00:1", "not an address", "",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_within_a_network_are_not_public(address: str) -> None:
    """In whatever form they are written, and however IPv4 is wrapped in IPv6."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:2800:220:1::1", "2001:4860:4860::8888"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    """So that pages are found at all."""
    assert is_public(address)


@given(st.ip_addresses())
def test_what_python_knows_as_special_is_never_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Whatever its registry holds more than ours."""
    special = not address.is_global or address.is_multicast or address.is_reserved or address.is_link_local
    assert not (special and is_public(str(address)))


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:{}", "::{}", "64:ff9b::{}", "::ffff:0:{}"]))
def test_no_ipv4_address_is_public_in_the_guise_of_ipv6(address: ipaddress.IPv4Address, guise: str) -> None:
    """A public one neither: nobody needs them."""
    assert not is_public(guise.format(address))


def test_networks_are_named_with_commas() -> None:
    """Spaces and a comma too many don't matter; an empty setting is none."""
    networks = parse_networks(" 10.0.0.0/8,127.0.0.1/32, fd00::/8,", "fetch_private")
    assert [is_within(one, networks) for one in ("10.9.9.9", "127.0.0.1", "127.0.0.2", "fd00::1", "::ffff:10.0.0.1", "x")] == [True, True, False, True, False, False]  # fmt: skip
    assert parse_networks("", "fetch_private") == ()


@pytest.mark.parametrize("said", ["10.0.0.1/8", "intranet", "10.0.0.0/33"])
def test_what_is_no_network_is_told(said: str) -> None:
    """With the setting's name: a network that is written wrongly might be a wider one."""
    with pytest.raises(BadInput, match=r"fetch_private: .* is no network"):
        parse_networks(said, "fetch_private")
