"""Sitemaps: pages with their days, an index's further sitemaps, news sitemaps, plain lists; packed or not.

Source: https://www.sitemaps.org/protocol.html and Google's news sitemaps.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from harmledger.addresses import normalize_address
from harmledger.collect.feeds.moments import parse_moment
from harmledger.collect.feeds.xml import Element, iterate_elements, local_name, text_of
from harmledger.collect.limits import MB, Limits
from harmledger.collect.streams import GZIP_MAGIC, BoundedGunzip
from harmledger.domain import Found
from harmledger.errors import BadInput

SITEMAP_BYTES = 50 * MB
"""Unpacked, as the protocol bounds one."""
_ENTRIES = frozenset({"url", "sitemap"})
_OWN = frozenset({"loc", "lastmod"})
_NEWS = frozenset({"publication_date", "title"})
"""Of the news alone: films and pictures have titles and days of their own."""
_PARTS = 200
"""Elements of an entry that are looked at."""


def unpack(content: bytes, *, where: str) -> bytes:
    """The sitemap's own bytes, where it came as a gzip file.

    Raises:
        BadInput: it is damaged, or unpacks to more than the protocol allows.
    """
    if not content.startswith(GZIP_MAGIC):
        return content
    limits = Limits(expanded_bytes=SITEMAP_BYTES)
    return BoundedGunzip(io.BytesIO(content), where=where, limits=limits).readall()


def read_sitemap(content: bytes, *, base: str, charset: str | None = None) -> Iterator[tuple[Found, bool]]:
    """Every address with whether it is of a further sitemap, in order; a text without tags is one address a line.

    Raises:
        BadInput: it declares entities, or is neither.
    """
    if b"<" not in content[:1_000]:
        yield from ((found, False) for found in _read_lines(content, base))
        return
    for entry in iterate_elements(content, wanted=_ENTRIES, charset=charset, where=base):
        if found := _read_entry(entry, base):
            yield found, local_name(entry) == "sitemap"


def _read_entry(entry: Element, base: str) -> Found | None:
    told: dict[str, str] = {}
    for _, child in zip(range(_PARTS), entry.iterdescendants(), strict=False):
        parent, name = child.getparent(), local_name(child)
        if (parent is entry and name in _OWN) or (
            parent is not None and local_name(parent) == "news" and name in _NEWS
        ):
            told.setdefault(name, text_of(child))
    url = normalize_address(told.get("loc", ""), base) if told.get("loc") else None
    if url is None:
        return None
    published, changed = parse_moment(told.get("publication_date")), parse_moment(told.get("lastmod"))
    return Found(url=url, published=published, changed=changed, title=told.get("title", "")[:300] or None)


def _read_lines(content: bytes, base: str) -> Iterator[Found]:
    some = False
    for line in content.decode("utf-8-sig", "replace").splitlines():
        url = normalize_address(line) if "://" in line[:10] else None
        if url:
            some = True
            yield Found(url=url)
    if not some:
        raise BadInput("it is no sitemap: neither XML nor a list of addresses", base, "check what the address gives")
