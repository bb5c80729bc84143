"""A page becomes clean text with its parts named, and a list of what the page had and the text has not.

Comes in: HTML as text. Goes out: a Page. All the text that the page shows is either in the clean text or counted in `dropped`. Nothing
in the page is run or fetched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from harmledger.domain import DroppedPart, Part, PartRole
from harmledger.read.dateline import find_placed
from harmledger.read.furniture import recognise
from harmledger.read.lines import fold
from harmledger.read.main_text import choose_blocks
from harmledger.read.metadata import PageMetadata, read_metadata
from harmledger.read.page_blocks import Block, find_blocks
from harmledger.read.page_tree import parse_page

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
    metadata = read_metadata(tree)
    blocks = find_blocks(tree)
    return _assemble(_judge(blocks, choose_blocks(tree, blocks), metadata.title), metadata)


# --- judging ---------------------------------------------------------------------------------------------------------

_NEVER_BODY = frozenset(
    (
        "reply form",
        "sign-in bar",
        "comment policy",
        "spam notice",
        "share bar",
        "comments",
        "cookie notice",
        "newsletter form",
        "related links",
    )
)
"""Kinds of furniture that aren't the article's words even where the extractor takes them for it."""
_LARGEST_FURNITURE_SHARE = 0.3
"""A kind that would take more of the extracted text is a name given to the whole article (`class="article social"`)."""
_LABEL_CHARS = 200
_CAPTION_CHARS = 1000


def _judge(blocks: Sequence[Block], chosen: Sequence[bool], title: str | None) -> list[_Judged]:
    headline = _find_headline(blocks, chosen, title)
    trusted = _trusted_kinds(blocks, chosen)
    first, last = _article_span(chosen, headline)
    captions: set[str] = set()
    judged: list[_Judged] = []
    for place, block in enumerate(blocks):
        if place == headline:
            judged.append(_Judged(block, PartRole.HEADLINE))
        elif _is_caption(block, within=first <= place <= last, trusted=trusted) and block.text not in captions:
            captions.add(block.text)
            judged.append(_Judged(block, PartRole.CAPTION))
        elif chosen[place] and not block.context.caption:
            judged.append(_judge_chosen(block, trusted))
        elif not block.context.hidden:
            judged.append(_Judged(block, None, _kind(block)))
    return judged


def _judge_chosen(block: Block, trusted: frozenset[str]) -> _Judged:
    """A block that the extractor takes for the article's: dropped only where markup or wording plainly say otherwise."""
    if block.context.kind in trusted:
        return _Judged(block, None, block.context.kind)
    if len(block.text) <= _LABEL_CHARS and (furniture := recognise(fold(block.text))):
        return _Judged(block, None, furniture.kind)
    return _Judged(block, PartRole.BODY)


def _trusted_kinds(blocks: Sequence[Block], chosen: Sequence[bool]) -> frozenset[str]:
    """The kinds of furniture that may overrule the extractor on this page."""
    chars: Counter[str | None] = Counter()
    for block, is_chosen in zip(blocks, chosen, strict=True):
        if is_chosen:
            chars[block.context.kind] += len(block.text)
    most = _LARGEST_FURNITURE_SHARE * chars.total()
    return frozenset(kind for kind in _NEVER_BODY if chars[kind] <= most)


def _find_headline(blocks: Sequence[Block], chosen: Sequence[bool], title: str | None) -> int | None:
    """The heading that repeats the page's title, else the first `<h1>` outside furniture."""
    wanted = fold(title) if title else ""
    headings = [i for i, b in enumerate(blocks) if b.context.heading and not b.context.hidden]
    same = [i for i in headings if wanted and _alike(fold(blocks[i].text), wanted)]
    first = [
        i
        for i in headings
        if blocks[i].context.heading == "h1" and blocks[i].context.kind is None and len(blocks[i].text) > 15
    ]
    ranked = (
        sorted(same, key=lambda i: (blocks[i].context.heading or "", blocks[i].context.kind is not None, i)) + first
    )
    return ranked[0] if ranked else None


def _alike(heading: str, title: str) -> bool:
    shorter, longer = sorted((heading, title), key=len)
    if len(shorter) > 15 and shorter in longer:
        return True
    ours, theirs = set(heading.split()), set(title.split())
    return len(ours & theirs) > 0.6 * max(len(ours), len(theirs), 1)


def _article_span(chosen: Sequence[bool], headline: int | None) -> tuple[int, int]:
    """From the headline to the last block of the article."""
    places = [i for i, c in enumerate(chosen) if c]
    if not places:
        return 0, -1
    first = min(headline, places[0]) if headline is not None and headline < places[-1] else places[0]
    return first, places[-1]


def _is_caption(block: Block, *, within: bool, trusted: frozenset[str]) -> bool:
    context = block.context
    if not (context.caption and within) or len(block.text) > _CAPTION_CHARS or context.hidden:
        return False
    return context.kind not in (*trusted, "navigation", "footer", "advertisement", "author note")


def _kind(block: Block) -> str:
    """What a dropped block is: by its markup, else its wording, else its links."""
    if block.context.kind and block.context.kind != "sidebar":
        return block.context.kind
    furniture = recognise(fold(block.text)) if len(block.text) <= 500 else None
    if furniture:
        return furniture.kind
    if block.context.caption:
        return "caption elsewhere"
    if block.link_share > 0.8:
        return "related links" if len(block.text) >= 25 else "navigation"
    return OTHER


# --- assembling ------------------------------------------------------------------------------------------------------


def _assemble(judged: Iterable[_Judged], metadata: PageMetadata) -> Page:
    text, parts, dropped = "", list[Part](), Counter[str]()
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
    for part in parts:
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
