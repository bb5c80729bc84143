"""Who asked for it is written to when a moderator decided of a reply of theirs. The letter names the reply and says no word of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from harmledger.domain import HoldReason, Reply, ReplyState
from harmledger.reply.lifecycle import told_state
from harmledger.store.repliers import find_address
from harmledger.store.reply_mails import queue_mail

PUBLISHED, REFUSED, ANSWERED = "reply-published", "reply-refused", "reply-appeal"
NOTICES = frozenset({PUBLISHED, REFUSED, ANSWERED})
"""Templates of letters that somebody asked for, and can end."""


def queue_notice(connection: Connection, before: Reply, after: Reply, *, now: datetime) -> None:
    """Let a letter go out about what became of a reply, where its writer wants one."""
    template = choose_notice(before, after)
    address = template and after.replier_id and find_address(connection, after.replier_id)
    if template and address and after.replier_id:
        queue_mail(
            connection,
            to=address,
            template=template,
            told={"reference": after.reference, "replier": after.replier_id},
            now=now,
            replier_id=after.replier_id,
            reply_id=after.reply_id,
        )


def choose_notice(before: Reply, after: Reply) -> str | None:
    """Which letter the step is worth; None: it is no news to its writer."""
    state = told_state(after)
    if state not in {ReplyState.PUBLISHED, ReplyState.REFUSED}:
        return None
    if HoldReason.APPEAL in before.holds:
        return ANSWERED
    if state is told_state(before):
        return None
    return PUBLISHED if state is ReplyState.PUBLISHED else REFUSED
