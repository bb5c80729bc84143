"""Who asks: finds the session that a request's cookie names."""

from __future__ import annotations

from sqlalchemy import Connection

from harmledger.domain import Account, Session
from harmledger.store.sessions import NOTED_EVERY, find_session, touch_session
from harmledger.web.cookies import Cookies
from harmledger.web.site import Site


def find_signed_in(site: Site, connection: Connection, cookies: Cookies) -> tuple[Account, Session] | None:
    """The account and its session; that it was used is noted once a minute."""
    token = cookies.get("session")
    if token is None:
        return None
    now = site.now()
    found = find_session(connection, token, now=now)
    if found and now - found[1].seen > NOTED_EVERY:
        with site.ledger.writing() as writer:
            touch_session(writer, found[1].session_id, now=now)
    return found
