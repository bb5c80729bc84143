"""How far Krippendorff's alpha could be otherwise, had other units been coded: a bootstrap over units.

Comes in: units as for `alpha`, and chance. Goes out: the ends between which 95 of 100 resamples lie. Each resample draws as many whole units,
with all that their coders gave, so that coders who agree on a unit stay together. A resample in which all values are the same has no alpha
and is left out.

Source: Hayes & Krippendorff (2007), Answering the Call for a Standard Reliability Measure for Coding Data, who report alpha with such an
interval; Zapf et al. (2016), Measuring inter-rater reliability for nominal data, who show that drawing whole units keeps its coverage, which
drawing single disagreements with the expected one held fixed does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from harmledger.review.alpha import Difference, Value

RESAMPLES = 2000
"""With these the ends of the interval move by about a hundredth from run to run."""
BATCH = 100
"""Resamples worked out at once, to bound memory."""
COVERED = (2.5, 97.5)
"""Percentiles: 95 of 100 lie between."""
LEAST_UNITS = 2
"""One unit can only be drawn again and again."""
Matrix = NDArray[np.float64]


def alpha_interval(
    units: Iterable[Sequence[Value]], difference: Difference, chance: np.random.Generator
) -> tuple[float, float] | None:
    """The ends of the 95 % interval of alpha; None where it can't be told: fewer than two units coded twice, or most resamples without variation."""
    pairable = [unit for unit in units if len(unit) > 1]
    if len(pairable) < LEAST_UNITS:
        return None
    alphas = resample_alphas(pairable, difference, chance)
    if len(alphas) < RESAMPLES / 2:
        return None
    low, high = np.percentile(alphas, COVERED)
    return float(low), float(high)


def resample_alphas(units: Sequence[Sequence[Value]], difference: Difference, chance: np.random.Generator) -> Matrix:
    """Alpha of each resample that has one."""
    values = list(dict.fromkeys(value for unit in units for value in unit))
    counts = _count(units, values)
    distances = _distances(values, difference)
    # of each unit its part of the observed disagreement: over ordered pairs, by one less than its values
    observed = np.einsum("uv,vw,uw->u", counts, distances, counts, optimize=True) / (counts.sum(axis=1) - 1)
    found: list[Matrix] = []
    for _ in range(0, RESAMPLES, BATCH):
        drawn = chance.multinomial(len(units), np.full(len(units), 1 / len(units)), size=BATCH).astype(np.float64)
        seen = drawn @ counts
        expected = np.einsum("bv,vw,bw->b", seen, distances, seen, optimize=True)
        varied = expected > 0
        total = seen.sum(axis=1)[varied]
        found.append(1 - (total - 1) * (drawn @ observed)[varied] / expected[varied])
    return np.concatenate(found)


def _count(units: Sequence[Sequence[Value]], values: Sequence[Value]) -> Matrix:
    """How often each unit was given each value."""
    column = {value: number for number, value in enumerate(values)}
    counts = np.zeros((len(units), len(values)))
    for row, unit in enumerate(units):
        for value in unit:
            counts[row, column[value]] += 1
    return counts


def _distances(values: Sequence[Value], difference: Difference) -> Matrix:
    distances = np.zeros((len(values), len(values)))
    for (i, one), (j, other) in combinations(enumerate(values), 2):
        distances[i, j] = distances[j, i] = difference(one, other)
    return distances
