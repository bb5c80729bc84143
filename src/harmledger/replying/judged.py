"""What the filter says of a reply that is kept and waits, and what follows from it. Whatever fails leaves it waiting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from harmledger.domain import HoldReason, Reply, ReplyState, Written
from harmledger.domain.spam import SpamDecision, SpamJudgement, SpamVerdict, Submission
from harmledger.errors import Inconsistent
from harmledger.reply.lifecycle import ReplyAction, advance, in_order
from harmledger.reply.spam import make_submission
from harmledger.store.database import told_plainly
from harmledger.store.ledger import Ledger
from harmledger.store.replies import Row, add_events, add_verdicts, change_reply, event_row, get_reply

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
class Judged:
    """A reply as it was judged."""

    reply: Reply
    judgement: SpamJudgement
    now: datetime


def ask_judge(judge: Judge, reply: Reply, written: Written) -> SpamJudgement:
    """What the filter says; of one that broke or said nothing, that. What only a program fills in needs no filter."""
    if HoldReason.TRAPPED in reply.holds:
        return SpamJudgement(verdicts=(_TRAPPED,))
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


def follow_all(ledger: Ledger, judged: Sequence[Judged]) -> Sequence[Reply]:
    """Let judgements count, in one transaction.

    Raises:
        SourceFailed: the ledger can't be written; the replies wait.
    """
    with told_plainly(ledger.where), ledger.writing() as connection:
        became = [_follow(connection, one) for one in judged]
        counted = [(one, reply) for one, (reply, is_late) in zip(judged, became, strict=True) if not is_late]
        add_verdicts(connection, [(r.reply_id, one.judgement.verdicts, one.now) for one, r in counted])
        add_events(connection, [_step(one, reply) for one, reply in counted])
    return [reply for reply, _ in became]


def _follow(connection: Connection, judged: Judged) -> tuple[Reply, bool]:
    """Let a judgement count, unless the reply isn't any longer what was judged; tells whether that is so."""
    reply, now = judged.reply, judged.now
    action = _ACTIONS[judged.judgement.decision]
    holds = {*reply.holds} - {HoldReason.CHECKING}
    if action is ReplyAction.DOUBT:
        failed = any(verdict.failed for verdict in judged.judgement.verdicts)
        holds.add(HoldReason.FAILED if failed else HoldReason.UNSURE)
    state = advance(replace(reply, holds=in_order(holds)), action, now=now)
    public = now if state is ReplyState.PUBLISHED else None
    try:
        return change_reply(connection, reply, {"state": state, "holds": in_order(holds), "published": public}), False
    except Inconsistent:  # nothing was changed yet: somebody else was before the filter
        return _note_late(connection, judged), True


def _step(judged: Judged, reply: Reply) -> Row:
    decision = judged.judgement.decision
    return event_row(reply, _ACTIONS[decision], who=FILTER, now=judged.now, reason=decision.value)


def _note_late(connection: Connection, judged: Judged) -> Reply:
    """What the filter said of a version that isn't the last any longer: kept beside a reply that wasn't erased, and of no effect."""
    current = get_reply(connection, judged.reply.reply_id)
    if current.state is not ReplyState.ERASED:
        add_verdicts(connection, [(current.reply_id, judged.judgement.verdicts, judged.now)])
    return current
