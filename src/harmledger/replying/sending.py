"""A reply is sent or edited: looked at, kept, judged.

It is kept before the filter is asked, outside of any transaction: a filter may take its time, hang or break, and the reply waits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection

from harmledger.domain import (
    PUBLIC,
    HoldReason,
    Receipt,
    Reply,
    ReplyKind,
    ReplyState,
    ReplySubject,
    Sent,
    Target,
    Viewer,
    Written,
)
from harmledger.domain.spam import SpamDecision, SpamJudgement, SpamVerdict, Submission
from harmledger.errors import BadInput, Inconsistent, NotAllowed, SourceFailed
from harmledger.reply.checks import Known, check_written, find_holds
from harmledger.reply.copies import WITHIN, least_shared, shingle
from harmledger.reply.lifecycle import ReplyAction, advance, in_order, sticky
from harmledger.reply.spam import make_submission
from harmledger.reply.targets import locate
from harmledger.reply.told import tell_writer
from harmledger.review.fields import PARSERS
from harmledger.store.database import told_plainly
from harmledger.store.ledger import Ledger
from harmledger.store.replies import (
    add_event,
    add_reply,
    add_verdicts,
    change_reply,
    get_reply,
    has_copy,
    keep_network,
    keep_shingles,
    keep_source,
)
from harmledger.store.reply_bounds import WriterNow, ask_of_writer, count_steps
from harmledger.store.reply_lists import get_own
from harmledger.store.reply_targets import check_subject, list_passages
from harmledger.store.withheld import load_naming

A_DAY = timedelta(days=1)
MOST_A_DAY = 20
"""Replies of one person: who has more to say to a record says it in longer ones, or writes to its publisher."""
MOST_A_DAY_FROM = 200
"""From one network: a newsroom, a camp or a mobile network shares an address."""
MOST_EDITS = 10
"""Each asks the filter again."""
WRITER = "writer"
FILTER = "filter"
_ACTIONS = {
    SpamDecision.HAM: ReplyAction.CLEAR,
    SpamDecision.SPAM: ReplyAction.SUSPECT,
    SpamDecision.UNSURE: ReplyAction.DOUBT,
}
_TRAPPED = SpamVerdict(
    decision=SpamDecision.SPAM, by="hidden field", reason="a field that people don't see was filled in"
)


class Judge(Protocol):
    """The filter. Whatever it raises holds the reply; what takes too long is the caller's to bound."""

    def __call__(self, submission: Submission, /) -> SpamJudgement: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """What was written, looked at."""

    text: str
    url: str | None
    target: Target | None
    named: bool
    shingles: frozenset[int]
    """By what copies of it are known."""


def send_reply(ledger: Ledger, sent: Sent, *, judge: Judge, now: datetime) -> Receipt:
    """Keep a reply, and have it judged. `now` is when it came in.

    Raises:
        BadInput: it can't be a reply: too long, without words, its target doesn't stand there, its address is none; says what to change.
        NotFound: what it replies to isn't there, or may not be seen.
        NotAllowed: its writer is blocked, or sends too many. Nothing is kept then.
    """
    looked = _look(ledger, sent.subject, sent.kind, sent.written)
    with told_plainly(ledger.where), ledger.writing() as connection:
        writer = ask_of_writer(connection, sent.replier_id, since=now - A_DAY, address_hash=sent.address_hash)
        _check_bounds(writer)
        reply = _keep_new(connection, sent, looked, writer, now=now)
    return tell_writer(_have_judged(ledger, reply, sent.written, judge=judge, now=now))


def edit_reply(
    ledger: Ledger, reply_id: str, written: Written, *, replier_id: str, judge: Judge, now: datetime
) -> Receipt:
    """Replace a reply's words within 15 minutes of sending; it is looked at and judged as a new one.

    Raises:
        BadInput, NotFound, NotAllowed: as for a new one; also what is somebody else's is not found.
        Inconsistent: it is too late, the reply stands so that it can't be edited, or it was changed meanwhile.
    """
    with ledger.reading() as connection:
        before = get_own(connection, reply_id, replier_id)
        advance(before, ReplyAction.EDIT, now=now)
    looked = _look(ledger, before.subject, before.kind, written)
    with told_plainly(ledger.where), ledger.writing() as connection:
        writer = ask_of_writer(connection, replier_id, since=now - A_DAY, but=before.reply_id)
        _check_writer(writer)
        if count_steps(connection, before.reply_id, ReplyAction.EDIT) >= MOST_EDITS:
            what = f"a reply is edited {MOST_EDITS} times at most"
            raise NotAllowed(what, before.reference, "withdraw it, and send another")
        known = _known(connection, writer, looked, now=now, but=before.reply_id)
        reply = _keep_edited(connection, before, written, looked, known=known, now=now)
    return tell_writer(_have_judged(ledger, reply, written, judge=judge, now=now))


def find_target(connection: Connection, subject: ReplySubject, target: Target, viewer: Viewer = PUBLIC) -> Target:
    """Where the chosen words stand, with the document and claim in which they do.

    Raises:
        NotFound: what is replied to isn't there, or may not be seen.
        BadInput: the words don't stand there, or there is no such value.
    """
    check_subject(connection, subject, viewer)
    found = locate(target, list_passages(connection, subject, viewer))
    if found.field is not None and (found.field not in PARSERS or found.claim_id is None):
        what = "no value of a claim is called so there"
        raise BadInput(what, found.field[:40], f"choose one of {', '.join(PARSERS)}")
    return found


# --- looked at, and kept ---------------------------------------------------------------------------------------------


def _look(ledger: Ledger, subject: ReplySubject, kind: ReplyKind, written: Written) -> _Looked:
    """What was written as it will be kept, held against what may be seen."""
    text, url = check_written(kind, written)
    with ledger.reading() as connection:
        check_subject(connection, subject, written.viewer)
        target = written.target and find_target(connection, subject, written.target, written.viewer)
        naming = load_naming(connection)
    said = f"{text}\n{url or ''}"
    shingles = shingle(f"{text} {url or ''}")
    return _Looked(text=text, url=url, target=target, named=naming.text(said) != said, shingles=shingles)


def _check_writer(writer: WriterNow) -> None:
    if writer.is_blocked:
        what = "replies of yours are taken no longer"
        raise NotAllowed(what, "your reply", "what you sent can still be withdrawn, exported and erased")


def _check_bounds(writer: WriterNow) -> None:
    """Counted in the ledger, so that no restart forgets it; quicker floods are the site's to stop."""
    _check_writer(writer)
    if writer.sent >= MOST_A_DAY:
        raise NotAllowed(f"you sent {MOST_A_DAY} replies within a day", "your reply", "send it tomorrow")
    if writer.sent_from >= MOST_A_DAY_FROM:
        what = f"{MOST_A_DAY_FROM} replies came from your network within a day"
        raise NotAllowed(what, "your reply", "send it tomorrow")


def _keep_new(connection: Connection, sent: Sent, looked: _Looked, writer: WriterNow, *, now: datetime) -> Reply:
    known = _known(connection, writer, looked, now=now)
    columns: dict[str, Any] = {
        "replier_id": sent.replier_id,
        "subject_kind": sent.subject.kind,
        "subject": sent.subject.id,
        "kind": sent.kind,
        "holds": find_holds(sent.kind, looked.text, sent.written, known, now=now),
        **_said(sent.written, looked),
    }
    reply = add_reply(connection, columns, pseudonym=writer.pseudonym, now=now)
    if sent.address_hash:
        keep_network(connection, reply, sent.address_hash)
    _keep_beside(connection, reply, looked, now)
    add_event(connection, reply, ReplyAction.SEND, who=WRITER, now=now)
    return reply


def _keep_edited(
    connection: Connection, before: Reply, written: Written, looked: _Looked, *, known: Known, now: datetime
) -> Reply:
    """The new words over the old ones; what holds a reply whatever its writer does goes on holding it."""
    holds = {*find_holds(before.kind, looked.text, written, known, now=now), *sticky(before.holds)}
    state = advance(before, ReplyAction.EDIT, now=now)
    columns: dict[str, Any] = {
        "state": state,
        "holds": in_order(holds),
        "edited": now,
        "published": None,
        "ruled": False,
    }
    reply = change_reply(connection, before, {**columns, **_said(written, looked)})
    _keep_beside(connection, reply, looked, now)
    add_event(connection, reply, ReplyAction.EDIT, who=WRITER, now=now)
    return reply


def _said(written: Written, looked: _Looked) -> dict[str, Any]:
    return {"text": looked.text, "url": looked.url, "target": looked.target, "consent": written.consent}


def _known(
    connection: Connection, writer: WriterNow, looked: _Looked, *, now: datetime, but: str | None = None
) -> Known:
    least, since = least_shared(looked.shingles), now - WITHIN
    return Known(
        published=writer.published,
        repeated=has_copy(connection, looked.shingles, least=least, since=since, but=but),
        named=looked.named,
    )


def _keep_beside(connection: Connection, reply: Reply, looked: _Looked, now: datetime) -> None:
    keep_shingles(connection, reply, looked.shingles, now=now)
    keep_source(connection, reply, now=now)


# --- judged ----------------------------------------------------------------------------------------------------------


def _have_judged(ledger: Ledger, reply: Reply, written: Written, *, judge: Judge, now: datetime) -> Reply:
    """The reply after the filter was asked; as it was kept where that can't be noted."""
    trapped = HoldReason.TRAPPED in reply.holds
    judgement = SpamJudgement(verdicts=(_TRAPPED,)) if trapped else _ask(judge, reply, written)
    try:
        with told_plainly(ledger.where), ledger.writing() as connection:
            return _follow(connection, reply, judgement, now)
    except (SourceFailed, Inconsistent):
        return reply


def _ask(judge: Judge, reply: Reply, written: Written) -> SpamJudgement:
    """What the filter says; of one that broke or said nothing, that."""
    submission = make_submission(reply, permalink=written.permalink, sender=written.sender)
    try:
        judgement = judge(submission)
        if isinstance(judgement, SpamJudgement):  # pyright: ignore[reportUnnecessaryIsInstance]  it is given from outside
            return judgement
        failure = "no judgement"
    except Exception as e:  # noqa: BLE001  whatever a filter does, the reply waits
        failure = type(e).__name__
    failed = SpamVerdict(decision=SpamDecision.UNSURE, by=FILTER, reason=f"it failed: {failure}", failed=True)
    return SpamJudgement(verdicts=(failed,))


def _follow(connection: Connection, reply: Reply, judgement: SpamJudgement, now: datetime) -> Reply:
    """Let a judgement count, unless the reply isn't any longer what was judged."""
    action = _ACTIONS[judgement.decision]
    holds = {*reply.holds} - {HoldReason.CHECKING}
    if action is ReplyAction.DOUBT:
        failed = any(verdict.failed for verdict in judgement.verdicts)
        holds.add(HoldReason.FAILED if failed else HoldReason.UNSURE)
    state = advance(replace(reply, holds=in_order(holds)), action, now=now)
    public = now if state is ReplyState.PUBLISHED else None
    try:
        changed = change_reply(connection, reply, {"state": state, "holds": in_order(holds), "published": public})
    except Inconsistent:  # nothing was changed yet: somebody else was before the filter
        return _note_late(connection, reply, judgement, now)
    add_verdicts(connection, reply.reply_id, judgement.verdicts, now=now)
    add_event(connection, changed, action, who=FILTER, now=now, reason=judgement.decision.value)
    return changed


def _note_late(connection: Connection, reply: Reply, judgement: SpamJudgement, now: datetime) -> Reply:
    """What the filter said of a version that isn't the last any longer: kept beside an unerased reply, and of no effect."""
    current = get_reply(connection, reply.reply_id)
    if current.state is not ReplyState.ERASED:
        add_verdicts(connection, reply.reply_id, judgement.verdicts, now=now)
    return current
