"""The fetcher that the settings describe."""

from __future__ import annotations

import re

import httpx2

from harmledger import __version__
from harmledger.collect.fetch import Fetcher, FetchLimits, Proxy
from harmledger.config import FetchSettings
from harmledger.errors import BadInput
from harmledger.reach import Guard, parse_networks

_CONTACT = re.compile(r"[\x21-\x7e]{1,200}")


def open_fetcher(said: FetchSettings) -> Fetcher:
    """What fetches as the settings say.

    Raises:
        BadInput: a setting makes no sense.
    """
    guard = Guard(private=parse_networks(said.private, "fetch_private"), ports=_parse_ports(said.ports))
    limits = FetchLimits(
        wire_bytes=_positive("fetch_bytes", said.most_bytes),
        content_bytes=said.most_bytes,
        whole_seconds=_positive("fetch_seconds", said.seconds),
    )
    proxy = _parse_proxy(said.proxy, looks_up=said.proxy_looks_up) if said.proxy else None
    return Fetcher(agent=render_agent(said.contact), guard=guard, limits=limits, proxy=proxy)


def render_agent(contact: str) -> str:
    """By what name sites are asked, and whom they may write to.

    Raises:
        BadInput: the contact can't stand in a request.
    """
    if contact and not _CONTACT.fullmatch(contact):
        raise BadInput(f"{contact!r} is no contact", "fetch_contact", "give an e-mail address or the address of a page")
    return f"harmledger/{__version__} (+{contact})" if contact else f"harmledger/{__version__}"


def _parse_ports(said: str) -> frozenset[int]:
    ports = [one.strip() for one in said.split(",")]
    if not all(one.isascii() and one.isdigit() and 0 < int(one) < 65536 for one in ports):
        raise BadInput(f"{said!r} are no ports", "fetch_ports", "give numbers with commas, such as 80,443")
    return frozenset(map(int, ports))


def _positive(name: str, said: int) -> int:
    if said <= 0:
        raise BadInput(f"{said} is too little", name, "give a number above 0")
    return said


def _parse_proxy(said: str, *, looks_up: bool) -> Proxy:
    """The address isn't told back: it may hold a password."""
    try:
        url = httpx2.URL(said)
    except (httpx2.InvalidURL, ValueError) as e:
        raise BadInput("it is no address", "fetch_proxy", "give one as http://proxy.example.org:3128") from e
    if url.scheme not in {"http", "https"} or not url.host:
        raise BadInput("it isn't http:// or https://", "fetch_proxy", "give one as http://proxy.example.org:3128")
    return Proxy(url=said, looks_up=looks_up)
