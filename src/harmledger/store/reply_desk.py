"""What moderators ask: which replies wait, one reply with all that is known of it, which corrections no decision answered yet.

Every question carries the condition of who may see what a reply stands on. None gives a network address or a mail address.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from harmledger.domain import (
    QueuedSource,
    Reply,
    ReplyKind,
    ReplyState,
    ReplySubjectKind,
    Viewer,
)
from harmledger.errors import NotFound
from harmledger.store.lookup import MOST_NAMED
from harmledger.store.replies import ALL, get_reply, reply_of
from harmledger.store.reply_credits import find_undone_credits, stands_credited
from harmledger.store.reply_lists import list_sources, may_see_reply
from harmledger.store.schema_replies import REPLIES, REPLY_VERDICTS

READ_STATES = (ReplyState.HELD, ReplyState.PUBLISHED, ReplyState.REFUSED, ReplyState.SPAM)
"""What moderators read; what its writer took back or erased they don't."""
MOST_LISTED = 1_000
_READ = REPLIES.c.state.in_([state.value for state in READ_STATES])
_OPEN = REPLIES.c.state.in_([ReplyState.HELD.value, ReplyState.PUBLISHED.value])


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one filter said of a reply."""

    when: datetime
    by: str
    """Its name and version."""
    decision: str
    score: float | None
    failed: bool
    reason: str | None


def list_desk(
    connection: Connection,
    viewer: Viewer,
    state: ReplyState,
    *,
    kind: ReplyKind | None = None,
    first: ReplyKind | None = None,
    skipped: int = 0,
    most: int = 50,
) -> Sequence[Reply]:
    """Replies in a state: of those that wait appeals first, then what nobody ruled on, the oldest first; else the latest first. `first`: before all others."""
    wanted = ALL.where(REPLIES.c.state == state.value, may_see_reply(viewer))
    if kind:
        wanted = wanted.where(REPLIES.c.kind == kind.value)
    ordered = wanted.order_by(*_order(state, first), REPLIES.c.reply_id)
    return [reply_of(row) for row in connection.execute(ordered.limit(most).offset(skipped)).mappings()]


def find_behind(
    connection: Connection,
    viewer: Viewer,
    reference: str,
    *,
    kind: ReplyKind | None = None,
    first: ReplyKind | None = None,
) -> str | None:
    """The reference of the reply that waits behind another; the first that isn't that where there is none."""
    wanted = select(REPLIES.c.reference).where(REPLIES.c.state == ReplyState.HELD.value, may_see_reply(viewer))
    if kind:
        wanted = wanted.where(REPLIES.c.kind == kind.value)
    ordered = wanted.order_by(*_order(ReplyState.HELD, first), REPLIES.c.reply_id).limit(MOST_LISTED)
    every = list(connection.execute(ordered).scalars())
    at = every.index(reference) + 1 if reference in every else 0
    return next((each for each in (*every[at:], *every[:at]) if each != reference), None)


def count_desk(connection: Connection, viewer: Viewer) -> Mapping[ReplyState, int]:
    """How many replies that the viewer may see stand how."""
    counted = select(REPLIES.c.state, func.count().label("number")).where(_READ, may_see_reply(viewer))
    rows = connection.execute(counted.group_by(REPLIES.c.state))
    return {**dict.fromkeys(READ_STATES, 0), **{ReplyState(row.state): row.number for row in rows}}


def get_seen(connection: Connection, viewer: Viewer, wanted: str) -> Reply:
    """The reply of that reference, for who moderates.

    Raises:
        NotFound: there is none, its writer took it back, or the viewer may not see what it stands on.
    """
    reply = get_reply(connection, wanted)
    seen = select(REPLIES.c.reply_id).where(REPLIES.c.reply_id == reply.reply_id, _READ, may_see_reply(viewer))
    if connection.execute(seen).first() is None:
        raise NotFound("there is no such reply", "its number", "check it")
    return reply


def list_verdicts(connection: Connection, reply_id: str) -> Sequence[Verdict]:
    """What filters said of a reply, in order."""
    said = select(REPLY_VERDICTS).where(REPLY_VERDICTS.c.reply_id == reply_id).order_by(REPLY_VERDICTS.c.sequence)
    names = ("when", "by", "decision", "score", "failed", "reason")
    return [Verdict(**{name: row[name] for name in names}) for row in connection.execute(said).mappings()]


def count_of_writer(connection: Connection, replier_id: str, *, but: str) -> Mapping[ReplyState, int]:
    """How a person's other replies stand: numbers alone, so whatever they were to."""
    mine = select(REPLIES.c.state, func.count().label("number")).where(
        REPLIES.c.replier_id == replier_id, REPLIES.c.reply_id != but
    )
    return {ReplyState(row.state): row.number for row in connection.execute(mine.group_by(REPLIES.c.state))}


def list_seen_sources(connection: Connection, viewer: Viewer) -> Sequence[QueuedSource]:
    """The reading queue, as far as the viewer may see what its replies stand on."""
    every = list_sources(connection)
    ids = [each.reply_id for each in every]
    seen: set[str] = set()
    for start in range(0, len(ids), MOST_NAMED):
        part = REPLIES.c.reply_id.in_(ids[start : start + MOST_NAMED])
        seen |= set(connection.execute(select(REPLIES.c.reply_id).where(part, may_see_reply(viewer))).scalars())
    return [each for each in every if each.reply_id in seen]


# --- corrections that are a task ------------------------------------------------------------------------------------


def list_corrected(connection: Connection, viewer: Viewer, *, most: int, skipped: int = 0) -> Sequence[Reply]:
    """Corrections that led to no decision yet, or to none that wasn't undone; the oldest first."""
    waiting = ALL.where(_is_task(connection), may_see_reply(viewer)).order_by(REPLIES.c.made, REPLIES.c.reply_id)
    return [reply_of(row) for row in connection.execute(waiting.limit(most).offset(skipped)).mappings()]


def count_corrected(connection: Connection, viewer: Viewer) -> int:
    """How many of these there are."""
    return connection.execute(
        select(func.count()).select_from(REPLIES).where(_is_task(connection), may_see_reply(viewer))
    ).scalar_one()


def list_corrections(connection: Connection, viewer: Viewer, *, document: str, claim: str | None) -> Sequence[Reply]:
    """Corrections beside a claim, or of words of a document that no claim stands on: those that wait or are public, the oldest first."""
    target: ColumnElement[Any] = REPLIES.c.target["claim_id"].as_string()
    if claim:
        here = or_(
            target == claim, and_(REPLIES.c.subject_kind == ReplySubjectKind.CLAIM.value, REPLIES.c.subject == claim)
        )
    else:
        of = or_(REPLIES.c.document_id == document, REPLIES.c.subject == document)
        here = and_(of, target.is_(None), REPLIES.c.subject_kind != ReplySubjectKind.CLAIM.value)
    wanted = ALL.where(REPLIES.c.kind == ReplyKind.CORRECTION.value, _OPEN, here, may_see_reply(viewer))
    rows = connection.execute(wanted.order_by(REPLIES.c.made, REPLIES.c.reply_id)).mappings()
    return [reply_of(row) for row in rows]


def find_credited(connection: Connection, replies: Collection[str]) -> frozenset[str]:
    """Which of these replies led to a decision already that wasn't undone."""
    led = select(REPLIES.c.reply_id).where(REPLIES.c.reply_id.in_(sorted(replies)))
    return frozenset(connection.execute(led.where(stands_credited(find_undone_credits(connection)))).scalars())


def _is_task(connection: Connection) -> ColumnElement[bool]:
    credited = stands_credited(find_undone_credits(connection))
    return and_(REPLIES.c.kind == ReplyKind.CORRECTION.value, _OPEN, ~credited)


def _order(state: ReplyState, first: ReplyKind | None) -> tuple[ColumnElement[Any], ...]:
    before: tuple[ColumnElement[Any], ...] = (case((REPLIES.c.kind == first.value, 0), else_=1),) if first else ()
    if state is not ReplyState.HELD:
        return (*before, REPLIES.c.made.desc())
    asked = case((and_(REPLIES.c.appealed, ~REPLIES.c.ruled), 0), (~REPLIES.c.ruled, 1), else_=2)
    return (*before, asked, REPLIES.c.made)
