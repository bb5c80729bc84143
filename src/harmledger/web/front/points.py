"""The points of the map: each incident, where they are few, else cells with how many incidents lie in each; of all that is wanted or of one view."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.responses import Response

from harmledger.domain import Box, Wanted
from harmledger.publish.redact import Withholding
from harmledger.store.front import Spot, list_points, list_spots
from harmledger.store.withheld import load_withholding
from harmledger.web.front.cells import Cell, bounds_of, gather, within
from harmledger.web.front.choosing import parse_box, parse_wanted, render_wanted
from harmledger.web.front.current import bring_current, made_of
from harmledger.web.visit import Visit
from harmledger.web.words import UNNAMED

MOST_SINGLE = 2_000
"""Incidents that are sent one by one; of more, cells are sent, and whoever looks nearer asks for that view."""
MOST_CELLS = 1_000
DECIMALS = 4
"""Of a degree: ten metres."""
POINT = 0.00001
"""Degrees about a point, so that what lies at it lies within."""


def map_points(visit: Visit) -> Response:
    """GeoJSON of the incidents that the address asks for, with the home page's filters; of those within `view` alone where that is given.

    `cells` says that not every point is an incident; `bbox` is what all that is there takes up.
    """
    asked = visit.request.query_params
    wanted, view = parse_wanted(asked), parse_box(asked, "view")
    state = bring_current(visit)
    spots = made_of(visit, state, ("spots", wanted), partial(_list_spots, wanted=wanted))
    if view:
        spots = within(spots, view)
    body = _render(visit, wanted, spots, view)
    return Response(body.encode(errors="replace"), media_type="application/geo+json")


def _list_spots(visit: Visit, wanted: Wanted) -> tuple[Spot, ...]:
    return tuple(list_spots(visit.connection, wanted))


def _render(visit: Visit, wanted: Wanted, spots: Sequence[Spot], view: Box | None) -> str:
    withholding = load_withholding(visit.connection)
    in_cells = sum(spot.incidents for spot in spots) > MOST_SINGLE
    if in_cells:
        features = [_cell(cell, wanted, withholding) for cell in gather(spots, most=MOST_CELLS)]
    elif spots:
        box = _about(bounds_of(spots)) if view else wanted.box
        points = list_points(visit.connection, replace(wanted, box=box))
        features = [_single(withholding, *point) for point in points]
    else:
        features = []
    bbox = f',"bbox":{json.dumps(_corners(bounds_of(spots)))}' if spots else ""
    return f'{{"type":"FeatureCollection","cells":{json.dumps(in_cells)}{bbox},"features":[{",".join(features)}]}}'


def _corners(box: Box) -> list[float]:
    return [box.west, box.south, box.east, box.north]


def _about(box: Box) -> Box:
    """The same with room for what is rounded."""
    return Box(west=box.west - POINT, south=box.south - POINT, east=box.east + POINT, north=box.north + POINT)


def _cell(cell: Cell, wanted: Wanted, withholding: Withholding) -> str:
    """A cell leads to the list of its incidents; one of a single incident is that incident."""
    first = cell.spots[0]
    if cell.incidents == 1:
        told = (first.incident_id, first.title, first.name, first.lat, first.lon, first.radius_m, None, None)
        return _single(withholding, *told)
    near = " and near it" if len(cell.spots) > 1 else ""
    about: dict[str, Any] = {
        "id": f"c{first.incident_id[:12]}",
        "title": f"{withholding.text(first.name or 'A place')}{near}: {cell.incidents:,} incidents",
        "href": render_wanted(replace(wanted, box=_about(cell.box))),
        "incidents": cell.incidents,
        "points": len(cell.spots),
    }
    return _feature(cell.lat, cell.lon, about)


def _single(withholding: Withholding, incident: str, title: str | None, place: str | None, *rest: Any) -> str:
    lat, lon, radius_m, earliest, latest = rest
    told: dict[str, Any] = {
        "id": incident[:12],
        "title": withholding.text(title or place or UNNAMED),
        "href": f"/incidents/{incident}",
    }
    if radius_m:
        told["radius_m"] = radius_m
    if when := _days((earliest, latest)):
        told["when"] = when
    return _feature(lat, lon, told)


def _feature(lat: float, lon: float, told: dict[str, Any]) -> str:
    at = {"type": "Point", "coordinates": [round(lon, DECIMALS), round(lat, DECIMALS)]}
    return json.dumps(
        {"type": "Feature", "geometry": at, "properties": told}, ensure_ascii=False, separators=(",", ":")
    )


def _days(days: Iterable[str | None]) -> str:
    return " – ".join(dict.fromkeys(day for day in days if day))
