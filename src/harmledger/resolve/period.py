"""Words of time into days: what "on Wednesday", "May 25" or "the past 24 hours" mean in a report of a certain day.

Words, the text they stand in and when it was published come in; a `Period` comes out, or None where the words name no time. Its
ends are None where the report leaves them open: nothing is guessed from the day a page was fetched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from harmledger.domain import Period, PeriodPrecision, Published, PublishedFrom, Words
from harmledger.resolve.days import UNKNOWN, Anchors, Ends, resolve_meaning
from harmledger.text.dates import DateKind, DateWords, find_dates
from harmledger.text.dates.calendar import (
    make_day,
)
from harmledger.text.dates.meaning import (
    Calendar,
    Meaning,
    Point,
    Shift,
    Since,
    Span,
    Stretch,
    Then,
    Turn,
    Unit,
    Until,
)

_AROUND = 100
"""Code points around the words that are read with them, so that words cut short are understood ("25" of "May 25")."""
_PLAIN_SINCE_WORDS = 4
"""Words of "since early 2022"; more of them tell what began then ("since the uprising broke out in March 2011")."""
_TOLD_REACH = 50
"""Words of time looked back over for the day told last."""
_TOLD_KINDS = frozenset({DateKind.DAY, DateKind.DAY_OF_YEAR, DateKind.WEEKDAY, DateKind.RELATIVE})
_THEN_KINDS = _TOLD_KINDS | {DateKind.MONTH_OF_YEAR, DateKind.MONTH, DateKind.YEAR}


def resolve_period(words: Words, *, text: str, published: Published, anchor: date | None = None) -> Period | None:
    """The days that the words name; None where they name no time.

    `anchor` is the day told last, where the caller knows it ("the same day"); else it is the nearest one before the words.
    """
    named = _named(words, text)
    if not named:
        return None
    ends = _merged([resolve_dated(dated, text=text, published=published, anchor=anchor) for dated in named])
    return Period(words=words, earliest=ends[0], latest=ends[1], precision=_precision(named[0].meaning, ends))


def resolve_dated(dated: DateWords, *, text: str, published: Published, anchor: date | None = None) -> Ends:
    """First and last day of one expression of the text."""
    if published.day is None and published.earliest and published.latest:
        agreed = _agreed(dated, text, published, anchor)
        if agreed != UNKNOWN:
            return agreed
    return resolve_meaning(dated.meaning, _anchors(dated, text, published, anchor))


# --- which expression, and what it is counted from -------------------------------------------------------------------


def _named(words: Words, text: str) -> list[DateWords]:
    """The expressions that the words cover or touch; those fully inside them where there are some."""
    start, end = max(0, words.start - _AROUND), min(len(text), words.end + _AROUND)
    touched = [found for found in find_dates(text, start, end) if found.start < words.end and words.start < found.end]
    inside = [found for found in touched if words.start <= found.start and found.end <= words.end]
    return inside or touched[:1]


def _anchors(dated: DateWords, text: str, published: Published, anchor: date | None) -> Anchors:
    written = published.day
    stated = published.basis is not PublishedFrom.INFERRED
    points = _points(dated.meaning)
    told = anchor
    if told is None and any(_needs_told(point) for point in points):
        told = _told_before(text, dated.start, published)
    year_from = None
    if written is None and any(isinstance(point, Calendar) and point.year is None for point in points):
        year_from = year_hint(text, dated.start)
    then = _then_before(text, dated.start, published) if any(isinstance(point, Then) for point in points) else UNKNOWN
    return Anchors(written=written, told=told, then=then, year_from=year_from, open_end=written if stated else None)


def _agreed(dated: DateWords, text: str, published: Published, anchor: date | None) -> Ends:
    """What the words mean whichever of its bounds the report was published on; unknown where that differs."""
    first, last = (
        resolve_meaning(dated.meaning, _anchors(dated, text, replace(published, day=day), anchor))
        for day in (published.earliest, published.latest)
    )
    return first if first == last else UNKNOWN


def _points(meaning: Meaning) -> tuple[Point, ...]:
    match meaning:
        case Span(first=first, last=last):
            return first, last
        case Since(first=point) | Until(last=point):
            return (point,)
        case _:
            return (meaning,)


def _needs_told(point: Point) -> bool:
    if isinstance(point, Shift):
        return point.told
    if isinstance(point, Then):
        return True
    return isinstance(point, Calendar) and (point.turn is Turn.TOLD or (point.day is not None and point.month is None))


def _told_before(text: str, before: int, published: Published) -> date | None:
    """The nearest single day named before an offset, by words that don't themselves count from another."""
    told = _resolved_before(text, before, published, _TOLD_KINDS)
    return next((first for first, last in told if first is not None and first == last), None)


def _then_before(text: str, before: int, published: Published) -> Ends:
    """The nearest time named before an offset, by words that don't themselves count from another."""
    return next((ends for ends in _resolved_before(text, before, published, _THEN_KINDS) if ends != UNKNOWN), UNKNOWN)


def _resolved_before(text: str, before: int, published: Published, kinds: frozenset[DateKind]) -> Iterator[Ends]:
    dates = dates_of(text)
    upto = bisect_left(dates, before, key=_start)
    for dated in reversed(dates[max(0, upto - _TOLD_REACH) : upto]):
        if dated.kind in kinds and not any(_needs_told(point) for point in _points(dated.meaning)):
            yield resolve_dated(dated, text=text, published=published)


# --- the text's own dates --------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def dates_of(text: str) -> tuple[DateWords, ...]:
    """All words of time of a text; kept, since every claim of a report asks for them."""
    return tuple(find_dates(text))


def nearest_full_date(text: str, before: int) -> date | None:
    """The last day with its year that the text names before an offset."""
    return _nearest(_full_dates(text), before)


def year_hint(text: str, at: int) -> date | None:
    """The date that a year left unsaid at an offset is taken from: a full date near it, or else the latest year that is named."""
    return full_date_hint(text, at) or max((day for _, day in _years(text)), default=None)


def full_date_hint(text: str, at: int) -> date | None:
    """The nearest full date before an offset, or else the first after it."""
    named = _full_dates(text)
    return _nearest(named, at) or next((day for start, day in named if start >= at), None)


def _nearest(named: tuple[tuple[int, date], ...], before: int) -> date | None:
    upto = bisect_left(named, before, key=_offset)
    return named[upto - 1][1] if upto else None


@lru_cache(maxsize=8)
def _full_dates(text: str) -> tuple[tuple[int, date], ...]:
    """Days with their years; those that only begin a period still running ("since 5 March 2011") when there are no others."""
    named = [(d.start, day, d.kind) for d in dates_of(text) for p in _points(d.meaning) if (day := full_day(p))]
    own = [(start, day) for start, day, kind in named if kind is not DateKind.SINCE]
    return tuple(own or ((start, day) for start, day, _ in named))


@lru_cache(maxsize=8)
def _years(text: str) -> tuple[tuple[int, date], ...]:
    """First days of the months and years that the text names, but for those that long wars and the like began in."""
    dates = (d for d in dates_of(text) if d.kind is not DateKind.SINCE or len(d.exact.split()) <= _PLAIN_SINCE_WORDS)
    points = ((d.start, p) for d in dates for p in _points(d.meaning))
    return tuple((start, date(p.year, p.month or 1, 1)) for start, p in points if isinstance(p, Calendar) and p.year)


def full_day(point: Meaning) -> date | None:
    """The day that a full date names by itself."""
    if not isinstance(point, Calendar) or point.year is None or point.month is None or point.day is None:
        return None
    return make_day(point.year, point.month, point.day)


def _start(dated: DateWords) -> int:
    return dated.start


def _offset(named: tuple[int, date]) -> int:
    return named[0]


# --- several expressions, precision ----------------------------------------------------------------------------------


def _merged(ends: list[Ends]) -> Ends:
    """From the first of all to the last of all; unknown where one of them is."""
    firsts, lasts = [first for first, _ in ends], [last for _, last in ends]
    first = min(day for day in firsts if day) if all(firsts) else None
    last = max(day for day in lasts if day) if all(lasts) else None
    return first, last


_PRECISIONS = (
    (1, PeriodPrecision.DAY),
    (6, PeriodPrecision.DAYS),
    (8, PeriodPrecision.WEEK),
    (31, PeriodPrecision.MONTH),
    (366, PeriodPrecision.YEAR),
)
"""Days at most, after UCDP's `date_prec`: two to six days, a week, up to a month, up to a year."""
_UNIT_PRECISIONS = {
    Unit.HOUR: PeriodPrecision.DAYS,
    Unit.DAY: PeriodPrecision.DAYS,
    Unit.WEEK: PeriodPrecision.MONTH,
    Unit.MONTH: PeriodPrecision.YEAR,
}


def _precision(meaning: Meaning, ends: Ends) -> PeriodPrecision | None:
    first, last = ends
    if not (first and last) and isinstance(meaning, Stretch):
        return _UNIT_PRECISIONS.get(meaning.unit, PeriodPrecision.LONGER)
    return precision_between(first, last)


def precision_between(first: date | None, last: date | None) -> PeriodPrecision | None:
    """How precisely two days tell when something was; an open end leaves it long."""
    if first and last:
        days = (last - first).days + 1
        return next((precision for most, precision in _PRECISIONS if days <= most), PeriodPrecision.LONGER)
    return PeriodPrecision.LONGER if first or last else None
