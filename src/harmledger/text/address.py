"""Which page an address leads to, however it was written: what the versions of one page are found by.

Comes in: addresses as captures and reports give them. Goes out: one spelling for a page, or None for what isn't on the web. Nothing is opened.
Only what surely leads to the same page is left out. `courlan`, which crawlers use, also drops parameters such as `cid` and `gallery`, by which
sites tell one article from another: two articles would be taken for a page that was changed in silence.
"""

from __future__ import annotations

import re

_WEB = re.compile(
    r"(?i)(?P<scheme>https?)://(?P<host>[^/?#\s]+)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?", re.DOTALL
)
_DEFAULT_PORT = {"http": ":80", "https": ":443"}
TRACKING = re.compile(
    r"""(?: utm_\w* | at_\w+ | ns_(?:mchannel|source|campaign|linkname|fee) | fb_\w+ | mc_[ce]id | _hs\w+ | wt[._]mc\w*
    | fbclid | [gd]clid | gbraid | wbraid | msclkid | yclid | ysclid | twclid | igshid | igsh | _openstat | cmpid | ocid | xtor | s_cid | smid | ito
    | traffic_source | __twitter_impression | _ga | _gl | mkt_tok )""",
    re.VERBOSE | re.IGNORECASE,
)
"""Parameters that campaigns and networks add to a link; none of them chooses a page. `ref`, `id`, `cid` and their like may, and stay."""


def find_page(*told: str | None) -> str | None:
    """The page that the first web address among these leads to: what a capture was fetched from, else what its giver calls it.

    >>> find_page("HTTP://Example.org:80/a?utm_source=x&id=5#top")
    'https://example.org/a?id=5'
    """
    return next((page for each in told if each and (page := _page(each))), None)


def _page(address: str) -> str | None:
    found = _WEB.fullmatch(
        address.strip().encode(errors="replace").decode()
    )  # half a code point is no part of an address
    if found is None:
        return None
    host = found["host"].casefold().removesuffix(_DEFAULT_PORT[found["scheme"].lower()])
    kept = [
        each for each in (found["query"] or "").split("&") if each and not TRACKING.fullmatch(each.partition("=")[0])
    ]
    return f"https://{host}{found['path'] or '/'}{'?' * bool(kept)}{'&'.join(kept)}"
