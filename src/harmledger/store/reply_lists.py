"""Which replies there are: a person's own, the public ones, those that wait; and what stands beside them.

Who may not see what a reply stands on sees no reply to it: every public question carries the condition, of the subject and of the words pointed at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    union_all,
)

from harmledger.domain import (
    PUBLIC,
    Decision,
    HoldReason,
    QueuedSource,
    Reply,
    ReplyCredit,
    ReplyEvent,
    ReplyKind,
    ReplyLabel,
    ReplyState,
    ReplySubject,
    ReplySubjectKind,
    Viewer,
)
from harmledger.errors import NotFound
from harmledger.review.chain import parse_decision
from harmledger.store.access import may_see, may_see_claim
from harmledger.store.incidents import linked_now
from harmledger.store.lookup import MOST_NAMED
from harmledger.store.replies import ALL, event_of, get_reply, reply_of
from harmledger.store.reply_credits import find_undone
from harmledger.store.schema import CLAIMS, DECISIONS, DOCUMENTS, ENTERED, INCIDENT_CLAIMS, INCIDENT_POINTERS
from harmledger.store.schema_replies import (
    REPLIERS,
    REPLIES,
    REPLY_CREDITS,
    REPLY_EVENTS,
    REPLY_LABELS,
    REPLY_SOURCES,
)

MOST_VIEWERS = 64
_SUBJECT: ColumnElement[str] = bindparam("subject", type_=Text)
_PUBLIC_NOW = REPLIES.c.state == ReplyState.PUBLISHED.value
KEPT_STATES = tuple(state for state in ReplyState if state is not ReplyState.DRAFT)
"""How a reply that was sent may stand."""
_OPEN_SOURCES = (ReplyState.HELD.value, ReplyState.PUBLISHED.value)


def get_own(connection: Connection, wanted: str, replier_id: str) -> Reply:
    """One's own reply of that id or reference: others' are not found.

    Raises:
        NotFound: there is none.
    """
    reply = get_reply(connection, wanted)
    if reply.replier_id is None or reply.replier_id != replier_id:
        raise NotFound("there is no such reply", "its number", "check it")
    return reply


def get_published(connection: Connection, wanted: str, viewer: Viewer = PUBLIC) -> Reply:
    """A public reply that stands on what the viewer may see.

    Raises:
        NotFound: there is none.
    """
    reply = get_reply(connection, wanted)
    seen = ALL.where(REPLIES.c.reply_id == reply.reply_id, _PUBLIC_NOW, may_see_reply(viewer))
    if connection.execute(seen).first() is None:
        raise NotFound("there is no such reply", "its number", "check it")
    return reply


def list_own(connection: Connection, replier_id: str) -> Sequence[Reply]:
    """All replies of a person, the last first."""
    return _replies(connection, ALL.where(REPLIES.c.replier_id == replier_id).order_by(REPLIES.c.made.desc()))


def list_public(connection: Connection, subject: ReplySubject, viewer: Viewer = PUBLIC) -> Sequence[Reply]:
    """The public replies to one incident, claim or document, the first first; of an incident or document its claims' too.

    Raw: names that are withheld since stand in them. Whoever shows them passes text, pseudonym, address and target through the
    `Withholding` (`store.withheld.load_withholding`), and the text through `reply.markdown.render_markdown` after that.
    """
    return [reply for reply, _ in list_beside(connection, subject, viewer, most=None)]


def list_beside(
    connection: Connection, subject: ReplySubject, viewer: Viewer, *, most: int | None
) -> Sequence[tuple[Reply, bool]]:
    """The same, the first `most` of them, each with whether it led to a decision. One question."""
    wanted = _beside_question(subject.kind, viewer)
    rows = connection.execute(wanted.limit(most) if most else wanted, {"subject": subject.id}).mappings()
    return [(reply_of(row), row["credited"]) for row in rows]


def list_led_to(
    connection: Connection, replies: Collection[str], viewer: Viewer
) -> Mapping[str, Sequence[tuple[Decision, bool]]]:
    """By reply, the decisions that it led to on what the viewer may see, each with whether it was undone."""
    seen = or_(_sees_claim(viewer, DECISIONS.c.subject), _sees_report(viewer, DECISIONS.c.subject))
    wanted = select(REPLY_CREDITS.c.reply_id, DECISIONS).join(DECISIONS).order_by(DECISIONS.c.sequence)
    found: dict[str, list[tuple[Decision, bool]]] = {}
    rows = connection.execute(wanted.where(REPLY_CREDITS.c.reply_id.in_(sorted(replies)), seen)).mappings().all()
    undone = find_undone(connection, [row["subject"] for row in rows])
    for row in rows:
        found.setdefault(row["reply_id"], []).append((parse_decision(row), row["decision_id"] in undone))
    return found


def list_published(
    connection: Connection, viewer: Viewer = PUBLIC, *, before: tuple[datetime, str] | None = None, most: int = 50
) -> Sequence[Reply]:
    """Public replies to anything the viewer may see, the last first, for feeds and lists; `before` is the last one's (published, reply_id). Raw, as above."""
    seen = ALL.where(_PUBLIC_NOW, may_see_reply(viewer))
    if before:
        when, last = before
        same = and_(REPLIES.c.published == when, REPLIES.c.reply_id < last)
        seen = seen.where(or_(REPLIES.c.published < when, same))
    return _replies(connection, seen.order_by(REPLIES.c.published.desc(), REPLIES.c.reply_id.desc()).limit(most))


def list_queue(
    connection: Connection,
    *,
    states: Collection[ReplyState] = (ReplyState.HELD,),
    hold: HoldReason | None = None,
    skipped: int = 0,
    most: int = 50,
) -> Sequence[Reply]:
    """What waits for a moderator: appeals first, then what nobody has ruled on, the oldest first."""
    asked = case((and_(REPLIES.c.appealed, ~REPLIES.c.ruled), 0), (~REPLIES.c.ruled, 1), else_=2)
    wanted = ALL.where(REPLIES.c.state.in_([state.value for state in states]))
    if hold:
        wanted = wanted.where(cast(REPLIES.c.holds, Text).contains(f'"{hold.value}"'))
    return _replies(connection, wanted.order_by(asked, REPLIES.c.made, REPLIES.c.reply_id).limit(most).offset(skipped))


def list_events(connection: Connection, reply_id: str) -> Sequence[ReplyEvent]:
    """A reply's steps, in order."""
    steps = select(REPLY_EVENTS).where(REPLY_EVENTS.c.reply_id == reply_id).order_by(REPLY_EVENTS.c.sequence)
    return [event_of(row) for row in connection.execute(steps).mappings()]


def list_sources(connection: Connection) -> Sequence[QueuedSource]:
    """The reading queue: addresses that replies which wait or are public name, the oldest first. None is fetched."""
    waiting = (
        select(REPLY_SOURCES, REPLIES.c.reference, REPLIES.c.subject_kind, REPLIES.c.subject, REPLIES.c.state)
        .join(REPLIES)
        .where(REPLY_SOURCES.c.done.is_(None), REPLIES.c.state.in_(_OPEN_SOURCES))
        .order_by(REPLY_SOURCES.c.made, REPLY_SOURCES.c.reply_id)
    )
    return [
        QueuedSource(
            reply_id=row.reply_id,
            reference=row.reference,
            url=row.url,
            subject=ReplySubject(kind=ReplySubjectKind(row.subject_kind), id=row.subject),
            state=ReplyState(row.state),
            made=row.made,
        )
        for row in connection.execute(waiting)
    ]


def list_labels(connection: Connection) -> Sequence[ReplyLabel]:
    """What moderators' decisions teach the filter, the oldest first."""
    labels = select(REPLY_LABELS).order_by(REPLY_LABELS.c.when, REPLY_LABELS.c.reply_id)
    return [ReplyLabel(reply_id=r.reply_id, text=r.text, spam=r.spam, when=r.when) for r in connection.execute(labels)]


def credits_of(connection: Connection, subjects: Collection[str], viewer: Viewer = PUBLIC) -> Sequence[ReplyCredit]:
    """Replies that led to decisions on these claims, entries or documents, for the record's log of changes; of those that the viewer may see."""
    named = sorted(subjects)
    parts = (named[start : start + MOST_NAMED] for start in range(0, len(named), MOST_NAMED))
    rows = [
        row
        for part in parts
        for row in connection.execute(_CREDITS.where(DECISIONS.c.subject.in_(part), may_see_reply(viewer)))
    ]
    undone = find_undone(connection, [row.subject for row in rows])
    found = (_credit(row, undone) for row in rows)
    return sorted(found, key=lambda each: (each.when, each.reply_id))


_CREDITS = (
    select(
        REPLY_CREDITS, REPLIES.c.reference, REPLIES.c.kind, REPLIES.c.state, REPLIERS.c.pseudonym, DECISIONS.c.subject
    )
    .join(REPLIES, REPLIES.c.reply_id == REPLY_CREDITS.c.reply_id)
    .join(DECISIONS, DECISIONS.c.decision_id == REPLY_CREDITS.c.decision_id)
    .outerjoin(REPLIERS, REPLIERS.c.replier_id == REPLIES.c.replier_id)
)


def _credit(row: Any, undone: Collection[str]) -> ReplyCredit:
    return ReplyCredit(
        reply_id=row.reply_id,
        reference=row.reference,
        pseudonym=row.pseudonym or "" if row.state == ReplyState.PUBLISHED.value else "",
        kind=ReplyKind(row.kind),
        decision_id=row.decision_id,
        decided_on=row.subject,
        undone=row.decision_id in undone,
        when=row.when,
    )


def count_states(connection: Connection) -> Mapping[ReplyState, int]:
    """How many replies that were sent stand how; of every state, also where there is none. Public."""
    rows = connection.execute(select(REPLIES.c.state, func.count().label("number")).group_by(REPLIES.c.state))
    return {**dict.fromkeys(KEPT_STATES, 0), **{ReplyState(row.state): row.number for row in rows}}


# --- which are of a subject, and who may see them ---------------------------------------------------------------------


@lru_cache(maxsize=MOST_VIEWERS)
def _beside_question(kind: ReplySubjectKind, viewer: Viewer) -> Select[Any]:
    """Asked with every page of the record, so built once for each viewer."""
    credited = exists().where(REPLY_CREDITS.c.reply_id == REPLIES.c.reply_id).label("credited")
    here = or_(REPLIES.c.subject.in_(_itself(kind)), REPLIES.c.subject.in_(_claims_of(kind)))
    seen = ALL.add_columns(credited).where(here, _PUBLIC_NOW, may_see_reply(viewer))
    return seen.order_by(REPLIES.c.published, REPLIES.c.reply_id)


def _itself(kind: ReplySubjectKind) -> Select[Any]:
    """The subject's id, and those of incidents that were merged into it: what was said to them is said to it."""
    subject = select(cast(_SUBJECT, INCIDENT_POINTERS.c.onward_id.type).label("id"))
    if kind is not ReplySubjectKind.INCIDENT:
        return subject
    found = subject.cte("merged", recursive=True)
    merged = select(INCIDENT_POINTERS.c.incident_id).where(
        INCIDENT_POINTERS.c.onward_id == found.c.id, INCIDENT_POINTERS.c.why == "merged"
    )
    return select(found.union(merged).c.id)


def _claims_of(kind: ReplySubjectKind) -> Select[Any]:
    """Ids of the claims, read and entered, that stand in the subject."""
    match kind:
        case ReplySubjectKind.INCIDENT:
            return select(INCIDENT_CLAIMS.c.claim_id).where(INCIDENT_CLAIMS.c.incident_id == _SUBJECT, linked_now())
        case ReplySubjectKind.DOCUMENT:
            read = select(CLAIMS.c.claim_id).where(CLAIMS.c.document_id == _SUBJECT)
            entered = select(ENTERED.c.entry_id).where(ENTERED.c.document_id == _SUBJECT)
            return select(union_all(read, entered).subquery().c[0])
        case ReplySubjectKind.CLAIM:
            return select(CLAIMS.c.claim_id).where(CLAIMS.c.claim_id == _SUBJECT)


def may_see_reply(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that what a reply stands on may be seen: the subject, and the document of the words that it points at."""
    kind, subject = REPLIES.c.subject_kind, REPLIES.c.subject
    there = _sees_report(viewer, subject)
    member = exists().where(
        INCIDENT_CLAIMS.c.incident_id == subject, _sees_claim(viewer, INCIDENT_CLAIMS.c.claim_id)
    )  # whoever could see it once may: an incident that was merged still has its replies
    stands = case(
        (kind == ReplySubjectKind.DOCUMENT.value, there),
        (kind == ReplySubjectKind.CLAIM.value, _sees_claim(viewer, subject)),
        else_=member,
    )
    return and_(stands, or_(REPLIES.c.document_id.is_(None), may_see(viewer, REPLIES.c.document_id)))


def _sees_report(viewer: Viewer, document: ColumnElement[Any]) -> ColumnElement[bool]:
    return exists().where(DOCUMENTS.c.document_id == document, may_see(viewer, DOCUMENTS.c.document_id))


def _sees_claim(viewer: Viewer, claim: ColumnElement[Any]) -> ColumnElement[bool]:
    entry = exists().where(ENTERED.c.entry_id == claim, may_see(viewer, ENTERED.c.document_id))
    return or_(may_see_claim(viewer, claim), entry)


def _replies(connection: Connection, wanted: Select[Any]) -> list[Reply]:
    return [reply_of(row) for row in connection.execute(wanted).mappings()]
