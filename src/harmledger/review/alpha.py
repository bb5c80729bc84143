"""Krippendorff's alpha: how far coders agree beyond chance, whatever their number and whoever left out what.

Comes in: for each unit the values its coders gave. Goes out: 1 − Do/De, the disagreement seen over the disagreement that chance would bring.

Source: Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability, sections C to E.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any

Value = int | float | str
Difference = Callable[[Any, Any], float]
"""The squared difference of two values; 0 for the same."""


def krippendorff_alpha(units: Iterable[Sequence[Value]], difference: Difference) -> float | None:
    """Alpha over all units with two values or more; None where none has, or where all values are the same: chance can't disagree then."""
    pairable = [Counter(unit) for unit in units if len(unit) > 1]
    seen: Counter[Value] = sum(pairable, Counter[Value]())
    total = seen.total()
    if len(seen) < 2:
        return None
    observed = sum(_disagreement(unit, difference) / (unit.total() - 1) for unit in pairable) / total
    expected = _disagreement(seen, difference) / (total * (total - 1))
    return 1 - observed / expected


def nominal(one: object, other: object) -> float:
    """Categories are the same or they aren't."""
    return float(one != other)


def interval(one: float, other: float) -> float:
    """Numbers whose zero means nothing: the distance, squared."""
    return (one - other) ** 2


def ratio(one: float, other: float) -> float:
    """Numbers counted from zero: the distance in proportion to their sum, squared, so that 5 and 10 differ as 500 and 1000 do."""
    return ((one - other) / (one + other)) ** 2 if one != other else 0.0


def _disagreement(values: Counter[Value], difference: Difference) -> float:
    """Over all ordered pairs of the values."""
    pairs = combinations(values.items(), 2)
    return 2 * sum(times * often * difference(one, other) for (one, times), (other, often) in pairs)
