"""How far what is shown has come behind the record, and what changed since: incidents to be worked out anew, reports to be indexed anew.

What changed is noted in tables, so that whoever brings it up to date may be killed at any moment, and go on later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, or_, select, update

from harmledger.domain import ShownState
from harmledger.store.ledger import add_new
from harmledger.store.lookup import MOST_NAMED
from harmledger.store.schema import CLAIMS, DECISIONS, DOCUMENTS, ECHOES, ENTERED, INCIDENT_CLAIMS, LINKINGS, READINGS
from harmledger.store.schema_shown import SEARCH_TOUCHED, SHOWN_STATE, SHOWN_TOUCHED

MOST_COUNTED = 10_000
"""What is behind is counted so far: more is told as that many."""
_PROGRESS = {"linkings": LINKINGS.c.linking, "decisions": DECISIONS.c.sequence, "readings": READINGS.c.sequence}


def get_state(connection: Connection) -> ShownState:
    """How far what is shown has come; counting in what wasn't looked at yet."""
    row = connection.execute(_STATE).mappings().first()
    seen: dict[str, Any] = dict(row) if row else {"version": 0, "made": None}
    there = _heads(connection)
    fresh = any(there[name] > seen.get(name, 0) for name in ("linkings", "decisions"))
    unread = there["readings"] > seen.get("readings", 0)
    return ShownState(
        version=seen["version"],
        made=seen["made"],
        behind=connection.execute(_BEHIND).scalar_one() + (fresh or unread),
        unread=connection.execute(_UNREAD).scalar_one() + unread,
    )


def look_ahead(connection: Connection) -> tuple[dict[str, int], dict[str, int]]:
    """How far the record was looked at, and how far it has come."""
    row = connection.execute(_STATE).mappings().first()
    return {name: row[name] if row else 0 for name in _PROGRESS}, _heads(connection)


def note_progress(connection: Connection, there: dict[str, int]) -> None:
    """The record was looked at so far."""
    add_new(connection, SHOWN_STATE, {"state": 1, "version": 0, "made": None, **dict.fromkeys(_PROGRESS, 0)})
    connection.execute(update(SHOWN_STATE).values(there))


def note_version(connection: Connection, now: datetime) -> None:
    """What is shown changed."""
    connection.execute(update(SHOWN_STATE).values(version=SHOWN_STATE.c.version + 1, made=now))


def touch_linked(connection: Connection, since: int) -> None:
    """Incidents that linkings changed: those that claims came to and left, and those of reports that were found to be copies."""
    moved = select(INCIDENT_CLAIMS.c.claim_id).where(INCIDENT_CLAIMS.c.linking > since)
    _touch(connection, select(INCIDENT_CLAIMS.c.incident_id).where(INCIDENT_CLAIMS.c.claim_id.in_(moved)))
    if since:
        echoed = select(ECHOES.c.document_id).where(ECHOES.c.linking > since)
        touch_documents(connection, connection.execute(echoed).scalars().all())


def touch_claims(connection: Connection, claims: Iterable[str]) -> None:
    """The incidents of claims, read or entered."""
    for some in _parts(sorted(set(claims))):
        _touch(connection, select(INCIDENT_CLAIMS.c.incident_id).where(INCIDENT_CLAIMS.c.claim_id.in_(some)))


def touch_documents(connection: Connection, documents: Iterable[str]) -> list[str]:
    """The incidents that documents tell of; gives their ids."""
    found: set[str] = set()
    for some in _parts(sorted(set(documents))):
        read = select(CLAIMS.c.claim_id).join(READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id)
        entered = select(ENTERED.c.entry_id).where(ENTERED.c.document_id.in_(some))
        of = or_(
            INCIDENT_CLAIMS.c.claim_id.in_(read.where(READINGS.c.document_id.in_(some))),
            INCIDENT_CLAIMS.c.claim_id.in_(entered),
        )
        found |= _touch(connection, select(INCIDENT_CLAIMS.c.incident_id).where(of))
    return sorted(found)


def touch_reread(connection: Connection, since: int) -> None:
    """Reports that were read, or read again: they are indexed anew, and their incidents' titles may be others."""
    documents = connection.execute(
        select(READINGS.c.document_id).distinct().where(READINGS.c.sequence > since)
    ).scalars()
    found = documents.all()
    touch_search(connection, found)
    if since:
        touch_documents(connection, found)


def touch_search(connection: Connection, documents: Iterable[str]) -> None:
    """Reports whose words are to be indexed anew."""
    for document in sorted(set(documents)):
        add_new(connection, SEARCH_TOUCHED, {"document_id": document})


def known_documents(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Those of some ids that are documents."""
    found: list[str] = []
    for some in _parts(ids):
        found += connection.execute(select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.document_id.in_(some))).scalars()
    return found


def take_touched(connection: Connection, table: Table, most: int) -> list[str]:
    """Some ids that are to be made anew, no longer noted."""
    (column,) = table.primary_key.columns
    ids = list(connection.execute(select(column).order_by(column).limit(most)).scalars())
    for some in _parts(ids):
        connection.execute(delete(table).where(column.in_(some)))
    return ids


def _touch(connection: Connection, incidents: Select[Any]) -> set[str]:
    ids = {each for each in connection.execute(incidents.distinct()).scalars() if each}
    known: set[str] = set()
    for some in _parts(sorted(ids)):
        noted = select(SHOWN_TOUCHED.c.incident_id).where(SHOWN_TOUCHED.c.incident_id.in_(some))
        known |= set(connection.execute(noted).scalars())
    if fresh := [{"incident_id": each} for each in sorted(ids - known)]:
        connection.execute(insert(SHOWN_TOUCHED), fresh)
    return ids


def _heads(connection: Connection) -> dict[str, int]:
    row = connection.execute(_HEADS).mappings().one()
    return {name: row[name] or 0 for name in _PROGRESS}


def _count(table: Table) -> Select[int]:
    some = select(*table.primary_key.columns).limit(MOST_COUNTED).subquery()
    return select(func.count()).select_from(some)


_STATE = select(SHOWN_STATE)
_HEADS = select(*(select(func.max(column)).scalar_subquery().label(name) for name, column in _PROGRESS.items()))
_BEHIND, _UNREAD = _count(SHOWN_TOUCHED), _count(SEARCH_TOUCHED)


def _parts(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + MOST_NAMED] for start in range(0, len(ids), MOST_NAMED))
