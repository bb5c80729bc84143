"""When a claim's event was, as far as linking may suppose it: the record leaves open what the report doesn't say, two reports side by side need less.

Comes in: a claim record's document and the claim's time. Goes out: first and last day, weekdays and days of the year, each as far as known. A report that
doesn't say its year but says "Tuesday 10 August" was written in the last year before it was fetched in which that day was a Tuesday;
"yesterday" and "on Friday" are counted from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from harmledger.text.dates import find_dates
from harmledger.text.dates.calendar import add_days, make_day, weekday_on_or_before
from harmledger.text.dates.meaning import Calendar, Meaning, Overnight, Shift, Since, Span, Unit, Until
from harmledger.text.iso import parse_day

Record = dict[str, Any]
BEFORE_PUBLISHED_DAYS = 2
"""News tells of today, yesterday or the day before where it names no day."""
LONGEST_GUESS_DAYS = 10
"""A publication day known less well than this says nothing of when something happened."""
YEARS_BACK = 5
"""A day of the year falls on one weekday again after five, six or eleven years: further back it would be a guess."""
READ_CHARS = 3000
"""Of a report's text in which its day is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """What is known of when an event was."""

    earliest: date | None = None
    latest: date | None = None
    weekdays: frozenset[int] = frozenset()
    """Monday is 0; those named where the day isn't known."""
    of_year: frozenset[tuple[int, int]] = frozenset()
    """Months with their days, named where the year isn't known."""

    def agrees(self, other: Time) -> bool:
        """Whether both can be one time; what isn't known stands against nothing."""
        if self.earliest and self.latest and other.earliest and other.latest:
            return self.earliest <= other.latest and other.earliest <= self.latest
        return all(
            not mine or not theirs or bool(mine & theirs)
            for mine, theirs in ((self.weekdays, other.weekdays), (self.of_year, other.of_year))
        )

    @property
    def is_known(self) -> bool:
        """Whether anything is."""
        return bool(self.earliest or self.weekdays or self.of_year)

    @property
    def width(self) -> float:
        """Days that may be meant: the fewer, the more is known."""
        return (self.latest - self.earliest).days if self.earliest and self.latest else float("inf")


class Clock:
    """The days of one report, counted from when it was written."""

    def __init__(self, document: Record) -> None:
        self.document = document

    def read(self, when: Record | None) -> Time:
        """The time that a claim states."""
        if not when:
            return Time()
        if when["earliest"] and when["latest"]:
            return Time(earliest=date.fromisoformat(when["earliest"]), latest=date.fromisoformat(when["latest"]))
        named = [point for dated in find_dates(when["exact"]) for point in _points(dated.meaning)]
        days = [day for point in named for day in self._days(point)]
        if days and max(days) - min(days) <= timedelta(days=LONGEST_GUESS_DAYS):
            return Time(earliest=min(days), latest=max(days))
        return Time(weekdays=frozenset(self._weekdays(named)), of_year=frozenset(_days_of_year(named)))

    def guess(self) -> Time:
        """Where no claim says when: shortly before the publication, if that is known well enough."""
        days = guess_days(self.document)
        if days is None and self._supposed:
            days = add_days(self._supposed, -BEFORE_PUBLISHED_DAYS), self._supposed
        return Time(earliest=days[0], latest=days[1]) if days else Time()

    @cached_property
    def written(self) -> date | None:
        """The day of publication, or what the report says is today, in the year in which that day fell on its weekday."""
        return parse_day(self.document["published"]) or self._supposed

    @cached_property
    def _supposed(self) -> date | None:
        if self.document["published"]:
            return None
        day_known = next((p for p in self._calendar if p.today_shift is not None and p.day and p.month), None)
        if day_known and day_known.today_shift is not None:
            weekday = day_known.weekday if day_known.weekday is not None else self._today_weekday(day_known.today_shift)
            day = self._in_its_year(day_known, weekday)
            return day and add_days(day, -day_known.today_shift)
        return None

    def _today_weekday(self, shift: int) -> int | None:
        """The weekday of the day so many days from the one the report first calls today."""
        return None if self._today is None else (self._today + shift) % 7

    @cached_property
    def _today(self) -> int | None:
        """The weekday on which the report was written, as it says."""
        shifts = ((p.weekday, p.today_shift) for p in self._calendar)
        return next(((day - shift) % 7 for day, shift in shifts if day is not None and shift is not None), None)

    @cached_property
    def _calendar(self) -> list[Calendar]:
        text: str = self.document["text"]
        found = (point for dated in find_dates(text, 0, min(len(text), READ_CHARS)) for point in _points(dated.meaning))
        return [point for point in found if isinstance(point, Calendar)]

    def _days(self, point: Meaning) -> Iterator[date]:
        """The day that a part of the words means, where it can be told."""
        written = self.written
        match point:
            case Calendar(month=int(month), day=int(day), year=int(year)):
                yield from filter(None, [make_day(year, month, day)])
            case Calendar(month=int(), day=int()):
                found = self._in_its_year(point, point.weekday)
                yield from filter(None, [found or _last_before(point, written)])
            case Calendar(weekday=int(weekday), day=None, month=None) if written:
                yield (
                    weekday_on_or_before(weekday, written)
                    if point.today_shift is None
                    else add_days(written, point.today_shift)
                )
            case Shift(unit=Unit.DAY, by=by, told=False) if written:
                yield add_days(written, by)
            case Overnight() if written:
                yield from (add_days(written, -1), written)
            case _:
                return

    def _weekdays(self, points: list[Meaning]) -> Iterator[int]:
        for point in points:
            match point:
                case Calendar(weekday=int(weekday)):
                    yield weekday
                case Shift(unit=Unit.DAY, by=by, told=False) if self._today is not None:
                    yield (self._today + by) % 7
                case _:
                    continue

    def _in_its_year(self, point: Calendar, weekday: int | None) -> date | None:
        """The last such day before the report was fetched that fell on that weekday."""
        bound = parse_day(self.document["published_latest"])
        if bound is None or weekday is None or point.month is None or point.day is None:
            return None
        years = range(bound.year, bound.year - YEARS_BACK - 1, -1)
        days = (make_day(year, point.month, point.day) for year in years)
        return next((day for day in days if day and day <= bound and day.weekday() == weekday), None)


def guess_days(document: Record) -> tuple[date, date] | None:
    """Shortly before the publication, if that is known well enough."""
    first = parse_day(document["published_earliest"] or document["published"])
    last = parse_day(document["published_latest"] or document["published"])
    if not first or not last or (last - first).days > LONGEST_GUESS_DAYS:
        return None
    return add_days(first, -BEFORE_PUBLISHED_DAYS), last


def _points(meaning: Meaning) -> tuple[Meaning, ...]:
    match meaning:
        case Span(first=first, last=last):
            return first, last
        case Since() | Until():
            return ()
        case _:
            return (meaning,)


def _last_before(point: Calendar, written: date | None) -> date | None:
    """That day of the year, the last time before the day of writing."""
    if written is None or point.month is None or point.day is None:
        return None
    days = (make_day(year, point.month, point.day) for year in (written.year, written.year - 1))
    return next((day for day in days if day and day <= written), None)


def _days_of_year(points: list[Meaning]) -> Iterator[tuple[int, int]]:
    return ((p.month, p.day) for p in points if isinstance(p, Calendar) and p.month and p.day)
