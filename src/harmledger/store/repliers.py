"""Who replies: people with a pseudonym, apart from the desk's accounts, known by keyed hashes of how they sign in."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from harmledger.domain import Replier, ReplyState
from harmledger.errors import NotFound
from harmledger.store.accounts import ID_BYTES, parse_name
from harmledger.store.schema_replies import (
    OAUTH_STATES,
    REPLIER_IDENTITIES,
    REPLIER_SESSIONS,
    REPLIERS,
    REPLIES,
    REPLY_MAILS,
    SIGN_IN_LINKS,
)

_PUBLISHED = (
    select(func.count())
    .where(REPLIES.c.replier_id == REPLIERS.c.replier_id, REPLIES.c.state == ReplyState.PUBLISHED.value)
    .scalar_subquery()
    .label("published")
)
REPLIER = tuple(REPLIERS.c.get(name, _PUBLISHED) for name in Replier.__slots__)
"""What is asked for of a person, for `read_replier`."""


def add_replier(connection: Connection, pseudonym: str, *, now: datetime) -> Replier:
    """Somebody new.

    Raises:
        BadInput: the pseudonym can't be one. Others may have the same: it is no name to sign in with.
    """
    replier_id = secrets.token_hex(ID_BYTES)
    row = {"replier_id": replier_id, "pseudonym": parse_name(pseudonym), "made": now, "notify": False}
    connection.execute(insert(REPLIERS), row)
    return get_replier(connection, replier_id)


def get_replier(connection: Connection, replier_id: str) -> Replier:
    """The person of that id.

    Raises:
        NotFound: there is none.
    """
    row = connection.execute(select(*REPLIER).where(REPLIERS.c.replier_id == replier_id)).mappings().first()
    if row is None:
        raise NotFound("nobody who replies has this id", replier_id[:10], "sign in again")
    return read_replier(row)


def read_replier(row: RowMapping) -> Replier:
    """The person of a row that has REPLIER's columns."""
    return Replier(**{name: row[name] for name in Replier.__slots__})


def change_replier(connection: Connection, replier_id: str, **values: Any) -> None:
    """Set columns of a person: pseudonym (as `parse_name` gives it), notify."""
    connection.execute(update(REPLIERS).where(REPLIERS.c.replier_id == replier_id).values(**values))


def block_replier(connection: Connection, replier_id: str, *, who: str, reason: str, now: datetime) -> None:
    """Take no reply of a person any longer, and sign them out; who is blocked already stays so as it was."""
    mine = update(REPLIERS).where(REPLIERS.c.replier_id == replier_id, REPLIERS.c.blocked.is_(None))
    connection.execute(mine.values(blocked=now, blocked_by=who, blocked_reason=reason))
    connection.execute(delete(REPLIER_SESSIONS).where(REPLIER_SESSIONS.c.replier_id == replier_id))


def unblock_replier(connection: Connection, replier_id: str) -> bool:
    """Take replies of a person again; whether they were blocked."""
    mine = update(REPLIERS).where(REPLIERS.c.replier_id == replier_id, REPLIERS.c.blocked.is_not(None))
    return connection.execute(mine.values(blocked=None, blocked_by=None, blocked_reason=None)).rowcount == 1


def find_address(connection: Connection, replier_id: str) -> str | None:
    """Where a person is written to; None where they want no mail."""
    mine = select(REPLIER_IDENTITIES.c.address).join(REPLIERS, REPLIERS.c.replier_id == REPLIER_IDENTITIES.c.replier_id)
    wanted = mine.where(
        REPLIERS.c.replier_id == replier_id, REPLIERS.c.notify, REPLIER_IDENTITIES.c.address.is_not(None)
    )
    return connection.execute(wanted.limit(1)).scalar()


def erase_person(connection: Connection, replier: Replier) -> None:
    """Forget a person whose replies were erased. Of who is blocked the keyed hash stays, so that the block does."""
    of = replier.replier_id
    hashes = select(REPLIER_IDENTITIES.c.subject_hash).where(REPLIER_IDENTITIES.c.replier_id == of)
    connection.execute(delete(SIGN_IN_LINKS).where(SIGN_IN_LINKS.c.address_hash.in_(hashes)))
    connection.execute(delete(SIGN_IN_LINKS).where(SIGN_IN_LINKS.c.joins == of))
    connection.execute(delete(OAUTH_STATES).where(OAUTH_STATES.c.joins == of))
    connection.execute(delete(REPLIER_SESSIONS).where(REPLIER_SESSIONS.c.replier_id == of))
    connection.execute(delete(REPLY_MAILS).where(REPLY_MAILS.c.replier_id == of))
    if replier.blocked:
        mine = REPLIER_IDENTITIES.c.replier_id == of
        connection.execute(update(REPLIER_IDENTITIES).where(mine).values(address=None))
        change_replier(connection, of, pseudonym="", notify=False, blocked_reason=None)
        return
    connection.execute(update(REPLIES).where(REPLIES.c.replier_id == of).values(replier_id=None))
    connection.execute(delete(REPLIER_IDENTITIES).where(REPLIER_IDENTITIES.c.replier_id == of))
    connection.execute(delete(REPLIERS).where(REPLIERS.c.replier_id == of))
