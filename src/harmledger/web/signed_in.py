"""Who asks: finds the session that a request's cookie names, of the desk or of who replies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from sqlalchemy import Connection

from harmledger.domain import Account, Replier, ReplierSession, Session
from harmledger.store import replier_sessions, sessions
from harmledger.web.cookies import Cookies, Name
from harmledger.web.site import Site


class _Seen(Protocol):
    @property
    def session_id(self) -> str: ...

    @property
    def seen(self) -> datetime: ...


Person = TypeVar("Person")
Begun = TypeVar("Begun", bound=_Seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions(Generic[Person, Begun]):
    """Sessions of one kind of people; one browser may have one of each."""

    cookie: Name
    find: Callable[[Connection, str, datetime], tuple[Person, Begun] | None]
    touch: Callable[[Connection, str, datetime], None]
    noted_every: timedelta
    """How exactly it is noted when one was last used; by that it lasts longer."""


DESK: Sessions[Account, Session] = Sessions(
    cookie="session",
    find=lambda connection, token, now: sessions.find_session(connection, token, now=now),
    touch=lambda connection, session, now: sessions.touch_session(connection, session, now=now),
    noted_every=sessions.NOTED_EVERY,
)
REPLIERS: Sessions[Replier, ReplierSession] = Sessions(
    cookie="reply-session",
    find=lambda connection, token, now: replier_sessions.find_replier(connection, token, now=now),
    touch=lambda connection, session, now: replier_sessions.touch_replier(connection, session, now=now),
    noted_every=replier_sessions.NOTED_EVERY,
)


def find_signed_in(
    site: Site, connection: Connection, cookies: Cookies, of: Sessions[Person, Begun]
) -> tuple[Person, Begun] | None:
    """Who asks, and by which session."""
    token = cookies.get(of.cookie)
    if token is None:
        return None
    now = site.now()
    found = of.find(connection, token, now)
    if found and now - found[1].seen > of.noted_every:
        with site.ledger.writing() as writer:
            of.touch(writer, found[1].session_id, now)
    return found
