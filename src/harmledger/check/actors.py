"""Whether whom a claim blames is among the belligerents that a recorder names, whatever they are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from harmledger.resources.registry import ActorKind, Registry

_ALSO = {
    "us-led-coalition": "US",
    "syrian-democratic-forces": "kurdish-led",
    "ypg": "kurdish-led",
    "asayish-syria": "kurdish-led",
    "free-syrian-army": "syrian-opposition",
    "syrian-national-army": "TR",
}
"""Whom the registry doesn't give the state on whose behalf reports count them."""
_SYNONYMS = {"coalition": "us-led-coalition", "u.s.-led coalition": "us-led-coalition", "israeli forces": "israeli-forces",
             "syrian regime": "syrian-government-forces", "kurdish forces": "ypg", "isis": "islamic-state",
             "iraq government forces": "iraqi-forces", "ypg forces": "ypg"}  # fmt: skip
"""Recorders' codes that name nobody, or somebody else, to the registry."""
_OF_A_STATE = frozenset(
    (ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.MINISTRY, ActorKind.POLICE, ActorKind.MILITARY)
)
"""Whoever is one of these counts to the state they are at home in; armed groups of one country fight one another."""
_COUNTRIES = ("SY", "IQ", "YE", "PS", "UA")
"""Which bearer is meant of a name that several countries' forces have, where a recorder's name leaves it open."""


@dataclass(frozen=True, slots=True)
class Member:
    """A belligerent that a recorder names, and whose side it counts to."""

    name: str
    sides: frozenset[str]
    """Empty of one whom the registry doesn't know."""


Family = tuple[Member, ...]


@lru_cache(maxsize=4096)
def family_of(belligerents: tuple[str, ...], registry: Registry) -> Family:
    """The recorded belligerents as the registry knows them; one whom it doesn't know is only a name."""
    return tuple(_member(name, registry) for name in belligerents if name.lower() != "unknown")


@lru_cache(maxsize=4096)
def sides_of(actor: str, registry: Registry) -> frozenset[str]:
    """The slug, those it belongs to, and the side it counts to."""
    return frozenset(_sides(actor, registry))


def rank_belligerents(sides: frozenset[str], family: Family) -> int | None:
    """The place in the recorder's list of the first belligerent of one of these sides."""
    return next((i for i, member in enumerate(family) if sides & member.sides), None)


def is_kin(sides: frozenset[str], family: Family) -> bool:
    """Whether any of them is of these sides, or unknown to the registry, so that nobody can tell."""
    return any(sides & member.sides or not member.sides for member in family)


def _member(name: str, registry: Registry) -> Member:
    entry = registry.get(_SYNONYMS.get(name.lower(), "")) or registry.find(name, countries=_COUNTRIES)
    return Member(entry.name if entry else name, sides_of(entry.id, registry) if entry else frozenset())


def _sides(actor: str, registry: Registry) -> Iterator[str]:
    entry = registry.get(actor)
    while entry:
        yield entry.id
        if entry.id in _ALSO:
            yield _ALSO[entry.id]
        elif entry.countries and entry.kind in _OF_A_STATE:
            yield entry.countries[0]
        entry = registry.get(entry.parent) if entry.parent else None
