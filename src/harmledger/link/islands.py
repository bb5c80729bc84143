"""Clusters many tellings island by island.

Average linkage joins two groups only where some pair between them reaches the threshold: their mean can't otherwise. So what such pairs, and
people's decisions, don't connect is never joined, and each island of what they do connect is clustered by itself, with the same outcome.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmledger.link.cluster import cluster
from harmledger.link.columns import Places
from harmledger.link.weigh import Values

Pairs = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Pairs of tellings by place, left before right, with their scores."""

    left: Places
    right: Places
    score: Values

    def only(self, wanted: NDArray[np.bool_]) -> Scored:
        """The pairs that are marked."""
        return Scored(left=self.left[wanted], right=self.right[wanted], score=self.score[wanted])

    def at(self, places: Places) -> Scored:
        """The pairs at these places, in that order."""
        return Scored(left=self.left[places], right=self.right[places], score=self.score[places])

    def by_pair(self, place: Mapping[int, int]) -> dict[tuple[int, int], float]:
        """Of each pair its score, its tellings renumbered."""
        return {(place[a], place[b]): score for a, b, score in self.each()}

    def each(self) -> Iterator[tuple[int, int, float]]:
        """Left, right and score of one pair after the other."""
        lefts: list[int] = self.left.tolist()
        rights: list[int] = self.right.tolist()
        return zip(lefts, rights, self.score.tolist(), strict=True)


def cluster_islands(count: int, scored: Scored, *, threshold: float, must: Pairs, cannot: Pairs) -> list[list[int]]:
    """The groups as `cluster` gives them, of `count` tellings of which no pair but these has a score."""
    island = _find_islands(count, scored.only(scored.score >= threshold), must)
    inner = scored.only(island[scored.left] == island[scored.right])
    inner = inner.at(np.argsort(island[inner.left], kind="stable"))
    at = island[inner.left]
    musts, cannots = (_by_island(island, pairs) for pairs in (must, cannot))
    groups: list[list[int]] = []
    for members in _split(island):
        number = int(members[0])
        if members.size == 1:
            groups.append([number])
            continue
        first, last = np.searchsorted(at, [number, number + 1])
        own = inner.at(np.arange(int(first), int(last)))
        place = {index: n for n, index in enumerate(members.tolist())}
        found = cluster(
            members.size,
            own.by_pair(place),
            threshold=threshold,
            must=[(place[a], place[b]) for a, b in musts[number]],
            cannot=[(place[a], place[b]) for a, b in cannots[number]],
        )
        groups += [members[group].tolist() for group in found]
    return sorted(groups)


def _split(island: Places) -> list[Places]:
    """The members of each island, in order; its number is the first one's."""
    order = np.argsort(island, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(island[order])) + 1) if island.size else []


def _find_islands(count: int, strong: Scored, must: Pairs) -> Places:
    """Of each telling the first one that it is connected with."""
    put = np.array(must, dtype=np.int64).reshape(-1, 2)
    left, right = np.concatenate([strong.left, put[:, 0]]), np.concatenate([strong.right, put[:, 1]])
    first = np.arange(count)
    while True:
        before = first.copy()
        least = np.minimum(first[left], first[right])
        for ends in (left, right):
            np.minimum.at(first, before[ends], least)
        while not np.array_equal(first, first[first]):
            first = first[first]
        if np.array_equal(first, before):
            return first


def _by_island(island: Places, pairs: Pairs) -> defaultdict[int, list[tuple[int, int]]]:
    """The pairs that lie within one island, by it."""
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in pairs:
        if island[a] == island[b]:
            found[int(island[a])].append((a, b))
    return found
