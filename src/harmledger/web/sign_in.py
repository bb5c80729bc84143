"""Signing in and out, and giving the password again before what can't be taken back.

Whatever was wrong, the answer is the same, and takes as long: nobody learns which names there are, nor which of them have a second step.
"""

from __future__ import annotations

import secrets
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.responses import Response

from harmledger.domain import Account
from harmledger.store.accounts import Credentials, change_account, find_credentials, fold_name
from harmledger.store.passkeys import list_passkeys
from harmledger.store.sessions import end_session, prove_session, start_session
from harmledger.web.codes import take_code
from harmledger.web.noted import note
from harmledger.web.passkeys import ask_to_sign, take_signature
from harmledger.web.passwords import hash_again, is_outdated, is_right
from harmledger.web.respond import onward, page, safe_path
from harmledger.web.visit import Visit

TOKEN_BYTES = 32
WRONG = "Name, password or code is wrong."
NOTICES = {"password": "Your password is set. Sign in with it."}
WRONG_PASSKEY = "The passkey was not taken. Give the password once more."
DONE, ASKED, REFUSED = 200, 202, 403
_OUTCOMES = {DONE: "done", ASKED: "asked", REFUSED: "refused"}
TOO_OFTEN = "Too many tries. Wait five minutes."


def show_sign_in(visit: Visit) -> Response:
    """The form."""
    asked = visit.request.query_params
    wrong = WRONG_PASSKEY if asked.get("wrong") == "passkey" else None
    notice = NOTICES.get(asked.get("done", ""))
    return page(visit, "sign_in.html", next=safe_path(asked.get("next")), wrong=wrong, name="", notice=notice)


def sign_in(visit: Visit) -> Response:
    """Start a session with a new token, and lead on; where the account has a passkey and no code was given, ask for that first."""
    name, back = visit.form.get("name", ""), safe_path(visit.form.get("next"))
    account, wrong, status = _check(visit, name, "sign-in")
    if account is None:
        return page(visit, "sign_in.html", status=status, next=back, wrong=wrong, name=name, notice=None)
    return _ask(visit, "sign-in", account) if status == ASKED else _start(visit, account)


def sign_in_by_passkey(visit: Visit) -> Response:
    """Start the session of who gave the password before and whose authenticator has signed."""
    account = _take_passkey(visit, "sign-in")
    return _start(visit, account) if account else _again(visit, "/sign-in")


def _start(visit: Visit, account: Account) -> Response:
    token, site = secrets.token_urlsafe(TOKEN_BYTES), visit.site
    with site.ledger.writing() as writer:
        if visit.session:
            end_session(writer, visit.session.session_id)
        agent = visit.request.headers.get("user-agent", "unnamed")
        start_session(writer, account.account_id, token=token, agent=agent, now=site.now())
    response = onward(safe_path(visit.form.get("next")))
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
    asked = visit.request.query_params
    wrong = WRONG_PASSKEY if asked.get("wrong") == "passkey" else None
    return _prove(visit, 200, safe_path(asked.get("next")), wrong)


def prove(visit: Visit) -> Response:
    """Note that the person at this browser is still the one who signed in."""
    account, wrong, status = _check(visit, visit.me.name, "prove")
    if account is None:
        return _prove(visit, status, safe_path(visit.form.get("next")), wrong)
    return _ask(visit, "prove", account) if status == ASKED else _proved(visit)


def prove_by_passkey(visit: Visit) -> Response:
    """The same, where the authenticator has signed after the password was given."""
    account = _take_passkey(visit, "prove")
    if account is None or account.account_id != visit.me.account_id:
        return _again(visit, "/prove")
    return _proved(visit)


def _prove(visit: Visit, status: int, back: str, wrong: str | None) -> Response:
    passkeys = list_passkeys(visit.connection, visit.me.account_id)
    return page(visit, "prove.html", status=status, next=back, wrong=wrong, passkeys=len(passkeys))


def _proved(visit: Visit) -> Response:
    if visit.session:
        with visit.site.ledger.writing() as writer:
            prove_session(writer, visit.session.session_id, now=visit.site.now())
    return onward(safe_path(visit.form.get("next")))


def _ask(visit: Visit, purpose: str, account: Account) -> Response:
    """The page that asks for a passkey, after the password was right."""
    options, back = ask_to_sign(visit, purpose, account), safe_path(visit.form.get("next"))
    return page(visit, "passkey.html", purpose=purpose, options=options, next=back, codes=account.two_step)


def _again(visit: Visit, where: str) -> Response:
    return onward(f"{where}?wrong=passkey&next={quote(safe_path(visit.form.get('next')), safe='')}")


def _take_passkey(visit: Visit, purpose: str) -> Account | None:
    """The account whose passkey was asked for and has signed; either way it is noted, where any was asked for."""
    with visit.site.ledger.writing() as writer:
        account, signed = take_signature(visit, writer, purpose)
        if account:
            note(visit, writer, purpose, outcome="done" if signed else "refused", account=account)
    return account if signed else None


def _check(visit: Visit, name: str, what: str) -> tuple[Account | None, str, int]:
    """The account that these are name, password and code of; else what to say, with its status. Either way it is noted."""
    site, password = visit.site, visit.form.get("password", "")
    if not site.rates.may_sign_in(fold_name(name), visit.address):
        return None, TOO_OFTEN, 429
    found = find_credentials(visit.connection, name)
    right = is_right(password, found[1].password_hash if found else None)
    with site.ledger.writing() as writer:
        status = _let_in(visit, writer, found, password) if found and right else REFUSED
        note(visit, writer, what, outcome=_OUTCOMES[status], account=found and found[0])
    return (found[0], "", status) if found and status != REFUSED else (None, WRONG, REFUSED)


def _let_in(visit: Visit, writer: Connection, found: tuple[Account, Credentials], password: str) -> int:
    """DONE, where the account isn't disabled and the code is right too; ASKED, where a passkey may stand for the code."""
    account, held_to = found
    code = visit.form.get("code", "")
    if account.disabled:
        return REFUSED
    if not (held_to.totp_confirmed and code.strip()) and list_passkeys(writer, account.account_id):
        return ASKED
    if not take_code(visit.site, writer, account, held_to, code):
        return REFUSED
    if is_outdated(held_to.password_hash):
        change_account(writer, account.account_id, password_hash=hash_again(password))
    return DONE
