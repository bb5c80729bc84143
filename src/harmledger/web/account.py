"""One's own account: the password, the second step, recovery codes, and the browsers that are signed in.

All of it works without scripts. What weakens an account asks for the password again (see the guards in `app.py`).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.errors import BadInput
from harmledger.store.accounts import (
    change_account,
    count_recovery_codes,
    get_credentials,
    replace_recovery_codes,
    use_step,
)
from harmledger.store.api_tokens import LEAST_ROLE, MOST_TOKENS, list_counting
from harmledger.store.keeping import end_access
from harmledger.store.passkeys import list_passkeys
from harmledger.store.sessions import end_session, end_sessions, list_sessions
from harmledger.web.codes import draw_secret, find_step, hash_recovery_code, new_recovery_codes, new_secret
from harmledger.web.noted import note
from harmledger.web.own_tokens import LIVES, SCOPES
from harmledger.web.passwords import hash_password
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit

NOTICES = {
    "password": "The password is changed; other browsers are signed out, and tokens for programs have ended.",
    "ended": "Signed out there.",
    "passkey": "The passkey is kept. Signing in asks for it from now on.",
    "token": "The token counts no longer.",
    "removed": "The passkey counts no longer.",
}


def show_account(visit: Visit) -> Response:
    """What there is to see and change."""
    return _account(visit)


def change_password(visit: Visit) -> Response:
    """A new password; whoever else was signed in is so no longer, and no token goes on that was made by who knew the old one."""
    new, again = visit.form.get("new", ""), visit.form.get("again", "")
    if new != again:
        return _account(visit, wrong="The two passwords differ.")
    try:
        hashed = hash_password(new, name=visit.me.name)
    except BadInput as e:
        return _account(visit, wrong=f"{e.what[:1].upper()}{e.what[1:]}.")
    with visit.site.ledger.writing() as writer:
        change_account(writer, visit.me.account_id, password_hash=hashed)
        end_access(writer, visit.me.account_id, now=visit.site.now(), but=visit.session and visit.session.session_id)
        note(visit, writer, "change-password")
    return onward("/account?done=password")


def end_others(visit: Visit) -> Response:
    """Sign out one other browser, or all of them."""
    chosen = visit.form.get("session", "")
    with visit.site.ledger.writing() as writer:
        mine = {one.session_id for one in list_sessions(writer, visit.me.account_id, now=visit.site.now())}
        if chosen == "others":
            end_sessions(writer, visit.me.account_id, but=visit.session and visit.session.session_id)
        elif chosen in mine:
            end_session(writer, chosen)
        else:
            raise HTTPException(404)
        note(visit, writer, "end-session")
    return onward("/account?done=ended")


# --- the second step -------------------------------------------------------------------------------------------------


def begin_two_step(visit: Visit) -> Response:
    """A new secret, which counts only once a code of it was given."""
    if visit.me.two_step:
        raise HTTPException(409, "The second step is set up already. End it first.")
    with visit.site.ledger.writing() as writer:
        change_account(writer, visit.me.account_id, totp_secret=new_secret(), totp_last=None)
    return onward("/account/two-step")


def show_two_step(visit: Visit) -> Response:
    """The secret, as letters and as a picture, until a code of it was given."""
    return _two_step(visit)


def confirm_two_step(visit: Visit) -> Response:
    """From now on codes are asked for; the recovery codes are shown this once."""
    site, me = visit.site, visit.me
    secret = _pending_secret(visit)
    step = find_step(secret, visit.form.get("code", ""), now=site.now())
    if step is None:
        return _two_step(visit, wrong="This code is wrong. Look at the time of both devices.")
    with site.ledger.writing() as writer:
        use_step(writer, me.account_id, step)
        change_account(writer, me.account_id, totp_since=site.now())
        note(visit, writer, "begin-two-step")
    return renew_recovery(visit)


def end_two_step(visit: Visit) -> Response:
    """The password alone is enough again."""
    with visit.site.ledger.writing() as writer:
        change_account(writer, visit.me.account_id, totp_secret=None, totp_since=None, totp_last=None)
        replace_recovery_codes(writer, visit.me.account_id, ())
        note(visit, writer, "end-two-step")
    return onward("/account")


def renew_recovery(visit: Visit) -> Response:
    """New recovery codes, shown this once; those before count no longer."""
    codes = new_recovery_codes()
    with visit.site.ledger.writing() as writer:
        hashes = [hash_recovery_code(visit.site, code) for code in codes]
        replace_recovery_codes(writer, visit.me.account_id, hashes)
        note(visit, writer, "renew-recovery")
    return page(visit, "recovery.html", codes=codes)


def _account(visit: Visit, *, wrong: str | None = None) -> Response:
    connection, me = visit.connection, visit.me
    return page(
        visit,
        "account.html",
        status=400 if wrong else 200,
        wrong=wrong,
        notice=NOTICES.get(visit.request.query_params.get("done", "")),
        sessions=list_sessions(connection, me.account_id, now=visit.site.now()),
        session=visit.session,
        passkeys=list_passkeys(connection, me.account_id),
        codes_left=count_recovery_codes(connection, me.account_id),
        tokens=list_counting(connection, me.account_id, now=visit.site.now()),
        moderates=me.role.covers(LEAST_ROLE),
        scopes=SCOPES,
        lives=LIVES,
        most_tokens=MOST_TOKENS,
    )


def _two_step(visit: Visit, *, wrong: str | None = None) -> Response:
    secret = _pending_secret(visit)
    issuer = urlsplit(visit.site.config.site_url).hostname or "harmledger"
    picture = draw_secret(visit.me, secret, issuer=issuer)
    return page(visit, "two_step.html", status=400 if wrong else 200, wrong=wrong, secret=secret, picture=picture)


def _pending_secret(visit: Visit) -> str:
    held_to = get_credentials(visit.connection, visit.me.account_id)
    if held_to.totp_secret is None or held_to.totp_confirmed:
        raise HTTPException(404)
    return held_to.totp_secret
