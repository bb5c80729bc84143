"""The timeline: every incident is in a bar, and a bar leads to its days."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.publish.timeline import Unit, choose_unit, draw_timeline, list_stretches

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=8))
def test_stretches_cover_all_days_once(days: list[date]) -> None:
    """From the first day to the last, each incident is in one stretch; neighbours meet."""
    first, last = min(days), max(days)
    unit = choose_unit(first, last)
    named = [day.isoformat()[: unit.value] for day in days]
    stretches = list_stretches({name: named.count(name) for name in named}, unit, first, last)
    assert sum(stretch.incidents for stretch in stretches) == len(days)
    assert stretches[0].first <= first
    assert stretches[-1].last >= last
    assert all((b.first - a.last).days == 1 for a, b in pairwise(stretches))


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        (date(2017, 1, 1), date(2017, 1, 1), Unit.DAY),
        (date(2017, 1, 1), date(2017, 3, 31), Unit.MONTH),
        (date(2011, 1, 1), date(2024, 3, 31), Unit.YEAR),
    ],
)
def test_bars_are_few_enough_to_be_told_apart(first: date, last: date, unit: Unit) -> None:
    """Days within two months, months within eight years, years beyond."""
    assert choose_unit(first, last) is unit


def test_a_bar_says_and_leads() -> None:
    """Each bar has its days and number in words, and its link; a month in which nothing began has none."""
    stretches = list_stretches({"2017-01": 1, "2017-03": 2}, Unit.MONTH, date(2017, 1, 5), date(2017, 3, 9))
    drawn = draw_timeline(stretches, title="Over <time>", href=lambda first, last: f"/?from={first}&to={last}")
    ET.fromstring(drawn)  # noqa: S314  our own
    assert re.findall(r"<title>([^<]*: [^<]*)</title>", drawn) == [
        "January 2017: 1 incident",
        "March 2017: 2 incidents",
    ]
    assert 'href="/?from=2017-03-01&amp;to=2017-03-31"' in drawn
    assert draw_timeline([], title="x", href=lambda *_: "/") == ""
