"""A page becomes clean text with its parts named, and a list of what the page had and the text has not.

Comes in: HTML as text. Goes out: a Page. All the text that the page shows is either in the clean text or counted in `dropped`. Nothing
in the page is run or fetched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from harmledger.domain import DroppedPart, Part, PartRole
from harmledger.read.dateline import find_placed
from harmledger.read.furniture import recognise
from harmledger.read.lines import fold
from harmledger.read.main_text import choose_blocks, choose_prose
from harmledger.read.metadata import PageMetadata, read_metadata
from harmledger.read.page_blocks import CAPTION, Block, Mark, find_blocks
from harmledger.read.page_furniture import innermost_kind
from harmledger.read.page_tree import is_crowded, parse_page

OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as read: its clean text, and what it states of itself."""

    text: str
    parts: tuple[Part, ...]
    """Contiguous, covering `text`; white space belongs to the part before it."""
    dropped: tuple[DroppedPart, ...]
    title: str | None
    author: str | None
    """Several are joined by commas."""
    publisher: str | None
    language: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class _Judged:
    """A block and what it is: a role in the text, or the kind of furniture that it is dropped as."""

    block: Block
    role: PartRole | None
    kind: str | None = None


def read_page(html: str) -> Page:
    """The clean text, parts, omissions and metadata of a page; an empty text where it shows none."""
    tree = parse_page(html)
    if tree is None:
        return _assemble([], PageMetadata(title=None, authors=(), publisher=None, language=None, published=None))
    crowded = is_crowded(html)
    metadata = read_metadata(tree, guess=not crowded)
    blocks = find_blocks(tree)
    chosen = choose_prose(blocks) if crowded else choose_blocks(tree, blocks)
    return _assemble(_judge(blocks, chosen, metadata.title), metadata)


# --- judging ---------------------------------------------------------------------------------------------------------

_NEVER_BODY = frozenset(
    """reply form,sign-in bar,comment policy,spam notice,share bar,comments,cookie notice,newsletter form,related links""".split(
        ","
    )
)
"""Kinds of furniture that aren't the article's words even where the extractor takes them for it."""
_NO_CAPTION_IN = _NEVER_BODY | frozenset(("navigation", "advertisement", "author note"))
_LARGEST_FURNITURE_SHARE = 0.3
"""An element with more of the extracted text in it holds the article, whatever it is called (`class="article social"`)."""
_HOLDS_OTHERS = frozenset(("reply form", "comments", "footer", "sidebar", "navigation"))
"""Kinds in which a line's own words may say more plainly what it is."""
_LABEL_CHARS = 200
_NOTICE_CHARS = 500
_HEADLINE_CHARS = 25
"""A link at least this long points to a report, a shorter one to a section."""
_ALL_LINK_SHARE = 0.85
"""A paragraph with more of it linked is a pointer: of 84 such that the extractor kept on pages with gold text, 67 weren't the article's."""
_CAPTION_CHARS = 1000
"""Longest caption; an element called so that holds more is called so for something else."""


class _Marks:
    """What the markup of one page says of its blocks, leaving out elements that hold the article itself."""

    def __init__(self, blocks: Sequence[Block], chosen: Sequence[bool]) -> None:
        article, shown = Counter[Mark](), Counter[Mark]()
        for block, is_chosen in zip(blocks, chosen, strict=True):
            for mark in block.context.marks:
                shown[mark] += len(block.text)
                article[mark] += is_chosen * len(block.text)
        most = _LARGEST_FURNITURE_SHARE * sum(len(b.text) for b, c in zip(blocks, chosen, strict=True) if c)
        self._unreliable = {m for m, chars in article.items() if chars > most and m.kind != CAPTION}
        self._unreliable |= {m for m, chars in shown.items() if m.kind == CAPTION and chars > _CAPTION_CHARS}

    def kind(self, block: Block) -> str | None:
        """The kind of furniture a block is in."""
        return innermost_kind(m.kind for m in block.context.marks if m.kind != CAPTION and m not in self._unreliable)

    def is_caption(self, block: Block) -> bool:
        return any(m.kind == CAPTION and m not in self._unreliable for m in block.context.marks)


def _judge(blocks: Sequence[Block], chosen: Sequence[bool], title: str | None) -> list[_Judged]:
    marks = _Marks(blocks, chosen)
    headline = _find_headline(blocks, marks, title)
    within = _article_span(chosen, headline)
    captions: set[str] = set()
    judged: list[_Judged] = []
    for place, block in enumerate(blocks):
        if place == headline:
            judged.append(_Judged(block, PartRole.HEADLINE))
        elif place in within and _is_caption(block, marks) and block.text not in captions:
            captions.add(block.text)
            judged.append(_Judged(block, PartRole.CAPTION))
        elif chosen[place] and not marks.is_caption(block):
            judged.append(_judge_chosen(block, marks.kind(block)))
        elif not block.context.hidden:
            judged.append(_Judged(block, None, _dropped_kind(block, marks)))
    return judged


def _judge_chosen(block: Block, kind: str | None) -> _Judged:
    """A block that the extractor takes for the article's: dropped only where markup or wording plainly say otherwise."""
    if kind in _NEVER_BODY:
        return _Judged(block, None, kind)
    if len(block.text) <= _LABEL_CHARS and (furniture := recognise(fold(block.text))):
        return _Judged(block, None, furniture.kind)
    if block.link_share > _ALL_LINK_SHARE and _HEADLINE_CHARS <= len(block.text) <= _LABEL_CHARS:
        return _Judged(block, None, "related links")
    return _Judged(block, PartRole.BODY)


def _find_headline(blocks: Sequence[Block], marks: _Marks, title: str | None) -> int | None:
    """The heading that repeats the page's title, else the first `<h1>` outside furniture."""
    wanted = fold(title) if title else ""
    headings = [i for i, b in enumerate(blocks) if b.context.heading and not b.context.hidden]
    same = [i for i in headings if wanted and _alike(fold(blocks[i].text), wanted)]
    if same:
        return min(same, key=lambda i: (blocks[i].context.heading or "", marks.kind(blocks[i]) is not None, i))
    first = (i for i in headings if blocks[i].context.heading == "h1" and len(blocks[i].text) > 15)
    return next((i for i in first if marks.kind(blocks[i]) is None), None)


def _alike(heading: str, title: str) -> bool:
    shorter, longer = sorted((heading, title), key=len)
    if len(shorter) > 15 and shorter in longer:
        return True
    ours, theirs = set(heading.split()), set(title.split())
    return len(ours & theirs) > 0.6 * max(len(ours), len(theirs), 1)


def _article_span(chosen: Sequence[bool], headline: int | None) -> range:
    """From the headline to the last block of the article."""
    places = [i for i, c in enumerate(chosen) if c]
    if not places:
        return range(0)
    first = places[0] if headline is None else min(headline, places[0])
    return range(first, places[-1] + 1)


def _is_caption(block: Block, marks: _Marks) -> bool:
    return marks.is_caption(block) and not block.context.hidden and marks.kind(block) not in _NO_CAPTION_IN


def _dropped_kind(block: Block, marks: _Marks) -> str:
    """What a dropped block is: by its markup, where that is plain, else its wording, else its links."""
    kind = marks.kind(block)
    if kind is None or kind in _HOLDS_OTHERS:
        furniture = recognise(fold(block.text)) if len(block.text) <= _NOTICE_CHARS else None
        if furniture and (kind is None or furniture.kind in _NEVER_BODY):
            return furniture.kind
    if kind and kind != "sidebar":
        return kind
    if marks.is_caption(block):
        return "other captions"
    if block.link_share > _ALL_LINK_SHARE:
        return "related links" if len(block.text) >= _HEADLINE_CHARS else "navigation"
    return OTHER


# --- assembling ------------------------------------------------------------------------------------------------------


def _assemble(judged: Iterable[_Judged], metadata: PageMetadata) -> Page:
    parts, dropped = list[Part](), Counter[str]()
    pieces: list[str] = []
    length = 0
    for j in judged:
        if j.role is None:
            dropped[j.kind or OTHER] += len(j.block.text)
            continue
        gap = "" if not pieces else "\n" if j.block.after_break else "\n\n"
        length += len(gap)
        pieces += (gap, j.block.text)
        parts += _parts(j, length)
        length += len(j.block.text)
    text = "".join(pieces)
    return Page(
        text=text,
        parts=_joined(_with_dateline(text, parts), len(text)),
        dropped=tuple(DroppedPart(role=role, chars=chars) for role, chars in dropped.most_common()),
        title=metadata.title,
        author=", ".join(metadata.authors) or None,
        publisher=metadata.publisher,
        language=metadata.language,
        published=metadata.published,
    )


def _parts(judged: _Judged, start: int) -> list[Part]:
    role = judged.role or PartRole.BODY
    return [Part(role=role, kind=None, start=start, end=start + len(judged.block.text))]


def _with_dateline(text: str, parts: Sequence[Part]) -> list[Part]:
    """The parts with the dateline that opens the first paragraph set apart."""
    body = next((i for i, p in enumerate(parts) if p.role is PartRole.BODY), None)
    end = find_placed(text, parts[body].start, parts[body].end) if body is not None else None
    if body is None or end is None:
        return list(parts)
    first = parts[body]
    split = [
        Part(role=PartRole.DATELINE, kind=None, start=first.start, end=end),
        Part(role=PartRole.BODY, kind=None, start=end, end=first.end),
    ]
    return [*parts[:body], *split, *parts[body + 1 :]]


def _joined(parts: Iterable[Part], length: int) -> tuple[Part, ...]:
    """Parts made contiguous; neighbouring paragraphs of the body are one part."""
    joined: list[Part] = []
    for each in parts:
        part = each
        if joined and joined[-1].role is part.role is PartRole.BODY:
            part = Part(role=part.role, kind=None, start=joined.pop().start, end=part.end)
        if joined:
            before = joined[-1]
            joined[-1] = Part(role=before.role, kind=before.kind, start=before.start, end=part.start)
        joined.append(part)
    if joined:
        last = joined[-1]
        joined[-1] = Part(role=last.role, kind=last.kind, start=last.start, end=length)
    return tuple(joined)
