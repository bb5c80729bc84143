"""What is known of who sends a reply, by which it is bounded and held: one question, asked in the transaction that keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from harmledger.domain import ReplyState
from harmledger.errors import NotFound
from harmledger.store.schema_replies import REPLIERS, REPLIES, REPLY_EVENTS, REPLY_NETWORKS


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterNow:
    """Who sends, and how much they sent."""

    pseudonym: str
    is_blocked: bool
    sent: int
    """Replies since the moment asked about, erased ones among them."""
    sent_from: int
    """Replies that came from the same network since then, whoever wrote them."""
    published: int
    """Replies that are public, but the one that is edited."""


_COUNT = select(func.count())
_MINE = REPLIES.c.replier_id == REPLIERS.c.replier_id
_ASK = select(
    REPLIERS.c.pseudonym,
    REPLIERS.c.blocked,
    _COUNT.where(_MINE, REPLIES.c.made >= bindparam("since")).scalar_subquery().label("sent"),
    _COUNT.where(
        REPLY_NETWORKS.c.address_hash == bindparam("address_hash"), REPLY_NETWORKS.c.made >= bindparam("since")
    )
    .scalar_subquery()
    .label("sent_from"),
    _COUNT.where(
        _MINE, REPLIES.c.state == ReplyState.PUBLISHED.value, REPLIES.c.reply_id != bindparam("but")
    )
    .scalar_subquery()
    .label("published"),
).where(REPLIERS.c.replier_id == bindparam("replier"))


def ask_of_writer(
    connection: Connection, replier_id: str, *, since: datetime, address_hash: str | None = None, but: str = ""
) -> WriterNow:
    """Who sends; `but`: the reply that is edited.

    Raises:
        NotFound: there is no such person.
    """
    asked = {"replier": replier_id, "since": since, "address_hash": address_hash or "", "but": but}
    row = connection.execute(_ASK, asked).first()
    if row is None:
        raise NotFound("nobody who replies has this id", replier_id[:10], "sign in again")
    return WriterNow(
        pseudonym=row.pseudonym,
        is_blocked=row.blocked is not None,
        sent=row.sent,
        sent_from=row.sent_from,
        published=row.published,
    )


def count_steps(connection: Connection, reply_id: str, what: str) -> int:
    """How often a step of a reply was taken."""
    same = select(func.count()).where(REPLY_EVENTS.c.reply_id == reply_id, REPLY_EVENTS.c.what == what)
    return connection.execute(same).scalar_one()
