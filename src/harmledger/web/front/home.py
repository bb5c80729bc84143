"""The home page: incidents on a map, over time, and in a list, chosen by filters that live in its address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from harmledger.domain import Box, Facet, Mark, View, Wanted
from harmledger.publish.map import draw_map
from harmledger.publish.timeline import choose_unit, draw_timeline, list_stretches
from harmledger.resources.outline import Outline, load_outline
from harmledger.store.front import (
    Choice,
    Counted,
    Spot,
    count_by_day,
    count_shown,
    find_term,
    list_choices,
    list_shown,
    list_spots,
)
from harmledger.store.overview import list_beyond_public
from harmledger.store.searched import list_arrived
from harmledger.web.front.choosing import parse_key, parse_wanted, render_box, render_wanted
from harmledger.web.front.current import bring_current, made_of
from harmledger.web.respond import page
from harmledger.web.visit import Visit

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
    drawn = made_of(visit, state, ("drawn", wanted), partial(_draw, wanted=wanted))
    choices = made_of(visit, state, "choices", _choices)
    listed = list_shown(connection, wanted, most=ON_A_PAGE, after=after, before=before)
    return page(
        visit,
        "front/home.html",
        state=state,
        wanted=wanted,
        drawn=drawn,
        choices=_with_chosen(visit, choices, wanted),
        chosen=list(_chosen(visit, wanted)),
        listed=listed,
        later=listed.before and render_wanted(wanted, before=listed.before),
        earlier=listed.after and render_wanted(wanted, after=listed.after),
        without_place=render_wanted(replace(wanted, unplaced=True, box=None)),
        without_day=render_wanted(replace(wanted, undated=True, since=None, until=None)),
        box=wanted.box and render_box(wanted.box),
        first_page=not (after or before),
        arrived=[] if drawn.counted.incidents else list_arrived(connection, visit.viewer, most=MOST_ARRIVED),
        beyond=list_beyond_public(connection, visit.viewer, most=MOST_BEYOND),
    )


# --- above the list --------------------------------------------------------------------------------------------------


def _draw(visit: Visit, wanted: Wanted) -> Drawn:
    counted = count_shown(visit.connection, wanted)
    return Drawn(
        counted=counted,
        map=Markup(_map(visit, wanted)),  # noqa: S704  escaped by draw_map
        timeline=Markup(_timeline(visit, wanted, counted)),  # noqa: S704  holds no words of reports
    )


def _map(visit: Visit, wanted: Wanted) -> str:
    marks = [_mark(spot, wanted) for spot in list_spots(visit.connection, wanted)]
    return draw_map(
        marks, _outline(), title="Map of incidents", group_href=lambda view: render_wanted(_within(wanted, view))
    ).svg


def _mark(spot: Spot, wanted: Wanted) -> Mark:
    """One incident leads to its page; all that lie at a point lead to their list."""
    point = Box(west=spot.lon - POINT, south=spot.lat - POINT, east=spot.lon + POINT, north=spot.lat + POINT)
    single = spot.incidents == 1
    return Mark(
        incident_id=spot.incident_id,
        title=(spot.title if single else spot.name) or spot.name or "Untitled report",
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
    return {facet: list_choices(visit.connection, facet, most=MOST_CHOICES) for facet in FACETS}


def _with_chosen(visit: Visit, choices: dict[Facet, list[Choice]], wanted: Wanted) -> list[dict[str, Any]]:
    """What each filter offers, and what is chosen of it: that too where few incidents have it."""
    chosen = dict(wanted.terms)
    offered: list[dict[str, Any]] = []
    for facet, label in FACETS.items():
        values, value = choices[facet], chosen.get(facet)
        if value and value not in {choice.value for choice in values}:
            term = find_term(visit.connection, facet, value)
            values = [*values, Choice(value=value, label=term.label if term else value, incidents=0)]
        if values:
            offered.append({"name": facet.value, "label": label, "values": values, "chosen": value})
    return offered


def _chosen(visit: Visit, wanted: Wanted) -> list[tuple[str, str]]:
    """What is chosen, in words, each with the address that takes it back."""
    found: list[tuple[str, str]] = []
    if wanted.since or wanted.until:
        days = " to ".join(str(day) for day in (wanted.since or "the beginning", wanted.until or "today"))
        found.append((days, render_wanted(replace(wanted, since=None, until=None))))
    for facet, value in wanted.terms:
        term = find_term(visit.connection, facet, value)
        rest = tuple(pair for pair in wanted.terms if pair != (facet, value))
        found.append((f"{FACETS[facet]}: {term.label if term else value}", render_wanted(replace(wanted, terms=rest))))
    flags = (
        (wanted.box, "part of the map", replace(wanted, box=None)),
        (wanted.unplaced, "no place known", replace(wanted, unplaced=False)),
        (wanted.undated, "no day known", replace(wanted, undated=False)),
    )
    return found + [(words, render_wanted(without)) for flag, words, without in flags if flag]
