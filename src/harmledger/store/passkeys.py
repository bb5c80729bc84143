"""Passkeys of accounts: what an authenticator's signature is held to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from harmledger.store.adding import add_new
from harmledger.store.schema_accounts import PASSKEYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """One authenticator of one account."""

    credential_id: str
    account_id: str
    name: str
    public_key: str
    sign_count: int
    made: datetime
    used: datetime | None


def add_passkey(connection: Connection, passkey: Passkey) -> bool:
    """Keep one; tells whether its credential is new."""
    return add_new(connection, PASSKEYS, {name: getattr(passkey, name) for name in Passkey.__slots__})


def list_passkeys(connection: Connection, account_id: str) -> list[Passkey]:
    """An account's, in the order of making."""
    mine = select(PASSKEYS).where(PASSKEYS.c.account_id == account_id).order_by(PASSKEYS.c.made, PASSKEYS.c.name)
    rows = connection.execute(mine).mappings()
    return [Passkey(**{name: row[name] for name in Passkey.__slots__}) for row in rows]


def use_passkey(connection: Connection, passkey: Passkey, sign_count: int, *, now: datetime) -> bool:
    """Note that it was used; whether it stands as it was when it was looked at."""
    same = (PASSKEYS.c.credential_id == passkey.credential_id) & (PASSKEYS.c.sign_count == passkey.sign_count)
    return connection.execute(update(PASSKEYS).where(same).values(sign_count=sign_count, used=now)).rowcount == 1


def remove_passkey(connection: Connection, account_id: str, credential_id: str) -> bool:
    """Let one of an account's count no longer; tells whether it was one."""
    mine = (PASSKEYS.c.account_id == account_id) & (PASSKEYS.c.credential_id == credential_id)
    return connection.execute(delete(PASSKEYS).where(mine)).rowcount == 1


def remove_passkeys(connection: Connection, account_id: str) -> None:
    """Let none of an account's count any longer."""
    connection.execute(delete(PASSKEYS).where(PASSKEYS.c.account_id == account_id))
