"""A report that doesn't say its year still says when: by weekdays that fall on its days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from harmledger.link.when import Clock, Time

WRITTEN = "قال مسعف اليوم الثلاثاء 10 آب إن قذيفة سقطت"
"""A paramedic said today, Tuesday 10 August, that a shell fell."""


def clock(text: str, *, published: str | None = None, fetched: str | None = "2023-11-30") -> Clock:
    """The clock of a report that an archive fetched in November 2023."""
    return Clock(
        {
            "text": text,
            "published": published,
            "published_earliest": published,
            "published_latest": published or fetched,
        }
    )


def stated(exact: str, earliest: str | None = None, latest: str | None = None) -> dict[str, Any]:
    return {"exact": exact, "earliest": earliest, "latest": latest}


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        pytest.param(WRITTEN, "اليوم الثلاثاء 10 آب", "2021-08-10", id="today"),
        pytest.param(WRITTEN, "أمس", "2021-08-09", id="counted from it"),
        pytest.param(WRITTEN, "السبت", "2021-08-07", id="a weekday before it"),
        pytest.param(WRITTEN, "21 تموز", "2021-07-21", id="a day before it"),
        pytest.param("A shell fell.", "Saturday, 4 September", "2021-09-04", id="a day of its own"),
    ],
)
def test_a_weekday_tells_the_year(text: str, words: str, day: str) -> None:
    """A day of a year falls on its weekday once in some years: the last such before the page was fetched is meant."""
    expected = date.fromisoformat(day)
    time = clock(text).read(stated(words))
    assert (time.earliest, time.latest) == (expected, expected)


def test_what_the_record_says_stands() -> None:
    """Days that were read are taken as they are."""
    time = clock(WRITTEN).read(stated("in May", "2020-05-01", "2020-05-31"))
    assert (time.earliest, time.latest) == (date(2020, 5, 1), date(2020, 5, 31))


@pytest.mark.parametrize(
    ("text", "words", "weekdays"),
    [
        ("It fell.", "on Wednesday", {2}),
        ("قال مسعف اليوم السبت إن قذيفة سقطت", "أمس", {4}),
        ("It fell.", "recently", set()),
    ],
)
def test_without_a_day_the_weekday_is_left(text: str, words: str, weekdays: set[int]) -> None:
    """No day is made up: only the weekdays that the words name are kept."""
    time = clock(text).read(stated(words))
    assert (time.earliest, time.weekdays) == (None, weekdays)


def test_nothing_is_supposed_without_a_bound() -> None:
    """Of a report that nobody knows to be fetched before any day, the year is never supposed."""
    assert clock(WRITTEN, fetched=None).written is None


def test_times_that_agree() -> None:
    """Days agree where they overlap, weekdays where one is shared; what isn't known stands against nothing."""
    friday, saturday = Time(weekdays=frozenset({4})), Time(weekdays=frozenset({5}))
    day = Time(earliest=date(2021, 8, 10), latest=date(2021, 8, 10))
    assert day.agrees(day)
    assert day.agrees(Time())
    assert friday.agrees(day)
    assert not friday.agrees(saturday)
    assert not day.agrees(Time(earliest=date(2021, 8, 11), latest=date(2021, 8, 12)))


def test_news_is_of_the_last_days() -> None:
    """Where no claim says when, it was shortly before the report; of a report of an unknown day nothing is known."""
    guess = clock("It fell.", published="2021-08-10").guess()
    assert (guess.earliest, guess.latest) == (date(2021, 8, 8), date(2021, 8, 10))
    assert clock("It fell.").guess() == Time()
    assert clock(WRITTEN).guess().latest == date(2021, 8, 10)
