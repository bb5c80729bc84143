"""`harmledger account …`: who may sign in to the site."""

from __future__ import annotations

import sys
from getpass import getpass

from sqlalchemy import Connection

from harmledger.cli import tell, utc_now
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import write
from harmledger.domain import Account, Audited, Role
from harmledger.errors import BadInput
from harmledger.publish.wording import render_plain
from harmledger.store.accounts import (
    add_account,
    change_account,
    get_account,
    parse_name,
)
from harmledger.store.audit import add_audited, list_audited
from harmledger.store.keeping import bar_account, list_kept, reset_account
from harmledger.web.passwords import hash_password

HERE = "(command line)"
"""Who did it, as the audit has it: whoever may write the ledger's folder."""


def add(folder: str, name: str, role: str) -> None:
    """Make one."""
    with opened(folder) as ledger:
        name = parse_name(name)
        hashed = _ask_password(name)
        with ledger.writing() as connection:
            made = add_account(connection, name, Role(role), password_hash=hashed, now=utc_now())
            note(connection, "add-account", made.name)
    tell(f"account {made.name}: {made.role}")


def list_all(folder: str) -> None:
    """One line each."""
    with opened(folder) as ledger, ledger.reading() as connection:
        for one in list_kept(connection, now=utc_now()):
            write(f"{_told(one.account, two_step=one.two_step)}\n")


def set_role(folder: str, name: str, role: str) -> None:
    """Another role; it counts from the next request on."""
    with opened(folder) as ledger, ledger.writing() as connection:
        found = get_account(connection, name)
        change_account(connection, found.account_id, role=role)
        note(connection, "set-role", f"{found.name}: {role}")
    tell(f"account {found.name}: {role}, was {found.role}")


def reset(folder: str, name: str) -> None:
    """A new password for who lost it, or the app with it."""
    with opened(folder) as ledger:
        with ledger.reading() as connection:
            found = get_account(connection, name)
        hashed = _ask_password(found.name)
        with ledger.writing() as connection:
            reset_account(connection, found.account_id, password_hash=hashed, now=utc_now())
            note(connection, "reset-account", found.name)
    tell(f"account {found.name} has a new password, no second step and no tokens, and is signed out")


def disable(folder: str, name: str, *, undo: bool) -> None:
    """Shut out, or let in again."""
    with opened(folder) as ledger, ledger.writing() as connection:
        found = get_account(connection, name)
        ended = bar_account(connection, found.account_id, None if undo else utc_now())
        note(connection, "enable-account" if undo else "disable-account", found.name)
    tell(f"account {found.name} may sign in again" if undo else f"account {found.name} is disabled, {ended} signed out")


def show_audit(folder: str, *, most: int) -> None:
    """One line each, the latest first."""
    with opened(folder) as ledger, ledger.reading() as connection:
        for one in list_audited(connection, most=most):
            by = one.token_id and f"by token {one.token_id[:8]}"
            about = (
                one.who or "nobody",
                by,
                one.what,
                one.subject,
                one.outcome,
                one.address and f"from {one.address[:8]}",
            )
            write(f"{one.when:%Y-%m-%d %H:%M:%S}  {'  '.join(render_plain(part) for part in about if part)}\n")


def note(connection: Connection, what: str, subject: str) -> None:
    """Note in the audit what was done from the command line."""
    done = Audited(when=utc_now(), who=HERE, what=what, subject=subject, address=None, outcome="done")
    add_audited(connection, done)


def _ask_password(name: str) -> str:
    """The hash of a password typed twice without showing it, or of standard input's first line; never an argument, which others could see."""
    if sys.stdin.isatty():
        password = getpass(f"Password for {name}: ")
        if getpass("The same again: ") != password:
            raise BadInput("the two passwords differ", "the password", "try again")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    return hash_password(password, name=name)


def _told(one: Account, *, two_step: bool) -> str:
    about = ["second step" if two_step else "password only"]
    about += [f"disabled {one.disabled:%Y-%m-%d}"] if one.disabled else []
    return f"{render_plain(one.name)}  {one.role}  made {one.made:%Y-%m-%d}  {', '.join(about)}"
