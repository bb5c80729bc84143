"""The home page: incidents on a map, over time, and in a list, chosen by filters that live in its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any, TypeVar

from markupsafe import Markup
from starlette.responses import Response

from harmledger.domain import Box, Facet, Mark, View, Wanted
from harmledger.publish.map import draw_map
from harmledger.publish.redact import Withholding
from harmledger.publish.shorten import strike
from harmledger.publish.timeline import choose_unit, draw_timeline, list_stretches
from harmledger.resources.outline import Outline, load_outline
from harmledger.store.front import (
    Choice,
    Counted,
    Listed,
    Spot,
    count_by_day,
    count_shown,
    find_term,
    list_choices,
    list_shown,
    list_spots,
)
from harmledger.store.overview import Overview, list_beyond_public
from harmledger.store.searched import Arrived, list_arrived
from harmledger.store.withheld import load_withholding
from harmledger.web.front.choosing import parse_key, parse_wanted, render_box, render_wanted
from harmledger.web.front.current import bring_current, made_of
from harmledger.web.markup import dataset_node
from harmledger.web.respond import page
from harmledger.web.visit import Visit
from harmledger.web.words import UNNAMED

Titled_ = TypeVar("Titled_", Mark, Overview, Arrived)

ON_A_PAGE = 30
MOST_CHOICES = 100
"""Values that a filter offers: those that most incidents have. Others are reached from an incident's own page."""
MOST_BEYOND = 50
MOST_ARRIVED = 10
"""Reports that are named where there are no incidents yet."""
POINT = 0.00001
"""Degrees about a point, so that what lies at it lies within."""
FACETS = {
    Facet.COUNTRY: "Country",
    Facet.ACTOR: "Who is held responsible",
    Facet.MEANS: "Means",
    Facet.HARM: "Kind of harm",
    Facet.CLAIMANT: "Who says so",
    Facet.GRADE: "Proposed grade",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands above the list, the same on all its pages."""

    counted: Counted
    map: Markup
    timeline: Markup
    """Drawings of our own, in which all words of reports are escaped."""


def home(visit: Visit) -> Response:
    """The incidents that the address asks for."""
    asked = visit.request.query_params
    wanted, after, before = parse_wanted(asked), parse_key(asked, "after"), parse_key(asked, "before")
    state = bring_current(visit)
    connection = visit.connection
    withholding = load_withholding(connection)
    drawn = made_of(visit, state, ("drawn", wanted, withholding), partial(_draw, wanted=wanted))
    choices = made_of(visit, state, ("choices", withholding), _choices)
    listed = _struck(list_shown(connection, wanted, most=ON_A_PAGE, after=after, before=before), withholding)
    return page(
        visit,
        "front/home.html",
        state=state,
        wanted=wanted,
        drawn=drawn,
        node=dataset_node(visit.site.config),
        choices=_with_chosen(visit, choices, wanted),
        chosen=list(_chosen(visit, wanted)),
        listed=listed,
        later=listed.before and render_wanted(wanted, before=listed.before),
        earlier=listed.after and render_wanted(wanted, after=listed.after),
        without_place=render_wanted(replace(wanted, unplaced=True, box=None)),
        without_day=render_wanted(replace(wanted, undated=True, since=None, until=None)),
        box=wanted.box and render_box(wanted.box),
        first_page=not (after or before),
        arrived=[]
        if drawn.counted.incidents
        else _titled(list_arrived(connection, visit.viewer, most=MOST_ARRIVED), withholding),
        beyond=_titled(list_beyond_public(connection, visit.viewer, most=MOST_BEYOND), withholding),
    )


def _struck(listed: Listed, withholding: Withholding) -> Listed:
    return replace(listed, incidents=[strike(incident, withholding) for incident in listed.incidents])


def _titled(some: Sequence[Titled_], withholding: Withholding) -> Sequence[Titled_]:
    """The same, names struck from their titles."""
    if not withholding:
        return some
    return [replace(each, title=each.title and withholding.text(each.title)) for each in some]


# --- above the list --------------------------------------------------------------------------------------------------


def _draw(visit: Visit, wanted: Wanted) -> Drawn:
    counted = count_shown(visit.connection, wanted)
    return Drawn(
        counted=counted,
        map=Markup(_map(visit, wanted)),  # noqa: S704  escaped by draw_map
        timeline=Markup(_timeline(visit, wanted, counted)),  # noqa: S704  holds no words of reports
    )


def _map(visit: Visit, wanted: Wanted) -> str:
    withholding = load_withholding(visit.connection)
    marks = _titled([_mark(spot, wanted) for spot in list_spots(visit.connection, wanted)], withholding)
    return draw_map(
        marks, _outline(), title="Map of incidents", group_href=lambda view: render_wanted(_within(wanted, view))
    ).svg


def _mark(spot: Spot, wanted: Wanted) -> Mark:
    """One incident leads to its page; all that lie at a point lead to their list."""
    point = Box(west=spot.lon - POINT, south=spot.lat - POINT, east=spot.lon + POINT, north=spot.lat + POINT)
    single = spot.incidents == 1
    return Mark(
        incident_id=spot.incident_id,
        title=(spot.title if single else spot.name) or spot.name or UNNAMED,
        href=f"/incidents/{spot.incident_id}" if single else render_wanted(replace(wanted, box=point)),
        lat=spot.lat,
        lon=spot.lon,
        radius_m=spot.radius_m,
        incidents=spot.incidents,
    )


def _within(wanted: Wanted, view: View) -> Wanted:
    return replace(wanted, box=Box(west=view.west, south=view.south, east=view.east, north=view.north))


def _timeline(visit: Visit, wanted: Wanted, counted: Counted) -> str:
    first, last = counted.first, counted.last
    if first is None or last is None:
        return ""
    unit = choose_unit(first, last)
    counts = count_by_day(visit.connection, wanted, letters=unit.value)

    def href(begin: date, end: date) -> str:
        return render_wanted(replace(wanted, since=begin, until=end, undated=False))

    return draw_timeline(list_stretches(counts, unit, first, last), title="Incidents over time", href=href)


@cache
def _outline() -> Outline:
    return load_outline()


# --- filters ---------------------------------------------------------------------------------------------------------


def _choices(visit: Visit) -> dict[Facet, list[Choice]]:
    withholding = load_withholding(visit.connection)
    offered = {facet: list_choices(visit.connection, facet, most=MOST_CHOICES) for facet in FACETS}
    return {
        facet: [each for each in some if withholding.text(each.label) == each.label] for facet, some in offered.items()
    }


def _with_chosen(visit: Visit, choices: dict[Facet, list[Choice]], wanted: Wanted) -> list[dict[str, Any]]:
    """What each filter offers, and what is chosen of it: that too where few incidents have it."""
    chosen = dict(wanted.terms)
    offered: list[dict[str, Any]] = []
    for facet, label in FACETS.items():
        values, value = choices[facet], chosen.get(facet)
        if value and value not in {choice.value for choice in values}:
            values = [*values, Choice(value=value, label=_label(visit, facet, value), incidents=0)]
        if values:
            offered.append({"name": facet.value, "label": label, "values": values, "chosen": value})
    return offered


def _chosen(visit: Visit, wanted: Wanted) -> list[tuple[str, str]]:
    """What is chosen, in words, each with the address that takes it back."""
    found: list[tuple[str, str]] = []
    if wanted.since or wanted.until:
        since, until = (day and f"{day.day} {day:%B} {day.year}" for day in (wanted.since, wanted.until))
        days = f"{since} to {until}" if since and until else f"From {since}" if since else f"Until {until}"
        found.append((days, render_wanted(replace(wanted, since=None, until=None))))
    for facet, value in wanted.terms:
        rest = tuple(pair for pair in wanted.terms if pair != (facet, value))
        found.append((f"{FACETS[facet]}: {_label(visit, facet, value)}", render_wanted(replace(wanted, terms=rest))))
    flags = (
        (wanted.box, "part of the map", replace(wanted, box=None)),
        (wanted.unplaced, "no place known", replace(wanted, unplaced=False)),
        (wanted.undated, "no day known", replace(wanted, undated=False)),
    )
    return found + [(words, render_wanted(without)) for flag, words, without in flags if flag]


def _label(visit: Visit, facet: Facet, value: str) -> str:
    term = find_term(visit.connection, facet, value)
    return load_withholding(visit.connection).text(term.label if term else value)
