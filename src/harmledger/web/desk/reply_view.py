"""A reply as one rules on it: its words, what it points at in its surroundings, what filters said, how its writer's other replies fared.

Comes in: a reply that the moderator may see. Goes out: what the page shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from harmledger.domain import Replier, Reply, ReplyEvent, ReplyKind, ReplyState, ReplySubjectKind
from harmledger.errors import NotFound
from harmledger.publish.segments import Mark, cut_segments, widen
from harmledger.reply.lifecycle import ReplyAction, may
from harmledger.store.desk import Queued, find_documents, find_home, get_fields, get_queued
from harmledger.store.entered import document_text
from harmledger.store.repliers import get_replier
from harmledger.store.reply_desk import Verdict, count_of_writer, find_credited, list_verdicts
from harmledger.store.reply_lists import list_events
from harmledger.web.desk.claim_view import AROUND, Excerpt
from harmledger.web.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    """What the page of one reply shows."""

    reply: Reply
    subject_path: str
    """Where what it replies to is read."""
    context: Excerpt | None
    """The words that it points at, in the report."""
    claim: Queued | None
    """The claim that it is about."""
    figure: tuple[str, str] | None
    """The value that is said to be wrong: its name, and what was read."""
    decide_path: str
    """Where a decision that it leads to is made; empty where it leads to none."""
    credited: bool
    verdicts: Sequence[Verdict]
    steps: Sequence[ReplyEvent]
    writer: Replier | None
    others: Mapping[ReplyState, int]
    """How many other replies of its writer stand how."""
    may: frozenset[str]
    """What can be ruled now."""


def look(visit: Visit, reply: Reply) -> ReplyView:
    """A reply for who moderates."""
    connection, target = visit.connection, reply.target
    claim_id = (target and target.claim_id) or (
        reply.subject.id if reply.subject.kind is ReplySubjectKind.CLAIM else None
    )
    claim = next(iter(get_queued(connection, visit.viewer, [claim_id])), None) if claim_id else None
    return ReplyView(
        reply=reply,
        subject_path=_subject_path(reply),
        context=_context(visit, reply),
        claim=claim,
        figure=_figure(visit, reply, claim),
        decide_path=_decide_path(visit, reply, claim_id),
        credited=bool(find_credited(connection, [reply.reply_id])),
        verdicts=list_verdicts(connection, reply.reply_id),
        steps=list_events(connection, reply.reply_id),
        writer=_writer(visit, reply),
        others=count_of_writer(connection, reply.replier_id, but=reply.reply_id) if reply.replier_id else {},
        may=frozenset(a.value for a in ReplyAction if may(reply, a, now=visit.site.now())),
    )


def _subject_path(reply: Reply) -> str:
    places = {
        ReplySubjectKind.INCIDENT: "/incidents/",
        ReplySubjectKind.CLAIM: "/claims/",
        ReplySubjectKind.DOCUMENT: "/reports/",
    }
    return f"{places[reply.subject.kind]}{quote(reply.subject.id)}"


def _decide_path(visit: Visit, reply: Reply, claim: str | None) -> str:
    """The task that a correction is: beside its sentence, or where what was missed is written down."""
    if reply.kind is not ReplyKind.CORRECTION:
        return ""
    if claim and find_home(visit.connection, visit.viewer, claim):
        return f"/desk/claims/{claim}?reply={reply.reference}"
    document = reply.target.document_id if reply.target else None
    return f"/desk/documents/{document}?reply={reply.reference}" if document else ""


def _context(visit: Visit, reply: Reply) -> Excerpt | None:
    target = reply.target
    if target is None or target.start is None or target.end is None or target.document_id is None:
        return None
    if target.document_id not in find_documents(visit.connection, visit.viewer, [target.document_id]):
        return None
    text = document_text(visit.connection, target.document_id) or ""
    if not 0 <= target.start < target.end <= len(text):
        return None
    first, last = widen(text, target.start, target.end, around=AROUND)
    mark = Mark(start=target.start, end=target.end, key="claim", label="said to be wrong")
    return Excerpt(start=first, segments=cut_segments(text, first, last, [mark]))


def _figure(visit: Visit, reply: Reply, claim: Queued | None) -> tuple[str, str] | None:
    if reply.target is None or reply.target.field is None or claim is None:
        return None
    fields = get_fields(visit.connection, [claim.waiting.claim_id]).get(claim.waiting.claim_id, {})
    value = fields.get(reply.target.field)
    return reply.target.field, "not stated" if value is None else str(value).replace("_", " ")


def _writer(visit: Visit, reply: Reply) -> Replier | None:
    try:
        return get_replier(visit.connection, reply.replier_id) if reply.replier_id else None
    except NotFound:
        return None
