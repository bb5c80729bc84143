"""The pairs that blocking brings together, found for many tellings in bounded memory.

Comes in: tellings in columns. Goes out: arrays of places, a stretch of tellings at a time, each pair once. Which blocks a telling is in is told by
`block`; here they are only put in order. A block's name is kept as a 64-bit hash: should two ever fall together, a few more pairs are compared.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from harmledger.domain import Telling
from harmledger.link.block import CROWDED, PLACE, block_keys
from harmledger.link.columns import Columns, Numbers, Places, spread
from harmledger.link.neighbours import find_neighbours
from harmledger.link.rarity import Rarity

CHUNK = 250_000
"""Meetings of two tellings in a block that are looked at together: some 200 MB with their words."""


def find_pairs(tellings: Iterable[Telling], rarity: Rarity) -> list[tuple[int, int]]:
    """The pairs to compare, each once and in order, by their places."""
    pairs = (zip(left.tolist(), right.tolist(), strict=True) for left, right in pair_up(Columns(tellings), rarity))
    return [pair for some in pairs for pair in some]


def pair_up(columns: Columns, rarity: Rarity, chosen: Sequence[int] | None = None) -> Iterator[tuple[Places, Places]]:
    """Left and right places of the pairs among all, or the chosen ones, in order; left is before right."""
    count = len(columns)
    near = find_neighbours(columns, rarity, chosen)
    entries = _enter(columns, range(count) if chosen is None else chosen)
    by_owner = np.argsort(entries.owner, kind="stable")
    owner, after = entries.owner[by_owner], entries.after[by_owner]
    first = 0
    for end in _ends(owner, after, near // max(1, count), count):
        begin, stop = np.searchsorted(owner, [first, end])
        low, high = np.searchsorted(near, [first * count, end * count])
        codes = np.union1d(_meet(entries, by_owner[begin:stop], count), near[low:high])
        if codes.size:
            yield codes // count, codes % count
        first = end


@dataclass(frozen=True, slots=True)
class _Entries:
    """Tellings in blocks, block after block, in order within each; `after` counts those that follow in the same block."""

    owner: Numbers
    after: Numbers


def _enter(columns: Columns, chosen: Sequence[int]) -> _Entries:
    keys, owners = array("q"), array("i")
    periods, spots = columns.column("period").tolist(), columns.column("spot").tolist()
    known: dict[tuple[int, int], array[int]] = {}
    for index in chosen:
        told = periods[index], spots[index]
        own = known.get(told) or known.setdefault(told, _hash_keys(columns, *told))
        keys.extend(own)
        owners.extend([index] * len(own))
    return _order(np.array(keys, dtype=np.int64), np.array(owners, dtype=np.int32))


def _hash_keys(columns: Columns, period: int, spot: int) -> array[int]:
    """The blocks of all tellings of one period and place."""
    first, last, *_ = columns.values("period")[period]
    keys = block_keys((first, last), columns.values("spot")[spot])
    return array("q", [hash(key) & ~1 | (key[0] == PLACE) for key in keys])


def _order(key: Places, owner: Numbers) -> _Entries:
    order = np.argsort(key, kind="stable")
    key, owner = key[order], owner[order]
    first: Places = np.append(0, np.flatnonzero(np.diff(key)) + 1)[: key.size]
    sizes = np.diff(np.append(first, key.size))
    after = np.repeat((first + sizes - 1).astype(np.int32), sizes) - np.arange(key.size, dtype=np.int32)
    after[(key & 1 == 1) & np.repeat(sizes > CROWDED, sizes)] = 0
    return _Entries(owner, after)


def _ends(owner: Numbers, after: Numbers, near: Places, count: int) -> Iterator[int]:
    """The tellings before which stretches end, each of about so many meetings."""
    meetings = np.bincount(owner, after, minlength=count) + np.bincount(near, minlength=count)
    met = np.cumsum(meetings)
    first = 0
    while first < count:
        before = met[first - 1] if first else 0
        first = max(first + 1, int(np.searchsorted(met, before + CHUNK, side="right")))
        yield first


def _meet(entries: _Entries, chunk: Places, count: int) -> Places:
    sizes = entries.after[chunk]
    left = np.repeat(entries.owner[chunk].astype(np.int64), sizes)
    right = entries.owner[spread(chunk + 1, sizes)]
    return np.unique(left * count + right)
