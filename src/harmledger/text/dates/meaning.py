"""What words for a time say by themselves, before anything is known about when they were written.

`Calendar` names a day, month or year of the calendar, or a weekday, as far as the words do; `Shift` and `Stretch` count from
the day of writing (or from a day told before); `Span`, `Since` and `Until` bound a time by others. Nothing here is resolved:
that takes the day of publication and belongs to `resolve.period`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a count of time counts."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"


class Stage(StrEnum):
    """Which part of a week, month or year."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    START = "start"
    """Its first day, as a bound ("since the start of March")."""
    END = "end"
    SO_FAR = "so far"
    """From its first day to the day of writing ("earlier this month", "this year")."""


class Season(StrEnum):
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class Turn(StrEnum):
    """Which of the days or months that share a name."""

    LAST = "last"
    THIS = "this"
    NEXT = "next"
    TOLD = "told"
    """The one that the text has just told ("that Tuesday")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A day, month, season, year or weekday, with what the words leave out as None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """Monday is 0."""
    season: Season | None = None
    stage: Stage | None = None
    turn: Turn | None = None
    year_shift: int | None = None
    """"March last year" is -1, "this year" 0: counted from the year of writing."""
    month_shift: int | None = None
    """"the 18th of this month" is 0."""
    week_shift: int | None = None
    """"Friday last week" is -1."""
    today_shift: int | None = None
    """"today, Saturday 6 November" is 0, "yesterday, Friday" -1: the words also say where the day of writing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A whole unit some units away: "yesterday" is one day back, "last month" one month back."""

    unit: Unit
    by: int
    told: bool = False
    """Counted from a day told before ("a day earlier", "the same day") and not from the day of writing."""
    stage: Stage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The units up to the day of writing: "the past 24 hours"; `count` is None for "the past few days"."""

    unit: Unit
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overnight:
    """The night that ends on the day of writing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From one time to another, both included."""

    first: Point
    last: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """From a time on, up to the day of writing."""

    first: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """Up to a time, from an unsaid beginning."""

    last: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """The time told last, whatever its length ("since then")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vague:
    """A time that words name but do not bound: "recently", "in recent weeks"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hijri:
    """A date of the Islamic calendar, left unresolved: its months hang on sightings of the moon."""


Point = Calendar | Shift | Stretch | Overnight | Then | Vague | Hijri
Meaning = Point | Span | Since | Until


class DateKind(StrEnum):
    """How a time is named; cheap to ask for, and what a reader of claims weighs candidates by."""

    DAY = "day"
    """With its year: "3 May 2017"."""
    DAY_OF_YEAR = "day without year"
    """"May 25", "the 18th of this month"."""
    MONTH_OF_YEAR = "month and year"
    MONTH = "month"
    YEAR = "year"
    WEEKDAY = "weekday"
    RELATIVE = "relative"
    """Counted from the day of writing: "yesterday", "last month"."""
    TOLD = "told"
    """Counted from a day told before: "the same day"."""
    STRETCH = "stretch"
    SPAN = "span"
    SINCE = "since"
    UNTIL = "until"
    VAGUE = "vague"
    HIJRI = "hijri"


_KINDS: dict[type, DateKind] = {
    Stretch: DateKind.STRETCH,
    Overnight: DateKind.RELATIVE,
    Then: DateKind.TOLD,
    Span: DateKind.SPAN,
    Since: DateKind.SINCE,
    Until: DateKind.UNTIL,
    Vague: DateKind.VAGUE,
    Hijri: DateKind.HIJRI,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """Words of a text that name a time, and what they say by themselves."""

    exact: str
    start: int
    end: int
    meaning: Meaning

    @property
    def kind(self) -> DateKind:
        """How the time is named."""
        match self.meaning:
            case Calendar():
                return _calendar_kind(self.meaning)
            case Shift(told=told):
                return DateKind.TOLD if told else DateKind.RELATIVE
            case _:
                return _KINDS[type(self.meaning)]


def _calendar_kind(named: Calendar) -> DateKind:
    if named.day is not None:
        return DateKind.DAY if named.year is not None and named.month is not None else DateKind.DAY_OF_YEAR
    if named.month is not None or named.season is not None:
        dated = named.year is not None or named.year_shift is not None
        return DateKind.MONTH_OF_YEAR if dated else DateKind.MONTH
    return DateKind.WEEKDAY if named.weekday is not None else DateKind.YEAR
