"""Sessions: who is signed in, until when. A token is only known to its browser; here lies its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, insert, or_, select, update

from harmledger.domain import Account, Session
from harmledger.store.accounts import ACCOUNT_COLUMNS, account_of
from harmledger.store.schema_accounts import ACCOUNTS, SESSIONS

IDLE = timedelta(hours=2)
"""A session that nobody used for so long has ended."""
LONGEST = timedelta(hours=12)
"""Every session ends after a working day."""
NOTED_EVERY = timedelta(minutes=1)
"""How exactly it is noted when a session was last used."""
MOST_AGENT_CHARS = 200
_LIVES = (SESSIONS.c.seen >= bindparam("used_since"), SESSIONS.c.made >= bindparam("made_since"))
_FIND = (
    select(*(c for c in SESSIONS.c if c is not SESSIONS.c.account_id), *ACCOUNT_COLUMNS)
    .join(ACCOUNTS, ACCOUNTS.c.account_id == SESSIONS.c.account_id)
    .where(SESSIONS.c.session_id == bindparam("token"), ACCOUNTS.c.disabled.is_(None), *_LIVES)
)
"""Asked with every request of who is signed in, so built once."""


def hash_token(token: str) -> str:
    """What is kept of a token: it is long and random, so that a quick hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(connection: Connection, account_id: str, *, token: str, agent: str, now: datetime) -> Session:
    """Sign an account in; those that have ended are swept away by the way."""
    connection.execute(delete(SESSIONS).where(or_(SESSIONS.c.seen < now - IDLE, SESSIONS.c.made < now - LONGEST)))
    session = Session(
        session_id=hash_token(token),
        account_id=account_id,
        made=now,
        seen=now,
        proved=now,
        agent=agent[:MOST_AGENT_CHARS],
    )
    connection.execute(insert(SESSIONS), {name: getattr(session, name) for name in Session.__slots__})
    return session


def find_session(connection: Connection, token: str, *, now: datetime) -> tuple[Account, Session] | None:
    """Whose session it is; None where it has ended, or its account was disabled."""
    row = connection.execute(_FIND, {"token": hash_token(token), **_since(now)}).mappings().first()
    return None if row is None else (account_of(row), _session(row))


def list_sessions(connection: Connection, account_id: str, *, now: datetime) -> Sequence[Session]:
    """An account's sessions that live, the one used last first."""
    mine = select(SESSIONS).where(SESSIONS.c.account_id == account_id, *_LIVES).order_by(SESSIONS.c.seen.desc())
    return [_session(row) for row in connection.execute(mine, _since(now)).mappings()]


def touch_session(connection: Connection, session_id: str, *, now: datetime) -> None:
    """Note that it was used."""
    connection.execute(update(SESSIONS).where(SESSIONS.c.session_id == session_id).values(seen=now))


def prove_session(connection: Connection, session_id: str, *, now: datetime) -> None:
    """Note that its person gave the password again."""
    connection.execute(update(SESSIONS).where(SESSIONS.c.session_id == session_id).values(seen=now, proved=now))


def end_session(connection: Connection, session_id: str) -> None:
    """Sign one browser out."""
    connection.execute(delete(SESSIONS).where(SESSIONS.c.session_id == session_id))


def end_sessions(connection: Connection, account_id: str, *, but: str | None = None) -> int:
    """Sign an account out everywhere, or everywhere but here; tells from how many."""
    others = and_(SESSIONS.c.account_id == account_id, SESSIONS.c.session_id != (but or ""))
    return connection.execute(delete(SESSIONS).where(others)).rowcount


def _since(now: datetime) -> dict[str, datetime]:
    return {"used_since": now - IDLE, "made_since": now - LONGEST}


def _session(row: RowMapping) -> Session:
    return Session(**{name: row[name] for name in Session.__slots__})
