"""Incidents as GeoJSON: one feature each, with how exact its point is; null geometry where there is none.

Source: RFC 7946. Comes in: incidents. Goes out: text, a feature a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from harmledger.domain import ExportedIncident
from harmledger.publish.exports.own import INCIDENTS
from harmledger.publish.wording import render_json

ABOUT = (
    "A FeatureCollection (RFC 7946), one feature an incident, its properties those of the incidents table and precision_m: metres around the point "
    "within which it can have been. An incident without a place has a null geometry. Lost are figures by claimant, quotes and reports."
)
DECIMALS = 6
"""A tenth of a metre, as RFC 7946 advises; places are known a hundred times less exactly."""
_IN_GEOMETRY = frozenset(("lat", "lon", "radius_m"))


def render_geojson(incidents: Iterable[ExportedIncident]) -> Iterator[str]:
    """The collection, piece by piece."""
    yield '{"type": "FeatureCollection", "features": [\n'
    for number, incident in enumerate(incidents):
        yield (",\n" if number else "") + render_json(_feature(incident))
    yield "\n]}\n"


def _feature(incident: ExportedIncident) -> dict[str, Any]:
    row = next(INCIDENTS.rows(incident))
    cells = dict(zip(INCIDENTS.names, row, strict=True))
    shown = {name: _plain(cell) for name, cell in cells.items() if name not in _IN_GEOMETRY}
    return {
        "type": "Feature",
        "id": incident.incident_id,
        "geometry": _point(incident),
        "properties": {**shown, "precision_m": cells["radius_m"]},
    }


def _point(incident: ExportedIncident) -> dict[str, Any] | None:
    place = incident.place
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [round(place.lon, DECIMALS), round(place.lat, DECIMALS)]}


def _plain(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell
