"""What an address on the web says, read strictly: where two programs could read it differently, it is refused.

No name is looked up here.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2

from harmledger.domain import FetchOutcome
from harmledger.reach.stopped import Stopped

MOST_CHARS = 4_000
"""Real addresses of pages have up to two thousand; servers refuse from eight thousand on."""
DEFAULT_PORTS = {"http": 80, "https": 443}
_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
_SCHEME = re.compile(r"(?i)https?://(?=[^/?#])")
_NUMERIC = re.compile(r"(?i)(?:\d+|0x[0-9a-f]*)")
"""A last label of this form makes the whole host a number. Source: WHATWG URL, 3.5 (ends in a number checker)."""
_LABEL = re.compile(r"(?i)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_REMEDY = "give the address as the browser shows it"


@dataclass(frozen=True, slots=True)
class Address:
    """An address on the web in its parts; `host` as it goes over the wire, IPv6 without its brackets."""

    scheme: str
    host: str
    port: int
    target: str
    """Path and query."""

    @property
    def authority(self) -> str:
        """Host and port as the head `Host` has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.target}"


def parse_address(url: str) -> Address:
    """An address in its parts.

    Raises:
        Stopped: it isn't http or https, holds a name to sign in with, or is written so that programs disagree about what it means.
    """
    if len(url) > MOST_CHARS:
        raise _odd(f"the address is longer than {MOST_CHARS} characters")
    if _ODD.search(url):
        raise _odd("the address holds spaces, backslashes or signs that don't show")
    if not _SCHEME.match(url):
        raise _odd("the address isn't http:// or https://")
    try:
        written = urlsplit(url).netloc
        parsed = httpx2.URL(url)
        port = parsed.port
    except (ValueError, httpx2.InvalidURL, UnicodeError) as e:
        raise _odd(f"the address can't be understood ({e})") from e
    if "@" in written or parsed.userinfo:
        raise _odd("the address holds a name or password to sign in with")
    host = _read_host(parsed, written)
    return Address(
        parsed.scheme, host, DEFAULT_PORTS[parsed.scheme] if port is None else port, parsed.raw_path.decode()
    )


def _read_host(parsed: httpx2.URL, written: str) -> str:
    host = parsed.raw_host.decode("ascii").lower()
    if "%" in written:
        raise _odd("the host's name holds a percent sign")
    if ":" in host:
        return _read_ipv6(host)
    labels = host.split(".")
    if not all(map(_LABEL.fullmatch, labels)) or len(host) > 253:
        raise _odd(f"{host!r} is no name of a host")
    if _NUMERIC.fullmatch(labels[-1]):
        return _read_ipv4(host)
    return host


def _read_ipv6(host: str) -> str:
    try:
        return str(ipaddress.IPv6Address(host))
    except ValueError as e:
        raise _odd(f"{host!r} is no network address") from e


def _read_ipv4(host: str) -> str:
    """Only in its plain form: short, octal, hexadecimal and whole numbers are read differently by different programs."""
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as e:
        raise _odd(f"{host!r} is a number that isn't written as a network address") from e


def _odd(what: str) -> Stopped:
    return Stopped(FetchOutcome.FORBIDDEN_ADDRESS, what, _REMEDY)
