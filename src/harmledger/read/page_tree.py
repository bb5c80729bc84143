"""A page's source to a tree that is safe to walk: parsed once, bounded in depth, nothing in it run.

Comes in: HTML as text. Goes out: the tree, with the same text in it. Judges nothing about what the text is.
"""

# lxml carries no types; its values are given theirs in this module
# pyright: reportAttributeAccessIssue=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol, cast

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring


class Element(Protocol):
    """As much of lxml's element as is used here; lxml itself carries no types."""

    tag: str
    text: str | None
    tail: str | None

    def __len__(self) -> int: ...
    def get(self, name: str, /) -> str | None: ...
    def items(self) -> Sequence[tuple[str, str]]: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def itertext(self) -> Iterator[str]: ...
    def find(self, tag: str, /) -> Element | None: ...


class Walker(Protocol):
    """Gives an element when it starts and when it ends, in the page's order."""

    def __iter__(self) -> Iterator[tuple[str, Element]]: ...
    def skip_subtree(self) -> None: ...


DEEPEST_NESTING = 200
"""Depth to which a page nested deeper than the parser follows (256) is flattened; real pages reach 40."""
MOST_TAGS = 100_000
"""Of the 279 news pages of the benchmark the one with most has 8,093."""
_ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>?"""
_OPENING = re.compile(
    rf"<!--(?:[^-]++|-(?!->))*+|(?P<raw><(script|style|textarea|title)\b{_ATTRIBUTES})(?P<within>(?:[^<]++|<(?!/\2))*+)|<[a-zA-Z]{_ATTRIBUTES}",
    re.IGNORECASE,
)
"""A tag to its end, past what stands in quotes, as the parser reads it; and what holds no tags, with its own: in time that grows with the page alone."""
_LONG_CHARS = 4000
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_MOST_ATTRIBUTES = 500
"""The parser's time grows with the square of a tag's attributes: 50,000 take 3 seconds; real tags have up to 30."""
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b.*?(?:</\1\s*>|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_EXCESSIVE_DEPTH = "ERR_RESOURCE_LIMIT"
_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)
"""Every element is of this class. lxml.html has one for forms, one for their fields …, and asks a function for each element's: as long as the walk itself."""


def parse_page(html: str) -> Element | None:
    """The page's tree, or None where there is nothing in it."""
    if any(tag.end() - tag.start() > _LONG_CHARS for tag in _OPENING.finditer(html)):
        html = _OPENING.sub(_spare, html)
    tree, cut_short = _parse(html)
    return _parse(_flattened(html))[0] if cut_short else tree


def is_crowded(html: str) -> bool:
    """Whether a page has more tags than any report, so that what takes long a tag is spared on it."""
    return html.count("<") > MOST_TAGS


def walk(element: Element) -> Walker:
    """A walk through an element and all in it."""
    return cast("Walker", etree.iterwalk(element, events=("start", "end")))


def shown_text(element: Element) -> str:
    """All the text inside an element."""
    return "".join(element.itertext())


def _parse(html: str) -> tuple[Element | None, bool]:
    """The tree, and whether the parser stopped at its limit of depth."""
    parser = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True, no_network=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        tree = cast("Element", document_fromstring(html.encode("utf-8", errors="replace"), parser=parser))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, False
    return tree, any(entry.type_name == _EXCESSIVE_DEPTH for entry in parser.error_log)


def _spare(tag: re.Match[str]) -> str:
    if tag[0].startswith("<!--"):
        return tag[0]
    return _without_attributes(tag["raw"]) + tag["within"] if tag["raw"] else _without_attributes(tag[0])


def _without_attributes(tag: str) -> str:
    """The tag as it is, or where it has more of them than any real one its name alone."""
    if len(tag) <= _LONG_CHARS or len(re.findall(r"[\s/=]+", _VALUE.sub(" ", tag))) <= _MOST_ATTRIBUTES:
        return tag
    return re.split(r"[\s/=]", tag, maxsplit=1)[0] + ">"


def _flattened(html: str) -> str:
    """The page without the tags that nest it deeper than `DEEPEST_NESTING`; every word stays where it was."""
    return "".join(_flattened_pieces(html))


def _flattened_pieces(html: str) -> Iterator[str]:
    end, stack, left_out = 0, list[str](), Counter[str]()
    for tag in _TAG.finditer(html):
        yield html[end : tag.start()]
        end = tag.end()
        name = (tag[3] or "").lower()
        if not name or name in _VOID or _keeps(name, bool(tag[2]), stack, left_out):
            yield tag[0]
        else:
            yield " "
    yield html[end:]


def _keeps(name: str, closes: bool, stack: list[str], left_out: Counter[str]) -> bool:  # noqa: FBT001 - a slash is there or not
    if not closes:
        kept = len(stack) < DEEPEST_NESTING
        stack.append(name) if kept else left_out.update((name,))
        return kept
    if left_out[name]:
        left_out[name] -= 1
        return False
    if name not in stack:
        return False
    while stack.pop() != name:
        pass
    return True
