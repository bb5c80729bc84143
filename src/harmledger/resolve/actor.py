"""Who is said to have done it: the words of blame, tied to the registry.

In come the words and their text; out comes an `Actor`. A state named as the doer ("Israeli airstrike", "Russia") is its armed
forces; words that name nobody known ("warplanes", "unknown gunmen") keep only themselves.
"""

from __future__ import annotations

import re

from harmledger.domain import Actor, Blamed
from harmledger.resolve.naming import find_entry
from harmledger.resources.registry import ActorKind, Entry, Registry

_DOERS = frozenset(
    {
        ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.POLICE, ActorKind.MILITARY, ActorKind.ARMED_GROUP,
        ActorKind.COALITION, ActorKind.MINISTRY, ActorKind.PERSON,
    }
)  # fmt: skip
_NOT_THE_STATE = re.compile(
    r"\b(?:rebels?|opposition|insurgents?|militants?|militias?|gunm[ae]n|settlers?|civilians?|people|tribe\w*|factions?|mercenar\w+|extremists?|jihadis\w*"
    r"|fighters?(?! (?:jets?|planes?|aircraft|bombers?))|terrorists?|groups?|gangs?|smugglers|protesters?|villagers|resistance|kurds|kurdish)\b|مسلح|فصائل|مرتزق|مجموع|ميليشي|مليشي|عصاب|إرهابي",
    re.IGNORECASE,
)
"""Words for those who carry a state's name and are not its forces."""


def resolve_actor(blamed: Blamed, *, text: str, registry: Registry) -> Actor:
    """The actor that the words blame, with its entry where they name one."""
    entry = _find_doer(blamed, text, registry)
    return Actor(
        words=blamed.words,
        id=entry and entry.id,
        name=entry and entry.name,
        certainty=blamed.certainty,
    )


def _find_doer(blamed: Blamed, text: str, registry: Registry) -> Entry | None:
    words = blamed.words
    found = find_entry(words.exact, text=text, before=words.start, registry=registry, kinds=_DOERS)
    if found is None:
        return None
    entry, mention = found
    if entry.kind in (ActorKind.PERSON, ActorKind.MINISTRY) and entry.parent:
        entry = registry.get(entry.parent) or entry
    if entry.kind is not ActorKind.STATE:
        return entry
    said_of = _TILL_NEXT.match(words.exact, mention.start)
    carried = said_of and _NOT_THE_STATE.search(said_of[0])
    return None if carried else registry.forces_of(entry.id) or entry


_TILL_NEXT = re.compile(r"(?:(?! and | or | with | as well |[,;]).){0,60}", re.DOTALL)
"""From a state's name to the next of those coordinated."""
