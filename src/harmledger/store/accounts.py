"""Accounts: made, changed and disabled, never taken away, since the log of decisions names them."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from harmledger.domain import Account, Role
from harmledger.errors import BadInput, NotFound
from harmledger.store.schema_accounts import ACCOUNTS, RECOVERY_CODES

MOST_NAME_CHARS = 64
ID_BYTES = 16
LISTED = "account list"
ACCOUNT_COLUMNS = (
    ACCOUNTS.c.account_id,
    ACCOUNTS.c.name,
    ACCOUNTS.c.role,
    ACCOUNTS.c.totp_since,
    ACCOUNTS.c.made.label("account_made"),
    ACCOUNTS.c.disabled,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What an account is held to at sign-in; leaves `web` never."""

    password_hash: str
    totp_secret: str | None
    totp_confirmed: bool
    totp_last: int | None


def fold_name(name: str) -> str:
    """A name as it is compared: who signs in needn't mind capitals or how an accent is written."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def add_account(connection: Connection, name: str, role: Role, *, password_hash: str, now: datetime) -> Account:
    """A new account.

    Raises:
        BadInput: the name can't be one, or is taken.
    """
    name = parse_name(name)
    if _find(connection, name):
        raise BadInput("somebody has that name already", name, "choose another")
    row = {"account_id": secrets.token_hex(ID_BYTES), "name": name, "folded": fold_name(name), "role": role.value}
    connection.execute(insert(ACCOUNTS), {**row, "password_hash": password_hash, "made": now})
    return get_account(connection, name)


def list_accounts(connection: Connection) -> Sequence[Account]:
    """All accounts, by name."""
    return [
        account_of(row) for row in connection.execute(select(*ACCOUNT_COLUMNS).order_by(ACCOUNTS.c.folded)).mappings()
    ]


def get_account(connection: Connection, name: str) -> Account:
    """The account of that name.

    Raises:
        NotFound: there is none.
    """
    found = _find(connection, name)
    if found is None:
        raise NotFound("no account has that name", name, f"list what there is with `harmledger {LISTED}`")
    return account_of(found)


def find_account(connection: Connection, account_id: str) -> Account | None:
    """The account of that whole id."""
    row = connection.execute(select(*ACCOUNT_COLUMNS).where(ACCOUNTS.c.account_id == account_id)).mappings().first()
    return None if row is None else account_of(row)


def find_credentials(connection: Connection, name: str) -> tuple[Account, Credentials] | None:
    """An account with what it is held to."""
    found = _find(connection, name)
    return None if found is None else (account_of(found), get_credentials(connection, found["account_id"]))


def get_credentials(connection: Connection, account_id: str) -> Credentials:
    """What an account is held to."""
    row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.account_id == account_id)).one()
    return Credentials(
        password_hash=row.password_hash,
        totp_secret=row.totp_secret,
        totp_confirmed=row.totp_since is not None,
        totp_last=row.totp_last,
    )


def change_account(connection: Connection, account_id: str, **values: Any) -> None:
    """Set columns of an account: role, password_hash, disabled, totp_secret, totp_since, totp_last."""
    connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.account_id == account_id).values(**values))


def use_step(connection: Connection, account_id: str, step: int) -> bool:
    """Use a one-time code's time step up; whether it wasn't before. Of two at once one has it."""
    fresh = (ACCOUNTS.c.totp_last.is_(None)) | (ACCOUNTS.c.totp_last < step)
    mine = update(ACCOUNTS).where(ACCOUNTS.c.account_id == account_id, fresh)
    return connection.execute(mine.values(totp_last=step)).rowcount == 1


def replace_recovery_codes(connection: Connection, account_id: str, hashes: Iterable[str]) -> None:
    """New codes; the old ones count no longer."""
    connection.execute(delete(RECOVERY_CODES).where(RECOVERY_CODES.c.account_id == account_id))
    rows = [{"code_hash": code, "account_id": account_id} for code in hashes]
    if rows:
        connection.execute(insert(RECOVERY_CODES), rows)


def use_recovery_code(connection: Connection, account_id: str, code_hash: str, *, now: datetime) -> bool:
    """Use a code up; whether it was one that counts."""
    unused = update(RECOVERY_CODES).where(
        RECOVERY_CODES.c.account_id == account_id,
        RECOVERY_CODES.c.code_hash == code_hash,
        RECOVERY_CODES.c.used.is_(None),
    )
    return connection.execute(unused.values(used=now)).rowcount == 1


def count_recovery_codes(connection: Connection, account_id: str) -> int:
    """How many codes are left."""
    left = select(func.count()).where(RECOVERY_CODES.c.account_id == account_id, RECOVERY_CODES.c.used.is_(None))
    return connection.execute(left).scalar_one()


def account_of(row: RowMapping) -> Account:
    """An account of a row that has ACCOUNT_COLUMNS."""
    return Account(
        account_id=row["account_id"],
        name=row["name"],
        role=Role(row["role"]),
        two_step=row["totp_since"] is not None,
        made=row["account_made"],
        disabled=row["disabled"],
    )


def _find(connection: Connection, name: str) -> RowMapping | None:
    return connection.execute(select(*ACCOUNT_COLUMNS).where(ACCOUNTS.c.folded == fold_name(name))).mappings().first()


def parse_name(name: str) -> str:
    """A name of an account or a group, on one line.

    Raises:
        BadInput: it can't be one.
    """
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if not name or len(name) > MOST_NAME_CHARS or not name.isprintable():
        raise BadInput(f"a name has 1 to {MOST_NAME_CHARS} letters", repr(name), "choose another")
    return name
