"""Who is signed in to reply: finds the session that a request's cookie names."""

from __future__ import annotations

from sqlalchemy import Connection

from harmledger.domain import Replier, ReplierSession
from harmledger.store.replier_sessions import NOTED_EVERY, find_replier, touch_replier
from harmledger.web.cookies import Cookies
from harmledger.web.site import Site


def find_replier_signed_in(
    site: Site, connection: Connection, cookies: Cookies
) -> tuple[Replier, ReplierSession] | None:
    """Who replies, and by which session; that it was used is noted once an hour, and it lasts longer by that."""
    token = cookies.get("reply-session")
    if token is None:
        return None
    now = site.now()
    found = find_replier(connection, token, now=now)
    if found and now - found[1].seen > NOTED_EVERY:
        with site.ledger.writing() as writer:
            touch_replier(writer, found[1].session_id, now=now)
    return found
