"""Which replies there are: a person's own, the public ones, those that wait; and what stands beside them.

Who may not see what a reply stands on sees no reply to it: every public question carries the condition, of the subject and of the words pointed at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
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
from harmledger.store.access import may_see, may_see_claim
from harmledger.store.incidents import linked_now
from harmledger.store.lookup import MOST_NAMED
from harmledger.store.replies import ALL, event_of, get_reply, reply_of
from harmledger.store.schema import CLAIMS, DECISIONS, DOCUMENTS, ENTERED, INCIDENT_CLAIMS, INCIDENT_POINTERS
from harmledger.store.schema_replies import (
    REPLIERS,
    REPLIES,
    REPLY_CREDITS,
    REPLY_EVENTS,
    REPLY_LABELS,
    REPLY_SOURCES,
)

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
    seen = ALL.where(REPLIES.c.reply_id == reply.reply_id, _PUBLIC_NOW, _may_see_reply(viewer))
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
    here = or_(REPLIES.c.subject.in_(_old_ids(connection, subject)), REPLIES.c.subject.in_(_claims_of(subject)))
    seen = ALL.where(here, _PUBLIC_NOW, _may_see_reply(viewer))
    return _replies(connection, seen.order_by(REPLIES.c.published, REPLIES.c.reply_id))


def list_published(
    connection: Connection, viewer: Viewer = PUBLIC, *, before: tuple[datetime, str] | None = None, most: int = 50
) -> Sequence[Reply]:
    """Public replies to anything the viewer may see, the last first, for feeds and lists; `before` is the last one's (published, reply_id). Raw, as above."""
    seen = ALL.where(_PUBLIC_NOW, _may_see_reply(viewer))
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


def credits_of(connection: Connection, subjects: Collection[str]) -> Sequence[ReplyCredit]:
    """Replies that led to decisions on these claims, entries or documents, for the record's log of changes."""
    named = sorted(subjects)
    parts = (named[start : start + MOST_NAMED] for start in range(0, len(named), MOST_NAMED))
    found = (
        _credit(row) for part in parts for row in connection.execute(_CREDITS.where(DECISIONS.c.subject.in_(part)))
    )
    return sorted(found, key=lambda each: (each.when, each.reply_id))


_CREDITS = (
    select(
        REPLY_CREDITS, REPLIES.c.reference, REPLIES.c.kind, REPLIES.c.state, REPLIERS.c.pseudonym, DECISIONS.c.subject
    )
    .join(REPLIES, REPLIES.c.reply_id == REPLY_CREDITS.c.reply_id)
    .join(DECISIONS, DECISIONS.c.decision_id == REPLY_CREDITS.c.decision_id)
    .outerjoin(REPLIERS, REPLIERS.c.replier_id == REPLIES.c.replier_id)
)


def _credit(row: Any) -> ReplyCredit:
    return ReplyCredit(
        reply_id=row.reply_id,
        reference=row.reference,
        pseudonym=row.pseudonym or "" if row.state == ReplyState.PUBLISHED.value else "",
        kind=ReplyKind(row.kind),
        decision_id=row.decision_id,
        decided_on=row.subject,
        when=row.when,
    )


def count_states(connection: Connection) -> Mapping[ReplyState, int]:
    """How many replies that were sent stand how; of every state, also where there is none. Public."""
    rows = connection.execute(select(REPLIES.c.state, func.count().label("number")).group_by(REPLIES.c.state))
    return {**dict.fromkeys(KEPT_STATES, 0), **{ReplyState(row.state): row.number for row in rows}}


# --- which are of a subject, and who may see them ---------------------------------------------------------------------


def _old_ids(connection: Connection, subject: ReplySubject) -> list[str]:
    """The subject's id, and those of incidents that were merged into it: what was said to them is said to it."""
    found, new = [subject.id], [subject.id]
    while new and subject.kind is ReplySubjectKind.INCIDENT:
        merged = select(INCIDENT_POINTERS.c.incident_id).where(INCIDENT_POINTERS.c.onward_id.in_(new))
        rows = connection.execute(merged.where(INCIDENT_POINTERS.c.why == "merged")).scalars()
        new = [each for each in dict.fromkeys(rows) if each not in found]
        found += new
    return found


def _claims_of(subject: ReplySubject) -> Select[Any]:
    """Ids of the claims, read and entered, that stand in the subject."""
    match subject.kind:
        case ReplySubjectKind.INCIDENT:
            return select(INCIDENT_CLAIMS.c.claim_id).where(INCIDENT_CLAIMS.c.incident_id == subject.id, linked_now())
        case ReplySubjectKind.DOCUMENT:
            read = select(CLAIMS.c.claim_id).where(CLAIMS.c.document_id == subject.id)
            entered = select(ENTERED.c.entry_id).where(ENTERED.c.document_id == subject.id)
            return select(union_all(read, entered).subquery().c[0])
        case ReplySubjectKind.CLAIM:
            return select(CLAIMS.c.claim_id).where(CLAIMS.c.claim_id == subject.id)


def _may_see_reply(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that what a reply stands on may be seen: the subject, and the document of the words that it points at."""
    kind, subject = REPLIES.c.subject_kind, REPLIES.c.subject
    there = exists().where(DOCUMENTS.c.document_id == subject, may_see(viewer, DOCUMENTS.c.document_id))
    member = exists().where(
        INCIDENT_CLAIMS.c.incident_id == subject, _sees_claim(viewer, INCIDENT_CLAIMS.c.claim_id)
    )  # whoever could see it once may: an incident that was merged still has its replies
    stands = case(
        (kind == ReplySubjectKind.DOCUMENT.value, there),
        (kind == ReplySubjectKind.CLAIM.value, _sees_claim(viewer, subject)),
        else_=member,
    )
    return and_(stands, or_(REPLIES.c.document_id.is_(None), may_see(viewer, REPLIES.c.document_id)))


def _sees_claim(viewer: Viewer, claim: ColumnElement[Any]) -> ColumnElement[bool]:
    entry = exists().where(ENTERED.c.entry_id == claim, may_see(viewer, ENTERED.c.document_id))
    return or_(may_see_claim(viewer, claim), entry)


def _replies(connection: Connection, wanted: Select[Any]) -> list[Reply]:
    return [reply_of(row) for row in connection.execute(wanted).mappings()]
