"""Which sentences of a document are worth the encoder, and in what company it reads them.

In comes a document's sentences; out go passages: runs of sentences short enough for the encoder, each with a core whose
claims are read from it and context that only helps. A document without a harm word gives none. Nothing here reads claims.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

MAX_TOKENS = 448
"""Word pieces in a passage; nine of ten reports of the training set with all their claims fit into one or two."""
CONTEXT_TOKENS = 128
"""Word pieces of the sentences before a passage's core that it sees again."""
LEAD_TOKENS = 64
"""Word pieces of the document's first sentences (headline, dateline) that every later passage sees again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Sentences by their index; those from `core` on are its own, the ones before are context."""

    sentences: tuple[int, ...]
    core: int
    """Index into `sentences` of the first that is read here and not in an earlier passage."""


def select(hits: Sequence[bool], asides: Collection[int] = ()) -> list[int]:
    """The sentences to encode: each that may hold a claim, its neighbours, and the first two of the document.

    `asides` tell of other events (a caption's picture may be years old): they are read for their own claims, and are nobody's neighbours.
    """
    if not any(hits):
        return []
    near = {j for i, hit in enumerate(hits) if hit for j in (i - 1, i, i + 1)}
    chosen = (near | {0, 1}) & set(range(len(hits)))
    return sorted(i for i in chosen if hits[i] or i not in asides)


def pack(selected: Sequence[int], sizes: Mapping[int, int]) -> list[Passage]:
    """Passages over the selected sentences, in order, none above `MAX_TOKENS`; `sizes` is word pieces by sentence."""
    passages: list[Passage] = []
    position = 0
    while position < len(selected):
        context = _context(selected, position, sizes)
        room = MAX_TOKENS - 2 - sum(sizes[i] + 1 for i in context)
        stop = position
        while stop < len(selected) and room >= (
            cost := min(sizes[selected[stop]] + 1, room if stop == position else MAX_TOKENS)
        ):
            room -= cost
            stop += 1
        passages.append(Passage(sentences=(*context, *selected[position:stop]), core=len(context)))
        position = stop
    return passages


def _context(selected: Sequence[int], position: int, sizes: Mapping[int, int]) -> list[int]:
    if position == 0:
        return []
    before = _fill(reversed(selected[:position]), sizes, CONTEXT_TOKENS)[::-1]
    lead = [i for i in _fill(selected[:2], sizes, LEAD_TOKENS) if i not in before]
    return [*lead, *before]


def _fill(candidates: Iterable[int], sizes: Mapping[int, int], budget: int) -> list[int]:
    taken: list[int] = []
    for i in candidates:
        if sizes[i] + 1 > budget:
            break
        budget -= sizes[i] + 1
        taken.append(i)
    return taken
