"""Who replies: found by how they signed in, and by the session of their browser; apart from the desk's accounts in all things.

Nobody has a password here. What is kept of who somebody is at a provider, or of an address, is a keyed hash.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from harmledger.domain import Replier, ReplierSession, ReplyState
from harmledger.errors import BadInput
from harmledger.reply.pseudonym import draw_pseudonym, fold_pseudonym, parse_pseudonym
from harmledger.store.changes import REPLY, note_change
from harmledger.store.repliers import REPLIER, add_replier, read_replier
from harmledger.store.schema_accounts import ACCOUNTS
from harmledger.store.schema_replies import REPLIER_IDENTITIES, REPLIER_SESSIONS, REPLIERS, REPLIES
from harmledger.store.sessions import hash_token

LASTS = timedelta(days=30)
"""A session that nobody used for so long has ended: people come back to see what became of a reply."""
NOTED_EVERY = timedelta(hours=1)
"""How exactly it is noted when a session was last used."""
_FIND = (
    select(
        *REPLIER,
        REPLIER_SESSIONS.c.session_id,
        REPLIER_SESSIONS.c.provider,
        REPLIER_SESSIONS.c.made.label("begun"),
        REPLIER_SESSIONS.c.seen,
    )
    .join(REPLIERS, REPLIERS.c.replier_id == REPLIER_SESSIONS.c.replier_id)
    .where(REPLIER_SESSIONS.c.session_id == bindparam("token"), REPLIER_SESSIONS.c.seen >= bindparam("since"))
)
"""Asked with every request of who is signed in to reply, so built once."""


def find_replier(connection: Connection, token: str, *, now: datetime) -> tuple[Replier, ReplierSession] | None:
    """Whose session it is; None where it has ended."""
    row = connection.execute(_FIND, {"token": hash_token(token), "since": now - LASTS}).mappings().first()
    return None if row is None else (read_replier(row), _session(row))


def sign_replier_in(
    connection: Connection, subject_hash: str, *, provider: str, token: str, now: datetime
) -> tuple[str, bool]:
    """Start a session of whoever this is, made where nobody was here before; tells who, and whether they are new."""
    found = select(REPLIER_IDENTITIES.c.replier_id).where(REPLIER_IDENTITIES.c.subject_hash == subject_hash)
    replier_id = connection.execute(found).scalar()
    is_new = replier_id is None
    if replier_id is None:
        # a pseudonym is drawn: whoever goes away before choosing one is told apart from others all the same
        replier_id = add_replier(connection, draw_pseudonym(secrets.choice), now=now).replier_id
        row = {"subject_hash": subject_hash, "provider": provider, "replier_id": replier_id, "made": now}
        connection.execute(insert(REPLIER_IDENTITIES), row)
    connection.execute(delete(REPLIER_SESSIONS).where(REPLIER_SESSIONS.c.seen < now - LASTS))
    row = {"session_id": hash_token(token), "replier_id": replier_id, "provider": provider, "made": now, "seen": now}
    connection.execute(insert(REPLIER_SESSIONS), row)
    return replier_id, is_new


def is_known(connection: Connection, subject_hash: str) -> bool:
    """Whether anybody signed in this way before."""
    mine = select(REPLIER_IDENTITIES.c.replier_id).where(REPLIER_IDENTITIES.c.subject_hash == subject_hash)
    return connection.execute(mine).first() is not None


def touch_replier(connection: Connection, session_id: str, *, now: datetime) -> None:
    """Note that a session was used."""
    connection.execute(update(REPLIER_SESSIONS).where(REPLIER_SESSIONS.c.session_id == session_id).values(seen=now))


def sign_replier_out(connection: Connection, session_id: str) -> None:
    """Sign one browser out."""
    connection.execute(delete(REPLIER_SESSIONS).where(REPLIER_SESSIONS.c.session_id == session_id))


def sign_replier_out_everywhere(connection: Connection, replier_id: str) -> int:
    """Sign somebody out in every browser; tells in how many."""
    return connection.execute(delete(REPLIER_SESSIONS).where(REPLIER_SESSIONS.c.replier_id == replier_id)).rowcount


def list_identities(connection: Connection, replier_id: str) -> Sequence[RowMapping]:
    """By which ways somebody signs in: subject_hash, provider, address."""
    mine = select(REPLIER_IDENTITIES).where(REPLIER_IDENTITIES.c.replier_id == replier_id)
    return connection.execute(mine.order_by(REPLIER_IDENTITIES.c.made)).mappings().all()


def set_notify(connection: Connection, replier_id: str, subject_hash: str | None, address: str | None) -> None:
    """Keep the address of one way to sign in for as long as mails are wanted; without one none are wanted, and none is kept."""
    mine = update(REPLIER_IDENTITIES).where(REPLIER_IDENTITIES.c.replier_id == replier_id)
    connection.execute(mine.values(address=None))
    if subject_hash and address:
        connection.execute(mine.where(REPLIER_IDENTITIES.c.subject_hash == subject_hash).values(address=address))
    wanted = bool(subject_hash and address)
    connection.execute(update(REPLIERS).where(REPLIERS.c.replier_id == replier_id).values(notify=wanted))


def rename_replier(connection: Connection, replier_id: str, typed: str) -> str:
    """Give somebody the pseudonym that they typed.

    Raises:
        BadInput: it can't be one, or is another's: a replier's, or an account's of the desk.
    """
    pseudonym = parse_pseudonym(typed)
    others = select(REPLIERS.c.pseudonym).where(REPLIERS.c.replier_id != replier_id)
    if fold_pseudonym(pseudonym) in _folded(connection.execute(others).scalars()) | _of_the_desk(connection):
        raise BadInput("somebody has this name already", repr(pseudonym), "choose another")
    connection.execute(update(REPLIERS).where(REPLIERS.c.replier_id == replier_id).values(pseudonym=pseudonym))
    public = REPLIES.c.state == ReplyState.PUBLISHED.value
    beside = select(REPLIES.c.subject).where(REPLIES.c.replier_id == replier_id, public).distinct()
    for subject in connection.execute(beside).scalars().all():
        note_change(connection, REPLY, subject)
    return pseudonym


def _of_the_desk(connection: Connection) -> set[str]:
    return _folded(connection.execute(select(ACCOUNTS.c.name)).scalars())


def _folded(names: Iterable[str]) -> set[str]:
    """Names as they are compared. Names are chosen seldom: a hundred thousand are gone through in a tenth of a second."""
    return {fold_pseudonym(name) for name in names if name}


def _session(row: RowMapping) -> ReplierSession:
    kept = {name: row[name] for name in ("session_id", "replier_id", "provider", "seen")}
    return ReplierSession(**kept, made=row["begun"])
