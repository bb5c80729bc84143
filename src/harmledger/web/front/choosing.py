"""Which incidents an address asks for, and the address that asks for them: filters live in the URL and nowhere else."""

from __future__ import annotations

import math
import re
from datetime import date
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from harmledger.domain import Box, Facet, Wanted

MOST_CHARS = 200
"""Of a value: longer than any that the ledger keeps."""
ORDER_KEY = re.compile(r"\d{4}-\d\d-\d\d [0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,6})?")


def parse_wanted(asked: QueryParams) -> Wanted:
    """What the query of an address asks for; empty fields ask for nothing.

    Raises:
        HTTPException: 400, it can't be understood.
    """
    terms = [(facet, value) for facet in Facet if (value := _value(asked, facet.value))]
    lacks = asked.getlist("lacks")
    if not set(lacks) <= {"place", "day", ""}:
        raise HTTPException(400, "Incidents may lack a place or a day, nothing else.")
    return Wanted(
        since=_day(asked, "from"),
        until=_day(asked, "to"),
        terms=tuple(terms),
        box=parse_box(asked, "box"),
        unplaced="place" in lacks,
        undated="day" in lacks,
    )


def parse_key(asked: QueryParams, name: str) -> str | None:
    """From where a list is to go on.

    Raises:
        HTTPException: 400, it is no such place.
    """
    value = _value(asked, name)
    if value is not None and not ORDER_KEY.fullmatch(value):
        raise HTTPException(400, "The list has no such place to go on from.")
    return value


def parse_box(asked: QueryParams, name: str) -> Box | None:
    """A stretch of the earth, where one is given.

    Raises:
        HTTPException: 400, it is none.
    """
    value = _value(asked, name)
    if value is None:
        return None
    parts = value.split(",")
    if len(parts) != 4 or not value.isascii() or not all(_NUMBER.fullmatch(part) for part in parts):
        raise HTTPException(400, "A stretch of the map is written as west,south,east,north.")
    west, south, east, north = map(float, parts)
    if not (-360 <= west <= east <= 360 and -90 <= south <= north <= 90 and math.isfinite(west)):
        raise HTTPException(400, "There is no such stretch of the map.")
    return Box(west=west, south=south, east=east, north=north)


def render_wanted(wanted: Wanted, **more: str | None) -> str:
    """The address of the home page that asks for it."""
    fields: list[tuple[str, str]] = []
    if wanted.since:
        fields.append(("from", wanted.since.isoformat()))
    if wanted.until:
        fields.append(("to", wanted.until.isoformat()))
    fields += [(facet.value, value) for facet, value in wanted.terms]
    if wanted.box:
        fields.append(("box", render_box(wanted.box)))
    fields += [("lacks", "place")] * wanted.unplaced + [("lacks", "day")] * wanted.undated
    fields += [(name, value) for name, value in more.items() if value]
    return f"/?{urlencode(fields)}" if fields else "/"


def render_box(box: Box) -> str:
    """A stretch of the earth as west, south, east, north."""
    return ",".join(f"{value:.5f}".rstrip("0").rstrip(".") for value in (box.west, box.south, box.east, box.north))


def _value(asked: QueryParams, name: str) -> str | None:
    value = asked.get(name, "").strip()
    if len(value) > MOST_CHARS or "\x00" in value:
        raise HTTPException(400, "This address is too long.")
    return value or None


def _day(asked: QueryParams, name: str) -> date | None:
    value = _value(asked, name)
    if value is None:
        return None
    try:
        if not (value.isascii() and _DAY.fullmatch(value)):
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        raise HTTPException(400, "A day is written as 2017-05-31.") from None
