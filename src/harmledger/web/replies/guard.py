"""What of replies is open to whom: no new ones where replies are off, and some only to who is signed in to reply."""

from __future__ import annotations

from functools import wraps
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.reply.notice import OFF
from harmledger.web.respond import onward, safe_path
from harmledger.web.visit import Handler, Visit

SIGN_IN = "/replies/sign-in"
CLOSED = "No new replies are taken here. What you sent before is under “Your replies” (/replies/mine): there you can take it with you, withdraw it and erase it."


def sends(handler: Handler) -> Handler:
    """Only where the site takes new words of readers. What they wrote before they reach, take with them, withdraw and erase in any case."""

    @wraps(handler)
    def answer(visit: Visit) -> Response:
        if not takes_replies(visit):
            raise HTTPException(403, CLOSED)
        return handler(visit)

    return answer


def for_repliers(handler: Handler) -> Handler:
    """Only for who is signed in to reply; others are led to signing in, and from there back."""

    @wraps(handler)
    def answer(visit: Visit) -> Response:
        return handler(visit) if visit.replier else ask_to_sign_in(visit)

    return answer


def takes_replies(visit: Visit) -> bool:
    """Whether new ones may be sent."""
    return visit.site.config.reply_open != OFF


def ask_to_sign_in(visit: Visit) -> Response:
    """To the page that asks how to sign in, and from there back to the page that was meant."""
    url = visit.request.url
    here = f"{url.path}?{url.query}" if url.query else url.path
    back = here if visit.request.method in {"GET", "HEAD"} else visit.form.get("next", "/")
    return onward(f"{SIGN_IN}?next={quote(safe_path(back), safe='')}")
