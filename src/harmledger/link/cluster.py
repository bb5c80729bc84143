"""From scored pairs to groups: average linkage, under what reviewers have decided.

The two groups whose tellings agree best on average are joined, again and again, until none agree well enough; a pair that was never compared
counts as 0. One strong pair can't pull two groups together, as it would in connected components: those only split the work here.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

Groups = dict[int, set[int]]


def cluster(
    count: int,
    scores: Mapping[tuple[int, int], float],
    *,
    threshold: float,
    must: Iterable[tuple[int, int]] = (),
    cannot: Iterable[tuple[int, int]] = (),
) -> list[list[int]]:
    """The groups of `count` tellings, each in order, by their first member; `must` pairs are always together, `cannot` pairs never."""
    groups = _Groups(count, must)
    groups.part(cannot)
    groups.add_scores(scores)
    groups.merge(threshold)
    return sorted(sorted(members) for members in groups.members.values())


class _Groups:
    """Groups with the sum of their pairs' scores, merged best first."""

    def __init__(self, count: int, must: Iterable[tuple[int, int]]) -> None:
        self.members: Groups = {index: {index} for index in range(count)}
        self._of = list(range(count))
        self._sums: defaultdict[int, dict[int, float]] = defaultdict(dict)
        self._parted: defaultdict[int, set[int]] = defaultdict(set)
        for left, right in must:
            self._join(self._of[left], self._of[right])

    def part(self, cannot: Iterable[tuple[int, int]]) -> None:
        """Keep these apart for good."""
        for left, right in cannot:
            a, b = self._of[left], self._of[right]
            self._parted[a].add(b)
            self._parted[b].add(a)

    def add_scores(self, scores: Mapping[tuple[int, int], float]) -> None:
        """Sum the scores of tellings between groups."""
        for (left, right), score in scores.items():
            a, b = self._of[left], self._of[right]
            if a != b:
                self._sums[a][b] = self._sums[b][a] = self._sums[a].get(b, 0.0) + score

    def merge(self, threshold: float) -> None:
        """Join the best-agreeing groups until none agrees as well as the threshold."""
        heap = [each for a in self._sums for each in self._agreeing(a, threshold) if each[1] == a]
        heapq.heapify(heap)
        while heap:
            score, a, b = heapq.heappop(heap)
            if self._is_stale(a, b, -score) or b in self._parted[a]:
                continue
            for each in self._agreeing(self._join(a, b), threshold):
                heapq.heappush(heap, each)

    def _agreeing(self, group: int, threshold: float) -> Iterator[tuple[float, int, int]]:
        """Those that may be joined with a group as both are now: what agrees less only can once one of the two has grown, and is looked at then."""
        for near in self._sums[group]:
            if (mean := self._mean(group, near)) >= threshold:
                yield -mean, min(group, near), max(group, near)

    def _is_stale(self, a: int, b: int, score: float) -> bool:
        """Whether one of the two was merged since, or has grown."""
        return a not in self.members or b not in self.members or self._mean(a, b) != score

    def _mean(self, a: int, b: int) -> float:
        return self._sums[a].get(b, 0.0) / (len(self.members[a]) * len(self.members[b]))

    def _join(self, a: int, b: int) -> int:
        """Put the smaller group into the larger, with its sums and what it is kept from."""
        if a == b:
            return a
        into, gone = sorted((a, b), key=lambda g: (-len(self.members[g]), g))
        for member in self.members[gone]:
            self._of[member] = into
        self.members[into] |= self.members.pop(gone)
        self._move_sums(gone, into)
        for other in self._parted.pop(gone, set()):
            self._parted[other].discard(gone)
            self._parted[other].add(into)
            self._parted[into].add(other)
        return into

    def _move_sums(self, gone: int, into: int) -> None:
        for near, score in self._sums.pop(gone, {}).items():
            self._sums[near].pop(gone, None)
            if near != into:
                total = self._sums[into].get(near, 0.0) + score
                self._sums[into][near] = self._sums[near][into] = total
