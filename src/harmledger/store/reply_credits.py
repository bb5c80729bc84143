"""Which replies led to which decisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from harmledger.domain import Reply
from harmledger.errors import Inconsistent
from harmledger.store.changes import REPLY, note_change
from harmledger.store.decisions import get_decision
from harmledger.store.schema_replies import REPLY_CREDITS


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
