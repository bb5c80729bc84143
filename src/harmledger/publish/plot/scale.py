"""From numbers of people to places along a picture, in per cent, so that it fits a phone as well as a page.

Even steps, unless the largest figure is many times the smallest: then each step is a multiple of the one before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log1p

from harmledger.domain import PlotRow

LEFT, RIGHT = 3.0, 90.0
"""In per cent: room for an arrow beyond the largest figure."""
MANY_TIMES = 40
"""From this on even steps would lay all small figures upon one another."""
STEPS = (1, 2, 5)
MOST_TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Where each number lies."""

    most: int
    uneven: bool
    """Whether steps grow by multiples."""
    ticks: tuple[int, ...]

    def x(self, number: int) -> float:
        """In per cent from the left."""
        share = log1p(number) / log1p(self.most) if self.uneven else number / self.most
        return LEFT + (RIGHT - LEFT) * min(share, 1.0)


def make_scale(rows: Iterable[PlotRow]) -> Scale:
    """The scale that fits all of these rows."""
    ends = [end for row in rows for mark in row.marks for end in (mark.low, mark.high) if end is not None]
    most = max((*ends, 1))
    least = min((end for end in ends if end > 0), default=1)
    uneven = most > MANY_TIMES * least
    return Scale(most=most, uneven=uneven, ticks=_multiples(most) if uneven else _even(most))


def _even(most: int) -> tuple[int, ...]:
    step = next(s * 10**power for power in range(20) for s in STEPS if most / (s * 10**power) <= MOST_TICKS - 1)
    return tuple(range(0, most + 1, step))


def _multiples(most: int) -> tuple[int, ...]:
    every = [0, *(10**power for power in range(20) if 10**power <= most)]
    return tuple(every[:1] + every[1:][:: -(-len(every) // MOST_TICKS)])
