"""The nouns of the registry: entries, states, and mentions of them in a wording."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What somebody is who fights, governs, counts or tells."""

    STATE = "state"
    GOVERNMENT = "government"
    MINISTRY = "ministry"
    POLICE = "police"
    MILITARY = "military"
    ARMED_GROUP = "armed group"
    COALITION = "coalition"
    MONITOR = "monitor"
    OUTLET = "outlet"
    INTERNATIONAL = "international organisation"
    NGO = "ngo"
    MEDICAL = "medical"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody known: `id` is the slug that records carry."""

    id: str
    name: str
    kind: ActorKind
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2, home first, then where it is at work."""
    parent: str | None = None
    """Whom it belongs or answers to; of a person, for whom they speak."""
    aliases: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    """Names that stand for others too; one that begins with ~ means this entry only in a text that names it in full."""
    wikidata: str | None = None
    until: str | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state's entry, with the words that show that a text is about it."""

    entry: Entry
    adjectives: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the registry met in a wording."""

    entries: tuple[Entry, ...]
    """The one whose own name it is, or all that share it."""
    start: int
    end: int
    length: int
    """In words."""
    own: bool
    weak: tuple[Entry, ...] = ()
    """Those that it means only where they are named in full."""
    portfolio: str | None = None
    """`foreign`, `defence`, … where the words name a ministry without saying whose."""

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Names of one, before names of several, before bare states; the longer first."""
        return (not self.is_state, self.own, self.length)

    @property
    def is_state(self) -> bool:
        """Whether it is a state's own name."""
        return self.own and self.entries[0].kind is ActorKind.STATE
