"""Answers of incidents: as records, as GeoJSON, as linked data; made of those claims alone that the viewer may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from harmledger.domain import ExportedIncident, Rule
from harmledger.exporting import export_seen
from harmledger.ids import plain
from harmledger.publish.exports.geojson import render_geojson
from harmledger.publish.exports.jsonld import render_jsonld
from harmledger.store.listed import list_incident_ids
from harmledger.store.seen import find_onward, get_leads
from harmledger.web.api.params import Asked
from harmledger.web.api.questions import GEOJSON, JSONLD, absolute, answer, answer_page, answer_text, next_page
from harmledger.web.visit import Visit

Render = Callable[[Iterable[ExportedIncident]], Iterator[str]]
LONG = ("figures", "responsibility", "documents", "quotes", "read_by")
"""What a list leaves to each incident's own address."""


def list_incidents(visit: Visit, asked: Asked) -> Response:
    """A page of incidents in short."""
    found, last = _find(visit, asked)
    return answer_page(visit, [_in_short(visit, incident) for incident in found], last)


def list_geojson(visit: Visit, asked: Asked) -> Response:
    """A page of incidents as a map takes them."""
    return _rendered(visit, asked, render_geojson, GEOJSON)


def list_jsonld(visit: Visit, asked: Asked) -> Response:
    """A page of incidents as linked data."""
    return _rendered(visit, asked, render_jsonld, JSONLD)


def _rendered(visit: Visit, asked: Asked, render: Render, media: str) -> Response:
    """These shapes have no place for the next page's address but a header."""
    found, last = _find(visit, asked)
    response = answer_text(visit, render(found), media=media)
    if last:
        response.headers["link"] = f'<{next_page(visit, last)}>; rel="next"'
    return response


def get_incident(visit: Visit, asked: Asked) -> Response:
    """One incident with all its figures; an id that was merged leads on."""
    found = _get(visit, asked)
    if isinstance(found, Response):
        return found
    split = get_leads(visit.connection, visit.viewer, found.incident_id).onward
    whole: Any = plain(found)
    return answer(visit, {**whole, "url": _page_of(visit, found), "split_into": [each.onward_id for each in split]})


def get_geojson(visit: Visit, asked: Asked) -> Response:
    """One incident on a map."""
    found = _get(visit, asked, ".geojson")
    return found if isinstance(found, Response) else answer_text(visit, render_geojson([found]), media=GEOJSON)


def get_jsonld(visit: Visit, asked: Asked) -> Response:
    """One incident as linked data."""
    found = _get(visit, asked, ".jsonld")
    return found if isinstance(found, Response) else answer_text(visit, render_jsonld([found]), media=JSONLD)


def _get(visit: Visit, asked: Asked, suffix: str = "") -> ExportedIncident | Response:
    for found in _export(visit, [asked["id"]], asked):
        return found
    onward = find_onward(visit.connection, visit.viewer, asked["id"])
    if onward is None:
        raise HTTPException(404)
    query = f"?{visit.request.url.query}" if visit.request.url.query else ""
    return RedirectResponse(f"/api/v1/incidents/{onward}{suffix}{query}", status_code=301)


def _find(visit: Visit, asked: Asked) -> tuple[list[ExportedIncident], str | None]:
    """Incidents that fit, and the id that the next page follows. A grade is only known once figures are reconciled: such a page may hold fewer."""
    wanted = list_incident_ids(visit.connection, visit.viewer, {n: v for n, v in asked.items() if n not in _NOT_SAID})
    grade = asked.get("grade")
    found = [i for i in _export(visit, wanted, asked) if grade is None or i.grade.grade == grade]
    return found, wanted[-1] if len(wanted) == asked["limit"] else None


_NOT_SAID = ("grade", "rule")


def _export(visit: Visit, wanted: list[str], asked: Asked) -> Iterator[ExportedIncident]:
    stands = visit.stands()
    return export_seen(visit.connection, stands, visit.viewer, wanted, Rule(asked["rule"]))


def _in_short(visit: Visit, incident: ExportedIncident) -> dict[str, Any]:
    whole: Any = plain(incident)
    short = {name: value for name, value in whole.items() if name not in LONG}
    claims, reports = len(incident.quotes), len(incident.documents)
    return {**short, "url": _page_of(visit, incident), "claims": claims, "reports": reports}


def _page_of(visit: Visit, incident: ExportedIncident) -> str:
    return absolute(visit, f"/incidents/{incident.incident_id}")
