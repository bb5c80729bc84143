"""Airwars' incidents: the researchers' CSV, and the same as JSON lines.

Source: Airwars, methodology note and data dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any, cast

from harmledger.check.recorders.cells import Row, days, figure, people, point, required, text
from harmledger.domain import Harm, Position, RecordedFigure, RecordedIncident, VictimGroup

_RADIUS_M = {
    "within 1m": 50, "within 100m": 100, "exact location": 100, "nearby landmark": 300, "street": 500, "neighbourhood area": 1500,
    "village": 2000, "town": 4000, "city": 8000, "subdistrict": 15_000, "district": 30_000, "province governorate": 60_000,
}  # fmt: skip
"""By Airwars' codes, the reach that our own places of that precision have."""
_UNSTATED_RADIUS_M = 5000
_GROUPS = {"children": VictimGroup.CHILDREN, "women": VictimGroup.WOMEN, "men": VictimGroup.MEN}
_WORD = re.compile(r"[^a-z0-9]+")


def parse_airwars(row: Row) -> RecordedIncident:
    """One row of either form.

    Raises:
        BadInput: it has no code or day, or holds what is no number, day or point.
    """
    earliest, latest = days(row, ("date",), ("date_end",))
    lat, lon = point(row, *(("lat", "lon") if "lat" in row else ("latitude", "longitude")))
    accuracy = text(row, "geo_accuracy", "geolocation_accuracy")
    positions = tuple(_positions(row))
    return RecordedIncident(
        code=required(row, "code"),
        earliest=earliest,
        latest=latest,
        place=text(row, "place", "location_name"),
        place_local=text(row, "place_ar", "location_name_arabic"),
        admin1=text(row, "governorate", "region"),
        country=text(row, "country_name"),
        lat=lat,
        lon=lon,
        accuracy=accuracy,
        radius_m=_radius(accuracy),
        belligerents=_belligerents(row, positions),
        means=text(row, "strike_type"),
        grade=text(row, "grade", "civilian_harm_status"),
        figures=tuple(_figures(row)),
        positions=positions,
    )


def _radius(accuracy: str | None) -> int:
    code = _WORD.sub(" ", (accuracy or "").lower()).strip()
    return next((radius for known, radius in _RADIUS_M.items() if code.startswith(known)), _UNSTATED_RADIUS_M)


def _figures(row: Row) -> Iterator[RecordedFigure]:
    for harm in (Harm.KILLED, Harm.INJURED):
        whole = harm.value if f"{harm.value}_min" in row else f"civilian_non_combatants_{harm.value}"
        yield from figure(row, f"{whole}_min", f"{whole}_max", harm=harm)
        for name, group in _GROUPS.items():
            yield from figure(row, f"{name}_{harm.value}_min", f"{name}_{harm.value}_max", harm=harm, group=group)


def _belligerents(row: Row, positions: Sequence[Position]) -> tuple[str, ...]:
    named = text(row, "belligerent")
    names = [part.strip() for part in named.split(",")] if named else []
    return tuple(dict.fromkeys([*names, *(p.belligerent.replace("_", " ") for p in positions)]))


def _positions(row: Row) -> Iterator[Position]:
    given = row.get("positions")
    if isinstance(given, list):
        for each in cast("list[Any]", given):
            if isinstance(each, Mapping) and (position := _position(cast("Row", each), "")):
                yield position
    for number in count(1):
        if f"belligerent_{number}_name" not in row:
            return
        if position := _position(row, f"belligerent_{number}_"):
            yield position


def _position(row: Row, prefix: str) -> Position | None:
    name = text(row, f"{prefix}name" if prefix else "belligerent")
    if name is None:
        return None
    return Position(
        belligerent=name,
        role=text(row, f"{prefix}type" if prefix else "role"),
        assessment=text(row, f"{prefix}assessment"),
        conceded_low=people(row, f"{prefix}deaths_conceded_min"),
        conceded_high=people(row, f"{prefix}deaths_conceded_max"),
    )
