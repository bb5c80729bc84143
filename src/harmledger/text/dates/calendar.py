"""Arithmetic of days, weeks, months and years, on values alone."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

Interval = tuple[date, date]
"""First and last day, both included."""


def make_day(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, days: int) -> date:
    """The day so many days later, held to the calendar's ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def month_of(year: int, month: int) -> Interval:
    """First and last day of a month."""
    year = _held(year)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_of(year: int) -> Interval:
    """First and last day of a year."""
    year = _held(year)
    return date(year, 1, 1), date(year, 12, 31)


def week_of(day: date) -> Interval:
    """Monday to Sunday around a day."""
    monday = add_days(day, -day.weekday())
    return monday, add_days(monday, 6)


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month so many months later, held to the calendar's ends."""
    months = min(max(year * 12 + month - 1 + by, MINYEAR * 12), MAXYEAR * 12 + 11)
    return months // 12, months % 12 + 1


def shift_year(year: int, by: int) -> int:
    """The year so many years later, held to the calendar's ends."""
    return _held(year + by)


def _held(year: int) -> int:
    return min(max(year, MINYEAR), MAXYEAR)


def weekday_on_or_before(weekday: int, day: date) -> date:
    """The latest such weekday that is not after the day."""
    return add_days(day, -((day.weekday() - weekday) % 7))


def weekday_on_or_after(weekday: int, day: date) -> date:
    """The first such weekday that is not before the day."""
    return add_days(day, (weekday - day.weekday()) % 7)
