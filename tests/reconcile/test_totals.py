"""Totals: sums of what is claimed, and models beside them."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from fake_figures import figure, incident
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import Harm, Rule
from harmledger.reconcile.rules import roll_up
from harmledger.reconcile.totals import add_up, model_totals

RANGES = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda r: (r[0], r[0] + r[1])), min_size=1)


def test_sums_and_open_ends() -> None:
    """Least and most add up; an open high end adds its low one and is counted; without a figure is counted apart."""
    some = [figure("a", 3, 5), figure("b", 20, None), figure("c", None, 4), figure("d", None, None)]
    total = add_up([roll_up(incident(each), Rule.RANGE, harm=Harm.KILLED) for each in some])
    assert (total.low, total.high, total.incidents, total.without, total.open_above) == (23, 29, 3, 1, 1)


@given(RANGES)
def test_models_stay_within_what_is_claimed(ranges: list[tuple[int, int]]) -> None:
    """No model goes beyond the sums, and sharing a bias never narrows an interval by more than rounding."""
    independent, shared = model_totals(ranges)
    for model in (independent, shared):
        assert sum(low for low, _ in ranges) <= model.low <= model.high <= sum(high for _, high in ranges)
    if len(ranges) > 30:
        assert shared.high - shared.low >= independent.high - independent.low - 2


def test_the_independent_interval_never_stands_alone() -> None:
    """Each model is named, and says what it takes for granted."""
    models = model_totals([(3, 8), (10, 10)])
    assert [model.model for model in models] == ["independent", "shared bias .3"]
    assert "err together" in models[1].told


def test_models_come_out_as_found_on_airwars() -> None:
    """3,408 incidents that sum to 11,102–17,626: independent 14,005–14,708, shared bias 12,381–16,350, within a few deaths in a thousand.

    The incidents' own ranges weren't kept: these have the same sums, and the same sum of squared widths as the independent interval tells.
    """
    ranges = [(11_102, 11_102 + 60), *[(0, 60)] * 106, *[(0, 1)] * 104]
    assert (sum(low for low, _ in ranges), sum(high for _, high in ranges)) == (11_102, 17_626)
    independent, shared = model_totals(ranges)
    assert (independent.low, independent.high) == (pytest.approx(14_005, abs=15), pytest.approx(14_708, abs=15))
    assert (shared.low, shared.high) == (pytest.approx(12_381, abs=25), pytest.approx(16_350, abs=25))
    assert independent.high - independent.low < 0.2 * (shared.high - shared.low)


def test_the_shared_incidents_add_up() -> None:
    """The fair and confirmed incidents of the data set at hand: their sums, and the models between them."""
    path = Path(os.environ.get("HARMLEDGER_SHARED", "../shared"), "data", "airwars_syria_incidents.jsonl.gz")
    if not path.is_file():
        pytest.skip("no ../shared")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row.get("grade") in {"Fair", "Confirmed"}]
    ranges = [(row["killed_min"], row["killed_max"]) for row in rows if row.get("killed_max") is not None]
    assert (len(rows), sum(low for low, _ in ranges), sum(high for _, high in ranges)) == (3018, 10_650, 17_033)
    independent, shared = model_totals(ranges)
    assert (independent.low, independent.high) == (13_480, 14_203)
    assert (shared.low, shared.high) == (pytest.approx(11_900, abs=30), pytest.approx(15_783, abs=30))
