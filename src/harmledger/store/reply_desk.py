"""What moderators ask: which replies wait, one reply with all that is known of it, which corrections no decision answered yet.

Every question carries the condition of who may see what a reply stands on. None gives a network address or a mail address.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, not_, or_, select

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
from harmledger.store.schema_replies import REPLIES, REPLY_SOURCES, REPLY_VERDICTS

READ_STATES = (ReplyState.HELD, ReplyState.PUBLISHED, ReplyState.REFUSED, ReplyState.SPAM)
"""What moderators read; what its writer took back or erased they don't."""
MOST_LISTED = 1_000
_READ = REPLIES.c.state.in_([state.value for state in READ_STATES])
_APPEALED = and_(REPLIES.c.appealed, ~REPLIES.c.ruled)
"""Its writer asks to look again, and nobody did."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An address that a reply named, whether or not it still waits to be read."""

    url: str
    done: datetime | None
    done_by: str | None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which replies a moderator's program asks for."""

    state: ReplyState
    kind: ReplyKind | None = None
    subject: str | None = None
    appeals: bool | None = None
    """Those alone whose writer asks to look again, and on which nobody ruled since; False: all others."""


def list_in_order(
    connection: Connection, viewer: Viewer, wanted: Wanted, *, after: str | None, most: int
) -> Sequence[Reply]:
    """Replies in a state, the oldest first, behind the one of that reference: whatever is ruled on between two pages, none is passed over.

    Raises:
        NotFound: the viewer knows no reply of that reference.
    """
    asked = ALL.where(REPLIES.c.state == wanted.state.value, may_see_reply(viewer))
    if wanted.kind:
        asked = asked.where(REPLIES.c.kind == wanted.kind.value)
    if wanted.subject:
        asked = asked.where(REPLIES.c.subject == wanted.subject)
    if wanted.appeals is not None:
        asked = asked.where(_APPEALED if wanted.appeals else not_(_APPEALED))
    if after:
        asked = asked.where(_is_behind(connection, viewer, after))
    rows = connection.execute(asked.order_by(REPLIES.c.made, REPLIES.c.reply_id).limit(most)).mappings()
    return [reply_of(row) for row in rows]


def _is_behind(connection: Connection, viewer: Viewer, reference: str) -> ColumnElement[bool]:
    """The condition of coming later than a reply, however that stands by now."""
    place = select(REPLIES.c.made, REPLIES.c.reply_id).where(REPLIES.c.reference == reference, may_see_reply(viewer))
    found = connection.execute(place).first()
    if found is None:
        raise NotFound("`after` is the number of no reply here: begin without it", reference, "list anew")
    same = and_(REPLIES.c.made == found.made, REPLIES.c.reply_id > found.reply_id)
    return or_(REPLIES.c.made > found.made, same)


def count_appeals(connection: Connection, viewer: Viewer) -> int:
    """How many that wait are appeals."""
    waiting = (REPLIES.c.state == ReplyState.HELD.value, _APPEALED, may_see_reply(viewer))
    return connection.execute(select(func.count()).select_from(REPLIES).where(*waiting)).scalar_one()


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


def find_source(connection: Connection, reply_id: str) -> Source | None:
    """The address that a reply put on the reading queue; None where it named none."""
    mine = select(REPLY_SOURCES.c.url, REPLY_SOURCES.c.done, REPLY_SOURCES.c.done_by)
    row = connection.execute(mine.where(REPLY_SOURCES.c.reply_id == reply_id)).mappings().first()
    return None if row is None else Source(**row)


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
    asked = case((_APPEALED, 0), (~REPLIES.c.ruled, 1), else_=2)
    return (*before, asked, REPLIES.c.made)
