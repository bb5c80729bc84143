"""An incident in short, of its claims as they stand and its figures side by side.

Comes in: an incident whose claims are all of public documents, reconciled. Goes out: a ShownIncident. Where claims differ about place and day, those that tell it most
exactly are followed; figures are rolled up by the rule that leaves no claimant out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from harmledger.domain import (
    Facet,
    People,
    PlacePrecision,
    Reconciled,
    RollUp,
    ShownIncident,
    Term,
    Whereabouts,
)
from harmledger.publish.incident import count_sources, render_title
from harmledger.publish.record import Record
from harmledger.publish.redact import Withholding
from harmledger.text.iso import parse_day

MOST_TITLE = 300
MOST_LABEL = 120
MOST_VALUE = 120
"""Letters: a claimant's name is words of a report, which may go on for ever."""
_FINEST = {precision.value: rank for rank, precision in enumerate(PlacePrecision)}
_PEOPLE = 9_000_000_000_000_000_000
"""What a column of the ledger holds."""

Pairs = Sequence[tuple[Record, Record]]


def shorten(
    pairs: Pairs,
    reconciled: Reconciled,
    *,
    rolled: Mapping[str, RollUp],
    name_country: Callable[[str], str],
    originals: Mapping[str, str],
) -> ShownIncident:
    """What lists show of an incident; `rolled` has the roll-up of each harm that is told, `originals` of each copy what it copies."""
    claims = [claim for _, claim in pairs]
    documents = {document["document_id"]: document for document, _ in pairs}
    sources, copies = count_sources(documents, originals)
    where, days = find_where(claims), find_days(claims)
    country = where and _country(where, name_country)
    published = sorted(filter(None, (parse_day(document["published"]) for document in documents.values())))
    return ShownIncident(
        incident_id=reconciled.incident_id,
        title=render_title(claims, where=where and where.name, country=country and country[1])[:MOST_TITLE],
        where=where,
        earliest=days[0],
        latest=days[1],
        killed=_people(rolled.get("killed")),
        injured=_people(rolled.get("injured")),
        grade=reconciled.grade.grade and reconciled.grade.grade.value,
        terms=tuple(_terms(claims, reconciled, rolled, country)),
        claims=len(claims),
        reports=len(documents),
        copies=copies,
        sources=sources,
        first_published=published[0] if published else None,
        last_published=published[-1] if published else None,
        documents=tuple(sorted(documents)),
    )


def strike(shown: ShownIncident, withholding: Withholding) -> ShownIncident:
    """The same without withheld names: in title and place they are struck, and nobody chooses by who is named so."""
    if not withholding:
        return shown
    where = shown.where and replace(shown.where, name=shown.where.name and withholding.text(shown.where.name))
    terms = tuple(term for term in shown.terms if withholding.text(term.label) == term.label)
    return replace(shown, title=shown.title and withholding.text(shown.title), where=where, terms=terms)


def find_where(claims: Iterable[Record]) -> Whereabouts | None:
    """The place that is named most exactly; of several, the one that most claims name."""
    places = [claim["place"] for claim in claims if claim["place"]]
    if not places:
        return None
    named = Counter(_place_key(place) for place in places)
    place = min(
        places,
        key=lambda p: (
            _placed_at_all(p),
            _FINEST.get(p["precision"], len(_FINEST)),
            -named[_place_key(p)],
            str(_place_key(p)),
        ),
    )
    return Whereabouts(
        place_id=place["id"],
        name=place["name"] or place["exact"],
        country=place["country"],
        admin1=place["admin1"],
        lat=place["lat"],
        lon=place["lon"],
        radius_m=place["radius_m"],
        precision=place["precision"],
    )


def find_days(claims: Iterable[Record]) -> tuple[date | None, date | None]:
    """From the first day to the last, by the claims that tell the days most exactly."""
    told = [
        (parse_day(when["earliest"]), parse_day(when["latest"])) for when in (claim["when"] for claim in claims) if when
    ]
    closed = [(first, last) for first, last in told if first and last]
    if closed:
        shortest = min((last - first).days for first, last in closed)
        closed = [pair for pair in closed if (pair[1] - pair[0]).days == shortest]
        return min(first for first, _ in closed), max(last for _, last in closed)
    return min((first for first, _ in told if first), default=None), max(
        (last for _, last in told if last), default=None
    )


def _terms(
    claims: Sequence[Record], reconciled: Reconciled, rolled: Mapping[str, RollUp], country: tuple[str, str] | None
) -> Iterable[Term]:
    """Each once; a label is the first that is found."""
    found: dict[tuple[Facet, str], str] = {}

    def add(facet: Facet, value: str | None, label: str | None = None) -> None:
        if value:
            found.setdefault((facet, value[:MOST_VALUE]), (label or value)[:MOST_LABEL])

    if country:
        add(Facet.COUNTRY, *country)
    for harm in rolled:
        add(Facet.HARM, harm, harm.replace("_", " "))
    for claim in claims:
        if claim["means"]:
            add(Facet.MEANS, claim["means"]["kind"])
    for each in reconciled.responsibility:
        add(Facet.ACTOR, each.actor_id, each.actor)
    for figure in reconciled.figures:
        add(Facet.CLAIMANT, figure.claimant.key, figure.claimant.name)
    add(Facet.GRADE, reconciled.grade.grade and reconciled.grade.grade.value)
    return (Term(facet=facet, value=value, label=label) for (facet, value), label in found.items())


def _people(rolled: RollUp | None) -> People | None:
    if rolled is None:
        return None
    low, high = (bound if bound is None else min(bound, _PEOPLE) for bound in (rolled.low, rolled.high))
    return People(low=low, high=high)


def _country(where: Whereabouts, name_country: Callable[[str], str]) -> tuple[str, str] | None:
    return (where.country, name_country(where.country)) if where.country else None


def _placed_at_all(place: Record) -> bool:
    return place["lat"] is None


def _place_key(place: Record) -> Any:
    return place["id"] or place["name"] or place["exact"]
