"""The nouns of the register of news sources."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OutletKind(StrEnum):
    """What publishes."""

    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    MAGAZINE = "magazine"
    ONLINE = "online"
    """A news site that neither prints nor broadcasts."""
    MONITOR = "monitor"
    """Counts or documents what happens in conflicts."""
    NGO = "NGO"
    INTERNATIONAL = "international organisation"
    GOVERNMENT = "government"
    MILITARY = "military"


class Ownership(StrEnum):
    """Whose it is. Says nothing about what it publishes."""

    STATE = "state"
    """A government's, or run by one."""
    PUBLIC = "public"
    """A public-service broadcaster or agency under a charter of its own."""
    PRIVATE = "private"
    PARTY = "party"
    """A party's or an armed movement's."""
    NONPROFIT = "nonprofit"
    """A foundation's, a society's or a cooperative's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A news source, as far as it is known for certain; None and empty where it isn't."""

    id: str
    name: str
    kind: OutletKind
    domains: tuple[str, ...]
    country: str | None = None
    """Where it is based, ISO 3166-1 alpha-2."""
    languages: tuple[str, ...] = ()
    """ISO 639-1, the main one first."""
    ownership: Ownership | None = None
