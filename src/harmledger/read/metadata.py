"""What a page states of itself: title, authors, publisher, language and the day it was published.

Comes in: the page's tree. Goes out: each value as stated, None where it isn't. JSON-LD is believed before `<meta>`, both before what
stands in the page; the day of publication is kept in the time zone that it is stated in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate
from html import unescape
from typing import Any, cast

from htmldate import find_date

from harmledger.read.json_ld import Node, choose_articles, find_nodes, is_type, strings_in
from harmledger.read.page_tree import Element, shown_text

_ISO_DAY = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_SPACES = re.compile(r"\s+")
_TITLE_METAS = ("og:title", "twitter:title", "title", "dc.title", "parsely-title", "sailthru.title", "headline")
_AUTHOR_METAS = (
    "author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "og:article:author",
    "citation_author",
    "cxenseparse:author",
)
_PUBLISHER_METAS = ("og:site_name", "publisher", "dc.publisher", "application-name", "copyright", "twitter:site")
_DAY_METAS = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "og:published_time", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publicationdate", "dc.date.issued",
    "dcterms.created", "dcterms.date", "dc.date", "date", "cxenseparse:recs:publishtime", "article.published", "originalpublicationdate",
    "ptime", "dateposted", "rnews:datepublished", "article_date_original", "release_date",
)  # fmt: skip
_FIRST_DAY = date(1990, 1, 1)
"""No page is older; earlier days are clocks at zero."""
_LINK = re.compile(r"https?://|www\.|@|\.(?:com|org|net)\b", re.IGNORECASE)
_BY = re.compile(
    r"^\s*(?:written by|reported by|by|von|por|par|di|av|af|door|autor(?:in)?|author)\s*:?\s+(?=\S)", re.IGNORECASE
)
_BETWEEN_AUTHORS = re.compile(
    r"\s*(?:;|\||,(?!\s*(?:jr|sr|md|phd|m\.d|ph\.d)\b)| and | & | und | et | y )\s*", re.IGNORECASE
)
_SIGN = re.compile(r"\s*[(\[][^()\[\]]{1,20}[)\]]\s*$")
"""An agency's or desk's sign after a name: `Ana Weber (awe)`."""
_NOBODY = frozenset(
    (
        "",
        "admin",
        "administrator",
        "editor",
        "staff",
        "unknown",
        "none",
        "null",
        "n/a",
        "author",
        "anonymous",
        "webmaster",
    )
)
_LANGUAGE = re.compile(r"\s*([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]+)?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What a page states of itself."""

    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    language: str | None
    """ISO 639-1."""
    published: date | None


def read_metadata(tree: Element, *, guess: bool = True) -> PageMetadata:
    """Everything stated, each value from the most reliable place that has it; a day that isn't stated is guessed where `guess`."""
    nodes = tuple(find_nodes(tree))
    articles = choose_articles(nodes)
    metas = _metas(tree)
    publisher = _publisher(nodes, articles, metas)
    return PageMetadata(
        title=_title(tree, articles, metas, publisher),
        authors=_authors(tree, nodes, articles, metas, publisher),
        publisher=publisher,
        language=_language(tree, articles, metas),
        published=_stated_day(tree, nodes, articles, metas) or (_guess_day(tree) if guess else None),
    )


# --- meta ------------------------------------------------------------------------------------------------------------


def _metas(tree: Element) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = meta.get("content")
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        if content and name:
            metas.setdefault(name.strip().lower(), []).append(content)
    return metas


def _first_meta(metas: Mapping[str, list[str]], names: Iterable[str]) -> str | None:
    return next((clean for n in names for c in metas.get(n, ()) if (clean := _clean(c))), None)


def _clean(text: str) -> str:
    """Text of a metadata value: entities that were escaped twice undone, white space made single, tags taken out."""
    return _SPACES.sub(" ", re.sub(r"<[^<>]{1,200}>", "", unescape(unescape(text)))).strip()


# --- title, publisher, language --------------------------------------------------------------------------------------


def _title(
    tree: Element, articles: Iterable[Node], metas: Mapping[str, list[str]], publisher: str | None
) -> str | None:
    headlines = (_clean(h) for n in articles for h in strings_in(n.get("headline")))
    stated = next((h for h in headlines if h), None) or _first_meta(metas, _TITLE_METAS)
    if stated is None:
        shown = (*tree.iter("title"), *tree.iter("h1"))
        stated = next((clean for e in shown if (clean := _clean(shown_text(e)))), None)
    return _without_site(stated, publisher) if stated else None


def _without_site(title: str, publisher: str | None) -> str:
    """A title without the ` | Site` at its end or the `Site: ` at its start."""
    if not publisher:
        return title
    site = re.escape(publisher)
    bare = re.sub(rf"\s*[|–—:·»-]+\s*{site}(?:\.\w+)?\s*$|^{site}\s*[|–—:·»-]+\s+", "", title, flags=re.IGNORECASE)
    return bare or title


def _publisher(nodes: Iterable[Node], articles: Iterable[Node], metas: Mapping[str, list[str]]) -> str | None:
    named = (_clean(p) for n in articles for p in strings_in(n.get("publisher")))
    stated = next((p for p in named if p and not _LINK.match(p)), None) or _first_meta(metas, _PUBLISHER_METAS)
    if stated is None:
        organisations = (n for n in nodes if is_type(n, re.compile("NewsMediaOrganization|Organization|WebSite")))
        stated = next((clean for n in organisations for p in strings_in(n.get("name")) if (clean := _clean(p))), None)
    return stated


def _language(tree: Element, articles: Iterable[Node], metas: Mapping[str, list[str]]) -> str | None:
    stated = [tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang"), tree.get("xml:lang")]
    stated += [s for n in articles for s in strings_in(n.get("inLanguage"))]
    stated += [s for name in ("og:locale", "content-language", "dc.language", "language") for s in metas.get(name, ())]
    codes = (m[1].lower() for s in stated if s and (m := _LANGUAGE.fullmatch(s)))
    return next(codes, None)


# --- authors ---------------------------------------------------------------------------------------------------------


def _authors(
    tree: Element,
    nodes: Iterable[Node],
    articles: Iterable[Node],
    metas: Mapping[str, list[str]],
    publisher: str | None,
) -> tuple[str, ...]:
    by_id = {str(n["@id"]): n for n in nodes if "@id" in n and "name" in n}
    stated = [s for n in articles for key in ("author", "creator") for s in _people(n.get(key), by_id)]
    tidy = _tidy_authors(stated, publisher)
    if not tidy:
        tidy = _tidy_authors((c for n in _AUTHOR_METAS for c in metas.get(n, ())[:10]), publisher)
    return tidy or _tidy_authors(_shown_authors(tree), publisher)


def _people(value: object, by_id: Mapping[str, Node]) -> list[str]:
    if isinstance(value, list):
        return [s for item in cast("list[object]", value) for s in _people(item, by_id)]
    if isinstance(value, dict):
        node = cast("Node", value)
        return strings_in(node.get("name")) or strings_in(by_id.get(str(node.get("@id")), {}))
    return strings_in(value)


def _shown_authors(tree: Element) -> Iterator[str]:
    """Names that the page's markup ties to its author: `rel=author`, `itemprop=author`."""
    for element in tree.iter("a", "span", "div", "p", "address"):
        if element.get("rel") == "author" or element.get("itemprop") == "author":
            shown = _clean(shown_text(element))
            if 3 <= len(shown) <= 60:
                yield shown


def _tidy_authors(stated: Iterable[str], publisher: str | None) -> tuple[str, ...]:
    """Names of people, each once: no addresses, no `By`, not the publisher itself."""
    tidy: dict[str, str] = {}
    for wording in stated:
        for signed in _BETWEEN_AUTHORS.split(_BY.sub("", _clean(wording))):
            name = _SIGN.sub("", signed)
            key = name.casefold().strip(" .")
            if (
                key not in _NOBODY
                and not _LINK.search(name)
                and len(name) <= 80
                and key != (publisher or "").casefold()
            ):
                tidy.setdefault(key, name.strip())
    return tuple(tidy.values())


# --- day of publication ----------------------------------------------------------------------------------------------


def _stated_day(
    tree: Element, nodes: Iterable[Node], articles: Iterable[Node], metas: Mapping[str, list[str]]
) -> date | None:
    stated = [
        s for n in articles for key in ("datePublished", "dateCreated", "uploadDate") for s in strings_in(n.get(key))
    ]
    stated += [s for n in nodes for s in strings_in(n.get("datePublished"))][:3]
    stated += [c for n in _DAY_METAS for c in metas.get(n, ())]
    stated += [
        e.get("datetime") or e.get("content") or ""
        for e in tree.iter("time", "meta", "span")
        if e.get("itemprop") == "datePublished"
    ]
    return next((day for s in stated if (day := _parse_day(s))), None)


def _parse_day(stated: str) -> date | None:
    """The day of a stated time, in the zone that it is stated in."""
    iso = _ISO_DAY.match(stated)
    try:
        if iso:
            return _plausible(date(int(iso[1]), int(iso[2]), int(iso[3])))
        mail = parsedate(stated[:60])
        return _plausible(date(*mail[:3])) if mail else None
    except (ValueError, OverflowError):
        return None


def _plausible(day: date) -> date | None:
    return day if day >= _FIRST_DAY else None


def _guess_day(tree: Element) -> date | None:
    """What looks most like it on the page. The thorough way second: at its first use it loads the months of two hundred languages, for seconds."""
    return _find_day(tree, thorough=False) or _unless_a_year(_find_day(tree, thorough=True))


def _find_day(tree: Element, *, thorough: bool) -> date | None:
    try:
        found = find_date(cast("Any", tree), original_date=True, extensive_search=thorough)
        return datetime.strptime(found, "%Y-%m-%d").date() if found else None  # noqa: DTZ007 - a day has no zone
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None


def _unless_a_year(day: date | None) -> date | None:
    """Where a page shows a year alone ("© 2018"), the first of its January is given for it."""
    return None if day and (day.month, day.day) == (1, 1) else day
