"""Independent recorders' data sets in a ledger: kept in tables of their own, versioned by what they hold, never mixed with claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from harmledger.domain import (
    Harm,
    Position,
    RecordedFigure,
    RecordedIncident,
    ReferenceSet,
    VictimGroup,
)
from harmledger.errors import BadInput, NotFound
from harmledger.ids import plain
from harmledger.store.database import told_plainly
from harmledger.store.ledger import Ledger
from harmledger.store.schema import RECORDED, REFERENCES
from harmledger.store.unchanged import while_unchanged

BATCH = 1000
"""Rows written at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A version of a data set, how much it holds, and whether checks use it."""

    reference: ReferenceSet
    incidents: int
    is_current: bool


def find_added(ledger: Ledger, reference: ReferenceSet) -> Listed | None:
    """The same version, if it was added before."""
    with ledger.reading() as connection:
        return next(
            (each for each in list_references(connection) if each.reference.reference_id == reference.reference_id),
            None,
        )


def add_reference(ledger: Ledger, reference: ReferenceSet, incidents: Iterable[RecordedIncident]) -> int:
    """Keep a version of a data set whole, or, where anything breaks, nothing of it; gives how many incidents it holds.

    Raises:
        BadInput: there is not one incident in it.
    """
    added, coming = 0, iter(incidents)
    with told_plainly(ledger.where), ledger.writing() as connection:
        connection.execute(insert(REFERENCES), _reference_row(reference))
        while rows := [_incident_row(each, reference, added + n) for n, each in enumerate(islice(coming, BATCH))]:
            connection.execute(insert(RECORDED), rows)
            added += len(rows)
        if not added:
            raise BadInput("none of its rows is an incident", reference.name, "see the sentences above")
    return added


def list_references(connection: Connection) -> list[Listed]:
    """All versions of all data sets, in the order of adding."""
    held = select(RECORDED.c.reference_id, func.count().label("incidents")).group_by(RECORDED.c.reference_id).subquery()
    joined = select(REFERENCES, held.c.incidents).join(held, held.c.reference_id == REFERENCES.c.reference_id)
    rows = connection.execute(joined.order_by(REFERENCES.c.sequence)).all()
    last = {row.name: row.reference_id for row in rows}
    return [
        Listed(reference=_reference(row), incidents=row.incidents, is_current=last[row.name] == row.reference_id)
        for row in rows
    ]


def list_current(connection: Connection) -> list[ReferenceSet]:
    """The current version of each data set, without counting what it holds."""
    return list(while_unchanged(connection, "references", lambda c: [_reference(row) for row in c.execute(_CURRENT)]))


_CURRENT = (
    select(REFERENCES)
    .where(REFERENCES.c.sequence.in_(select(func.max(REFERENCES.c.sequence)).group_by(REFERENCES.c.name)))
    .order_by(REFERENCES.c.sequence)
)


def get_reference(connection: Connection, name: str) -> ReferenceSet:
    """The current version of the data set of that name.

    Raises:
        NotFound: there is none.
    """
    named = select(REFERENCES).where(REFERENCES.c.name == name).order_by(REFERENCES.c.sequence.desc()).limit(1)
    row = connection.execute(named).first()
    if row is None:
        raise NotFound(
            "no data set in the ledger is called so",
            name,
            "add it with `harmledger reference add NAME FILE`, or list what there is with `harmledger reference list`",
        )
    return _reference(row)


def load_incidents(
    connection: Connection, reference: ReferenceSet, *, earliest: date | None = None, latest: date | None = None
) -> Iterator[RecordedIncident]:
    """The incidents of a data set, or those between two days, in its own order."""
    wanted = select(RECORDED.c.record).where(RECORDED.c.reference_id == reference.reference_id)
    if earliest:
        wanted = wanted.where(RECORDED.c.latest >= earliest)
    if latest:
        wanted = wanted.where(RECORDED.c.earliest <= latest)
    rows = connection.execute(wanted.order_by(RECORDED.c.position).execution_options(yield_per=BATCH))
    return (_incident(row.record) for row in rows)


def _reference_row(reference: ReferenceSet) -> dict[str, Any]:
    return {name: getattr(reference, name) for name in _REFERENCE_FIELDS}


_REFERENCE_FIELDS = ("reference_id", "name", "recorder", "content_id", "licence", "citation", "added")


def _reference(row: Row[Any]) -> ReferenceSet:
    return ReferenceSet(**{name: getattr(row, name) for name in _REFERENCE_FIELDS})


def _incident_row(incident: RecordedIncident, reference: ReferenceSet, position: int) -> dict[str, Any]:
    searched = {name: getattr(incident, name) for name in ("code", "earliest", "latest", "lat", "lon")}
    return {"reference_id": reference.reference_id, "position": position, "record": plain(incident), **searched}


def _incident(record: dict[str, Any]) -> RecordedIncident:
    """A kept record as the value it was."""
    values: dict[str, Any] = {
        **record,
        "earliest": date.fromisoformat(record["earliest"]),
        "latest": date.fromisoformat(record["latest"]),
        "belligerents": tuple(record["belligerents"]),
        "figures": tuple(_figure(each) for each in record["figures"]),
        "positions": tuple(Position(**each) for each in record["positions"]),
    }
    return RecordedIncident(**values)


def _figure(record: dict[str, Any]) -> RecordedFigure:
    group = record["group"]
    values: dict[str, Any] = {**record, "harm": Harm(record["harm"]), "group": group and VictimGroup(group)}
    return RecordedFigure(**values)
