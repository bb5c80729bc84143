"""Many incidents' roll-ups taken together: the sums of what is claimed, and beside them what named models make of it.

Comes in: roll-ups of one harm by one rule. Goes out: Totals. Nobody counted the sum: the range from the sum of minima to the sum of maxima is what
is claimed. A model says where in it the truth would lie if it were as the model takes for granted; an interval that takes incidents as independent
is far too narrow where sources err together, so it never stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import asin, erf, exp, pi, sin, sqrt

from harmledger.domain import Interval, RollUp, Totals

INDEPENDENT, SHARED = "independent", "shared bias .3"
BIAS = 0.3
"""How far the incidents' true numbers, each within its own range, go up and down together: the middle of what findings on Airwars tried."""
SURE = 1.959964
"""Standard deviations either side that hold 95 of 100."""
STEPS, WIDEST = 800, 8.0
"""Of the sum over the common factor: steps, and standard deviations either side."""
TOLD = {
    INDEPENDENT: "each incident's true number lies anywhere in its range, whatever the others do: errors cancel out",
    SHARED: "each lies anywhere in its range, but sources err together: how high two incidents lie correlates by .3",
}


def add_up(roll_ups: Sequence[RollUp]) -> Totals:
    """The sums and the models; the roll-ups are of one harm and rule, one at the least."""
    counted = [r for r in roll_ups if r.low is not None or r.high is not None]
    ranges = [_ends(r) for r in counted]
    return Totals(
        rule=roll_ups[0].rule,
        harm=roll_ups[0].harm,
        incidents=len(counted),
        without=len(roll_ups) - len(counted),
        low=sum(low for low, _ in ranges),
        high=sum(high for _, high in ranges),
        open_above=sum(r.high is None for r in counted),
        models=model_totals(ranges),
    )


def model_totals(ranges: Sequence[tuple[int, int]]) -> tuple[Interval, ...]:
    """What each model makes of the incidents' ranges."""
    return tuple(
        Interval(model=name, told=TOLD[name], low=round(low), high=round(high))
        for name, (low, high) in ((INDEPENDENT, _independent(ranges)), (SHARED, _shared(ranges)))
    )


def _ends(roll_up: RollUp) -> tuple[int, int]:
    low = roll_up.low or 0
    return low, roll_up.high if roll_up.high is not None else low


def _independent(ranges: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """Uniform in each range: the sum of many is close to normal."""
    middle, deviation = sum(map(sum, ranges)) / 2, sqrt(_squares(ranges) / 12)
    return _within(ranges, middle - SURE * deviation, middle + SURE * deviation)


def _shared(ranges: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """Uniform in each range, with one common factor under all (a Gaussian copula); given the factor, incidents are independent."""
    factor = 2 * sin(pi * BIAS / 6)  # the normal's correlation under which the places themselves correlate by BIAS
    lean, least, width = sqrt(factor / (2 - factor)), sum(low for low, _ in ranges), sum(h - low for low, h in ranges)
    spread = sqrt(max(0.0, _squares(ranges) * _left_variance(factor)))
    factors = [WIDEST * (2 * step / STEPS - 1) for step in range(STEPS + 1)]
    weights = [exp(-(z * z) / 2) for z in factors]
    centres = [least + width * _normal(lean * z) for z in factors]

    def below(total: float) -> float:
        shares = [_normal((total - c) / spread) if spread else float(total >= c) for c in centres]
        return sum(w * share for w, share in zip(weights, shares, strict=True)) / sum(weights)

    low, high = (_invert(below, share, least - 1, least + width + 1) for share in (0.025, 0.975))
    return _within(ranges, low, high)


def _left_variance(factor: float) -> float:
    """How much one place in a range still varies once the common factor is known, over all factors: the whole less what that explains."""
    return 1 / 12 - asin(factor / 2) / (2 * pi)


def _squares(ranges: Sequence[tuple[int, int]]) -> float:
    return sum((high - low) ** 2 for low, high in ranges)


def _normal(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2


def _invert(rising: Callable[[float], float], share: float, low: float, high: float) -> float:
    """Where a rising function reaches a share, by halving."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < share else (low, middle)
    return (low + high) / 2


def _within(ranges: Sequence[tuple[int, int]], low: float, high: float) -> tuple[float, float]:
    """No model goes beyond what is claimed."""
    return max(low, sum(least for least, _ in ranges)), min(high, sum(most for _, most in ranges))
