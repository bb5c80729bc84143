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
