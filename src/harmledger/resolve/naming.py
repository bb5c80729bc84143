"""Which entry of the registry a wording means in a given text.

In come a wording and the text before it; out comes an entry or None. A name that stands for several ("the coalition", "the army")
is the one that the text last named in full, else the one of the country that the text is about.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from harmledger.resources.registry import ActorKind, Entry, Mention, Registry

_MEMORY = 20_000
"""Characters either side in which a name said in full still lends itself to a short one."""


@lru_cache(maxsize=16)
def find_entry(
    wording: str, *, text: str, before: int, registry: Registry, kinds: Collection[ActorKind] = frozenset(ActorKind)
) -> tuple[Entry, Mention] | None:
    """Whom a wording means that stands at an offset of a text, and by which of its words; only entries of these kinds."""
    for part, mention in registry.find_named(wording):
        entry = _choose(mention, part, text, before, registry)
        if entry and entry.kind in kinds:
            return entry, mention
    return None


def find_meant_before(wording: str, *, text: str, before: int, registry: Registry) -> Entry | None:
    """Whom "the ministry", "the agency" or "the group" takes up again: the last of such a kind that the text named."""
    noun = _TAKEN_UP.match(wording.strip())
    if not noun:
        return None
    kinds = next(kinds for words, kinds in _KINDS_OF.items() if noun["noun"].lower() in words.split())
    for mention in reversed(registry.find_mentions(text, max(0, before - _NEAR_BEFORE), before)):
        around = text[max(0, mention.start - _OWNER_NEAR) : mention.end]
        entry = registry.choose(mention, around, ())
        if entry and entry.kind in kinds:
            return entry
    return None


_KINDS_OF = {
    "ministry الوزارة": {ActorKind.MINISTRY},
    "agency channel newspaper website network الوكالة القناة الصحيفة الشبكة الموقع": {ActorKind.OUTLET, ActorKind.MONITOR},
    "group movement الحركة الجماعة": {ActorKind.MONITOR, ActorKind.NGO, ActorKind.ARMED_GROUP},
    "organisation organization monitor charity mission المنظمة المؤسسة البعثة": {
        ActorKind.MONITOR, ActorKind.NGO, ActorKind.INTERNATIONAL, ActorKind.MEDICAL,
    },
}  # fmt: skip
_TAKEN_UP = re.compile(
    rf"(?:(?:the|that|this)\s(?:\w+\s)?)?(?P<noun>{'|'.join(' '.join(_KINDS_OF).split())})$", re.IGNORECASE
)
_OWNER_NEAR = 30
"""Characters before a ministry's name that say whose it is."""
_NEAR_BEFORE = 1500
"""Characters in which a definite noun is taken up."""


def _choose(mention: Mention, wording: str, text: str, before: int, registry: Registry) -> Entry | None:
    if entry := registry.choose(mention, wording, ()):
        return entry
    countries = countries_of(text, registry)
    if len(mention.entries) > _OF_MANY and not _DEFINITE.search(wording):
        return registry.choose(mention, wording, countries)
    candidates = [e for e in mention.entries if not e.countries or e.countries[0] in countries]
    named = [(_last_named(entry, text, before), entry) for entry in (*candidates, *mention.weak)]
    latest = max(named, key=lambda pair: pair[0], default=(-1, None))
    if latest[1] and (latest[0] >= 0 or _is_weakly_meant(latest[1], mention, text, before)):
        return latest[1]
    return registry.choose(mention, wording, countries)


_OF_MANY = 20
"""Bearers from which a name is one that every state has: "a military source" is of the country told about, "the army" the one last named."""
_DEFINITE = re.compile(r"^\s*the\b|(?<![\u0621-\u064a])[وفب]?ال", re.IGNORECASE)


def _is_weakly_meant(entry: Entry, mention: Mention, text: str, before: int) -> bool:
    return entry in mention.weak and _last_named(entry, text, min(len(text), before + _MEMORY)) >= 0


def _last_named(entry: Entry, text: str, before: int) -> int:
    after = max(0, before - _MEMORY)
    return max(text.rfind(alias, after, before) for alias in (entry.name, *entry.aliases))


@lru_cache(maxsize=2)
def countries_of(text: str, registry: Registry) -> tuple[str, ...]:
    """The countries that a text is about, the likeliest first; kept for the claims of one report."""
    return tuple(registry.rank_countries(text))
