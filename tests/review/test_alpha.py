"""Krippendorff's alpha is that of the published examples."""

from __future__ import annotations

from itertools import permutations

import pytest
from codings import BINARY, CATEGORIES, FOUR_CODERS, THREE_CODERS
from hypothesis import given
from hypothesis import strategies as st

from harmledger.review.alpha import Difference, interval, krippendorff_alpha, nominal, ratio


@pytest.mark.parametrize(
    ("data", "difference", "published"),
    [
        pytest.param(BINARY, nominal, 0.095, id="A"),
        pytest.param(CATEGORIES, nominal, 0.692, id="B"),
        pytest.param(FOUR_CODERS, nominal, 0.743, id="C nominal"),
        pytest.param(FOUR_CODERS, interval, 0.849, id="C interval"),
        pytest.param(FOUR_CODERS, ratio, 0.797, id="C ratio"),
        pytest.param(THREE_CODERS, nominal, 0.691, id="three coders, nominal"),
        pytest.param(THREE_CODERS, interval, 0.811, id="three coders, interval"),
    ],
)
def test_published_examples(data: list[list], difference: Difference, published: float) -> None:
    """To the third digit, as printed."""
    assert krippendorff_alpha(data, difference) == pytest.approx(published, abs=0.0006)


@given(st.lists(st.lists(st.integers(0, 4), max_size=4), max_size=8), st.sampled_from([nominal, interval, ratio]))
def test_it_is_the_definition(data: list[list[int]], difference: Difference) -> None:
    """Counting values gives what the definition does, which sums over every pair of every two values."""
    pairable = [unit for unit in data if len(unit) > 1]
    values = [value for unit in pairable for value in unit]
    expected = sum(difference(a, b) for a, b in permutations(values, 2))
    if not expected:
        assert krippendorff_alpha(data, difference) is None
        return
    seen = sum(sum(difference(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in pairable)
    alpha = 1 - (len(values) - 1) * seen / expected
    assert krippendorff_alpha(data, difference) == pytest.approx(alpha)


def test_absurd_figures_are_compared() -> None:
    """Numbers beyond any float are still in proportion to one another."""
    assert ratio(10**400, 3 * 10**400) == 0.25


def test_without_variation_it_cannot_be_told() -> None:
    """Where every value is the same, or nothing was coded twice, there is no alpha; full agreement on several values is 1."""
    assert krippendorff_alpha([[1, 1], [1, 1]], nominal) is None
    assert krippendorff_alpha([[1], [2]], nominal) is None
    assert krippendorff_alpha([[1, 1], [2, 2]], interval) == 1
