"""How well groups agree with the events that reports were coded into: over pairs, and over items (B-cubed).

An item may be of several events or groups; a pair is of one event when it shares any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations

Sets = Sequence[frozenset[Hashable]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision, recall and what they come to."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return f1(self.precision, self.recall)


def f1(precision: float, recall: float) -> float:
    """The harmonic mean of the two."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pair_f1(found: Sets, gold: Sets) -> Agreement:
    """Of the pairs put together those rightly so, and of the right pairs those put together."""
    ours, right = sharing(found), sharing(gold)
    hit = len(ours & right)
    return Agreement(hit / len(ours) if ours else 1.0, hit / len(right) if right else 1.0)


def sharing(sets: Sets) -> set[tuple[int, int]]:
    """The pairs of items that share something."""
    holding: defaultdict[Hashable, list[int]] = defaultdict(list)
    for index, items in enumerate(sets):
        for item in items:
            holding[item].append(index)
    return {pair for members in holding.values() for pair in combinations(members, 2)}


def b_cubed(found: Sets, gold: Sets) -> Agreement:
    """The mean over items of the share of those found beside it that are right, and of the right ones that were found; itself included."""
    ours, right = beside(found), beside(gold)
    hits = [len(a & b) for a, b in zip(ours, right, strict=True)]
    if not hits:
        return Agreement(1.0, 1.0)
    precision = sum(hit / len(a) for hit, a in zip(hits, ours, strict=True)) / len(hits)
    recall = sum(hit / len(b) for hit, b in zip(hits, right, strict=True)) / len(hits)
    return Agreement(precision, recall)


def beside(sets: Sets) -> list[set[int]]:
    """Of each item those that share something with it, itself included."""
    near = [{index} for index in range(len(sets))]
    for a, b in sharing(sets):
        near[a].add(b)
        near[b].add(a)
    return near
