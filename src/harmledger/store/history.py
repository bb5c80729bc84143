"""What changed in a ledger, in one order, from wherever a reader stopped.

Five logs are only ever added to, each numbered by the transaction that adds: readings, decisions, linkings, references, steps of replies. A place in the feed is a
place in each of them, so that what is committed late is never passed over; between logs, time decides. Places are told by ids that a reader
was given, not by numbers, which would tell how much there is that the reader may not see.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from harmledger.domain import ReplyState, Viewer
from harmledger.store.access import may_see
from harmledger.store.listed import KEPT_READY, may_see_decision
from harmledger.store.reply_lists import may_see_reply
from harmledger.store.schema import (
    CLAIMS,
    DECISIONS,
    ENTERED,
    INCIDENT_CLAIMS,
    INCIDENT_POINTERS,
    INCIDENTS,
    LINKINGS,
    READINGS,
    REFERENCES,
)
from harmledger.store.schema_replies import REPLIES, REPLY_EVENTS
from harmledger.store.seen import select_all

Place = Mapping[str, str]
"""Of each log the last entry that a reader was given; a log without one is read from its beginning."""


class ChangeKind(StrEnum):
    """What may happen to the record."""

    DOCUMENT_FILED = "document filed"
    READING_FILED = "reading filed"
    """A document that was read before was read again: its claims may be others."""
    DECISION_MADE = "decision made"
    INCIDENT_MINTED = "incident minted"
    INCIDENT_MERGED = "incident merged"
    INCIDENT_SPLIT = "incident split"
    CLAIM_MOVED = "claim moved"
    """Into an incident, or out of all."""
    REFERENCE_ADDED = "reference added"
    REPLY_PUBLISHED = "reply published"
    REPLY_GONE = "reply gone"
    """It is public no longer: taken back, erased, refused, or it waits again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that happened."""

    kind: ChangeKind
    when: datetime
    id: str
    """Of the document, decision, incident, claim or reference; of a reply its reference."""
    onward: str | None
    """Where it leads: the document of a reading, the subject of a decision, the incident that an incident or a claim went to,
    what a reply is to."""
    log: str
    place: str


def list_changes(connection: Connection, viewer: Viewer, since: Place, *, most: int) -> tuple[list[Change], Place]:
    """What follows a place, as the viewer may see it, and the place that it leads to."""
    logs = [_read(connection, viewer, since, most) for _read in _LOGS]
    changes = list(islice(heapq.merge(*logs, key=lambda change: (change.when, _ORDER[change.log])), most))
    return changes, {**since, **{change.log: change.place for change in changes}}


# --- readings, decisions, references: one row after another ----------------------------------------------------------


def _readings(connection: Connection, viewer: Viewer, since: Place, most: int) -> Iterator[Change]:
    at = _number(connection, READINGS, "reading_id", since.get("readings"))
    for row in connection.execute(_readings_after(viewer), {"at": at, "most": most}):
        kind = ChangeKind.READING_FILED if row.again else ChangeKind.DOCUMENT_FILED
        yield Change(kind=kind, when=row.filed, id=row.document_id, onward=None, log="readings", place=row.reading_id)


@lru_cache(maxsize=KEPT_READY)
def _readings_after(viewer: Viewer) -> Select[Any]:
    of, before = READINGS.c, READINGS.alias()
    again = exists().where(before.c.document_id == of.document_id, before.c.sequence < of.sequence)
    columns = select_all(of.reading_id, of.document_id, of.filed, again.label("again"))
    return _after(columns.where(may_see(viewer, of.document_id)), of.sequence)


def _decisions(connection: Connection, viewer: Viewer, since: Place, most: int) -> Iterator[Change]:
    after = _number(connection, DECISIONS, "decision_id", since.get("decisions"))
    for row in connection.execute(_decisions_after(viewer), {"at": after, "most": most}):
        when, at = datetime.fromisoformat(row.when), row.decision_id
        yield Change(kind=ChangeKind.DECISION_MADE, when=when, id=at, onward=row.subject, log="decisions", place=at)


@lru_cache(maxsize=KEPT_READY)
def _decisions_after(viewer: Viewer) -> Select[Any]:
    of = DECISIONS.c
    return _after(select_all(of.decision_id, of.when, of.subject).where(may_see_decision(viewer)), of.sequence)


def _references(connection: Connection, _viewer: Viewer, since: Place, most: int) -> Iterator[Change]:
    of = REFERENCES.c
    after = _number(connection, REFERENCES, "reference_id", since.get("references"))
    for row in connection.execute(
        _after(select_all(of.reference_id, of.added), of.sequence), {"at": after, "most": most}
    ):
        kind, at = ChangeKind.REFERENCE_ADDED, row.reference_id
        yield Change(kind=kind, when=row.added, id=at, onward=None, log="references", place=at)


def _replies(connection: Connection, viewer: Viewer, since: Place, most: int) -> Iterator[Change]:
    """Each time that one became public, or was so no longer. A place is a reply and which of its steps: no number tells how many others there are."""
    at = _step_number(connection, since.get("replies"))
    for row in connection.execute(_replies_after(viewer), {"at": at, "most": most}):
        kind = ChangeKind.REPLY_PUBLISHED if row.state == _PUBLIC else ChangeKind.REPLY_GONE
        place = f"{row.reference}:{row.nth}"
        yield Change(kind=kind, when=row.when, id=row.reference, onward=row.subject, log="replies", place=place)


_PUBLIC = ReplyState.PUBLISHED.value


@lru_cache(maxsize=KEPT_READY)
def _replies_after(viewer: Viewer) -> Select[Any]:
    of, before = REPLY_EVENTS.c, REPLY_EVENTS.alias()
    earlier = (before.c.reply_id == of.reply_id, before.c.sequence < of.sequence)
    was = select(before.c.state).where(*earlier).order_by(before.c.sequence.desc()).limit(1).scalar_subquery()
    nth = select(func.count()).select_from(before).where(*earlier).scalar_subquery()
    columns = select_all(of.sequence, of.when, of.state, REPLIES.c.reference, REPLIES.c.subject, nth.label("nth"))
    turned = or_(
        and_(of.state == _PUBLIC, func.coalesce(was, "") != _PUBLIC),
        and_(of.state != _PUBLIC, func.coalesce(was, "") == _PUBLIC),
    )
    joined = columns.join(REPLIES, REPLIES.c.reply_id == of.reply_id)
    return _after(joined.where(turned, may_see_reply(viewer)), of.sequence)


def _step_number(connection: Connection, place: str | None) -> int:
    reference, _, nth = (place or "").partition(":")
    if not reference:
        return 0
    steps = select(REPLY_EVENTS.c.sequence).join(REPLIES).where(REPLIES.c.reference == reference)
    found = connection.execute(steps.order_by(REPLY_EVENTS.c.sequence).limit(1).offset(int(nth))).scalar()
    return found or 0


def _after(question: Select[Any], number: Any) -> Select[Any]:
    return question.where(number > bindparam("at")).order_by(number).limit(bindparam("most"))


def _number(connection: Connection, table: Table, id: str, last: str | None) -> int:
    """Where an entry stands in its log; the beginning where there is none."""
    if last is None:
        return 0
    return connection.execute(select(table.c.sequence).where(table.c[id] == last)).scalar() or 0


# --- linkings: many rows at once -------------------------------------------------------------------------------------

_KINDS = {
    0: ChangeKind.INCIDENT_MINTED,
    1: ChangeKind.INCIDENT_MERGED,
    2: ChangeKind.INCIDENT_SPLIT,
    3: ChangeKind.CLAIM_MOVED,
}
"""The order of what one linking does."""


def _linkings(connection: Connection, viewer: Viewer, since: Place, most: int) -> Iterator[Change]:
    linking, rank, last, led_to = (since.get("linkings") or "0:-1::").split(":")
    at = {"linking": int(linking), "kind": int(rank), "id": last, "onward": led_to, "most": most}
    for row in connection.execute(_linkings_after(viewer), at):
        place = f"{row.linking}:{row.kind}:{row.id}:{row.onward}"
        kind, onward = _KINDS[row.kind], row.onward or None
        yield Change(kind=kind, when=row.filed, id=row.id, onward=onward, log="linkings", place=place)


@lru_cache(maxsize=KEPT_READY)
def _linkings_after(viewer: Viewer) -> Select[Any]:
    moved = _moves(viewer)
    every = union_all(_minted(viewer), *_led_on(viewer), moved).subquery()
    of = every.c
    here = tuple_(of.linking, of.kind, of.id, of.onward)
    asked: list[ColumnElement[Any]] = [bindparam(name) for name in ("linking", "kind", "id", "onward")]
    there = tuple_(*asked)
    question = select(every, LINKINGS.c.filed).join(LINKINGS, LINKINGS.c.linking == of.linking).where(here > there)
    return question.order_by(of.linking, of.kind, of.id, of.onward).limit(bindparam("most"))


def _minted(viewer: Viewer) -> Select[Any]:
    of = INCIDENTS.c
    columns = select_all(of.linking, literal(0).label("kind"), of.incident_id.label("id"), literal("").label("onward"))
    return columns.where(of.linking >= bindparam("linking"), _was_seen(viewer, of.incident_id))


def _led_on(viewer: Viewer) -> Iterator[Select[Any]]:
    of = INCIDENT_POINTERS.c
    for kind, why in ((1, "merged"), (2, "split")):
        columns = select_all(of.linking, literal(kind).label("kind"), of.incident_id.label("id"), of.onward_id)
        seen = and_(_was_seen(viewer, of.incident_id), _was_seen(viewer, of.onward_id))
        yield columns.where(of.linking >= bindparam("linking"), of.why == why, seen)


def _moves(viewer: Viewer) -> Select[Any]:
    of = INCIDENT_CLAIMS.c
    onward = func.coalesce(of.incident_id, "").label("onward")
    columns = select_all(of.linking, literal(3).label("kind"), of.claim_id.label("id"), onward)
    return columns.where(of.linking >= bindparam("linking"), _member_seen(viewer, of.claim_id))


def _was_seen(viewer: Viewer, incident: Any) -> Any:
    """A claim that the incident holds or ever held may be seen."""
    held = INCIDENT_CLAIMS.alias()
    return exists().where(held.c.incident_id == incident, _member_seen(viewer, held.c.claim_id))


def _member_seen(viewer: Viewer, claim: Any) -> Any:
    read, entry = CLAIMS.alias(), ENTERED.alias()
    return or_(
        exists().where(read.c.claim_id == claim, may_see(viewer, read.c.document_id)),
        exists().where(entry.c.entry_id == claim, may_see(viewer, entry.c.document_id)),
    )


_LOGS: tuple[Callable[[Connection, Viewer, Place, int], Iterator[Change]], ...] = (
    _readings,
    _references,
    _linkings,
    _decisions,
    _replies,
)
_ORDER = {"readings": 0, "references": 1, "linkings": 2, "decisions": 3, "replies": 4}
"""At one moment reports come before what is linked, that before what is decided, and that before what is written of it."""
