"""What stands in a cell of a recorder's table: days, numbers, words; empty cells are None."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from harmledger.domain import Harm, RecordedFigure, VictimGroup
from harmledger.errors import BadInput

Row = Mapping[str, Any]

_DAY_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y", "%d/%m/%Y", "%Y/%m/%d")
"""ISO (Airwars, UCDP), "01 January 2023" (ACLED), "20 Mar 2003" (Iraq Body Count), and what spreadsheets make of them; day before month."""
_EMPTY = frozenset(("", "na", "n/a", "nan", "null", "none", "-"))
MOST_PEOPLE = 10**10


def text(row: Row, *names: str) -> str | None:
    """The first of these columns that says anything."""
    for name in names:
        value = " ".join(str(row.get(name, "") if row.get(name) is not None else "").split())
        if value.lower() not in _EMPTY:
            return value
    return None


def required(row: Row, *names: str) -> str:
    """The same where a row is nothing without it."""
    value = text(row, *names)
    if value is None:
        raise _bad(f"no {names[0]}", row)
    return value


def day(row: Row, *names: str) -> date | None:
    """A day in any form that recorders write."""
    value = text(row, *names)
    if value is None:
        return None
    for form in _DAY_FORMATS:
        try:
            return datetime.strptime(value.split(" 00:00")[0].split("T")[0], form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise _bad(f"the {names[0]} {value[:40]!r} is no day", row)


def days(row: Row, first: tuple[str, ...], last: tuple[str, ...]) -> tuple[date, date]:
    """The first and the last day; a last one that isn't given, or lies before the first (a slip that recorders' tables hold), is the first."""
    earliest = day(row, *first)
    if earliest is None:
        raise _bad(f"no {first[0]}", row)
    latest = day(row, *last) or earliest
    return earliest, max(earliest, latest)


def people(row: Row, *names: str) -> int | None:
    """A number of people: whole, none negative."""
    value = text(row, *names)
    if value is None:
        return None
    try:
        number = float(value.replace(",", ""))
    except ValueError:
        raise _bad(f"the {names[0]} {value[:40]!r} is no number", row) from None
    if not 0 <= number <= MOST_PEOPLE or number != int(number):
        raise _bad(f"the {names[0]} {value[:40]} is no number of people", row)
    return int(number)


def figure(row: Row, low: str, high: str, *, harm: Harm, group: VictimGroup | None = None) -> Iterable[RecordedFigure]:
    """The range in these two columns, if either says anything."""
    bounds = people(row, low), people(row, high)
    if bounds != (None, None):
        given = [bound for bound in bounds if bound is not None]
        yield RecordedFigure(harm=harm, group=group, low=min(given), high=max(given))


def point(row: Row, lat: str, lon: str) -> tuple[float, float] | tuple[None, None]:
    """A point on earth; none where the cells hold none (slips such as a longitude of 4239 occur): the place's name still finds the incident."""
    try:
        found = float(text(row, lat) or "nan"), float(text(row, lon) or "nan")
    except ValueError:
        return None, None
    return found if abs(found[0]) <= 90 and abs(found[1]) <= 180 else (None, None)


def _bad(what: str, row: Row) -> BadInput:
    named = next((str(row[n]) for n in ("code", "id", "event_id_cnty", "ibc code") if row.get(n)), "a row")
    return BadInput(f"the row was passed over: {what}", named[:60], "mend it in the file and add that again")
