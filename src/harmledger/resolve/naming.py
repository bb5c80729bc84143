"""Which entry of the registry a wording means in a given text.

In come a wording and the text before it; out comes an entry or None. A name that stands for several ("the coalition", "the army")
is the one that the text last named in full, else the one of the country that the text is about.
"""

from __future__ import annotations

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


def _choose(mention: Mention, wording: str, text: str, before: int, registry: Registry) -> Entry | None:
    if entry := registry.choose(mention, wording, ()):
        return entry
    countries = countries_of(text, registry)
    candidates = [e for e in mention.entries if not e.countries or e.countries[0] in countries]
    named = [(_last_named(entry, text, before), entry) for entry in (*candidates, *mention.weak)]
    latest = max(named, key=lambda pair: pair[0], default=(-1, None))
    if latest[1] and (
        latest[0] >= 0
        or (latest[1] in mention.weak and _last_named(latest[1], text, min(len(text), before + _MEMORY)) >= 0)
    ):
        return latest[1]
    return registry.choose(mention, wording, countries)


def _last_named(entry: Entry, text: str, before: int) -> int:
    after = max(0, before - _MEMORY)
    return max(text.rfind(alias, after, before) for alias in (entry.name, *entry.aliases))


@lru_cache(maxsize=2)
def countries_of(text: str, registry: Registry) -> tuple[str, ...]:
    """The countries that a text is about, the likeliest first; kept for the claims of one report."""
    return tuple(registry.rank_countries(text))
