"""One's own passkeys: a new one, and one that counts no longer. Each asks for the password where it was given some time ago."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.errors import BadInput
from harmledger.store.passkeys import add_passkey, list_passkeys, remove_passkey
from harmledger.web.noted import note
from harmledger.web.passkeys import MOST_PASSKEYS, REFUSED, ask_to_make, make_passkey
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit


def show_new_passkey(visit: Visit) -> Response:
    """The page that asks the browser for one."""
    return _new(visit)


def keep_passkey(visit: Visit) -> Response:
    """Keep what the browser made: from now on it is asked for, beside codes of an app."""
    if len(list_passkeys(visit.connection, visit.me.account_id)) >= MOST_PASSKEYS:
        raise HTTPException(409, f"An account has at most {MOST_PASSKEYS} passkeys. Remove one first.")
    try:
        made = make_passkey(visit, visit.form.get("name", ""), visit.form.get("answer", ""))
    except BadInput as e:
        return _new(visit, wrong=e.what[:1].upper() + e.what[1:])
    with visit.site.ledger.writing() as writer:
        if not add_passkey(writer, made):
            raise HTTPException(409, REFUSED)
        note(visit, writer, "add-passkey", subject=made.name)
    return onward("/account?done=passkey")


def drop_passkey(visit: Visit) -> Response:
    """Let one count no longer."""
    with visit.site.ledger.writing() as writer:
        if not remove_passkey(writer, visit.me.account_id, visit.form.get("passkey", "")):
            raise HTTPException(404)
        note(visit, writer, "remove-passkey")
    return onward("/account?done=removed")


def _new(visit: Visit, *, wrong: str | None = None) -> Response:
    options = ask_to_make(visit)
    return page(visit, "passkey_new.html", status=400 if wrong else 200, wrong=wrong, options=options)
