"""Of each telling the few others with which it shares most of its rare words, found for many tellings in bounded memory.

Comes in: tellings in columns and how rare words are. Goes out: pairs by place. Holders are looked up by word, of a word that is crowded by word and
fortnight. Weights are counted in whole parts, so that a sum is the same in whatever order it is added up, and neighbours too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from harmledger.link.block import CROWDED, NEAREST, RAREST, fortnights
from harmledger.link.columns import Columns, Numbers, Places, spread
from harmledger.link.rarity import Rarity

CHUNK = 1_000_000
"""Words of tellings and their holders that are looked at together: some 100 MB."""
PARTS = 2**20
"""Parts of a weight."""
LOOKED_AT = ("names", "words", "places")
NO_STRETCH = -1
Values = NDArray[np.float64]
Marked = NDArray[np.bool_]


def find_neighbours(columns: Columns, rarity: Rarity, chosen: Sequence[int] | None = None) -> Places:
    """The pairs of which one is among the nearest of the other, of all or of the chosen: left times the number of tellings, and right; in order."""
    among = np.arange(len(columns)) if chosen is None else np.asarray(sorted(chosen), dtype=np.int64)
    words = _take_rarest(columns, rarity, among)
    found = [_nearest(words, some, len(columns)) for some in _in_chunks(words)]
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Lists:
    """Who holds what, one list after the other; and of each telling's word which list that is, and how long."""

    holders: NDArray[np.int32]
    first: NDArray[np.int32]
    size: NDArray[np.uint8]
    """0 where nobody else is to be met: it is crowded, or no list."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The rarest words of tellings, telling by telling."""

    among: Places
    """The tellings, by place."""
    owner: Numbers
    """Of each word whose it is, by place within `among`."""
    word: Numbers
    weights: Values
    """Of every word there is."""
    everywhere: _Lists
    then: tuple[_Lists, _Lists]
    """Who holds a crowded word in either stretch of the same fortnights."""
    stretch: Places
    """The first stretch of each telling."""
    norm: Values
    """Of each telling the root of its words' weights together."""


def _take_rarest(columns: Columns, rarity: Rarity, among: Places) -> _Words:
    weights, rank = _weigh(columns, rarity)
    owner, word = _choose(columns, among, weights, rank)
    total = np.bincount(owner, weights[word], minlength=among.size)
    everywhere = _list(word, owner, np.ones(owner.size, dtype=np.bool_))
    crowded = _sizes_of(word) > CROWDED
    stretches = _stretches(columns)[:, among]
    then = [
        _list(
            word.astype(np.int64) * (int(stretch.max(initial=0)) + 1) + stretch[owner],
            owner,
            crowded & (stretch[owner] >= 0),
        )
        for stretch in stretches
    ]
    return _Words(
        among,
        owner,
        word,
        weights,
        everywhere,
        (then[0], then[1]),
        stretches[0],
        np.sqrt(total),
    )


def _weigh(columns: Columns, rarity: Rarity) -> tuple[Values, Places]:
    """Of each word its weight squared, in whole parts, 0 for one that looks for nothing; and its rank, the rarest first."""
    words = columns.vocabulary.words
    told = zip(words, rarity.weigh_all(words), strict=True)
    weights = np.fromiter((w if rarity.holding.get(word, 0) > 1 else 0.0 for word, w in told), float, len(words))
    order = np.array(sorted(np.flatnonzero(weights).tolist(), key=words.__getitem__), dtype=np.int64)
    order = order[np.argsort(-weights[order], kind="stable")]
    rank = np.full(len(words), len(words) - 1, dtype=np.int64)
    rank[order] = np.arange(order.size)
    return np.rint(weights**2 * PARTS), rank


def _choose(columns: Columns, among: Places, weights: Values, rank: Places) -> tuple[Numbers, Numbers]:
    """Of each telling its rarest words, as pairs of telling, by place within `among`, and word."""
    by_rank = np.argsort(rank)
    owners, chosen = [np.empty(0, dtype=np.int32)], [np.empty(0, dtype=np.int32)]
    for start in range(0, among.size, CHUNK // RAREST):
        codes: list[Places] = []
        for wording in LOOKED_AT:
            held, sizes = columns.rows_of(wording, among[start : start + CHUNK // RAREST])
            whose = np.repeat(np.arange(start, start + sizes.size), sizes)[weights[held] > 0]
            codes.append(whose * rank.size + rank[held[weights[held] > 0]])
        code = np.unique(np.concatenate(codes))
        code = code[_within(code // max(1, rank.size)) < RAREST]
        owners.append((code // max(1, rank.size)).astype(np.int32))
        chosen.append(by_rank[code % max(1, rank.size)].astype(np.int32))
    return np.concatenate(owners), np.concatenate(chosen)


def _stretches(columns: Columns) -> Places:
    """Of each telling its two stretches, by the event's first day or else the publication's."""
    periods, published = columns.values("period"), columns.values("published")
    events = _stretch_of([period[0] for period in periods])[:, columns.column("period")]
    return np.where(events >= 0, events, _stretch_of(published)[:, columns.column("published")])


def _stretch_of(days: Sequence[date | None]) -> Places:
    stretches = [fortnights(day) if day else (NO_STRETCH, NO_STRETCH) for day in days]
    return np.array(stretches, dtype=np.int64).reshape(-1, 2).T


def _list(key: Places, owner: Numbers, wanted: Marked) -> _Lists:
    """Who is under the same key, of those that are wanted. There are as many as words of all tellings: each array of them is made narrow, and let go."""
    size, first = np.zeros(key.size, dtype=np.uint8), np.zeros(key.size, dtype=np.int32)
    at = np.flatnonzero(wanted)
    at = at[np.argsort(key[at], kind="stable")]
    begins = np.flatnonzero(np.append(True, np.diff(key[at]) != 0))[: at.size] if at.size else at
    sizes = np.diff(np.append(begins, at.size))
    first[at] = np.repeat(begins.astype(np.int32), sizes)
    size[at] = np.repeat(np.where(sizes > CROWDED, 0, sizes).astype(np.uint8), sizes)
    return _Lists(owner[at], first, size)


def _sizes_of(key: Numbers) -> Numbers:
    """Of each how many have the same key."""
    return np.bincount(key).astype(np.int32)[key] if key.size else key


def _within(key: Places) -> Places:
    """The place of each among those with the same key; keys in order."""
    begins = np.flatnonzero(np.append(True, np.diff(key) != 0))[: key.size]
    return np.arange(key.size) - np.repeat(begins, np.diff(np.append(begins, key.size)))


# --- neighbours ------------------------------------------------------------------------------------------------------


def _in_chunks(words: _Words) -> Iterator[range]:
    """Stretches of words with about so many holders, never parting a telling's."""
    met: Places = np.cumsum(words.everywhere.size + words.then[0].size + words.then[1].size, dtype=np.int64)
    start = 0
    while start < met.size:
        before = int(met[start - 1]) if start else 0
        last = min(max(start, int(np.searchsorted(met, before + CHUNK))), met.size - 1)
        end = int(np.searchsorted(words.owner, int(words.owner[last]), side="right"))
        yield range(start, end)
        start = end


def _nearest(words: _Words, some: range, count: int) -> Places:
    """The nearest of the tellings whose words these are."""
    at, other = _meet(words, some)
    code = words.owner[at].astype(np.int64) * words.among.size + other
    weight = words.weights[words.word[at]]
    order = np.argsort(code, kind="stable")
    code, weight = code[order], weight[order]
    begins = np.flatnonzero(np.append(True, np.diff(code) != 0))[: code.size]
    if not begins.size:
        return begins
    shared, code = np.add.reduceat(weight, begins), code[begins]
    owner, other = code // words.among.size, code % words.among.size
    nearest = np.lexsort((-shared / words.norm[other], owner))
    nearest = nearest[_within(owner[nearest]) < NEAREST]
    one, two = words.among[owner[nearest]], words.among[other[nearest]]
    return np.minimum(one, two) * count + np.maximum(one, two)


def _meet(words: _Words, some: range) -> tuple[Places, Places]:
    """Each of these words with whoever else holds it, each telling once a word."""
    met: list[tuple[Places, Places]] = []
    for lists in (words.everywhere, *words.then):
        size: Places = lists.size[some.start : some.stop].astype(np.int64)
        first: Places = lists.first[some.start : some.stop].astype(np.int64)
        at: Places = np.repeat(np.arange(some.start, some.stop), size)
        other: Places = lists.holders[spread(first, size)].astype(np.int64)
        wanted = other != words.owner[at]
        if lists is words.then[1]:  # whoever is in the other stretch too was met there, unless that is crowded
            wanted &= (words.stretch[other] != words.stretch[words.owner[at]]) | (words.then[0].size[at] == 0)
        met.append((at[wanted], other[wanted]))
    return np.concatenate([at for at, _ in met]), np.concatenate([other for _, other in met])
