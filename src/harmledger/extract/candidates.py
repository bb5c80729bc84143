"""Where a passage may count people: expressions that the grammar of numbers proposes, and persons named one by one.

In come a text, its sentences and an encoded passage; out go spans of the text with their first and last pieces. Whether anybody
was harmed is decided by the encoder's heads.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from harmledger.extract.encoding import EncodedPassage
from harmledger.extract.passages import Span
from harmledger.text.numerals import find_counts, find_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A counted expression, perhaps: its span in the document, and its first and last piece in the passage."""

    span: Span
    first: int
    last: int
    named: bool = False
    """Whether it names persons, or places and bodies, and counts nothing."""


def find_candidates(text: str, sentences: Sequence[Span], passage: EncodedPassage) -> list[Candidate]:
    """What the grammars propose in the passage's sentences, context included, in order; what is named may overlap what is counted."""
    stretches = passage.stretches(sentences)
    counted = [(c.start, c.end) for stretch in stretches for c in find_counts(text, *stretch)]
    named = {span for stretch in stretches for span in find_named(text, *stretch)} - set(counted)
    located = locate_all(passage, sorted([*counted, *named]))
    return [Candidate(span=span, first=at[0], last=at[1], named=span in named) for span, at in located]


def locate_all(passage: EncodedPassage, spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Those of the spans whose beginning the passage holds, each with its first and last piece."""
    starts = _starts(passage)
    return ((span, at) for span in spans if (at := _pieces(passage, starts, span)))


def locate(passage: EncodedPassage, span: Span) -> tuple[int, int] | None:
    """First and last piece that overlap a span of the document, where the passage holds the span's beginning."""
    return _pieces(passage, _starts(passage), span)


def _starts(passage: EncodedPassage) -> list[tuple[int, int]]:
    """Where each piece with words begins, and its index, ascending: a passage's sentences are in the document's order."""
    return [(a, k) for k, (a, b) in enumerate(passage.spans) if b > a]


def _pieces(passage: EncodedPassage, starts: Sequence[tuple[int, int]], span: Span) -> tuple[int, int] | None:
    first = max(0, bisect_right(starts, span[0], key=lambda s: s[0]) - 1)
    inside = list(_overlapping(passage, starts, first, span))
    if not inside or passage.spans[inside[0]][0] > span[0] + 1:
        return None
    return inside[0], inside[-1]


def _overlapping(passage: EncodedPassage, starts: Sequence[tuple[int, int]], at: int, span: Span) -> Iterator[int]:
    stop = bisect_left(starts, span[1], key=lambda s: s[0])
    return (k for _, k in starts[at:stop] if passage.spans[k][1] > span[0])
