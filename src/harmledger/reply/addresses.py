"""Addresses of further reports, as people give them: read strictly, since others will open them. Nothing is fetched here.

Comes in: what was typed. Goes out: the address, or one sentence that says what is wrong with it.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata

from harmledger.errors import BadInput

MOST_CHARS = 2_000
_WHOLE = re.compile(
    r"(?i)(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[^/?#:\[\]]+)(?P<port>:\d{1,5})?(?P<rest>[/?#].*)?"
)
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_NUMBER = re.compile(r"(?i)(?:0x[0-9a-f]*|\d+)")
_NEVER = frozenset(" \t\r\n\\\"'<>`{}|^")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
PRIVATE = frozenset(
    "localhost local localdomain internal intranet private corp home lan arpa test example invalid onion".split()
)
"""Last parts of names that stand for a machine of the reader's own network, or for none at all."""


def parse_address(typed: str) -> str:
    """The address of a page, as it was typed, without blanks around it.

    Raises:
        BadInput: it is none that anybody could open, or one that others shouldn't.
    """
    url = typed.strip()
    if len(url) > MOST_CHARS:
        raise _wrong(f"the address has more than {MOST_CHARS} characters", "give a shorter one")
    found = _WHOLE.fullmatch(url)
    if found is None or _NEVER & set(url) or any(unicodedata.category(each) in _HIDDEN for each in url):
        raise _wrong("this is no whole address of a page", "copy it from the browser, beginning with https://")
    if "@" in found["host"]:
        raise _wrong("the address holds a name or password", "leave out what stands before the @")
    if found["port"] and not 0 < int(found["port"][1:]) < 65_536:
        raise _wrong("this is no whole address of a page", "check the number behind the colon")
    if not _is_public(found["host"]):
        raise _wrong("the address leads to no public site", "give one that anybody can open")
    return url


def _is_public(host: str) -> bool:
    """Whether it is a name with a dot that isn't kept for private networks, or the number of a public machine."""
    host = unicodedata.normalize("NFKC", host).casefold().rstrip(".")
    if host.startswith("["):
        return _is_public_number(host[1:-1])
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):  # also 127.1, 0x7f.0.0.1 and 2130706433, which browsers take for numbers
        return _is_public_number(host)
    return len(labels) > 1 and len(host) <= 253 and labels[-1] not in PRIVATE and all(map(_LABEL.fullmatch, labels))


def _is_public_number(host: str) -> bool:
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    return (mapped or number).is_global and not (mapped or number).is_multicast


def _wrong(what: str, remedy: str) -> BadInput:
    return BadInput(what, "the address", remedy)
