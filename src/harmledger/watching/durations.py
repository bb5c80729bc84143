"""Lengths of time as people write them."""

from __future__ import annotations

import re
from datetime import timedelta

_PART = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*([a-z]+)")
_UNITS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), timedelta(seconds=1)),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "week", "weeks"), timedelta(weeks=1)),
}
_WRITTEN = ("week", "day", "hour", "min", "s")
_LONGEST = timedelta(days=3660)


def parse_duration(text: str) -> timedelta | None:
    """How long it is; None where that can't be told.

    >>> parse_duration("30 min"), parse_duration("1 h 30 min"), parse_duration("soon")
    (datetime.timedelta(seconds=1800), datetime.timedelta(seconds=5400), None)
    """
    said = text.strip().lower()
    parts = _PART.findall(said)
    if not parts or _PART.sub("", said).strip(" ,") or any(unit not in _UNITS for _, unit in parts):
        return None
    whole = sum((_UNITS[unit] * float(number) for number, unit in parts), timedelta())
    return whole if whole <= _LONGEST else None


def render_duration(length: timedelta) -> str:
    """The same in the largest unit that gives a whole number, as lists are written.

    >>> render_duration(timedelta(minutes=90)), render_duration(timedelta(days=1)), render_duration(timedelta(hours=2))
    ('90 min', '1 day', '2 hours')
    """
    unit = next((unit for unit in _WRITTEN if not length % _UNITS[unit]), "s")
    number = length // _UNITS[unit]
    plural = "s" if number != 1 and unit in {"week", "day", "hour"} else ""
    return f"{number} {unit}{plural}"
