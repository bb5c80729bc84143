"""RSS (0.9x, 1.0, 2.0) and Atom: the addresses of their items."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from harmledger.addresses import normalize_address
from harmledger.collect.feeds.moments import parse_moment
from harmledger.collect.feeds.xml import Element, iterate_elements, local_name, namespace, text_of
from harmledger.domain import Found

_ITEMS = frozenset({"item", "entry"})
_OWN = frozenset(
    {
        "",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
        "http://www.w3.org/2005/atom",
        "http://purl.org/atom/ns#",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
        "dc",
        "dcterms",
        "atom",
        "http://rssnamespace.org/feedburner/ext/1.0",
        "feedburner",
    }
)
"""Namespaces whose `title`, `link` and dates are the item's; Media RSS, iTunes and others name their own things so."""
_PUBLISHED = ("pubdate", "published", "issued", "date", "created")
_CHANGED = ("updated", "modified")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_PARTS = 200
"""Children of an item that are looked at."""


def read_syndication(content: bytes, *, base: str, charset: str | None = None) -> Iterator[Found]:
    """Every item that has an address, in the feed's order.

    Raises:
        BadInput: it declares entities, or is no XML.
    """
    for item in iterate_elements(content, wanted=_ITEMS, charset=charset, where=base):
        found = _read_item(item, _base_of(item, base))
        if found:
            yield found


def _read_item(item: Element, base: str) -> Found | None:
    parts: dict[str, list[Element]] = {}
    for _, child in zip(range(_PARTS), item.iterchildren(), strict=False):
        if namespace(child).lower() in _OWN:
            parts.setdefault(local_name(child), []).append(child)
    url = next(filter(None, (normalize_address(each, base) for each in _addresses(item, parts))), None)
    if url is None:
        return None
    return Found(
        url=url,
        published=next(filter(None, (parse_moment(text_of(_first(parts, name))) for name in _PUBLISHED)), None),
        changed=next(filter(None, (parse_moment(text_of(_first(parts, name))) for name in _CHANGED)), None),
        title=text_of(_first(parts, "title"), 300) or None,
    )


def _addresses(item: Element, parts: dict[str, list[Element]]) -> Iterator[str]:
    """Where the item may lead, the likeliest first: a proxy's note of the original, the links, what identifies it."""
    yield from filter(None, map(text_of, parts.get("origlink", ())))
    for link in parts.get("link", ()):
        if (href := link.get("href")) and (link.get("rel") or "alternate") == "alternate":
            yield href
        elif text := text_of(link):
            yield text
    for guid in parts.get("guid", ()):
        if (guid.get("isPermaLink") or "true").lower() != "false" and "://" in (text := text_of(guid)):
            yield text
    for name, about in item.attrib.items():
        if str(name).endswith("}about"):
            yield str(about)


def _first(parts: dict[str, list[Element]], name: str) -> Element | None:
    return parts[name][0] if name in parts else None


def _base_of(item: Element, base: str) -> str:
    """Where its relative links start: `xml:base` of whatever it stands in, the innermost last."""
    above = [item, *item.iterancestors()]
    for element in reversed(above):
        if stated := element.get(_XML_BASE):
            try:
                base = urljoin(base, stated)
            except ValueError:
                continue
    return base
