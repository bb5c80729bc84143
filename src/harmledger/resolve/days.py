"""What a meaning is in days, counted from the day of writing and from the days that the text has told.

A meaning and its anchors come in, first and last day go out; an end that the anchors do not reach is None.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from harmledger.text.dates.calendar import (
    add_days,
    make_day,
    month_of,
    shift_month,
    shift_year,
    week_of,
    weekday_on_or_after,
    weekday_on_or_before,
    year_of,
)
from harmledger.text.dates.meaning import (
    Calendar,
    Hijri,
    Meaning,
    Overnight,
    Point,
    Season,
    Shift,
    Since,
    Span,
    Stage,
    Stretch,
    Then,
    Turn,
    Unit,
    Until,
    Vague,
)

Ends = tuple[date | None, date | None]
"""First and last day, both included; None is an open or unknown end."""
UNKNOWN: Ends = (None, None)
_SLACK_DAYS = 1
"""A report may name a day that is already tomorrow where it is read (time zones)."""
_FAR_BACK_DAYS = 183
"""A day that would lie this long before the date its year is taken from is of the year after."""
_STAGE_DAYS = {Stage.EARLY: (1, 10), Stage.MID: (11, 20), Stage.LATE: (21, 31)}
_STAGE_MONTHS = {Stage.EARLY: (1, 4), Stage.MID: (5, 8), Stage.LATE: (9, 12)}
_SEASON_MONTHS = {Season.SPRING: (3, 5), Season.SUMMER: (6, 8), Season.AUTUMN: (9, 11), Season.WINTER: (12, 14)}
_STRETCH_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.WEEKEND: 7}
_MIDDLE_DAY = 15
_YEARLY_WEEKDAY_REACH = 12
"""Years in which a date comes back on every weekday at least once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """What words of time are counted from."""

    written: date | None
    """The day of writing."""
    told: date | None = None
    """The day that the text has told last."""
    then: Ends = UNKNOWN
    """The time that the text has told last, whatever its length."""
    year_from: date | None = None
    """A full date of the text, from which a year that isn't said is taken."""
    open_end: date | None = None
    """Where an open period ("since 2011") ends: the day of publication, where it is known."""


# --- what a meaning is in days ---------------------------------------------------------------------------------------


def resolve_meaning(meaning: Meaning, anchors: Anchors) -> Ends:
    """First and last day of a meaning, counted from the anchors."""
    match meaning:
        case Span():
            return _spanned(meaning, anchors)
        case Since(first=first):
            return _since(first, anchors)
        case Until(last=last):
            return None, _bound(last, anchors)[1]
        case _:
            return _point(meaning, anchors)


def _point(point: Point, anchors: Anchors) -> Ends:
    match point:
        case Calendar():
            return _calendar(point, anchors)
        case Shift():
            return _shifted(point, anchors)
        case Stretch():
            return _stretched(point, anchors)
        case Overnight():
            return (add_days(anchors.written, -1), anchors.written) if anchors.written else UNKNOWN
        case Then():
            return anchors.then
        case Vague() | Hijri():
            return UNKNOWN


def _since(first: Point, anchors: Anchors) -> Ends:
    """From its first day to the day of publication, which leaves it open where it lies before."""
    begin, end = _bound(first, anchors)[0], anchors.open_end
    return begin, None if begin and end and end < begin else end


def _bound(point: Point, anchors: Anchors) -> Ends:
    """A time as the end of a longer one: the middle of a month is then its fifteenth."""
    first, last = _point(point, anchors)
    if isinstance(point, Calendar) and point.stage is Stage.MID and point.month and first and last:
        first = last = first.replace(day=_MIDDLE_DAY)
    return first, last


def _calendar(named: Calendar, anchors: Anchors) -> Ends:
    if named.day is not None:
        day = _day(named, anchors)
        return day, day
    if named.weekday is not None:
        day = _weekday(named, named.weekday, anchors)
        return day, day
    if named.month is not None:
        return _month(named, named.month, anchors)
    if named.season is not None:
        return _season(named, named.season, anchors)
    return _stage_of_year(named.year, named.stage) if named.year is not None else UNKNOWN


def _day(named: Calendar, anchors: Anchors) -> date | None:
    if named.day is None:
        return None
    if named.month is None:
        return _day_of_told_month(named.day, named.month_shift, anchors)
    year = named.year if named.year is not None else _shifted_year(named, anchors)
    if year is not None:
        return make_day(year, named.month, named.day)
    return _day_without_year(named, named.month, named.day, anchors)


def _day_of_told_month(day: int, month_shift: int | None, anchors: Anchors) -> date | None:
    base = anchors.written if month_shift is not None else anchors.told or anchors.written
    if base is None:
        return None
    year, month = shift_month(base.year, base.month, month_shift or 0)
    named = make_day(year, month, day)
    if month_shift is None and named and anchors.written and named > add_days(anchors.written, _SLACK_DAYS):
        named = make_day(*shift_month(year, month, -1), day)
    return named


def _shifted_year(named: Calendar, anchors: Anchors) -> int | None:
    if anchors.written and named.year_shift is not None:
        return shift_year(anchors.written.year, named.year_shift)
    return None


def _day_without_year(named: Calendar, month: int, day: int, anchors: Anchors) -> date | None:
    """The latest such day by the day of writing; else the one that the nearest full date makes likeliest.

    A weekday beside it that the year would give the lie chooses another year.
    """
    written = anchors.written
    if written:
        bound = add_days(written, _SLACK_DAYS)
        years = range(bound.year, bound.year - _YEARLY_WEEKDAY_REACH, -1)
        days = [found for year in years if year > 0 and (found := make_day(year, month, day)) and found <= bound]
        return _on_weekday(days, named.weekday, reach=2)
    if anchors.year_from is None:
        return None
    base = anchors.year_from
    first = _year_after(month, day, base)
    days = [
        found
        for year in range(first, first + _YEARLY_WEEKDAY_REACH)
        if year < 9999 and (found := make_day(year, month, day))
    ]
    return _on_weekday(days, named.weekday, reach=_YEARLY_WEEKDAY_REACH)


def _year_after(month: int, day: int, base: date) -> int:
    same = make_day(base.year, month, day)
    return base.year + 1 if same and (base - same).days > _FAR_BACK_DAYS else base.year


def _on_weekday(days: list[date], weekday: int | None, *, reach: int) -> date | None:
    """The first of the days, or the first of so many that falls on the weekday said."""
    return next((day for day in days[:reach] if weekday is None or day.weekday() == weekday), days[0] if days else None)


def _weekday(named: Calendar, weekday: int, anchors: Anchors) -> date | None:
    if named.turn is Turn.TOLD and anchors.told:
        return weekday_on_or_after(weekday, add_days(anchors.told, -3))
    written = anchors.written
    if written is None:
        return None
    if named.week_shift is not None:
        return add_days(week_of(written)[0], 7 * named.week_shift + weekday)
    if named.turn is Turn.NEXT:
        return weekday_on_or_after(weekday, add_days(written, 1))
    latest = weekday_on_or_before(weekday, written)
    return add_days(latest, -7) if named.turn is Turn.LAST and latest == written else latest


def _month(named: Calendar, month: int, anchors: Anchors) -> Ends:
    year = named.year if named.year is not None else _shifted_year(named, anchors)
    if year is None:
        year = _year_of_month(named, month, anchors)
    if year is None:
        return UNKNOWN
    first, last = _stage_of_month(year, month, named.stage)
    running = named.year is None and first and last and anchors.written and first <= anchors.written < last
    return (first, anchors.written) if running else (first, last)


def _year_of_month(named: Calendar, month: int, anchors: Anchors) -> int | None:
    base = anchors.told if named.turn is Turn.TOLD else anchors.written
    if base is None:
        return _year_after(month, 1, anchors.year_from) if anchors.year_from else None
    if named.turn is Turn.TOLD:
        return base.year
    if named.turn is Turn.NEXT:
        return base.year + (month <= base.month)
    return base.year - (month > base.month or (named.turn is Turn.LAST and month == base.month))


def _stage_of_month(year: int, month: int, stage: Stage | None) -> Ends:
    first, last = month_of(year, month)
    if stage is Stage.START:
        return first, first
    if stage is Stage.END:
        return last, last
    if stage is not None and stage in _STAGE_DAYS:
        low, high = _STAGE_DAYS[stage]
        return first.replace(day=low), first.replace(day=min(high, last.day))
    return first, last


def _stage_of_year(year: int, stage: Stage | None) -> Ends:
    first, last = year_of(year)
    if stage is Stage.START:
        return first, first
    if stage is Stage.END:
        return last, last
    if stage is not None and stage in _STAGE_MONTHS:
        low, high = _STAGE_MONTHS[stage]
        return month_of(year, low)[0], month_of(year, high)[1]
    return first, last


def _season(named: Calendar, season: Season, anchors: Anchors) -> Ends:
    first, last = _SEASON_MONTHS[season]
    year = named.year
    if year is None and anchors.written:
        year = anchors.written.year - (
            first > anchors.written.month or (named.turn is Turn.LAST and last >= anchors.written.month)
        )
    return (
        (month_of(year, first)[0], month_of(*shift_month(year, last, 0))[1])
        if year is not None and year > 0
        else UNKNOWN
    )


def _shifted(shift: Shift, anchors: Anchors) -> Ends:
    base = anchors.told if shift.told else anchors.written
    if base is None:
        return UNKNOWN
    if shift.stage is None and shift.by == 0 and not shift.told and shift.unit is not Unit.WEEKEND:
        return min(_unit_from(base, shift)[0], base), base
    return _unit_from(base, shift) if shift.stage is None else _stage_of_unit(base, shift, shift.stage)


def _stage_of_unit(base: date, shift: Shift, stage: Stage) -> Ends:
    """A part of a week, month or year so many away; of the running week, the days before today."""
    if stage is Stage.SO_FAR and shift.unit is Unit.WEEK:
        yesterday = add_days(base, -1)
        return week_of(yesterday)[0], yesterday
    if stage is Stage.SO_FAR:
        return _unit_from(base, shift)[0], base
    if shift.unit is Unit.MONTH:
        return _stage_of_month(*shift_month(base.year, base.month, shift.by), stage)
    if shift.unit is Unit.YEAR:
        return _stage_of_year(shift_year(base.year, shift.by), stage)
    first, last = _unit_from(base, shift)
    return (first, first) if stage is Stage.START else (first, last)


def _unit_from(base: date, shift: Shift) -> tuple[date, date]:
    """The whole day, week, weekend, month or year that lies so many of them from a day."""
    match shift.unit:
        case Unit.DAY | Unit.HOUR:
            day = add_days(base, shift.by)
            return day, day
        case Unit.WEEK:
            return week_of(add_days(base, 7 * shift.by))
        case Unit.WEEKEND:
            saturday = weekday_on_or_before(5, base) if shift.by <= 0 else weekday_on_or_after(5, base)
            return saturday, add_days(saturday, 1)
        case Unit.MONTH:
            return month_of(*shift_month(base.year, base.month, shift.by))
        case Unit.YEAR:
            return year_of(shift_year(base.year, shift.by))
        case Unit.DECADE:
            return year_of(shift_year(base.year, shift.by))[0], base


def _stretched(stretch: Stretch, anchors: Anchors) -> Ends:
    written = anchors.written
    if written is None:
        return UNKNOWN
    if stretch.count is None:
        return None, anchors.open_end
    return _stretch_start(written, stretch.unit, stretch.count), written


def _stretch_start(written: date, unit: Unit, count: int) -> date:
    if unit is Unit.HOUR:
        return add_days(written, -max(1, count // 24) if count >= 12 else 0)
    if unit in _STRETCH_DAYS:
        return add_days(written, -count * _STRETCH_DAYS[unit])
    months = count * {Unit.MONTH: 1, Unit.YEAR: 12, Unit.DECADE: 120}[unit]
    year, month = shift_month(written.year, written.month, -months)
    return make_day(year, month, written.day) or month_of(year, month)[1]


def _spanned(span: Span, anchors: Anchors) -> Ends:
    """The last end first: it says the year, and the first lies before it."""
    last = resolve_meaning(span.last, anchors)[1]
    if last is None:
        return resolve_meaning(span.first, anchors)[0], None
    first = resolve_meaning(span.first, replace(anchors, written=last))[0]
    if first is None or first <= last:
        return first, last
    return first, None
