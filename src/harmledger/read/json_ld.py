"""The JSON-LD of a page: what it says of itself by schema.org's words.

Comes in: the page's tree. Goes out: its objects, and which of them describe the article. Broken scripts are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from harmledger.read.page_tree import Element

Node = Mapping[str, object]

_ARTICLE_TYPES = re.compile(
    r"(?:News|Blog|Reportage|Opinion|Background|Analysis|Review|Advertiser|Satirical|Scholarly|Tech|Report|Social|Live|AskPublic|Backgrounder)*(?:Article|Posting|Report|LiveBlogPosting|Story|CreativeWork)"
)
_PAGE_TYPES = re.compile(r"WebPage|ItemPage|VideoObject|Report")
_MOST_JSON_CHARS = 2_000_000
_MOST_NODES = 5_000


def find_nodes(tree: Element) -> Iterator[Node]:
    """Every object of the page's JSON-LD, outer ones first; scripts that aren't JSON are passed over."""
    left = _MOST_NODES
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            for node in _walk_json(_parse_json(script.text[:_MOST_JSON_CHARS])):
                yield node
                left -= 1
                if left <= 0:
                    return


def _parse_json(source: str) -> object:
    source = re.sub(
        r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)?[\s;]*$",
        "",
        source,
    )
    for attempt in (source, re.sub(r",(?=\s*[}\]])", "", source)):
        try:
            return cast("object", json.loads(attempt, strict=False))
        except (ValueError, RecursionError):
            continue
    return None


def _walk_json(value: object) -> Iterator[Node]:
    queue: list[object] = [value]
    for item in queue:
        if isinstance(item, dict):
            node = cast("Node", item)
            yield node
            queue.extend(cast("object", v) for v in node.values() if isinstance(v, dict | list))
        elif isinstance(item, list):
            queue.extend(cast("list[object]", item))


def choose_articles(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The nodes that describe the article, best first: those that carry a headline and a day, then other articles, then the page."""
    articles = [n for n in nodes if is_type(n, _ARTICLE_TYPES)]
    pages = [n for n in nodes if is_type(n, _PAGE_TYPES)]
    articles.sort(key=lambda n: -sum(k in n for k in ("headline", "datePublished", "author")))
    return (*articles[:1], *pages)


def is_type(node: Node, types: re.Pattern[str]) -> bool:
    """Whether a node is of a type of schema.org."""
    return any(types.fullmatch(t.rsplit("/", 1)[-1]) for t in strings_in(node.get("@type")))


def strings_in(value: object) -> list[str]:
    """The strings in a JSON value: itself, its items, or the name of an object."""
    match value:
        case str():
            return [value]
        case list():
            return [s for item in cast("list[object]", value) for s in strings_in(item)]
        case dict():
            return strings_in(cast("Node", value).get("name"))
        case _:
            return []
