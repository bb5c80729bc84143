"""What the home page asks: incidents in short, chosen and counted, and where they lie. All of it stands on public documents alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, String, and_, case, cast, func, or_, select

from harmledger.domain import Facet, ShownIncident, Term, Wanted
from harmledger.store.schema_shown import SHOWN, SHOWN_DOCUMENTS, SHOWN_FACETS, SHOWN_TERMS
from harmledger.store.shown import list_terms, parse_shown

MOST_POINTS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Some incidents of a list, in its order, and whether there are more before and after them."""

    incidents: Sequence[ShownIncident]
    before: str | None
    after: str | None
    """Where the list goes on, in both directions; None at its ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many incidents, and how many of them have no place or no day."""

    incidents: int
    unplaced: int
    undated: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that incidents can be chosen by, and how many have it."""

    value: str
    label: str
    incidents: int


class Spot(NamedTuple):
    """A point at which incidents lie."""

    lat: float
    lon: float
    radius_m: int | None
    incidents: int
    incident_id: str
    """Of one of them, with its title."""
    name: str | None
    title: str | None


def list_shown(
    connection: Connection, wanted: Wanted, *, most: int, after: str | None = None, before: str | None = None
) -> Listed:
    """Incidents from the newest to the oldest, those without a day last; from just behind one key of the order, or up to just before one."""
    key, backwards = SHOWN.c.order_key, before is not None
    question = select(SHOWN).where(_chosen(wanted))
    if before is not None:
        question = question.where(key > before).order_by(key)
    else:
        question = question.order_by(key.desc())
        question = question.where(key < after) if after is not None else question
    rows = connection.execute(question.limit(most + 1)).mappings().all()
    more, rows = len(rows) > most, rows[:most]
    if backwards:
        rows = rows[::-1]
    terms = list_terms(connection, [row["incident_id"] for row in rows])
    keys = [row["order_key"] for row in rows]
    return Listed(
        incidents=[parse_shown(row, terms.get(row["incident_id"], ())) for row in rows],
        before=keys[0] if keys and (more if backwards else after is not None) else None,
        after=keys[-1] if keys and (backwards or more) else None,
    )


def get_shown(connection: Connection, incidents: Sequence[str]) -> dict[str, ShownIncident]:
    """Some incidents in short; those of which nothing is public aren't among them."""
    rows = connection.execute(select(SHOWN).where(SHOWN.c.incident_id.in_(incidents))).mappings()
    terms = list_terms(connection, incidents)
    return {row["incident_id"]: parse_shown(row, terms.get(row["incident_id"], ())) for row in rows}


def list_telling(connection: Connection, documents: Sequence[str]) -> dict[str, list[str]]:
    """Of each of some public documents the incidents that it tells of."""
    found: dict[str, list[str]] = {}
    wanted = select(SHOWN_DOCUMENTS).where(SHOWN_DOCUMENTS.c.document_id.in_(documents))
    for row in connection.execute(wanted.order_by(SHOWN_DOCUMENTS.c.incident_id)):
        found.setdefault(row.document_id, []).append(row.incident_id)
    return found


def count_shown(connection: Connection, wanted: Wanted) -> Counted:
    """How many there are of what is wanted."""
    s = SHOWN.c
    columns = (
        func.count().label("incidents"),
        (func.count() - func.count(s.lat)).label("unplaced"),
        func.sum(case((_undated(), 1), else_=0)).label("undated"),
        func.min(s.earliest).label("first"),
        func.max(s.earliest).label("last"),
    )
    row = connection.execute(select(*columns).select_from(SHOWN).where(_chosen(wanted))).mappings().one()
    values: dict[str, Any] = {**row, "undated": row["undated"] or 0}
    return Counted(**values)


def count_by_day(connection: Connection, wanted: Wanted, *, letters: int) -> dict[str, int]:
    """How many incidents began in each day, month or year, named by so many letters of the date; in order."""
    day = cast(SHOWN.c.earliest, String).label("day")
    question = select(day, func.count().label("incidents")).where(_chosen(wanted), SHOWN.c.earliest.is_not(None))
    counts: Counter[str] = Counter()
    for row in connection.execute(question.group_by(SHOWN.c.earliest).order_by(SHOWN.c.earliest)):
        counts[row.day[:letters]] += row.incidents  # by day it is read off an index; the database would sort months
    return dict(counts)


def list_choices(connection: Connection, facet: Facet, *, most: int) -> list[Choice]:
    """The values of a facet that most incidents have, counted over all incidents."""
    f = SHOWN_FACETS.c
    question = select(f.value, f.label, f.incidents).where(f.facet == facet.value)
    rows = connection.execute(question.order_by(f.incidents.desc(), f.label).limit(most)).mappings()
    return [Choice(**row) for row in rows]


def find_term(connection: Connection, facet: Facet, value: str) -> Term | None:
    """A value with the words for it; None where no incident has it."""
    f = SHOWN_FACETS.c
    label = connection.execute(select(f.label).where(f.facet == facet.value, f.value == value)).scalar()
    return None if label is None else Term(facet=facet, value=value, label=label)


def list_spots(connection: Connection, wanted: Wanted) -> list[Spot]:
    """The points at which what is wanted lies, each once."""
    s, named = SHOWN.c, SHOWN.alias()
    points = (
        select(
            s.lat,
            s.lon,
            func.max(s.radius_m).label("radius_m"),
            func.count().label("incidents"),
            func.min(s.incident_id).label("incident_id"),
        )
        .where(_chosen(wanted), s.lat.is_not(None), s.lon.is_not(None))
        .group_by(s.lat, s.lon)
        .limit(MOST_POINTS)
        .subquery()
    )
    question = select(points, named.c.place.label("name"), named.c.title)
    question = question.join(named, named.c.incident_id == points.c.incident_id).order_by(points.c.lat, points.c.lon)
    return [Spot(*row) for row in connection.execute(question)]


def list_points(connection: Connection, wanted: Wanted) -> Sequence[Any]:
    """Every incident that has a point: incident_id, title, place, lat, lon, radius_m, and its days as they are written."""
    s = SHOWN.c
    days = (cast(s.earliest, String).label("earliest"), cast(s.latest, String).label("latest"))
    question = select(s.incident_id, s.title, s.place, s.lat, s.lon, s.radius_m, *days).where(
        _chosen(wanted), s.lat.is_not(None), s.lon.is_not(None)
    )
    return connection.execute(question.order_by(s.incident_id).limit(MOST_POINTS)).all()


def _chosen(wanted: Wanted) -> ColumnElement[bool]:
    """The condition that an incident is wanted. Days overlap: an incident that may have begun before and ended within is in."""
    s = SHOWN.c
    conditions: list[ColumnElement[bool]] = [s.incident_id.is_not(None)]
    if wanted.since:
        conditions.append(func.coalesce(s.latest, s.earliest) >= wanted.since)
    if wanted.until:
        conditions.append(func.coalesce(s.earliest, s.latest) <= wanted.until)
    if wanted.box:
        conditions += [
            s.lat.between(wanted.box.south, wanted.box.north),
            s.lon.between(wanted.box.west, wanted.box.east),
        ]
    if wanted.unplaced:
        conditions.append(or_(s.lat.is_(None), s.lon.is_(None)))
    if wanted.undated:
        conditions.append(_undated())
    conditions += [_has(facet, value) for facet, value in wanted.terms]
    return and_(*conditions)


def _undated() -> ColumnElement[bool]:
    return and_(SHOWN.c.earliest.is_(None), SHOWN.c.latest.is_(None))


def _has(facet: Facet, value: str) -> ColumnElement[bool]:
    t = SHOWN_TERMS.c
    return SHOWN.c.incident_id.in_(select(t.incident_id).where(t.facet == facet.value, t.value == value))
