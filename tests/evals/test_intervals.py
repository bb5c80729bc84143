"""An interval holds its share, and agreement is told less what chance would give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intervals import kappa, wilson


@pytest.mark.parametrize(
    ("right", "of", "interval"), [(0, 0, (0.0, 1.0)), (0, 5, (0.0, 0.434)), (180, 200, (0.851, 0.934))]
)
def test_wilson_is_the_published_one(right: int, of: int, interval: tuple[float, float]) -> None:
    """Some values as tables have them."""
    assert wilson(right, of) == pytest.approx(interval, abs=0.0006)


@given(st.integers(0, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_its_share(counted: tuple[int, int]) -> None:
    """The share lies within its interval, which lies within 0 and 1."""
    right, of = counted
    low, high = wilson(right, of)
    share = right / of if of else 0.5
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1


def test_kappa_is_cohens() -> None:
    """The textbook's two readers of fifty applications: 0.40."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


@given(st.lists(st.sampled_from(["right", "wrong"]), min_size=2))
def test_who_always_agrees_has_a_kappa_of_one(words: list[str]) -> None:
    """Or none, where nothing but one verdict was ever given."""
    assert kappa([(word, word) for word in words]) == (pytest.approx(1) if len(set(words)) > 1 else None)
