"""One incident of the site: what a viewer may see of it, where an old id leads, and what linkings did to it.

Every question names the incident's whole id and touches its own rows alone, however many others there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, or_, select

from harmledger.domain import Incident, Pointer, Viewer
from harmledger.store.access import may_see, may_see_claim
from harmledger.store.incidents import FiledIncident, linked_now
from harmledger.store.schema import (
    CLAIMS,
    ECHOES,
    ENTERED,
    INCIDENT_CLAIMS,
    INCIDENT_POINTERS,
    INCIDENTS,
    LINKINGS,
    READINGS,
)
from harmledger.store.unchanged import while_unchanged

MOST_VIEWERS = 64
MOST_NAMED = 500
_FOUNDING = select(INCIDENTS.c.founding_claim).where(INCIDENTS.c.incident_id == bindparam("incident"))
_POINTING = (
    select(INCIDENT_POINTERS)
    .where(INCIDENT_POINTERS.c.incident_id == bindparam("incident"))
    .order_by(INCIDENT_POINTERS.c.linking.desc())
)
_POINTED_AT = (
    select(INCIDENT_POINTERS, LINKINGS.c.filed)
    .join(LINKINGS, LINKINGS.c.linking == INCIDENT_POINTERS.c.linking)
    .where(INCIDENT_POINTERS.c.onward_id == bindparam("incident"))
)
_ANY_ENTERED = select(ENTERED.c.entry_id).limit(1)
_ECHOES_OF = select(ECHOES).where(ECHOES.c.document_id.in_(bindparam("ids", expanding=True))).order_by(ECHOES.c.linking)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What one linking did to an incident."""

    when: datetime
    what: str
    """`founded`, `joined`, `left`, `merged`, `split`, `took in`."""
    claims: tuple[str, ...] = ()
    other: str | None = None
    """The incident that claims went to, or came from."""


def find_incident(connection: Connection, viewer: Viewer, incident: str) -> FiledIncident | None:
    """The incident with the claims that the viewer may see; None where there are none."""
    rows = connection.execute(_claims_question(viewer), {"incident": incident}).all()
    claims = {row.claim_id: (row.document, row.record) for row in rows}
    members = tuple(dict.fromkeys((*claims, *_entered(connection, viewer, incident))))
    if not members:
        return None
    pairs = sorted(
        claims.values(), key=lambda p: (p[0]["published"] or "9", p[0]["document_id"], p[1]["count"]["start"] or 0)
    )
    founding = rows[0].founding_claim if rows else connection.execute(_FOUNDING, {"incident": incident}).scalar()
    documents = [document["document_id"] for document, _ in pairs]
    return FiledIncident(
        incident=Incident(incident_id=incident, founding_claim=founding or "", claims=members),
        claims=tuple(pairs),
        originals=_originals(connection, documents),
        pointers=tuple(
            p
            for p in _pointers(connection, incident, "split")
            if _leads_to_something(connection, viewer, p.onward_id, {incident})
        ),
    )


def find_onward(connection: Connection, viewer: Viewer, incident: str) -> list[Pointer]:
    """Where the id of an incident that holds nothing leads on to, of what the viewer may see."""
    onward = _pointers(connection, incident)
    return [pointer for pointer in onward if _leads_to_something(connection, viewer, pointer.onward_id, {incident})]


def holds_claims(connection: Connection, incident: str) -> bool:
    """Whether any claim stands in the incident, whoever may see it."""
    of = INCIDENT_CLAIMS.c.incident_id == incident
    return connection.execute(select(INCIDENT_CLAIMS.c.claim_id).where(of, linked_now()).limit(1)).first() is not None


def list_moves(connection: Connection, viewer: Viewer, incident: str) -> list[Move]:
    """What linkings did to the incident, the first of them first; of claims that the viewer may not see, nothing."""
    rows = connection.execute(_moves_question(viewer), {"incident": incident}).all()
    moves: dict[tuple[Any, ...], list[str]] = {}
    inside: set[str] = set()
    for row in rows:
        what = "joined" if row.incident_id == incident else "left" if row.claim_id in inside else None
        if what is None:
            continue
        (inside.add if what == "joined" else inside.discard)(row.claim_id)
        other = row.incident_id if what == "left" else None
        moves.setdefault((row.linking, row.filed, what, other), []).append(row.claim_id)
    found = [
        (key[0], Move(when=key[1], what=key[2], claims=tuple(claims), other=key[3])) for key, claims in moves.items()
    ]
    found += _merged_in(connection, viewer, incident)
    return [move for _, move in sorted(found, key=lambda each: each[0])]


def _merged_in(connection: Connection, viewer: Viewer, incident: str) -> list[tuple[int, Move]]:
    """Incidents that were merged into this one: their ids lead here."""
    rows = connection.execute(_POINTED_AT, {"incident": incident}).all()
    return [
        (r.linking, Move(when=r.filed, what="took in" if r.why == "merged" else "split off", other=r.incident_id))
        for r in rows
        if _was_seen(connection, viewer, r.incident_id)
    ]


def _was_seen(connection: Connection, viewer: Viewer, incident: str) -> bool:
    ever = select(INCIDENT_CLAIMS.c.claim_id).where(INCIDENT_CLAIMS.c.incident_id == incident)
    return connection.execute(ever.where(_sees_member(viewer)).limit(1)).first() is not None


def _leads_to_something(connection: Connection, viewer: Viewer, incident: str, passed: set[str]) -> bool:
    """Whether an incident holds something that may be seen, or leads on to one that does."""
    if incident in passed:
        return False
    seen = select(INCIDENT_CLAIMS.c.claim_id).where(INCIDENT_CLAIMS.c.incident_id == incident, linked_now())
    if connection.execute(seen.where(_sees_member(viewer)).limit(1)).first():
        return True
    onward = _pointers(connection, incident)
    return any(_leads_to_something(connection, viewer, p.onward_id, {*passed, incident}) for p in onward)


def _pointers(connection: Connection, incident: str, why: str | None = None) -> Sequence[Pointer]:
    rows = [row for row in connection.execute(_POINTING, {"incident": incident}) if why is None or row.why == why]
    onward = {r.onward_id: Pointer(incident_id=r.incident_id, onward_id=r.onward_id, why=r.why) for r in reversed(rows)}
    return list(reversed(onward.values()))


@lru_cache(maxsize=MOST_VIEWERS)
def _claims_question(viewer: Viewer) -> Select[Any, Any, Any, Any]:
    """Of each claim its record and its document's, the latest reading's last; and the claim that founded the incident."""
    return (
        select(CLAIMS.c.claim_id, CLAIMS.c.record, READINGS.c.record.label("document"), INCIDENTS.c.founding_claim)
        .select_from(INCIDENT_CLAIMS)
        .join(INCIDENTS, INCIDENTS.c.incident_id == INCIDENT_CLAIMS.c.incident_id)
        .join(CLAIMS, CLAIMS.c.claim_id == INCIDENT_CLAIMS.c.claim_id)
        .join(READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id)
        .where(
            INCIDENT_CLAIMS.c.incident_id == bindparam("incident"), linked_now(), may_see(viewer, CLAIMS.c.document_id)
        )
        .order_by(READINGS.c.sequence)
    )


def _entered(connection: Connection, viewer: Viewer, incident: str) -> Sequence[str]:
    if not while_unchanged(connection, "anything entered", lambda c: c.execute(_ANY_ENTERED).first() is not None):
        return ()
    return connection.execute(_entered_question(viewer), {"incident": incident}).scalars().all()


@lru_cache(maxsize=MOST_VIEWERS)
def _entered_question(viewer: Viewer) -> Select[Any]:
    return (
        select(ENTERED.c.entry_id)
        .join(INCIDENT_CLAIMS, INCIDENT_CLAIMS.c.claim_id == ENTERED.c.entry_id)
        .where(
            INCIDENT_CLAIMS.c.incident_id == bindparam("incident"), linked_now(), may_see(viewer, ENTERED.c.document_id)
        )
    )


@lru_cache(maxsize=MOST_VIEWERS)
def _moves_question(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Every linking's row of the claims that ever were in the incident."""
    once = INCIDENT_CLAIMS.alias("once")
    ever = select(once.c.claim_id).where(once.c.incident_id == bindparam("incident"))
    return (
        select(INCIDENT_CLAIMS, LINKINGS.c.filed)
        .join(LINKINGS, LINKINGS.c.linking == INCIDENT_CLAIMS.c.linking)
        .where(INCIDENT_CLAIMS.c.claim_id.in_(ever), _sees_member(viewer))
        .order_by(INCIDENT_CLAIMS.c.linking, INCIDENT_CLAIMS.c.claim_id)
    )


def _sees_member(viewer: Viewer) -> Any:
    """The condition that a linked claim or entry may be seen."""
    entry = exists().where(ENTERED.c.entry_id == INCIDENT_CLAIMS.c.claim_id, may_see(viewer, ENTERED.c.document_id))
    return or_(may_see_claim(viewer, INCIDENT_CLAIMS.c.claim_id), entry)


def _originals(connection: Connection, documents: Sequence[str]) -> Mapping[str, str]:
    """Of those among the documents that copy another one, which."""
    found: dict[str, str] = {}
    for start in range(0, len(documents), MOST_NAMED):
        for row in connection.execute(_ECHOES_OF, {"ids": documents[start : start + MOST_NAMED]}):
            found[row.document_id] = row.original_id
    return {copy: original for copy, original in found.items() if original}


def find_document_of(connection: Connection, viewer: Viewer, claim: str) -> str | None:
    """The document in which a claim or an entry stands, if it may be seen."""
    for question in _document_questions(viewer):
        if (found := connection.execute(question, {"claim": claim}).scalar()) is not None:
            return found
    return None


@lru_cache(maxsize=MOST_VIEWERS)
def _document_questions(viewer: Viewer) -> tuple[Select[str], ...]:
    """Of claims that were read, and of those that people entered."""
    keys = ((CLAIMS.c.document_id, CLAIMS.c.claim_id), (ENTERED.c.document_id, ENTERED.c.entry_id))
    return tuple(
        select(column).where(key == bindparam("claim"), may_see(viewer, column)).limit(1) for column, key in keys
    )


def sees_any_of(connection: Connection, viewer: Viewer, incident: str) -> bool:
    """Whether any claim that stands in an incident now may be seen."""
    return connection.execute(_any_question(viewer), {"incident": incident}).first() is not None


@lru_cache(maxsize=MOST_VIEWERS)
def _any_question(viewer: Viewer) -> Select[str]:
    here = INCIDENT_CLAIMS.c.incident_id == bindparam("incident")
    return select(INCIDENT_CLAIMS.c.claim_id).where(here, linked_now(), _sees_member(viewer)).limit(1)


def list_incidents_of(connection: Connection, claims: Sequence[str]) -> Mapping[str, str]:
    """Of each of these claims the incident that it stands in."""
    found: dict[str, str] = {}
    for start in range(0, len(claims), MOST_NAMED):
        named = INCIDENT_CLAIMS.c.claim_id.in_(claims[start : start + MOST_NAMED])
        rows = connection.execute(select(INCIDENT_CLAIMS).where(named, linked_now()))
        found |= {row.claim_id: row.incident_id for row in rows if row.incident_id}
    return found
