"""What a listing's bytes name: pages and, of an index, further sitemaps. Told by what the bytes are, whatever it was called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from harmledger.collect.feeds.json_feed import read_json_feed
from harmledger.collect.feeds.links import read_links
from harmledger.collect.feeds.sitemap import SITEMAP_BYTES, read_sitemap, unpack
from harmledger.collect.feeds.syndication import read_syndication
from harmledger.collect.limits import MB
from harmledger.domain import Fetched, Found, ListingKind
from harmledger.errors import BadInput

MOST_FOUND = 50_000
"""Addresses of one listing, as the protocol of sitemaps bounds it."""
FEED_BYTES = 10 * MB
"""Of a feed or a page of links; the largest feed of an outlet has about one."""
_HEAD = 2_000
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|rdf|feed)\b", re.IGNORECASE)
_PAGE = re.compile(rb"<!doctype html|<html\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a listing names, each page once."""

    pages: tuple[Found, ...]
    sitemaps: tuple[Found, ...] = ()


def read_listing(fetched: Fetched, kind: ListingKind, *, every_link: bool = False) -> Listing:
    """The pages and sitemaps that were listed, up to a bound; `every_link` takes those of a page that look like no report too.

    Raises:
        BadInput: it is no listing, too large, or sets traps.
    """
    content = unpack(fetched.content, where=fetched.url)
    _check_size(content, SITEMAP_BYTES if kind is ListingKind.SITEMAP else FEED_BYTES, fetched.url)
    pages: dict[str, Found] = {}
    sitemaps: dict[str, Found] = {}
    for found, further in islice(_read(content, kind, fetched, every_link=every_link), MOST_FOUND):
        (sitemaps if further else pages).setdefault(found.url, found)
    return Listing(tuple(pages.values()), tuple(sitemaps.values()))


def _read(content: bytes, kind: ListingKind, fetched: Fetched, *, every_link: bool) -> Iterator[tuple[Found, bool]]:
    head, base, charset = content[:_HEAD].replace(b"\0", b""), fetched.url, fetched.charset
    if kind is ListingKind.PAGE:
        return _pages(read_links(content, base=base, every=every_link))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return _pages(read_json_feed(content, base=base))
    if _SITEMAP.search(head) or (kind is ListingKind.SITEMAP and not _FEED.search(head)):
        return read_sitemap(content, base=base, charset=charset)
    if _PAGE.search(head) and not _FEED.search(head):
        remedy = 'give the address of its feed, or watch it as a page (kind = "page")'
        raise BadInput(f"it is a page, not a {kind.value}", base, remedy)
    return _pages(read_syndication(content, base=base, charset=charset))


def _pages(found: Iterable[Found]) -> Iterator[tuple[Found, bool]]:
    return ((each, False) for each in found)


def _check_size(content: bytes, most: int, where: str) -> None:
    if len(content) > most:
        raise BadInput(f"it is larger than {most // MB} MB", where, "watch a feed, or a smaller sitemap of its index")
