"""A document cut for a language model: numbered sentences in passages of bounded length, each with what came before.

In comes a document; out go the sentences of its own words, and the passages that hold a harm word. Furniture is never shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harmledger.domain import Document, PartRole
from harmledger.extract.screen import find_harm_words, mark_sentences
from harmledger.text.sentences import split_sentences

Span = tuple[int, int]

CORE_CHARS = 6000
"""Characters whose claims are asked for at once: most reports fit, and an answer of some thirty claims stays short."""
CONTEXT_CHARS = 1500
"""Characters shown again from before, for who "the official" is and where "there" is."""
LEAD_CHARS = 400
"""Of these, characters of the document's first sentences (headline, dateline)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Sentences by number: those to read claims from, and those that only help."""

    context: Mapping[int, Span]
    core: Mapping[int, Span]

    @property
    def span(self) -> Span:
        """From the first to the last offset of the core."""
        spans = list(self.core.values())
        return spans[0][0], spans[-1][1]


def find_sentences(document: Document) -> list[Span]:
    """The sentences of the article's own words, in order."""
    own = (part for part in document.parts if part.role is not PartRole.FURNITURE)
    return [span for part in own for span in split_sentences(document.text, part.start, part.end)]


def cut_passages(text: str, sentences: Sequence[Span]) -> Iterator[Passage]:
    """The passages in which a harm word stands, in order; their cores don't overlap."""
    harm_words = find_harm_words(text)
    lines = [piece for sentence in sentences for piece in _pieces(text, sentence)] if harm_words else []
    hits = mark_sentences(lines, harm_words)
    for start, stop in _runs(lines):
        if any(hits[start:stop]):
            yield Passage(context=_context(lines, start), core={n + 1: lines[n] for n in range(start, stop)})


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence whole; one longer than a passage in stretches that end at white space where they can."""
    start, end = sentence
    while end - start > CORE_CHARS:
        space = text.rfind(" ", start + 1, start + CORE_CHARS)
        stop = space if space > 0 else start + CORE_CHARS
        yield start, stop
        start = stop
    yield start, end


def _runs(lines: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Indices from and to which lines make a core."""
    start = size = 0
    for i, (a, b) in enumerate(lines):
        if i > start and size + b - a > CORE_CHARS:
            yield start, i
            start, size = i, 0
        size += b - a
    if lines:
        yield start, len(lines)


def _context(lines: Sequence[Span], start: int) -> dict[int, Span]:
    """The document's first lines and those just before the core, by number."""
    lead = _fill(lines, range(start), LEAD_CHARS)
    before = _fill(lines, range(start - 1, -1, -1), CONTEXT_CHARS - LEAD_CHARS)
    return {i + 1: lines[i] for i in sorted({*lead, *before})}


def _fill(lines: Sequence[Span], candidates: range, room: int) -> list[int]:
    taken: list[int] = []
    for i in candidates:
        room -= lines[i][1] - lines[i][0]
        if room < 0:
            break
        taken.append(i)
    return taken
