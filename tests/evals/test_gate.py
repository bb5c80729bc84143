"""The gate lets nothing fall and moves floors only up."""

from __future__ import annotations

import pytest
from corpora import given, is_held
from gate import floor_of, holds, raised
from hypothesis import given as every
from hypothesis import strategies as st
from measures import Figure

shares = st.floats(0, 1)


def figure(value: float, measure: str = "mention F1") -> Figure:
    return Figure(corpus="claims_open", measure=measure, value=value, low=value, high=value)


@pytest.mark.parametrize(
    ("measure", "value", "limit", "held"),
    [
        ("mention F1", 0.82, 0.82, True),
        ("mention F1", 0.81, 0.82, False),
        ("calibration error", 0.05, 0.05, True),
        ("calibration error", 0.06, 0.05, False),
    ],
)
def test_a_floor_is_a_bound(measure: str, value: float, limit: float, held: bool) -> None:
    """A figure holds at its floor and not below; an error holds at its ceiling and not above."""
    assert holds(figure(value, measure), {"claims_open": {measure: limit}}) is held


def test_what_has_no_floor_holds() -> None:
    """A measure that nobody has set a floor for stops nothing."""
    assert holds(figure(0.0), {})


@every(value=shares, limit=shares.map(lambda x: round(x, 2)))
def test_floors_never_fall(value: float, limit: float) -> None:
    """Raising after a bad run leaves the floor where it was, and a raised floor still holds."""
    floors = {"claims_open": {"mention F1": limit}}
    new = floor_of(figure(value), raised(floors, [figure(value)]))
    assert new is not None
    assert new >= limit
    assert new == limit or new <= value


def test_a_small_set_may_lose_one_item() -> None:
    """A share of 25 reports is raised to less one report, not less a hundredth."""
    of_few = Figure(corpus="claims_open", measure="first", value=0.8, low=0.6, high=0.9, of=25)
    assert floor_of(of_few, raised({}, [of_few])) == 0.76


@every(value=shares, limit=shares.map(lambda x: round(x, 2)))
def test_ceilings_never_rise(value: float, limit: float) -> None:
    """The most error that is allowed only shrinks."""
    measure = "calibration error"
    new = floor_of(figure(value, measure), raised({"claims_open": {measure: limit}}, [figure(value, measure)]))
    assert new is not None
    assert new <= limit


def test_the_reader_sees_no_marks() -> None:
    """A marked report is handed over without its marks."""
    row = {"id": "1", "text": "…", "published": None, "claims": [{"low": 5}], "gold": [], "spans": {}, "doc": "1"}
    assert given(row) == {"id": "1", "text": "…"}


def test_the_held_half_is_a_half_for_good() -> None:
    """Which reports nobody looks at follows from their ids alone, about half of them."""
    held = [is_held({"id": str(n)}) for n in range(1000)]
    assert held == [is_held({"id": str(n)}) for n in range(1000)]
    assert 400 < sum(held) < 600
