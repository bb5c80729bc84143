"""How far what is shown has come behind the record, and what changed since: incidents to be worked out anew, reports to be indexed anew.

What changed is noted in tables, so that whoever brings it up to date may be killed at any moment, and go on later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, bindparam, delete, exists, func, insert, or_, select, update

from harmledger.domain import ShownState
from harmledger.store.adding import add_new
from harmledger.store.changes import note_change
from harmledger.store.lookup import MOST_NAMED
from harmledger.store.schema import (
    CAPTURES,
    CLAIMS,
    DECISIONS,
    DOCUMENTS,
    ECHOES,
    ENTERED,
    INCIDENT_CLAIMS,
    LINKINGS,
    READINGS,
)
from harmledger.store.schema_fetched import FETCHES
from harmledger.store.schema_shown import SEARCH_TOUCHED, SHOWN_STATE, SHOWN_TOUCHED

MOST_COUNTED = 10_000
"""What is behind is counted so far: more is told as that many."""
CAME_BACK = "came-back"
"""What a change is called by which an earlier text stands at its page again: no reading tells of it."""
_PROGRESS = {
    "linkings": LINKINGS.c.linking,
    "decisions": DECISIONS.c.sequence,
    "readings": READINGS.c.sequence,
    "fetches": FETCHES.c.sequence,
}


def get_state(connection: Connection) -> ShownState:
    """How far what is shown has come; counting in what wasn't looked at yet."""
    row = connection.execute(_STATE).mappings().first()
    seen: dict[str, Any] = dict(row) if row else {"version": 0, "made": None}
    there = _heads(connection)
    fresh = any(there[name] > seen.get(name, 0) for name in ("linkings", "decisions"))
    unread = any(there[name] > seen.get(name, 0) for name in ("readings", "fetches"))
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
    """Reports that were read, or read again: they are indexed anew, and their incidents' titles may be others. Those that an earlier version of
    such a page tells of may have lost its figures.
    """
    documents = connection.execute(
        select(READINGS.c.document_id).distinct().where(READINGS.c.sequence > since)
    ).scalars()
    found = documents.all()
    touch_search(connection, found)
    if since:
        touch_documents(connection, {*found, *list_versions_beside(connection, found)})


def touch_fetched(connection: Connection, since: int) -> None:
    """Pages at which an earlier text was found again: it stands once more, and what replaced it no longer does."""
    rows = connection.execute(_FETCHED, {"since": since}).all()
    touch_put_back(connection, sorted({row.document_id for row in rows if row.before not in {None, row.document_id}}))


def touch_put_back(connection: Connection, documents: Sequence[str]) -> None:
    """Reports that stand again at a page that said something else meanwhile, and its other versions."""
    for document in documents:
        note_change(connection, CAME_BACK, document)
    touch_search(connection, documents)
    touch_documents(connection, {*documents, *list_versions_beside(connection, documents)})


def list_versions_beside(connection: Connection, documents: Iterable[str]) -> set[str]:
    """The other versions of the pages that these documents stood at, whoever may see them."""
    found: set[str] = set()
    for some in _parts(sorted(set(documents))):
        found |= set(connection.execute(_BESIDE, {"ids": some}).scalars())
    return found


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


_OWN, _OTHER, _EARLIER = CAPTURES.alias("own"), CAPTURES.alias("other"), FETCHES.alias("earlier")
_SAME_PAGE = and_(_OTHER.c.page_id == _OWN.c.page_id, _OTHER.c.document_id != _OWN.c.document_id)
_BESIDE = (
    select(_OTHER.c.document_id)
    .distinct()
    .join(_OWN, _SAME_PAGE)
    .where(_OWN.c.document_id.in_(bindparam("ids", expanding=True)))
)
_BEFORE = (
    select(_EARLIER.c.document_id)
    .where(
        _EARLIER.c.url == FETCHES.c.url,
        _EARLIER.c.sequence < FETCHES.c.sequence,
        _EARLIER.c.document_id.is_not(None),
    )
    .order_by(_EARLIER.c.sequence.desc())
    .limit(1)
    .scalar_subquery()
)
_FETCHED = select(FETCHES.c.document_id, _BEFORE.label("before")).where(
    FETCHES.c.sequence > bindparam("since"),
    FETCHES.c.document_id.is_not(None),
    exists().where(_OWN.c.document_id == FETCHES.c.document_id, _SAME_PAGE),
)
"""Fetches since of pages that ever changed, and what the fetch before found there."""
_STATE = select(SHOWN_STATE)
_HEADS = select(*(select(func.max(column)).scalar_subquery().label(name) for name, column in _PROGRESS.items()))
_BEHIND, _UNREAD = _count(SHOWN_TOUCHED), _count(SEARCH_TOUCHED)


def _parts(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + MOST_NAMED] for start in range(0, len(ids), MOST_NAMED))
