"""Tokens by which programs act for accounts: made, found, ended. A token is known to its program alone; here lies its hash.

Whether a token still counts is looked up with every use, and with it whether its account may sign in and what its role is.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from harmledger.domain import Account, ApiToken, Role, TokenScope
from harmledger.errors import BadInput, Inconsistent, NotAllowed, NotFound
from harmledger.store.accounts import ACCOUNT_COLUMNS, ID_BYTES, account_of, parse_name
from harmledger.store.schema_accounts import ACCOUNTS, API_TOKENS
from harmledger.store.sessions import NOTED_EVERY, hash_token

PREFIX = "hlt_"
"""By which people, and programs that look for secrets in what is published, know a token of this kind."""
TOKEN_BYTES = 32
TOKEN_CHARS = 43
"""Behind the prefix: 32 bytes in base64url."""
MOST_TOKENS = 20
"""That count, of one account."""
MOST_DAYS = 366
"""No token is for ever: one that was forgotten somewhere stops by itself."""
LEAST_ROLE = Role.REVIEWER
"""What every scope there is asks of the account: who is less sees no reply that isn't public."""
SHORTEST_ID = 6
_KEPT_AS = {name: f"kept_{name}" for name in ApiToken.__slots__}
"""Names of a token's columns beside an account's, some of which are called the same."""
_OF_TOKEN = tuple(API_TOKENS.c[name].label(label) for name, label in _KEPT_AS.items())
_FIND = (
    select(API_TOKENS.c.token_hash, *_OF_TOKEN, *ACCOUNT_COLUMNS)
    .join(ACCOUNTS, ACCOUNTS.c.account_id == API_TOKENS.c.account_id)
    .where(API_TOKENS.c.token_hash == bindparam("hash"))
)
"""Asked with every request of a program, so built once."""


def add_token(
    connection: Connection, account: Account, *, name: str, scope: TokenScope, days: int, now: datetime
) -> tuple[str, ApiToken]:
    """A new token, which is nowhere else, and what is kept of it.

    Raises:
        BadInput: the name can't be one, or it would count too long.
        NotAllowed: the account's role is less than any scope asks for.
        Inconsistent: the account is disabled, or has as many as one may have.
    """
    if not 1 <= days <= MOST_DAYS:
        raise BadInput(f"a token counts for 1 to {MOST_DAYS} days", str(days), "choose a number between")
    if not account.role.covers(LEAST_ROLE):
        raise NotAllowed(
            "a token does what its account may, and readers moderate nothing", account.name, "ask an admin"
        )
    if account.disabled:
        raise Inconsistent("the account is disabled", account.name, "let it sign in again first")
    if sum(each.counts(now) for each in list_tokens(connection, account.account_id)) >= MOST_TOKENS:
        raise Inconsistent(f"an account has at most {MOST_TOKENS} tokens", account.name, "end one first")
    token = f"{PREFIX}{secrets.token_urlsafe(TOKEN_BYTES)}"
    made = ApiToken(
        token_id=secrets.token_hex(ID_BYTES),
        account_id=account.account_id,
        name=parse_name(name),
        scope=scope,
        made=now,
        expires=now + timedelta(days=days),
        last_used=None,
        revoked=None,
    )
    row = {each: getattr(made, each) for each in ApiToken.__slots__}
    connection.execute(insert(API_TOKENS), {**row, "scope": scope.value, "token_hash": hash_token(token)})
    return token, made


def find_token(connection: Connection, token: str, *, now: datetime) -> tuple[Account, ApiToken] | None:
    """Who acts by a token; None where it is none, was ended, is over, or its account is disabled: one question for all of these.

    It is looked up by its hash, never by itself: how long that takes tells of the hash, from which nobody gets to a token.
    """
    hashed = hash_token(token)
    row = connection.execute(_FIND, {"hash": hashed}).mappings().first()
    if row is None or not hmac.compare_digest(row["token_hash"], hashed):
        return None
    account, known = account_of(row), _token(row)
    return (account, known) if known.counts(now) and account.disabled is None else None


def list_tokens(connection: Connection, account_id: str) -> Sequence[ApiToken]:
    """An account's, those that ended too, in the order of making."""
    mine = select(*_OF_TOKEN).where(API_TOKENS.c.account_id == account_id)
    rows = connection.execute(mine.order_by(API_TOKENS.c.made, API_TOKENS.c.token_id)).mappings()
    return [_token(row) for row in rows]


def list_counting(connection: Connection, account_id: str, *, now: datetime) -> Sequence[ApiToken]:
    """Those of an account that count now."""
    return [each for each in list_tokens(connection, account_id) if each.counts(now)]


def is_use_noted(token: ApiToken, *, now: datetime) -> bool:
    """Whether it was noted within the minute that the token is used."""
    return token.last_used is not None and now - token.last_used <= NOTED_EVERY


def note_use(connection: Connection, token_id: str, *, now: datetime) -> None:
    """Note that it is used."""
    connection.execute(update(API_TOKENS).where(API_TOKENS.c.token_id == token_id).values(last_used=now))


def end_token(connection: Connection, account_id: str, wanted: str, *, now: datetime) -> ApiToken:
    """Let one of an account's tokens count no longer; `wanted` is the beginning of its id.

    Raises:
        NotFound: none that counts begins so, or several do.
    """
    mine = list_counting(connection, account_id, now=now)
    found = [each for each in mine if len(wanted) >= SHORTEST_ID and each.token_id.startswith(wanted)]
    if len(found) != 1:
        raise NotFound("no token that counts has this id", repr(wanted[:64]), "list the account's tokens")
    connection.execute(update(API_TOKENS).where(API_TOKENS.c.token_id == found[0].token_id).values(revoked=now))
    return found[0]


def end_tokens(connection: Connection, account_id: str, *, now: datetime) -> int:
    """Let none of an account's count any longer; tells how many did."""
    counting = (API_TOKENS.c.account_id == account_id, API_TOKENS.c.revoked.is_(None), API_TOKENS.c.expires > now)
    return connection.execute(update(API_TOKENS).where(*counting).values(revoked=now)).rowcount


def _token(row: RowMapping) -> ApiToken:
    kept: dict[str, Any] = {name: row[label] for name, label in _KEPT_AS.items()}
    kept["scope"] = TokenScope(kept["scope"])
    return ApiToken(**kept)
