"""Public replies for programs: in pages, and by the decisions that they led to. Every question carries the condition of who may see what a reply stands on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from harmledger.domain import Reply, ReplyCredit, ReplyKind, ReplyState, Viewer
from harmledger.store.listed import may_see_decision
from harmledger.store.lookup import MOST_NAMED
from harmledger.store.replies import ALL, reply_of
from harmledger.store.reply_lists import credits_of, may_see_reply
from harmledger.store.schema import DECISIONS
from harmledger.store.schema_replies import REPLIES, REPLY_CREDITS


def list_for_programs(
    connection: Connection,
    viewer: Viewer,
    *,
    subject: str | None,
    kind: ReplyKind | None,
    since: datetime | None,
    after: str,
    most: int,
) -> Sequence[Reply]:
    """Public replies in the order of their references, which are chance: no number tells how many there are besides."""
    wanted = ALL.where(
        REPLIES.c.state == ReplyState.PUBLISHED.value, REPLIES.c.reference > after, may_see_reply(viewer)
    )
    if subject:
        wanted = wanted.where(REPLIES.c.subject == subject)
    if kind:
        wanted = wanted.where(REPLIES.c.kind == kind.value)
    if since:
        wanted = wanted.where(REPLIES.c.published >= since)
    rows = connection.execute(wanted.order_by(REPLIES.c.reference).limit(most)).mappings()
    return [reply_of(row) for row in rows]


def list_credited(connection: Connection, viewer: Viewer, replies: Sequence[str]) -> dict[str, list[str]]:
    """Of each of these replies the decisions that it led to, as far as the viewer may see them."""
    led = (
        select(REPLY_CREDITS.c.reply_id, REPLY_CREDITS.c.decision_id)
        .join(DECISIONS, DECISIONS.c.decision_id == REPLY_CREDITS.c.decision_id)
        .where(may_see_decision(viewer))
        .order_by(DECISIONS.c.sequence)
    )
    found: dict[str, list[str]] = {}
    for start in range(0, len(replies), MOST_NAMED):
        part = REPLY_CREDITS.c.reply_id.in_(replies[start : start + MOST_NAMED])
        for row in connection.execute(led.where(part)):
            found.setdefault(row.reply_id, []).append(row.decision_id)
    return found


def credits_by_decision(
    connection: Connection, viewer: Viewer, subjects: Sequence[str]
) -> dict[str, list[ReplyCredit]]:
    """Of each decision on these subjects the replies that led to it."""
    found: dict[str, list[ReplyCredit]] = {}
    for each in credits_of(connection, subjects, viewer):
        found.setdefault(each.decision_id, []).append(each)
    return found
