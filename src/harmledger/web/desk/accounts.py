"""Accounts, for admins: who there is, a new one, another role, another password, shut out and let in again.

What the command line does too, but for oneself: nobody takes the own role or the own account away, so that somebody always keeps them.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import Account, Role
from harmledger.errors import BadInput
from harmledger.store.accounts import add_account, change_account, find_account
from harmledger.store.database import told_plainly
from harmledger.store.groups import list_groups_of
from harmledger.store.keeping import Kept, bar_account, check_admin_left, end_access, list_kept, reset_account
from harmledger.web.desk.told import sentence
from harmledger.web.invite import hash_unknown, make_link
from harmledger.web.noted import note
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit

OWN = "This is your own account. Another admin changes its role, resets it or disables it."
NOTICES = {
    "role": "The role is changed. It counts from the next page on.",
    "disabled": "The account is disabled, signed out everywhere, and its tokens have ended.",
    "enabled": "The account may sign in again.",
    "ended": "The account is signed out everywhere, and its tokens have ended.",
}


def show_accounts(visit: Visit) -> Response:
    """All of them."""
    return _accounts(visit)


def make_account(visit: Visit) -> Response:
    """A new account, whose person sets the password by a link that is shown this once."""
    name, hashed = visit.form.get("name", ""), hash_unknown()
    role = _parse_role(visit)
    try:
        with writing(visit) as writer:
            made = add_account(writer, name, role, password_hash=hashed, now=visit.site.now())
            note(visit, writer, "add-account", subject=made.name)
    except BadInput as e:
        return _accounts(visit, wrong=sentence(e))
    return _invited(visit, made, hashed)


def show_account(visit: Visit) -> Response:
    """One account, with what may be done with it."""
    kept = _get_kept(visit)
    return page(
        visit,
        "desk/account.html",
        kept=kept,
        account=kept.account,
        roles=list(Role),
        groups=list_groups_of(visit.connection, kept.account.account_id),
        own=kept.account.account_id == visit.me.account_id,
        notice=NOTICES.get(visit.request.query_params.get("done", "")),
    )


def change_role(visit: Visit) -> Response:
    """Another role; it counts from the next request on."""
    role = _parse_role(visit)
    with writing(visit) as writer:
        found = _get_other(visit, writer)
        if role is not Role.ADMIN:
            check_admin_left(writer, but=found.account_id)
        change_account(writer, found.account_id, role=role.value)
        note(visit, writer, "set-role", subject=f"{found.name}: {role}")
    return _back(found, "role")


def reset_password(visit: Visit) -> Response:
    """A new link for who lost the password or the second step; until it is used, nobody signs in there."""
    hashed = hash_unknown()
    with writing(visit) as writer:
        found = _get_other(visit, writer)
        reset_account(writer, found.account_id, password_hash=hashed, now=visit.site.now())
        note(visit, writer, "reset-account", subject=found.name)
    return _invited(visit, found, hashed)


def disable_account(visit: Visit) -> Response:
    """Shut out, or let in again; what the account decided stays."""
    undo = visit.form.get("undo") == "1"
    with writing(visit) as writer:
        found = _get_other(visit, writer)
        if not undo:
            check_admin_left(writer, but=found.account_id)
        bar_account(writer, found.account_id, None if undo else visit.site.now())
        note(visit, writer, "enable-account" if undo else "disable-account", subject=found.name)
    return _back(found, "enabled" if undo else "disabled")


def end_all_sessions(visit: Visit) -> Response:
    """Sign an account out everywhere, and end its tokens."""
    with writing(visit) as writer:
        found = _get_other(visit, writer)
        end_access(writer, found.account_id, now=visit.site.now())
        note(visit, writer, "end-sessions", subject=found.name)
    return _back(found, "ended")


@contextmanager
def writing(visit: Visit) -> Generator[Connection]:
    """One transaction on the ledger, whose failures are told as those of the record."""
    ledger = visit.site.ledger
    with told_plainly(ledger.where), ledger.writing() as writer:
        yield writer


def _get_kept(visit: Visit) -> Kept:
    wanted: str = visit.request.path_params["id"]
    every = list_kept(visit.connection, now=visit.site.now())
    found = next((each for each in every if each.account.account_id == wanted), None)
    if found is None:
        raise HTTPException(404)
    return found


def _get_other(visit: Visit, connection: Connection) -> Account:
    """The account that the path names, of somebody else."""
    found = find_account(connection, visit.request.path_params["id"])
    if found is None:
        raise HTTPException(404)
    if found.account_id == visit.me.account_id:
        raise HTTPException(403, OWN)
    return found


def _parse_role(visit: Visit) -> Role:
    try:
        return Role(visit.form.get("role", ""))
    except ValueError as e:
        raise HTTPException(400, "Choose a role.") from e


def _accounts(visit: Visit, *, wrong: str = "") -> Response:
    return page(
        visit,
        "desk/accounts.html",
        status=400 if wrong else 200,
        every=list_kept(visit.connection, now=visit.site.now()),
        roles=list(Role),
        typed=visit.form,
        wrong=wrong,
    )


def _invited(visit: Visit, account: Account, password_hash: str) -> Response:
    """The link, shown this once."""
    link = make_link(visit, account.account_id, password_hash)
    return page(visit, "desk/invited.html", account=account, link=link)


def _back(account: Account, done: str) -> Response:
    return onward(f"/desk/accounts/{account.account_id}?done={done}")
