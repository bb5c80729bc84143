"""The interval of alpha is that of alpha itself over resampled units."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from codings import CATEGORIES, FOUR_CODERS, THREE_CODERS, units

from harmledger.review.alpha import Difference, interval, krippendorff_alpha, nominal, ratio
from harmledger.review.interval import alpha_interval, resample_alphas


class EachOnce:
    """Gives every way to draw n units from n, in place of chance."""

    def __init__(self, number: int) -> None:
        ways = product(range(number), repeat=number)
        self.ways = np.array([np.bincount(way, minlength=number) for way in ways])

    def multinomial(self, _number: int, _shares: object, size: int) -> np.ndarray:
        given, self.ways = self.ways[:size], self.ways[size:]
        return given


@pytest.mark.parametrize("difference", [nominal, interval, ratio])
def test_each_resample_has_the_alpha_of_its_units(difference: Difference) -> None:
    """Worked out in matrices, the alpha of a resample is what the published formula gives for the units drawn, however often each."""
    few = FOUR_CODERS[:5]
    drawn = [np.repeat(range(5), way) for way in EachOnce(5).ways]
    resampled = [krippendorff_alpha([few[i] for i in way], difference) for way in drawn[:2000]]
    found = resample_alphas(few, difference, EachOnce(5))  # type: ignore[arg-type]
    assert found == pytest.approx([alpha for alpha in resampled if alpha is not None])


@pytest.mark.parametrize(
    ("data", "published"),
    [pytest.param(CATEGORIES, 0.692, id="B"), pytest.param(FOUR_CODERS, 0.743, id="C"), pytest.param(THREE_CODERS, 0.691, id="three coders")],
)  # fmt: skip
def test_it_holds_the_published_alpha(data: list[list], published: float) -> None:
    """The interval lies about the alpha that is printed for the same data, the same for the same seed, and within what alpha can be."""
    ends = alpha_interval(data, nominal, np.random.default_rng(7))
    assert ends is not None
    assert ends == alpha_interval(data, nominal, np.random.default_rng(7))
    assert -1 <= ends[0] < published < ends[1] <= 1


def test_more_units_narrow_it() -> None:
    """Coded four times as much, as well agreed, alpha is known about twice as well."""
    narrow, wide = (alpha_interval(CATEGORIES * times, nominal, np.random.default_rng(7)) for times in (4, 1))
    assert narrow is not None
    assert wide is not None
    assert (wide[1] - wide[0]) / (narrow[1] - narrow[0]) == pytest.approx(2, rel=0.3)


def test_where_it_cannot_be_told() -> None:
    """One unit, or no variation in most resamples, gives no interval; full agreement stays full agreement."""
    assert alpha_interval([["a", "b"]], nominal, np.random.default_rng(7)) is None
    assert alpha_interval(units(["a"] * 5, ["a"] * 5), nominal, np.random.default_rng(7)) is None
    assert alpha_interval([["a", "a"], ["b", "b"]] * 9, nominal, np.random.default_rng(7)) == (1, 1)
