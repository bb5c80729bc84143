"""The text that a page shows, as blocks in reading order, each with what its markup says of it.

Comes in: the page's tree. Goes out: blocks (a paragraph, a heading, a menu entry, a caption …) whose texts together are all the text
the page shows. Whether a block is the article's is judged in `main_text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from harmledger.read.page_furniture import furniture_of_markup, inherited_kind, is_caption_markup

_UNSHOWN = frozenset(
    "head script style noscript template svg iframe object embed video audio canvas map math datalist textarea title meta link".split()
)
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter nobr output q rb rp rt ruby s samp
    small span strike strong sub sup time tt u var wbr amp-img picture source input""".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SPACES = re.compile(r"\s+")
_NAMING = ("class", "id", "role", "itemprop", "data-testid", "data-component")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What the elements around a text say of it."""

    kind: str | None = None
    """Kind of furniture, as far as the markup names one."""
    caption: bool = False
    figure: bool = False
    heading: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that stands by itself on the page."""

    text: str
    context: Context
    after_break: bool
    """Follows on a mere line break, not on the end of a paragraph."""
    link_share: float


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    context: Context
    linked: bool


def find_blocks(tree: HtmlElement) -> list[Block]:
    """Every block of text that the page shows, in order."""
    body = tree.find("body")
    return list(_Walk().blocks(tree if body is None else body))


class _Walk:
    """One pass over the tree, gathering inline text until something ends the block."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._contexts: list[Context] = [Context()]
        self._links: int = 0
        self._unshown: int = 0
        self._after_break: bool = False
        self._just_left: bool = False

    def blocks(self, body: HtmlElement) -> Iterator[Block]:
        for event, element in etree.iterwalk(body, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else "noscript"
            if tag not in _INLINE:
                yield from self._close()
                self._after_break = tag == "br"
            if event == "start":
                self._enter(element, tag)
            else:
                self._leave(element, tag)
        yield from self._close()

    def _enter(self, element: HtmlElement, tag: str) -> None:
        self._links += tag == "a"
        self._unshown += tag in _UNSHOWN
        self._contexts.append(_context(element, tag, self._contexts[-1]))
        if self._just_left and self._contexts[-1].caption:
            self._gather(" ")
        self._just_left = False
        self._gather(element.text)

    def _leave(self, element: HtmlElement, tag: str) -> None:
        self._links -= tag == "a"
        self._unshown -= tag in _UNSHOWN
        self._contexts.pop()
        self._just_left = not element.tail
        if self._contexts[1:]:
            self._gather(element.tail)

    def _gather(self, text: str | None) -> None:
        if text and not self._unshown:
            self._pieces.append(_Piece(text, self._contexts[-1], self._links > 0))

    def _close(self) -> Iterator[Block]:
        pieces, self._pieces = self._pieces, []
        text = _SPACES.sub(" ", "".join(p.text for p in pieces)).strip() if pieces else ""
        if text:
            linked = sum(len(p.text.strip()) for p in pieces if p.linked)
            yield Block(text, _shared_context(pieces, len(text)), self._after_break, linked / len(text))


def _shared_context(pieces: list[_Piece], chars: int) -> Context:
    """The context of nearly all of a block's text; of its first piece where no one has that."""
    longest = max(pieces, key=lambda p: len(p.text))
    return longest.context if len(longest.text) >= 0.6 * chars else pieces[0].context


def _context(element: HtmlElement, tag: str, outer: Context) -> Context:
    attributes = element.attrib
    names = " ".join(attributes[a] for a in _NAMING if a in attributes) if attributes else ""
    kind = inherited_kind(outer.kind, furniture_of_markup(tag, names))
    caption = outer.caption or is_caption_markup(tag, names)
    hidden = outer.hidden or "hidden" in attributes or _HIDING.search(attributes.get("style", "")) is not None
    heading = tag if tag in _HEADINGS else outer.heading
    inner = Context(kind, caption, outer.figure or tag == "figure", heading, hidden)
    return outer if inner == outer else inner
