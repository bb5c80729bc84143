"""What every way to sign in ends with: a session with a new token, and the way on."""

from __future__ import annotations

import hashlib
import secrets
from urllib.parse import quote

from starlette.responses import Response

from harmledger.store.replier_sessions import is_known, sign_replier_in, sign_replier_out
from harmledger.web.cookies import YEAR_SECONDS
from harmledger.web.replies.guard import takes_replies
from harmledger.web.respond import onward, page, safe_path
from harmledger.web.visit import Visit

MAIL = "mail"
TOKEN_BYTES = 32
NOBODY = "No new replies are taken here, and nobody who signs in this way has sent any."


def hash_subject(visit: Visit, provider: str, subject: str) -> str:
    """What is kept of who somebody is at a provider, or of an address: a keyed hash."""
    return visit.site.sign("reply identity", f"{provider}\0{subject}")


def browser_of(visit: Visit) -> str:
    """This browser, as sign-ins that it begins are bound to it."""
    return hashlib.sha256((visit.seed or "").encode()).hexdigest()


def enter(visit: Visit, *, provider: str, subject_hash: str, back: str) -> Response:
    """Sign in whoever this is, in place of who was before; who is new is asked for a name first.

    The seed of this browser's forms stays: what was typed before is found by it.
    """
    token, site = secrets.token_urlsafe(TOKEN_BYTES), visit.site
    if not takes_replies(visit) and not is_known(visit.connection, subject_hash):
        return page(visit, "replies/refused.html", status=403, why=NOBODY, next="/")
    with site.ledger.writing() as writer:
        if visit.replier_session:
            sign_replier_out(writer, visit.replier_session.session_id)
        _, is_new = sign_replier_in(writer, subject_hash, provider=provider, token=token, now=site.now())
    back = safe_path(back)
    response = onward(f"/replies/me/name?next={quote(back, safe='')}" if is_new else back)
    visit.cookies.set(response, "reply-session", token, seconds=YEAR_SECONDS)  # the ledger says when it ends
    return response
