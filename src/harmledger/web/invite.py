"""Links by which a person sets a password: made by an admin, shown once, good for a day and for one time.

Nothing is kept of a link. It is signed with the site's own chance over the account, the end of its time and the password that holds until then:
once that changes, in whatever way, the link counts no longer.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import Account
from harmledger.errors import BadInput
from harmledger.store.accounts import change_account, find_account, get_credentials
from harmledger.store.database import told_plainly
from harmledger.store.sessions import end_sessions
from harmledger.web.noted import note
from harmledger.web.passwords import hash_again, hash_password
from harmledger.web.respond import onward, page
from harmledger.web.site import Site
from harmledger.web.visit import Visit

LASTS = timedelta(hours=24)
UNKNOWN_BYTES = 32
DEAD = "This link counts no longer: it was used, is older than a day, or another one was made since. Ask for a new one."


def hash_unknown() -> str:
    """What is kept of a password that nobody knows: until a person sets one, nothing signs the account in."""
    return hash_again(secrets.token_urlsafe(UNKNOWN_BYTES))


def make_link(visit: Visit, account_id: str, password_hash: str) -> str:
    """The whole address at which this account's person sets a password."""
    until = int((visit.site.now() + LASTS).timestamp())
    signature = _sign(visit.site, account_id, until, password_hash)
    here = visit.site.config.site_url or str(visit.request.base_url)
    return f"{here.rstrip('/')}/set-password/{account_id}.{until}.{signature}"


def show_set_password(visit: Visit) -> Response:
    """The form, for who has a link that counts."""
    account = _find_invited(visit, visit.connection)
    return page(visit, "set_password.html", name=account.name, wrong=None)


def set_password(visit: Visit) -> Response:
    """Take the person's own password; the link is used up."""
    account = _find_invited(visit, visit.connection)
    new, again = visit.form.get("new", ""), visit.form.get("again", "")
    try:
        if new != again:
            raise BadInput("the two passwords differ", "the password", "try again")
        hashed = hash_password(new, name=account.name)
    except BadInput as e:
        wrong = f"{e.what[:1].upper()}{e.what[1:]}."
        return page(visit, "set_password.html", status=400, name=account.name, wrong=wrong)
    ledger = visit.site.ledger
    with told_plainly(ledger.where), ledger.writing() as writer:
        account = _find_invited(visit, writer)  # of two at once, one is first
        change_account(writer, account.account_id, password_hash=hashed)
        end_sessions(writer, account.account_id)
        note(visit, writer, "set-password", account=account)
    return onward("/sign-in?done=password")


def _find_invited(visit: Visit, connection: Connection) -> Account:
    """Whose link it is.

    Raises:
        HTTPException: 404, whatever is the matter with it.
    """
    account_id, until, signature = _parse(visit.request.path_params["token"])
    account = find_account(connection, account_id)
    if account is None or account.disabled or until < visit.site.now().timestamp():
        raise HTTPException(404, DEAD)
    right = _sign(visit.site, account_id, until, get_credentials(connection, account_id).password_hash)
    if not hmac.compare_digest(right, signature):
        raise HTTPException(404, DEAD)
    return account


def _parse(token: str) -> tuple[str, int, str]:
    match token.split("."):
        case [account_id, until, signature] if token.isascii() and until.isdecimal() and len(until) <= len(str(10**11)):
            return account_id, int(until), signature
        case _:
            raise HTTPException(404, DEAD)


def _sign(site: Site, account_id: str, until: int, password_hash: str) -> str:
    return site.sign("set-password", f"{account_id}\0{until}\0{password_hash}")
