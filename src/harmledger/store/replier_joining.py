"""Several ways of signing in are one person's: joined by who proves both, and taken away again.

Who has proved that a way is theirs may have been somebody here by it before. Where that somebody sent nothing, they are one from now on; where
they sent replies, these would change hands, and it is refused: their writer erases them first, or goes on as two.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from harmledger.errors import BadInput, NotAllowed
from harmledger.store.repliers import erase_person, get_replier
from harmledger.store.schema_replies import REPLIER_IDENTITIES, REPLIER_SESSIONS, REPLIERS, REPLIES

MOST_WAYS = 8
_REMEDY = "sign in by it, and erase what was sent; or go on by both as two"


def join_identity(connection: Connection, replier_id: str, subject_hash: str, *, provider: str, now: datetime) -> None:
    """Let a person sign in by a way that they proved to be theirs, beside those that they have.

    Raises:
        NotFound: they erased themselves meanwhile.
        NotAllowed: it is somebody's who sent replies or is blocked, or they are blocked themselves, or have too many.
    """
    me = get_replier(connection, replier_id)
    found = select(REPLIER_IDENTITIES.c.replier_id).where(REPLIER_IDENTITIES.c.subject_hash == subject_hash)
    holder = connection.execute(found).scalar()
    if holder == replier_id:
        return
    if me.blocked or (holder and get_replier(connection, holder).blocked):
        raise NotAllowed("this way of signing in can't be added", "your ways of signing in", _REMEDY)
    if _count_ways(connection, replier_id) >= MOST_WAYS:
        raise NotAllowed(f"you have {MOST_WAYS} ways of signing in", "your ways of signing in", "take one away first")
    if holder:
        _take_over(connection, holder, subject_hash)
    row = {"subject_hash": subject_hash, "provider": provider, "replier_id": replier_id, "made": now}
    connection.execute(insert(REPLIER_IDENTITIES), row)


def drop_identity(connection: Connection, replier_id: str, subject_hash: str) -> None:
    """Let a person sign in by one way no longer, and forget its address; not by their last one.

    Raises:
        BadInput: it is none of theirs, or the last.
    """
    if _count_ways(connection, replier_id) < 2:
        raise BadInput("this is your only way of signing in", "your ways of signing in", "add another first")
    mine = (REPLIER_IDENTITIES.c.replier_id == replier_id) & (REPLIER_IDENTITIES.c.subject_hash == subject_hash)
    if connection.execute(delete(REPLIER_IDENTITIES).where(mine)).rowcount != 1:
        raise BadInput("this is no way by which you sign in", "your ways of signing in", "load the page again")
    written = exists().where(REPLIER_IDENTITIES.c.replier_id == replier_id, REPLIER_IDENTITIES.c.address.is_not(None))
    connection.execute(update(REPLIERS).where(REPLIERS.c.replier_id == replier_id, ~written).values(notify=False))


def _count_ways(connection: Connection, replier_id: str) -> int:
    mine = select(func.count()).where(REPLIER_IDENTITIES.c.replier_id == replier_id)
    return connection.execute(mine).scalar_one()


def _take_over(connection: Connection, holder: str, subject_hash: str) -> None:
    """Take a way from somebody who sent nothing; who has no other is nobody any longer."""
    if connection.execute(select(REPLIES.c.reply_id).where(REPLIES.c.replier_id == holder).limit(1)).first():
        raise NotAllowed("somebody who signs in this way sent replies", "your ways of signing in", _REMEDY)
    connection.execute(delete(REPLIER_IDENTITIES).where(REPLIER_IDENTITIES.c.subject_hash == subject_hash))
    connection.execute(delete(REPLIER_SESSIONS).where(REPLIER_SESSIONS.c.replier_id == holder))
    if not _count_ways(connection, holder):
        erase_person(connection, get_replier(connection, holder))
