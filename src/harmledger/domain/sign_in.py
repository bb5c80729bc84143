"""How repliers sign in: a link by mail, a sign-in begun at a provider, and the session that comes of either."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLink:
    """A link that was asked for. Its token stands in the mail alone."""

    link_id: str
    """SHA-256 of the token."""
    address_hash: str
    """Keyed hash of the address that it was sent to."""
    browser: str | None
    """SHA-256 of the seed of the browser that asked."""
    next: str
    """Where to lead on: a path of this site."""
    joins: str | None = None
    """Whose way of signing in the address becomes; None: it signs in whoever it is."""
    address: str | None = None
    """Of a link that joins, where to write to from then on; kept until the link is used or over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunSignIn:
    """A sign-in begun at a provider, by one browser; used up when that browser comes back."""

    provider: str
    """Its name in the settings; of an instance that a visitor named, with its address."""
    nonce: str
    verifier: str
    """The proof key that only this site has."""
    next: str
    joins: str | None = None
    """Whose way of signing in the account becomes; None: it signs in whoever it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplierSession:
    """One browser in which somebody is signed in to reply; its token is known to nobody but that browser."""

    session_id: str
    """SHA-256 of the token."""
    replier_id: str
    provider: str
    """By whom they signed in: `mail`, or a provider's name."""
    made: datetime
    seen: datetime
    """When it was last used, to the hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedMail:
    """A letter that waits to be written and sent."""

    mail_id: str
    """Chance."""
    to: str
    template: str
    told: dict[str, str]
    """What the template is filled with."""
    tries: int
    made: datetime
