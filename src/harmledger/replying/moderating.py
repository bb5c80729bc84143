"""What moderators decide of replies. None of it changes the record: a decision that a reply leads to is made at the desk, and credits it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from harmledger.domain import (
    HoldReason,
    ModeratorVerdict,
    RefusalReason,
    Reply,
    ReplyKind,
    ReplyState,
    Ruling,
)
from harmledger.errors import BadInput, Inconsistent, NotAllowed
from harmledger.reply.checks import clean_text
from harmledger.reply.lifecycle import ReplyAction, advance
from harmledger.replying.noticing import queue_notice
from harmledger.store import replies
from harmledger.store.database import told_plainly
from harmledger.store.ledger import Ledger
from harmledger.store.repliers import block_replier, unblock_replier
from harmledger.store.replies import add_event, change_reply, get_reply, set_label
from harmledger.store.reply_credits import add_credit
from harmledger.store.reply_lists import list_own
from harmledger.store.reply_tellings import queue_telling

LONGEST_WORDS = 1_000
_ACTIONS: Mapping[ModeratorVerdict, ReplyAction] = {
    ModeratorVerdict.PUBLISH: ReplyAction.PUBLISH,
    ModeratorVerdict.REFUSE: ReplyAction.REFUSE,
    ModeratorVerdict.SPAM: ReplyAction.SPAM,
    ModeratorVerdict.HOLD: ReplyAction.HOLD,
}


def rule_on(connection: Connection, reply_id: str, ruling: Ruling, *, now: datetime) -> Reply:
    """Decide of a reply, within the transaction that is open; keeps what that teaches the filter.

    Raises:
        BadInput: a reason is missing.
        NotFound: there is no such reply.
        NotAllowed: a witness account is published by a lead alone, who says so, and where its writer agreed.
        Inconsistent: the reply stands so that this can't be decided, or was changed since the moderator saw it.
    """
    _check(ruling)
    reply = get_reply(connection, reply_id)
    if ruling.version not in {None, reply.version}:
        what = "this reply was changed meanwhile: look at it as it stands now"
        raise Inconsistent(what, reply.reference, "decide again")
    if ruling.verdict is ModeratorVerdict.BLOCK:
        return _block(connection, reply, ruling, now)
    return _rule(connection, reply, ruling, now)


def unblock_within(connection: Connection, reply_id: str, *, who: str, now: datetime) -> Reply:
    """Take replies of a reply's writer again; those that were refused meanwhile stay so, and can be appealed.

    Raises:
        NotFound: there is no such reply.
        Inconsistent: its writer isn't blocked.
    """
    reply = get_reply(connection, reply_id)
    if reply.replier_id is None or not unblock_replier(connection, reply.replier_id):
        raise Inconsistent("its writer isn't blocked", reply.reference, "look at it as it stands now")
    add_event(connection, reply, ReplyAction.UNBLOCK, who=who, now=now)
    return reply


def credit_within(connection: Connection, reply_id: str, decision_id: str, *, who: str, now: datetime) -> None:
    """Note, within the transaction that decides, that a reply led to a decision.

    Raises:
        NotFound: there is no such reply or decision.
        Inconsistent: the reply is spam, withdrawn, erased, or a witness account that isn't public; or this is noted already.
    """
    reply = get_reply(connection, reply_id)
    advance(reply, ReplyAction.CREDIT, now=now)
    if reply.kind is ReplyKind.WITNESS and reply.state is not ReplyState.PUBLISHED:
        what = "a witness account that isn't public is credited nowhere"
        raise Inconsistent(what, reply.reference, "decide without naming it")
    add_credit(connection, reply, decision_id, who=who, now=now)
    add_event(connection, reply, ReplyAction.CREDIT, who=who, now=now, reason=decision_id)


def finish_source(ledger: Ledger, reply_id: str, *, who: str, now: datetime) -> None:
    """Take an address off the reading queue.

    Raises:
        NotFound: it isn't on it.
    """
    with told_plainly(ledger.where), ledger.writing() as connection:
        replies.finish_source(connection, get_reply(connection, reply_id).reply_id, who=who, now=now)


def _check(ruling: Ruling) -> None:
    words = clean_text(ruling.words[:LONGEST_WORDS])
    if len(ruling.words) > LONGEST_WORDS:
        raise BadInput(f"the words are longer than {LONGEST_WORDS} characters", "the reason", "say it in fewer")
    if ruling.verdict is ModeratorVerdict.REFUSE and ruling.reason is None:
        raise BadInput("a refusal needs a reason", "the reason", "choose one")
    if ruling.verdict is ModeratorVerdict.REFUSE and ruling.reason is RefusalReason.OTHER and not words:
        raise BadInput("another reason needs words, which the writer is told", "the reason", "write them")
    if ruling.verdict is ModeratorVerdict.BLOCK and not words:
        raise BadInput("to block somebody needs a reason in words", "the reason", "write it")


def _rule(connection: Connection, reply: Reply, ruling: Ruling, now: datetime) -> Reply:
    action = _ACTIONS[ruling.verdict]
    state = advance(reply, action, now=now)
    if action is ReplyAction.PUBLISH:
        _check_witness(reply, ruling)
    refused = action is ReplyAction.REFUSE
    words = clean_text(ruling.words) or None
    columns: dict[str, Any] = {
        "state": state,
        "ruled": True,
        "holds": (HoldReason.MODERATOR,) if action is ReplyAction.HOLD else (),
        "published": now if state is ReplyState.PUBLISHED else None,
        "refusal": ruling.reason if refused else None,
        "refusal_words": words if refused else None,
    }
    ruled = change_reply(connection, reply, columns)
    spam = _teaches(reply, ruling)
    set_label(connection, ruled, spam=spam, who=ruling.who, now=now)
    queue_telling(connection, ruled.reply_id, spam=spam, now=now)
    queue_notice(connection, reply, ruled, now=now)
    reason = ruling.reason.value if refused and ruling.reason else None
    add_event(connection, ruled, action, who=ruling.who, now=now, reason=reason, words=words)
    return ruled


def _check_witness(reply: Reply, ruling: Ruling) -> None:
    if reply.kind is not ReplyKind.WITNESS:
        return
    if not (ruling.is_lead and ruling.publish_witness):
        what = "a witness account is public only where a lead says so"
        raise NotAllowed(what, reply.reference, "ask a lead, or hold it")
    if not reply.consent:
        raise NotAllowed("its writer didn't agree that it may be public", reply.reference, "hold it")


def _teaches(reply: Reply, ruling: Ruling) -> bool | None:
    """Whether it is spam, for the filter to learn; None: nothing. What was refused for another reason is no example of either, and witnesses' accounts are none."""
    match ruling.verdict:
        case ModeratorVerdict.SPAM:
            return True
        case ModeratorVerdict.REFUSE if ruling.reason is RefusalReason.ADVERTISING:
            return True
        case ModeratorVerdict.PUBLISH if reply.kind is not ReplyKind.WITNESS:
            return False
        case _:
            return None


def _block(connection: Connection, reply: Reply, ruling: Ruling, now: datetime) -> Reply:
    """Take no reply of its writer any longer, and refuse those that wait; what is public stays until somebody rules on it."""
    if reply.replier_id is None:
        raise Inconsistent("nobody is known any longer who wrote this", reply.reference, "decide of the reply itself")
    block_replier(connection, reply.replier_id, who=ruling.who, reason=clean_text(ruling.words), now=now)
    add_event(connection, reply, ReplyAction.BLOCK, who=ruling.who, now=now, words=clean_text(ruling.words))
    for each in list_own(connection, reply.replier_id):
        if each.state is ReplyState.HELD:
            columns = {"state": ReplyState.REFUSED, "ruled": True, "holds": (), "refusal": RefusalReason.BLOCKED}
            refused = change_reply(connection, each, {**columns, "refusal_words": None})
            reason = RefusalReason.BLOCKED.value
            add_event(connection, refused, ReplyAction.REFUSE, who=ruling.who, now=now, reason=reason)
    return get_reply(connection, reply.reply_id)
