"""The text that a page shows, as blocks in reading order, each with what its markup says of it.

Comes in: the page's tree. Goes out: blocks (a paragraph, a heading, a menu entry, a caption …) whose texts together are all the text
the page shows. Whether a block is the article's is judged in `main_text` and `html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from harmledger.read.page_furniture import furniture_of_markup, is_caption_markup
from harmledger.read.page_tree import Element, shown_text, walk

CAPTION = "caption"
_UNSHOWN = frozenset(
    """head script style noscript template svg iframe object embed video audio canvas map math datalist textarea title meta
    link""".split()
)
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter nobr output q rb rp rt ruby s samp
    small span strike strong sub sup time tt u var wbr amp-img picture source input""".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CONTAINERS = frozenset("div section article main td aside form table ul ol dl".split())
_DIVIDING = _HEADINGS | _CONTAINERS
_CELLS = frozenset(("td", "th"))
_NOT_IN_A_DATA_ROW = ("p", "div", "table", "ul", "ol", "br", "h1", "h2", "h3", "h4", "li", "img", "form")
_DATA_ROW_CHARS = 400
_CELL_END = "\ue000"
"""Stands for the end of a table cell until white space is made single; a private-use character that no page means."""
_CELL_ENDS = re.compile(f"(?: ?{_CELL_END})+ ?")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAMING = ("class", "id", "role", "itemprop", "data-testid", "data-component")


class Mark(NamedTuple):
    """What one element around a text says that the text is."""

    kind: str
    """A kind of furniture, or `CAPTION`."""
    element: int
    """A number of its own, to tell elements apart."""


class Context(NamedTuple):
    """What the elements around a text say of it."""

    marks: tuple[Mark, ...] = ()
    """Outermost first."""
    heading: str | None = None
    hidden: bool = False
    container: str = ""
    """The division, section or table cell that it stands in, whatever paragraph it is of: its class, else a number of its own."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that stands by itself on the page."""

    text: str
    context: Context
    after_break: bool
    """Follows on a mere line break, not on the end of a paragraph."""
    link_share: float


class _Piece(NamedTuple):
    text: str
    context: Context
    linked: bool


def find_blocks(tree: Element) -> list[Block]:
    """Every block of text that the page shows, in order."""
    body = tree.find("body")
    return list(_Walk().blocks(tree if body is None else body))


class _Walk:
    """One pass over the tree, gathering inline text until something ends the block."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._contexts: list[Context] = [Context()]
        self._numbers: Iterator[int] = count()
        self._links: int = 0
        self._data_row: bool = False
        self._after_break: bool = False
        self._just_left: bool = False

    def blocks(self, body: Element) -> Iterator[Block]:
        walker = walk(body)
        for event, element in walker:
            tag = element.tag
            if tag in _UNSHOWN:
                walker.skip_subtree()
            if tag not in _INLINE and not (self._data_row and tag in _CELLS):
                if self._pieces:
                    yield from self._close()
                self._after_break = tag == "br" or (tag == "tr" and self._data_row)
            if event == "start":
                self._enter(element, tag)
            else:
                self._leave(element, tag)
        yield from self._close()

    def _enter(self, element: Element, tag: str) -> None:
        self._links += tag == "a"
        if tag == "tr":
            self._data_row = _is_data_row(element)
        outer = self._contexts[-1]
        context = self._context(element, tag, outer)
        self._contexts.append(context)
        if self._just_left and context.marks and context.marks[-1].kind == CAPTION:
            self._gather(" ")
        self._just_left = False
        if element.text and tag not in _UNSHOWN:
            self._gather(element.text)

    def _leave(self, element: Element, tag: str) -> None:
        self._links -= tag == "a"
        self._contexts.pop()
        if self._data_row and tag in _CELLS:
            self._gather(_CELL_END)
        tail = element.tail
        self._just_left = not tail
        if tail and len(self._contexts) > 1:
            self._gather(tail)

    def _gather(self, text: str) -> None:
        self._pieces.append(_Piece(text, self._contexts[-1], self._links > 0))

    def _close(self) -> Iterator[Block]:
        pieces, self._pieces = self._pieces, []
        text = " ".join("".join([p.text for p in pieces]).split())
        if _CELL_END in text:
            text = _CELL_ENDS.sub("\t", text).strip()
        if text:
            linked = sum(len(p.text.strip()) for p in pieces if p.linked)
            yield Block(text, _shared_context(pieces, len(text)), self._after_break, linked / len(text))

    def _context(self, element: Element, tag: str, outer: Context) -> Context:
        """The same as around it, where the element says nothing of its own: most don't."""
        attributes = element.items()
        names, hidden = _names(attributes) if attributes else ("", False)
        kind = _kind_of_element(tag, names) if names or tag in _TELLING else None
        if kind is None and not hidden and tag not in _DIVIDING:
            return outer
        marks = outer.marks if kind is None else (*outer.marks, Mark(kind, next(self._numbers)))
        container = outer.container
        if tag in _CONTAINERS:
            container = element.get("class") or str(next(self._numbers))
        heading = tag if tag in _HEADINGS else outer.heading
        return Context(marks, heading, outer.hidden or hidden, container)


@lru_cache(maxsize=50_000)
def _kind_of_element(tag: str, names: str) -> str | None:
    return CAPTION if is_caption_markup(tag, names) else furniture_of_markup(tag, names)


def _names(attributes: Sequence[tuple[str, str]]) -> tuple[str, bool]:
    """What its makers call an element, and whether they hid it."""
    names, hidden = "", False
    for attribute, value in attributes:
        if attribute in _NAMING:
            names += " " + value
        elif attribute == "hidden" or (attribute == "style" and _HIDING.search(value)):
            hidden = True
    return names, hidden


_TELLING = _HEADINGS | frozenset(("nav", "footer", "aside", "time", "figcaption"))
"""Tags that say something even without a name."""


def _is_data_row(row: Element) -> bool:
    """A row of a table of data, which reads as one line; tables that lay out a page hold whole articles in a cell."""
    if len(row) < 2 or next(row.iter(*_NOT_IN_A_DATA_ROW), None) is not None:
        return False
    return len(shown_text(row)) <= _DATA_ROW_CHARS


def _shared_context(pieces: list[_Piece], chars: int) -> Context:
    """The context of most of a block's text; of its first piece where no one has that."""
    longest = max(pieces, key=lambda p: len(p.text))
    return longest.context if len(longest.text) >= 0.6 * chars else pieces[0].context
