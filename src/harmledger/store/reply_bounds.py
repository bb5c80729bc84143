"""What is known of who sends a reply, by which it is bounded and held: one question, asked in the transaction that keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, func, select

from harmledger.domain import ReplyState
from harmledger.errors import NotFound
from harmledger.store.schema_replies import REPLIERS, REPLIES, REPLY_EVENTS, REPLY_NETWORKS, REPLY_SHINGLES


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
    repeated: bool
    """Whether another reply, of whomever, says the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a writer and of what they wrote."""

    since: datetime
    """From when on replies are counted."""
    shingles: frozenset[int]
    """By what copies are known."""
    least: int
    """So many of these a copy shares."""
    copies_since: datetime


_COUNT = select(func.count())
_MINE = REPLIES.c.replier_id == REPLIERS.c.replier_id
_COPY = (
    select(REPLY_SHINGLES.c.reply_id)
    .where(
        REPLY_SHINGLES.c.shingle.in_(bindparam("shingles", expanding=True)),
        REPLY_SHINGLES.c.reply_id != bindparam("but"),
        REPLY_SHINGLES.c.made >= bindparam("copies_since"),
    )
    .group_by(REPLY_SHINGLES.c.reply_id)
    .having(func.count() >= bindparam("least"))
)
_ASK = select(
    REPLIERS.c.pseudonym,
    REPLIERS.c.blocked,
    _COUNT.where(_MINE, REPLIES.c.made >= bindparam("since")).scalar_subquery().label("sent"),
    _COUNT.where(
        REPLY_NETWORKS.c.address_hash == bindparam("address_hash"), REPLY_NETWORKS.c.made >= bindparam("since")
    )
    .scalar_subquery()
    .label("sent_from"),
    _COUNT.where(_MINE, REPLIES.c.state == ReplyState.PUBLISHED.value, REPLIES.c.reply_id != bindparam("but"))
    .scalar_subquery()
    .label("published"),
    exists(_COPY).label("repeated"),
).where(REPLIERS.c.replier_id == bindparam("replier"))


def ask_of_writer(
    connection: Connection, replier_id: str, asked: Asked, *, address_hash: str | None = None, but: str = ""
) -> WriterNow:
    """Who sends; `but`: the reply that is edited.

    Raises:
        NotFound: there is no such person.
    """
    told = {name: getattr(asked, name) for name in ("since", "least", "copies_since")}
    whose = {"replier": replier_id, "address_hash": address_hash or "", "but": but}
    row = connection.execute(_ASK, {**told, **whose, "shingles": sorted(asked.shingles)}).first()
    if row is None:
        raise NotFound("nobody who replies has this id", replier_id[:10], "sign in again")
    return WriterNow(
        pseudonym=row.pseudonym,
        is_blocked=row.blocked is not None,
        sent=row.sent,
        sent_from=row.sent_from,
        published=row.published,
        repeated=bool(row.repeated),
    )


def count_steps(connection: Connection, reply_id: str, what: str) -> int:
    """How often a step of a reply was taken."""
    same = select(func.count()).where(REPLY_EVENTS.c.reply_id == reply_id, REPLY_EVENTS.c.what == what)
    return connection.execute(same).scalar_one()
