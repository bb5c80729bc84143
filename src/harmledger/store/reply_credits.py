"""Which replies led to which decisions, and which of these decisions were undone since.

A credit is never taken back: that somebody decided after a reply is part of the log, as the decision is that was undone. But whoever tells of a
credit tells that, and a correction whose every credit was undone is a task again. Whether one is undone follows from the log alone
(`review.fold`): an undone undo counts as if neither were there, and a decision that a later one replaces was answered, not undone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, insert, select

from harmledger.domain import Decision, Reply, Verdict
from harmledger.errors import Inconsistent
from harmledger.review.chain import parse_decision
from harmledger.review.fold import in_effect
from harmledger.store.changes import REPLY, note_change
from harmledger.store.decisions import get_decision
from harmledger.store.lookup import MOST_NAMED
from harmledger.store.schema import DECISIONS
from harmledger.store.schema_replies import REPLIES, REPLY_CREDITS


def add_credit(connection: Connection, reply: Reply, decision: str, *, who: str, now: datetime) -> None:
    """Note it, and that pages tell it.

    Raises:
        NotFound: there is no such decision.
        Inconsistent: it is noted already.
    """
    found = get_decision(connection, decision)
    same = select(REPLY_CREDITS).where(
        REPLY_CREDITS.c.reply_id == reply.reply_id, REPLY_CREDITS.c.decision_id == found.decision_id
    )
    if connection.execute(same).first():
        raise Inconsistent("this reply is credited for that already", reply.reference, "nothing is left to do")
    row = {"reply_id": reply.reply_id, "decision_id": found.decision_id, "who": who, "when": now}
    connection.execute(insert(REPLY_CREDITS), row)
    for subject in {found.subject, reply.subject.id}:
        note_change(connection, REPLY, subject)


def find_undone(connection: Connection, subjects: Iterable[str]) -> frozenset[str]:
    """Of all decisions on these subjects those that were undone, and count no longer."""
    named = sorted(set(subjects))
    found = set[str]()
    for start in range(0, len(named), MOST_NAMED):
        found |= _undone(
            connection, select(DECISIONS).where(DECISIONS.c.subject.in_(named[start : start + MOST_NAMED]))
        )
    return frozenset(found)


def find_undone_credits(connection: Connection) -> frozenset[str]:
    """Of all decisions that a reply led to those that were undone."""
    later = DECISIONS.alias("later")
    credited = (
        select(DECISIONS.c.subject)
        .join(REPLY_CREDITS, REPLY_CREDITS.c.decision_id == DECISIONS.c.decision_id)
        .join(later, (later.c.subject == DECISIONS.c.subject) & (later.c.replaces == DECISIONS.c.decision_id))
        .distinct()
    )
    return frozenset(_undone(connection, select(DECISIONS).where(DECISIONS.c.subject.in_(credited))))


def stands_credited(undone: Collection[str]) -> ColumnElement[bool]:
    """The condition that a reply led to a decision that wasn't undone."""
    led = exists().where(REPLY_CREDITS.c.reply_id == REPLIES.c.reply_id)
    return led.where(REPLY_CREDITS.c.decision_id.not_in(sorted(undone))) if undone else led


def _undone(connection: Connection, wanted: Select[Any]) -> set[str]:
    histories: dict[str, list[Decision]] = {}
    for row in connection.execute(wanted.order_by(DECISIONS.c.sequence)).mappings():
        histories.setdefault(row["subject"], []).append(parse_decision(row))
    return {
        decision.replaces
        for history in histories.values()
        for decision in in_effect(history)
        if decision.replaces and decision.verdict is Verdict.UNDO
    }
