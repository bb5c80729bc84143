"""The pairs that blocking brings together, found for many tellings in bounded memory.

Comes in: tellings in columns. Goes out: arrays of places, a stretch of tellings at a time, each pair once. Which blocks a telling is in is told by
`block`; here they are only put in order. A block's name is kept as a 64-bit hash: should two ever fall together, a few more pairs are compared.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmledger.domain import Telling
from harmledger.link.block import CROWDED, block_keys
from harmledger.link.columns import Places, spread
from harmledger.link.rarity import Rarity

CHUNK = 250_000
"""Meetings of two tellings in a block that are looked at together: some 200 MB with their words."""


def pair_up(
    tellings: Sequence[Telling], rarity: Rarity, chosen: Sequence[int] | None = None
) -> Iterator[tuple[Places, Places]]:
    """Left and right places of the pairs among all, or the chosen ones, in order; left is before right."""
    entries = _enter(tellings, rarity, range(len(tellings)) if chosen is None else chosen)
    by_owner = np.argsort(entries.owner, kind="stable")
    owner, meetings = entries.owner[by_owner], np.cumsum(entries.after[by_owner])
    start = 0
    while start < by_owner.size:
        end = _end_of_chunk(owner, meetings, start)
        left, right = _meet(entries, by_owner[start:end], len(tellings))
        if left.size:
            yield left, right
        start = end


@dataclass(frozen=True, slots=True)
class _Entries:
    """Tellings in blocks, block after block, in order within each; `after` counts those that follow in the same block."""

    owner: NDArray[np.int32]
    after: Places


def _enter(tellings: Sequence[Telling], rarity: Rarity, chosen: Sequence[int]) -> _Entries:
    keys, owners = array("q"), array("i")
    for index in chosen:
        for key in block_keys(tellings[index], rarity):
            keys.append(hash(key) & ~1 | (key[0] == "rare"))
            owners.append(index)
    key, owner = np.array(keys, dtype=np.int64), np.array(owners, dtype=np.int32)
    order = np.argsort(key, kind="stable")
    key, owner = key[order], owner[order]
    first: Places = np.append(0, np.flatnonzero(np.diff(key)) + 1)[: key.size]
    sizes = np.diff(np.append(first, key.size))
    within = np.arange(key.size) - np.repeat(first, sizes)
    after: Places = np.repeat(sizes, sizes) - within - 1
    after[(key & 1 == 1) & np.repeat(sizes > CROWDED, sizes)] = 0
    return _Entries(owner, after)


def _end_of_chunk(owner: NDArray[np.int32], meetings: Places, start: int) -> int:
    """Where a chunk ends: never within a telling's blocks, so that each pair is found in one chunk."""
    before = int(meetings[start - 1]) if start else 0
    end = max(start + 1, int(np.searchsorted(meetings, before + CHUNK, side="right")))
    last = int(owner[min(end, owner.size) - 1])
    return int(np.searchsorted(owner, last, side="right"))


def _meet(entries: _Entries, chunk: Places, count: int) -> tuple[Places, Places]:
    sizes = entries.after[chunk]
    left = np.repeat(entries.owner[chunk].astype(np.int64), sizes)
    right = entries.owner[spread(chunk + 1, sizes)]
    codes: Places = np.unique(left * count + right)
    return codes // count, codes % count
