"""Letters that wait to go out: put here in the transaction that they belong to, taken out by who sends them. None is lost by a dead server.

Who takes one has it for some minutes; where it isn't told within these what became of it, it is anybody's again.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, insert, select, update

from harmledger.domain import QueuedMail
from harmledger.store.accounts import ID_BYTES
from harmledger.store.schema_replies import REPLY_MAILS

WAITING, SENT, FAILED = "waiting", "sent", "failed"
TAKEN_FOR = timedelta(minutes=5)
"""Longer than any sending of one batch lasts."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60, 180, 360, 720, 1440))
"""Before each further try: two days in all, as mail servers keep at it themselves."""


def queue_mail(
    connection: Connection,
    *,
    to: str,
    template: str,
    told: Mapping[str, str],
    now: datetime,
    replier_id: str | None = None,
    reply_id: str | None = None,
) -> str:
    """Let a letter be sent soon after this transaction; tells its id. `template`: one of `web.replies.letters`."""
    return _add(connection, to, template, told, now, state=WAITING, replier_id=replier_id, reply_id=reply_id)


def hold_mail_back(connection: Connection, *, template: str, told: Mapping[str, str], now: datetime) -> str:
    """Do all that queueing a letter does, but send none: so that it can't be told from outside. It stands there as one that was sent."""
    return _add(connection, "", template, dict.fromkeys(told, ""), now, state=SENT)


def has_due(connection: Connection, now: datetime) -> bool:
    """Whether any letter waits to be sent now."""
    return bool(
        connection.execute(select(exists().where(REPLY_MAILS.c.state == WAITING, REPLY_MAILS.c.due <= now))).scalar()
    )


def take_due(connection: Connection, now: datetime, *, most: int) -> Sequence[QueuedMail]:
    """Take letters to send now, those that wait longest first."""
    due = select(REPLY_MAILS).where(REPLY_MAILS.c.state == WAITING, REPLY_MAILS.c.due <= now)
    rows = connection.execute(due.order_by(REPLY_MAILS.c.due).limit(most)).mappings().all()
    mails = [QueuedMail(**{name: row[name] for name in QueuedMail.__slots__}) for row in rows]
    mine = REPLY_MAILS.c.mail_id.in_([mail.mail_id for mail in mails])
    connection.execute(update(REPLY_MAILS).where(mine).values(due=now + TAKEN_FOR))
    return mails


def note_sent(connection: Connection, mail_id: str) -> None:
    """It went out: what it held is kept no longer."""
    sent = update(REPLY_MAILS).where(REPLY_MAILS.c.mail_id == mail_id)
    connection.execute(sent.values(state=SENT, to="", told={}))


def note_not_sent(connection: Connection, mail: QueuedMail, *, now: datetime, for_good: bool) -> None:
    """It didn't go out: it is tried again later, until it was tried often enough or can't ever."""
    tries = mail.tries + 1
    over = for_good or tries > len(PAUSES)
    due = now + PAUSES[min(tries, len(PAUSES)) - 1]
    values = {"tries": tries, "due": due, "state": FAILED if over else WAITING}
    connection.execute(update(REPLY_MAILS).where(REPLY_MAILS.c.mail_id == mail.mail_id).values(**values))


def _add(
    connection: Connection, to: str, template: str, told: Mapping[str, str], now: datetime, **values: str | None
) -> str:
    mail_id = secrets.token_hex(ID_BYTES)
    row = {"mail_id": mail_id, "to": to, "template": template, "told": dict(told), "tries": 0, "made": now, "due": now}
    connection.execute(insert(REPLY_MAILS), {**row, **values})
    return mail_id
