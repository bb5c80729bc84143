"""Sign-ins of repliers that are under way: links by mail, and sign-ins begun at a provider. Each is used once, and only by who began it.

What is kept of a token or a state is its hash. Rows go a day after they were made.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from harmledger.domain import BegunSignIn, SignInLink
from harmledger.store.reply_erasing import SIGN_IN_FOR
from harmledger.store.schema_replies import OAUTH_STATES, SIGN_IN_LINKS
from harmledger.store.sessions import hash_token

LINK_LASTS = timedelta(minutes=30)
STATE_LASTS = timedelta(minutes=15)
MOST_LINKS_AN_HOUR = 5
"""To one address, whoever asks: a mailbox can't be flooded from here."""
BETWEEN_LINKS = timedelta(minutes=1)
"""To one address from one browser."""


def start_link(connection: Connection, link: SignInLink, *, now: datetime) -> bool:
    """Keep a link that was asked for; tells whether it may be sent, or is one too many.

    The same questions are asked whatever the address is: how long it takes tells nothing of it.
    """
    connection.execute(delete(SIGN_IN_LINKS).where(SIGN_IN_LINKS.c.made < now - SIGN_IN_FOR))
    asked = select(func.count()).where(SIGN_IN_LINKS.c.address_hash == link.address_hash)
    an_hour = connection.execute(asked.where(SIGN_IN_LINKS.c.made > now - timedelta(hours=1))).scalar_one()
    here = asked.where(SIGN_IN_LINKS.c.browser == link.browser, SIGN_IN_LINKS.c.made > now - BETWEEN_LINKS)
    just_now = connection.execute(here).scalar_one()
    row = {name: getattr(link, name) for name in SignInLink.__slots__}
    connection.execute(insert(SIGN_IN_LINKS), {**row, "made": now, "expires": now + LINK_LASTS})
    return an_hour < MOST_LINKS_AN_HOUR and not just_now


def find_link(connection: Connection, token: str, *, now: datetime) -> SignInLink | None:
    """The link of a token, where it still counts."""
    row = connection.execute(select(SIGN_IN_LINKS).where(_counts(token, now))).first()
    if row is None:
        return None
    return SignInLink(**{name: getattr(row, name) for name in SignInLink.__slots__})


def use_link(connection: Connection, token: str, *, now: datetime) -> bool:
    """Use a link up; whether it counted. Of two at once one has it."""
    used = update(SIGN_IN_LINKS).where(_counts(token, now)).values(used=now, address=None)
    return connection.execute(used).rowcount == 1


def start_state(connection: Connection, state: str, begun: BegunSignIn, *, browser: str, now: datetime) -> None:
    """Keep a sign-in that begins at a provider."""
    connection.execute(delete(OAUTH_STATES).where(OAUTH_STATES.c.made < now - SIGN_IN_FOR))
    row = {name: getattr(begun, name) for name in BegunSignIn.__slots__}
    connection.execute(insert(OAUTH_STATES), {**row, "state_id": hash_token(state), "browser": browser, "made": now})


def use_state(connection: Connection, state: str, *, browser: str, now: datetime) -> BegunSignIn | None:
    """The sign-in that a browser comes back from, used up by that; None where it began none such, or too long ago, or came back before."""
    mine = and_(
        OAUTH_STATES.c.state_id == hash_token(state),
        OAUTH_STATES.c.browser == browser,
        OAUTH_STATES.c.used.is_(None),
        OAUTH_STATES.c.made > now - STATE_LASTS,
    )
    row = connection.execute(select(OAUTH_STATES).where(mine)).first()
    if row is None or connection.execute(update(OAUTH_STATES).where(mine).values(used=now)).rowcount != 1:
        return None
    return BegunSignIn(**{name: getattr(row, name) for name in BegunSignIn.__slots__})


def _counts(token: str, now: datetime) -> ColumnElement[bool]:
    links = SIGN_IN_LINKS.c
    return and_(links.link_id == hash_token(token), links.used.is_(None), links.expires > now)
