"""What those who keep accounts do with them, on the command line and on the site alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from harmledger.domain import Account, Role
from harmledger.errors import Inconsistent
from harmledger.store.accounts import change_account, list_accounts, replace_recovery_codes
from harmledger.store.api_tokens import end_tokens, list_counting
from harmledger.store.audit import find_last_done
from harmledger.store.passkeys import list_passkeys, remove_passkeys
from harmledger.store.schema_accounts import ACCOUNTS
from harmledger.store.sessions import end_sessions, list_sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An account as those see it who keep it."""

    account: Account
    seen: datetime | None
    """When it last used the site, as far as that is known; None: it never signed in."""
    browsers: int
    """How many are signed in now."""
    tokens: int
    """How many count by which programs act for it."""
    two_step: bool
    """Whether the password alone signs nobody in: codes of an app are asked for, or a passkey."""


def list_kept(connection: Connection, *, now: datetime) -> Sequence[Kept]:
    """All accounts, by name."""
    signed_in = find_last_done(connection, "sign-in")
    return [_kept(connection, each, signed_in.get(each.name), now=now) for each in list_accounts(connection)]


def _kept(connection: Connection, account: Account, signed_in: datetime | None, *, now: datetime) -> Kept:
    sessions = list_sessions(connection, account.account_id, now=now)
    known = [*(session.seen for session in sessions), *([signed_in] if signed_in else [])]
    two_step = account.two_step or bool(list_passkeys(connection, account.account_id))
    return Kept(
        account=account,
        seen=max(known, default=None),
        browsers=len(sessions),
        tokens=len(list_counting(connection, account.account_id, now=now)),
        two_step=two_step,
    )


def reset_account(connection: Connection, account_id: str, *, password_hash: str, now: datetime) -> None:
    """Another password for who lost it, or the app with it: no second step, no tokens, and signed out everywhere."""
    nothing = dict.fromkeys(("totp_secret", "totp_since", "totp_last"))
    change_account(connection, account_id, password_hash=password_hash, **nothing)
    replace_recovery_codes(connection, account_id, ())
    remove_passkeys(connection, account_id)
    end_access(connection, account_id, now=now)


def end_access(connection: Connection, account_id: str, *, now: datetime, but: str | None = None) -> int:
    """End an account's sessions, all of them or all but one, and the tokens of its programs; tells how many sessions that were.

    Whoever had the password could make a token: where the one counts no longer, the other mustn't go on.
    """
    end_tokens(connection, account_id, now=now)
    return end_sessions(connection, account_id, but=but)


def bar_account(connection: Connection, account_id: str, since: datetime | None) -> int:
    """Shut an account out, or with None let it in again; tells from how many browsers it was signed out. Its tokens stay ended."""
    change_account(connection, account_id, disabled=since)
    if since:
        return end_access(connection, account_id, now=since)
    return end_sessions(connection, account_id)


def check_admin_left(connection: Connection, *, but: str) -> None:
    """Pass where somebody would keep accounts if this one didn't.

    Raises:
        Inconsistent: nobody would.
    """
    others = (ACCOUNTS.c.role == Role.ADMIN.value, ACCOUNTS.c.disabled.is_(None), ACCOUNTS.c.account_id != but)
    if not connection.execute(select(func.count()).where(*others)).scalar_one():
        raise Inconsistent("this is the last admin: nobody would keep accounts", but, "make another admin first")
