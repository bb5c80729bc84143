"""An incident in short: where and when by the claims that say it most exactly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from harmledger.publish.shorten import find_days, find_where


def place(name: str, precision: str, lat: float | None = 1.0) -> dict[str, Any]:
    told = dict.fromkeys(("country", "admin1", "radius_m"))
    return {"place": {"id": name, "name": name, "exact": name, "lat": lat, "lon": lat, "precision": precision, **told}}


def when(earliest: str | None, latest: str | None) -> dict[str, Any]:
    return {"when": {"earliest": earliest, "latest": latest}}


def test_the_most_exact_place_is_shown() -> None:
    """A street before its city, the city that most name before another, and a point before none."""
    city, other = place("Homs", "city"), place("Hama", "city")
    assert (found := find_where([city, place("Baba Amr", "neighbourhood/area"), city]))
    assert found.name == "Baba Amr"
    assert (found := find_where([other, city, city]))
    assert found.name == "Homs"
    assert (found := find_where([place("the bridge", "exact location", None), city]))
    assert found.name == "Homs"
    assert find_where([{"place": None}]) is None


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ([("2017-05-05", "2017-05-05"), ("2017-05-01", "2017-05-31")], ("2017-05-05", "2017-05-05")),
        ([("2017-05-05", "2017-05-05"), ("2017-05-06", "2017-05-06")], ("2017-05-05", "2017-05-06")),
        ([("2017-05-01", "2017-05-31")], ("2017-05-01", "2017-05-31")),
        ([("2017-05-01", None)], ("2017-05-01", None)),
        ([(None, None)], (None, None)),
    ],
)
def test_the_most_exact_days_are_shown(told: list[tuple[str, str]], shown: tuple[str | None, str | None]) -> None:
    """A report that only says the month doesn't widen the days that others say; reports that differ by a day are both in."""
    expected = tuple(day and date.fromisoformat(day) for day in shown)
    assert find_days([*(when(*days) for days in told), {"when": None}]) == expected
