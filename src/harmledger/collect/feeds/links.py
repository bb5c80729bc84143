"""A page with links: those to pages of the same site that look like reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from harmledger.addresses import host_of, normalize_address
from harmledger.collect.decode import decode_bytes
from harmledger.collect.feeds.xml import text_of
from harmledger.domain import Found
from harmledger.read.page_tree import parse_page

_DAY = re.compile(r"/(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?\d\d?)?(?=[/-]|$)")
_NUMBER = re.compile(r"\d{5,}")
_WORDS = re.compile(r"[^\W\d_]+")
_LISTS = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|authors?|page|search|log-?in|sign-?in|register|account|feeds?|rss|wp-\w+|amp|print|about|contact"
    r"|privacy|terms|subscribe|newsletters?|advertis\w+|jobs|careers|galler(?:y|ies)|videos?)(?:/|$)",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|css|js|json|xml|rss|pdf|zip|gz|mp[34]|webm|docx?|xlsx?|apk|exe)$",
    re.IGNORECASE,
)
_FEWEST_WORDS = 4
"""Of a report's address: headlines have more than sections have."""


def read_links(content: bytes, *, base: str, every: bool = False) -> Iterator[Found]:
    """Links to the same site that look like reports, or every one, each once and in the page's order.

    Raises:
        BadInput: it is binary, not a page.
    """
    tree = parse_page(decode_bytes(content, where=base))
    if tree is None:
        return
    stated = next((href for node in tree.iter("base") if (href := node.get("href"))), "")
    start = _joined(base, stated)
    site, seen = _site(base), set[str]()
    for link in tree.iter("a"):
        href = link.get("href")
        url = normalize_address(href, start) if href else None
        if url and url not in seen and _site(url) == site and (every or is_report(url)):
            seen.add(url)
            yield Found(url=url, title=text_of(link, 300) or None)


def is_report(url: str) -> bool:
    """Whether an address looks like a report's: a day, a long number, or a headline's words in its path.

    >>> is_report("https://a.example/2026/03/shells-hit-market"), is_report("https://a.example/world/africa")
    (True, False)
    """
    path = unquote(urlsplit(url).path).rstrip("/")
    if _LISTS.search(path) or _FILES.search(path):
        return False
    name = path.rpartition("/")[2]
    return bool(
        (_DAY.search(path) and name and not name.isdigit())
        or _NUMBER.search(name)
        or len(_WORDS.findall(name)) >= _FEWEST_WORDS
    )


def _joined(base: str, stated: str) -> str:
    try:
        return urljoin(base, stated)
    except ValueError:
        return base


def _site(url: str) -> str:
    return host_of(url).removeprefix("www.")
