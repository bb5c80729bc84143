"""What the smaller pages ask of claimants, actors and places, as one viewer may see it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select

from harmledger.domain import StatementKind, Viewer
from harmledger.store.access import may_see
from harmledger.store.incidents import linked_now
from harmledger.store.overview import MOST_VIEWERS
from harmledger.store.schema import CLAIMS, INCIDENT_CLAIMS, READINGS, STATEMENTS
from harmledger.store.seen import is_current, select_all

ANSWERS = (StatementKind.ADMIT.value, StatementKind.DENY.value)


def list_blaming(connection: Connection, viewer: Viewer, actor: str, *, most: int) -> Sequence[Row[Any]]:
    """(claimant_id, claims, reports) of those who blame an actor, the most first; whom the registry doesn't know is None."""
    return connection.execute(_blaming(viewer), {"actor": actor, "most": most}).all()


@lru_cache(maxsize=MOST_VIEWERS)
def _blaming(viewer: Viewer) -> Select[Any]:
    of, claims = CLAIMS.c, func.count().label("claims")
    grouped = select_all(of.claimant_id, claims, func.count(of.document_id.distinct()).label("reports")).join(READINGS)
    seen = grouped.where(of.actor_id == bindparam("actor"), is_current(), may_see(viewer, of.document_id))
    return seen.group_by(of.claimant_id).order_by(claims.desc(), of.claimant_id).limit(bindparam("most"))


def list_answers(connection: Connection, viewer: Viewer, actor: str, *, most: int) -> Sequence[Row[Any]]:
    """(statement_id, document_id, record) of what an actor admits or denies."""
    of = STATEMENTS.c
    said = select_all(of.statement_id, of.document_id, of.record).join(READINGS, READINGS.c.reading_id == of.reading_id)
    own = said.where(of.speaker_id == actor, of.kind.in_(ANSWERS), is_current(), may_see(viewer, of.document_id))
    return connection.execute(own.order_by(of.statement_id).limit(most)).all()


_BY: dict[str, ColumnElement[Any]] = {
    "claimants": CLAIMS.c.claimant_id,
    "actors": CLAIMS.c.actor_id,
    "places": CLAIMS.c.place_id,
}


def list_incidents_of(connection: Connection, viewer: Viewer, of: str, id: str, *, most: int) -> list[str]:
    """The incidents that claims of a claimant, against an actor or at a place tell of, the latest event first."""
    return list(connection.execute(_incidents(viewer, of), {"id": id, "most": most}).scalars())


@lru_cache(maxsize=MOST_VIEWERS)
def _incidents(viewer: Viewer, of: str) -> Select[Any]:
    held = select(INCIDENT_CLAIMS.c.incident_id).join(CLAIMS, CLAIMS.c.claim_id == INCIDENT_CLAIMS.c.claim_id)
    seen = held.where(_BY[of] == bindparam("id"), linked_now(), may_see(viewer, CLAIMS.c.document_id))
    named = seen.where(INCIDENT_CLAIMS.c.incident_id.is_not(None)).group_by(INCIDENT_CLAIMS.c.incident_id)
    latest = func.max(CLAIMS.c.latest)
    return named.order_by(latest.is_(None), latest.desc(), INCIDENT_CLAIMS.c.incident_id).limit(bindparam("most"))


def list_spellings(connection: Connection, viewer: Viewer, place: str, *, most: int) -> Sequence[Row[Any]]:
    """(words, language) by which reports call a place."""
    words = CLAIMS.c.record["place"]["exact"].as_string().label("words")
    called = select_all(words, READINGS.c.language, func.count().label("times")).join(READINGS)
    seen = called.where(CLAIMS.c.place_id == place, is_current(), may_see(viewer, CLAIMS.c.document_id))
    return connection.execute(seen.group_by(words, READINGS.c.language).order_by(func.count().desc()).limit(most)).all()
