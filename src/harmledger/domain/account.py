"""Who uses the site, and what they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What an account may do; each may do what those before it may."""

    READER = "reader"
    """Sees what is public, and the documents of its groups."""
    REVIEWER = "reviewer"
    """Decides on claims."""
    LEAD = "lead"
    """Merges, splits, settles what reviewers dispute, publishes; sees every document."""
    ADMIN = "admin"
    """Keeps accounts and groups."""

    def covers(self, other: Role) -> bool:
        """Whether this role may do what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who may sign in."""

    account_id: str
    """Chance, never a name: what others keep of an account outlives a change of name."""
    name: str
    role: Role
    two_step: bool
    """Whether signing in asks for a one-time code too."""
    made: datetime
    disabled: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One signed-in browser; its token is known to nobody but that browser."""

    session_id: str
    """SHA-256 of the token."""
    account_id: str
    made: datetime
    seen: datetime
    """When it was last used, to the minute."""
    proved: datetime
    """When its person last gave the password."""
    agent: str
    """What the browser calls itself."""


class TokenScope(StrEnum):
    """What a program may do by a token; never more than the token's account may do itself at that time."""

    READ = "replies:read"
    """See what moderators see of replies."""
    MODERATE = "replies:moderate"
    """That, and rule on them."""

    def covers(self, other: TokenScope) -> bool:
        """Whether this scope is enough for what asks for the other."""
        order = list(TokenScope)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """By what a program acts for an account; the token itself is known to the program alone."""

    token_id: str
    """Chance; names the token in lists and in the audit, and opens nothing."""
    account_id: str
    name: str
    """What its person calls it."""
    scope: TokenScope
    made: datetime
    expires: datetime
    last_used: datetime | None
    """To the minute."""
    revoked: datetime | None
    """When it was ended before its time."""

    def counts(self, now: datetime) -> bool:
        """Whether it is neither ended nor over."""
        return self.revoked is None and now < self.expires


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """For whom something is looked up; by itself: the public."""

    account_id: str | None = None
    sees_all: bool = False
    """Leads and admins see every document, whatever its groups."""


PUBLIC = Viewer()
"""Anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One thing that was done, or tried, and by whom; the record of these is only added to."""

    when: datetime
    who: str | None
    """The account's name at that time; None where nobody was signed in."""
    what: str
    subject: str | None
    address: str | None
    """The network address as a keyed hash: equal addresses can be told, none can be read."""
    outcome: str
    token_id: str | None = None
    """By which token a program did it; None: a person did, in a browser or on the command line."""
