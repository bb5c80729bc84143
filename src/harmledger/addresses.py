"""Addresses of pages in one spelling, without what only tells a site where its reader came from."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from harmledger.text.address import TRACKING

LONGEST = 2_000
"""Characters of an address; browsers and servers take hardly more, and none of a report's has them."""
_SAFE = "/%:@!$&'()*+,;=~-._"
_PORTS = {"http": 80, "https": 443}
_UNSEEN = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


def normalize_address(url: str, base: str = "") -> str | None:
    """The address in one spelling, resolved against where it was found; None where it is none of the web.

    >>> normalize_address("HTTPS://News.Example:443/a b?id=7&utm_source=rss#top")
    'https://news.example/a%20b?id=7'
    """
    if len(url) > LONGEST:
        return None
    try:
        parts = urlsplit(urljoin(base, _UNSEEN.sub(" ", url).strip()))
        host = _host(parts)
        port = parts.port
    except ValueError:
        return None
    if host is None or parts.scheme not in _PORTS or parts.username is not None or parts.password is not None:
        return None
    place = host if port in {None, _PORTS[parts.scheme]} else f"{host}:{port}"
    made = urlunsplit((parts.scheme, place, quote(parts.path, _SAFE) or "/", _query(parts.query), ""))
    return made if len(made) <= LONGEST else None


def host_of(url: str) -> str:
    """Host and port of a normalised address: whom politeness is owed."""
    return urlsplit(url).netloc


def name_host(url: str) -> str:
    """The host and port of any address, as people are told of it, in small letters and without who signs in; what has none is shown whole.

    >>> name_host("https://amal@News.Example/a"), name_host("report.html")
    ('news.example', 'report.html')
    """
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower() or url
    except ValueError:
        return url


def _host(parts: SplitResult) -> str | None:
    """The host in ASCII, as the network asks for it.

    Raises:
        ValueError: no host is spelt so.
    """
    host = (parts.hostname or "").rstrip(".")
    if not host:
        return None
    if ":" in host:
        return f"[{host}]"
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _query(query: str) -> str:
    kept = (part for part in query.split("&") if part and not TRACKING.fullmatch(part.partition("=")[0]))
    return quote("&".join(kept), _SAFE + "?[]")
