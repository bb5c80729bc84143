"""What a filter elsewhere is told of: replies that it took for something else than a moderator did. It is told behind the pages, until it heard.

Only replies that such a filter judged are in it: where none is switched on, nothing waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, exists, insert, select, update

from harmledger.domain.spam import SpamDecision
from harmledger.store.reply_mails import PAUSES, TAKEN_FOR
from harmledger.store.schema_replies import REPLY_TELLINGS, REPLY_VERDICTS

WAITING, TOLD, FAILED = "waiting", "told", "failed"
ELSEWHERE = "akismet"
"""The filter's name in its verdicts."""
_SAID = {SpamDecision.SPAM.value: True, SpamDecision.HAM.value: False}


def queue_telling(connection: Connection, reply_id: str, *, spam: bool | None, now: datetime) -> None:
    """Have the filter told that it was wrong, if it was; what it was told before counts for it. None: a moderator took back what they said."""
    mine = REPLY_TELLINGS.c.reply_id == reply_id
    before = connection.execute(select(REPLY_TELLINGS).where(mine)).first()
    if before and before.state != TOLD:
        connection.execute(delete(REPLY_TELLINGS).where(mine))
    believes = before.spam if before and before.state == TOLD else _said(connection, reply_id)
    if spam is None or believes is None or spam == believes:
        return
    connection.execute(delete(REPLY_TELLINGS).where(mine))
    row = {"reply_id": reply_id, "spam": spam, "state": WAITING, "tries": 0, "due": now}
    connection.execute(insert(REPLY_TELLINGS), row)


def has_telling(connection: Connection, now: datetime) -> bool:
    """Whether anything is to be told now."""
    due = exists().where(REPLY_TELLINGS.c.state == WAITING, REPLY_TELLINGS.c.due <= now)
    return bool(connection.execute(select(due)).scalar())


def take_tellings(connection: Connection, now: datetime, *, most: int) -> Sequence[tuple[str, bool]]:
    """Replies to tell of now, each with whether it was spam; nobody else takes them for some minutes."""
    due = select(REPLY_TELLINGS).where(REPLY_TELLINGS.c.state == WAITING, REPLY_TELLINGS.c.due <= now)
    rows = connection.execute(due.order_by(REPLY_TELLINGS.c.due, REPLY_TELLINGS.c.reply_id).limit(most)).all()
    taken = REPLY_TELLINGS.c.reply_id.in_([row.reply_id for row in rows])
    connection.execute(update(REPLY_TELLINGS).where(taken).values(due=now + TAKEN_FOR))
    return [(row.reply_id, row.spam) for row in rows]


def note_told(connection: Connection, reply_id: str, *, spam: bool) -> None:
    """It heard that."""
    mine = update(REPLY_TELLINGS).where(REPLY_TELLINGS.c.reply_id == reply_id, REPLY_TELLINGS.c.spam == spam)
    connection.execute(mine.values(state=TOLD))


def note_not_told(connection: Connection, reply_id: str, *, now: datetime) -> None:
    """It didn't hear: it is told later, until that was tried often enough."""
    mine = REPLY_TELLINGS.c.reply_id == reply_id
    tries = (connection.execute(select(REPLY_TELLINGS.c.tries).where(mine)).scalar() or 0) + 1
    over = tries > len(PAUSES)
    values = {"tries": tries, "due": now + PAUSES[min(tries, len(PAUSES)) - 1], "state": FAILED if over else WAITING}
    connection.execute(update(REPLY_TELLINGS).where(mine, REPLY_TELLINGS.c.state == WAITING).values(**values))


def _said(connection: Connection, reply_id: str) -> bool | None:
    """What the filter took the reply for; None where it was never asked, or couldn't tell."""
    last = select(REPLY_VERDICTS.c.decision).where(
        REPLY_VERDICTS.c.reply_id == reply_id, REPLY_VERDICTS.c.by == ELSEWHERE
    )
    said = connection.execute(last.order_by(REPLY_VERDICTS.c.sequence.desc()).limit(1)).scalar()
    return _SAID.get(said or "")
