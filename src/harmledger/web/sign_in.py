"""Signing in and out, and giving the password again before what can't be taken back.

Whatever was wrong, the answer is the same, and takes as long: nobody learns which names there are, nor which of them have a second step.
"""

from __future__ import annotations

import secrets

from sqlalchemy import Connection
from starlette.responses import Response

from harmledger.domain import Account
from harmledger.store.accounts import Credentials, change_account, find_credentials, fold_name
from harmledger.store.sessions import end_session, prove_session, start_session
from harmledger.web.codes import take_code
from harmledger.web.noted import note
from harmledger.web.passwords import hash_again, is_outdated, is_right
from harmledger.web.respond import onward, page, safe_path
from harmledger.web.visit import Visit

TOKEN_BYTES = 32
WRONG = "Name, password or code is wrong."
NOTICES = {"password": "Your password is set. Sign in with it."}
TOO_OFTEN = "Too many tries. Wait five minutes."


def show_sign_in(visit: Visit) -> Response:
    """The form."""
    asked = visit.request.query_params
    notice = NOTICES.get(asked.get("done", ""))
    return page(visit, "sign_in.html", next=safe_path(asked.get("next")), wrong=None, name="", notice=notice)


def sign_in(visit: Visit) -> Response:
    """Start a session with a new token, and lead on."""
    name, back = visit.form.get("name", ""), safe_path(visit.form.get("next"))
    account, wrong, status = _check(visit, name, "sign-in")
    if account is None:
        return page(visit, "sign_in.html", status=status, next=back, wrong=wrong, name=name, notice=None)
    token, site = secrets.token_urlsafe(TOKEN_BYTES), visit.site
    with site.ledger.writing() as writer:
        if visit.session:
            end_session(writer, visit.session.session_id)
        agent = visit.request.headers.get("user-agent", "unnamed")
        start_session(writer, account.account_id, token=token, agent=agent, now=site.now())
    response = onward(back)
    visit.cookies.set(response, "session", token)
    visit.cookies.end(response, "visit")
    return response


def sign_out(visit: Visit) -> Response:
    """End this browser's session."""
    response = onward("/")
    if visit.session:
        with visit.site.ledger.writing() as writer:
            end_session(writer, visit.session.session_id)
            note(visit, writer, "sign-out")
    visit.cookies.end(response, "session")
    return response


def show_prove(visit: Visit) -> Response:
    """The form that asks for the password again."""
    return page(visit, "prove.html", next=safe_path(visit.request.query_params.get("next")), wrong=None)


def prove(visit: Visit) -> Response:
    """Note that the person at this browser is still the one who signed in."""
    back = safe_path(visit.form.get("next"))
    account, wrong, status = _check(visit, visit.me.name, "prove")
    if account is None or visit.session is None:
        return page(visit, "prove.html", status=status, next=back, wrong=wrong)
    with visit.site.ledger.writing() as writer:
        prove_session(writer, visit.session.session_id, now=visit.site.now())
    return onward(back)


def _check(visit: Visit, name: str, what: str) -> tuple[Account | None, str, int]:
    """The account that these are name, password and code of; else what to say, with its status. Either way it is noted."""
    site, password = visit.site, visit.form.get("password", "")
    if not site.rates.may_sign_in(fold_name(name), visit.address):
        return None, TOO_OFTEN, 429
    found = find_credentials(visit.connection, name)
    right = is_right(password, found[1].password_hash if found else None)
    with site.ledger.writing() as writer:
        account = _let_in(visit, writer, found, password) if found and right else None
        note(visit, writer, what, outcome="done" if account else "refused", account=found and found[0])
    return (account, "", 200) if account else (None, WRONG, 403)


def _let_in(visit: Visit, writer: Connection, found: tuple[Account, Credentials], password: str) -> Account | None:
    """The account, where it isn't disabled and the code is right too."""
    account, held_to = found
    if account.disabled or not take_code(visit.site, writer, account, held_to, visit.form.get("code", "")):
        return None
    if is_outdated(held_to.password_hash):
        change_account(writer, account.account_id, password_hash=hash_again(password))
    return account
