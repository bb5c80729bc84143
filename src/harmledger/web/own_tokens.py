"""One's own tokens, by which programs moderate for one: made, which asks for the password where it was given some time ago, and ended, which never asks."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import TokenScope
from harmledger.store.api_tokens import add_token, end_token
from harmledger.store.database import told_plainly
from harmledger.web.noted import note
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit

SCOPES: Mapping[TokenScope, str] = {
    TokenScope.READ: "read what moderators see of replies",
    TokenScope.MODERATE: "read and rule on replies",
}
LIVES: Mapping[str, str] = {"90": "90 days", "30": "30 days", "7": "a week", "366": "a year"}
"""Days that may be chosen, the usual ones first."""


def make_own_token(visit: Visit) -> Response:
    """A new token, shown this once."""
    form, ledger = visit.form, visit.site.ledger
    scope, days = form.get("scope", ""), form.get("days", "")
    if scope not in SCOPES or days not in LIVES:
        raise HTTPException(400, "Choose what the token may do, and how long.")
    with told_plainly(ledger.where), ledger.writing() as writer:
        secret, token = add_token(
            writer,
            visit.me,
            name=form.get("name", ""),
            scope=TokenScope(scope),
            days=int(days),
            now=visit.site.now(),
        )
        note(visit, writer, "add-token", subject=f"{token.token_id[:8]} {token.scope}")
    return page(visit, "token.html", token=token, secret=secret, may=SCOPES[token.scope])


def end_own_token(visit: Visit) -> Response:
    """Let one count no longer."""
    ledger = visit.site.ledger
    with told_plainly(ledger.where), ledger.writing() as writer:
        ended = end_token(writer, visit.me.account_id, visit.form.get("token", ""), now=visit.site.now())
        note(visit, writer, "end-token", subject=f"{ended.token_id[:8]} {ended.scope}")
    return onward("/account?done=token#tokens-h")
