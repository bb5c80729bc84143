"""Incidents as one viewer may see them: without claims of documents that are closed to them, and without a word that there are any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select

from harmledger.domain import Incident, Pointer, Viewer
from harmledger.publish.record import Record
from harmledger.store.access import may_see
from harmledger.store.incidents import FiledIncident, linked_now
from harmledger.store.lookup import get_claims
from harmledger.store.schema import (
    CLAIMS,
    DOCUMENTS,
    ECHOES,
    ENTERED,
    INCIDENT_CLAIMS,
    INCIDENT_POINTERS,
    INCIDENTS,
    READINGS,
)


def select_all(*columns: ColumnElement[Any]) -> Select[Any]:
    """A question for so many columns, whose kinds nobody needs to spell out."""
    return select(*columns)


def is_current() -> ColumnElement[bool]:
    """Of a row of `readings`: the last of its document's."""
    later = READINGS.alias()
    return ~exists().where(later.c.document_id == READINGS.c.document_id, later.c.sequence > READINGS.c.sequence)


def may_see_member(viewer: Viewer) -> ColumnElement[bool]:
    """Of a row of `incident_claims`: the claim, read or entered, may be seen."""
    claim, entry = CLAIMS.alias(), ENTERED.alias()
    read = exists().where(claim.c.claim_id == INCIDENT_CLAIMS.c.claim_id, may_see(viewer, claim.c.document_id))
    entered = exists().where(entry.c.entry_id == INCIDENT_CLAIMS.c.claim_id, may_see(viewer, entry.c.document_id))
    return or_(read, entered)


def list_seen(connection: Connection, viewer: Viewer, wanted: Sequence[str]) -> list[FiledIncident]:
    """Of these incidents, by whole ids, those of which the viewer may see a claim, in the order of asking."""
    members = _members(connection, viewer, wanted)
    pairs = {pair[1]["claim_id"]: pair for pair in get_claims(connection, [c for ids in members.values() for c in ids])}
    originals = _originals(connection, viewer, {document["document_id"] for document, _ in pairs.values()})
    founding = _founding(connection, list(members))
    return [
        FiledIncident(
            incident=Incident(incident_id=at, founding_claim=founding[at], claims=tuple(members[at])),
            claims=tuple(sorted((pairs[claim] for claim in members[at] if claim in pairs), key=_order)),
            originals=originals,
        )
        for at in wanted
        if at in members
    ]


def keep_seen(connection: Connection, viewer: Viewer, filed: FiledIncident) -> FiledIncident:
    """The same without claims of documents that the viewer may not see: people may have merged such with it since it was linked."""
    if viewer.sees_all:
        return filed
    told = {document["document_id"] for document, _ in (*filed.claims, *filed.rejected)}
    of = select(DOCUMENTS.c.document_id).where(
        DOCUMENTS.c.document_id.in_(told), may_see(viewer, DOCUMENTS.c.document_id)
    )
    seen = set(connection.execute(of).scalars())
    claims, rejected = (
        tuple(pair for pair in pairs if pair[0]["document_id"] in seen) for pairs in (filed.claims, filed.rejected)
    )
    return replace(filed, claims=claims, rejected=rejected)


def _order(pair: tuple[Record, Record]) -> tuple[str, str, float]:
    document, claim = pair
    start = claim["count"]["start"]
    return document["published"] or "9", document["document_id"], float("inf") if start is None else start


def _members(connection: Connection, viewer: Viewer, wanted: Sequence[str]) -> dict[str, list[str]]:
    """The claims, read and entered, that each incident holds now."""
    of = select(INCIDENT_CLAIMS.c.incident_id, INCIDENT_CLAIMS.c.claim_id).where(
        INCIDENT_CLAIMS.c.incident_id.in_(wanted), linked_now(), may_see_member(viewer)
    )
    found: dict[str, list[str]] = {}
    for row in connection.execute(of.order_by(INCIDENT_CLAIMS.c.claim_id)):
        found.setdefault(row.incident_id, []).append(row.claim_id)
    return found


def _originals(connection: Connection, viewer: Viewer, documents: Iterable[str]) -> Mapping[str, str]:
    """Of each copy its original, where that may be seen."""
    of = select(ECHOES.c.document_id, ECHOES.c.original_id).where(ECHOES.c.document_id.in_(list(documents)))
    seen = of.where(or_(ECHOES.c.original_id.is_(None), may_see(viewer, ECHOES.c.original_id)))
    rows = connection.execute(seen.order_by(ECHOES.c.linking))
    latest: dict[str, str | None] = {row.document_id: row.original_id for row in rows}
    return {document: original for document, original in latest.items() if original}


def _founding(connection: Connection, wanted: Sequence[str]) -> Mapping[str, str]:
    of = select(INCIDENTS.c.incident_id, INCIDENTS.c.founding_claim).where(INCIDENTS.c.incident_id.in_(wanted))
    return {row.incident_id: row.founding_claim for row in connection.execute(of)}


# --- where old ids lead ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Where an incident's id has led, and what leads to it; none that the viewer may not see."""

    onward: tuple[Pointer, ...]
    was: tuple[str, ...]
    """Ids that were merged into it."""


def find_onward(connection: Connection, viewer: Viewer, incident: str) -> str | None:
    """The incident that an empty one's id leads on to by mergers, if the viewer may see that; else nothing."""
    at, passed = incident, {incident}
    if not _was_seen(connection, viewer, incident):
        return None
    while onward := _merged_into(connection, at):
        if onward in passed:
            return None
        passed.add(onward)
        at = onward
        if _members(connection, viewer, [at]):
            return at
    return None


def get_leads(connection: Connection, viewer: Viewer, incident: str) -> Leads:
    """The pointers of an incident that holds claims: what was split off it, and what was merged into it."""
    pointer = INCIDENT_POINTERS.c
    out = select(INCIDENT_POINTERS).where(pointer.incident_id == incident, pointer.why == "split")
    split = [Pointer(incident_id=r.incident_id, onward_id=r.onward_id, why=r.why) for r in connection.execute(out)]
    seen = _members(connection, viewer, [each.onward_id for each in split])
    into = select(pointer.incident_id).where(pointer.onward_id == incident, pointer.why == "merged")
    was = sorted(set(connection.execute(into).scalars()))
    shown = [old for old in was if _was_seen(connection, viewer, old)]
    return Leads(onward=tuple(p for p in split if p.onward_id in seen), was=tuple(shown))


def _merged_into(connection: Connection, incident: str) -> str | None:
    pointer = INCIDENT_POINTERS.c
    of = select(pointer.onward_id).where(pointer.incident_id == incident, pointer.why == "merged")
    return connection.execute(of.order_by(pointer.linking.desc()).limit(1)).scalar()


def _was_seen(connection: Connection, viewer: Viewer, incident: str) -> bool:
    """Whether a claim that the incident ever held may be seen."""
    held: Any = select(INCIDENT_CLAIMS.c.claim_id).where(INCIDENT_CLAIMS.c.incident_id == incident)
    return connection.execute(held.where(may_see_member(viewer)).limit(1)).first() is not None
