"""The names of the registry's entries, indexed by their first word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from harmledger.resources.registry.entry import ActorKind, Entry, State
from harmledger.text.wording import fold_wording

PORTFOLIOS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "foreign": ("Foreign Ministry", ("foreign ministry", "ministry of foreign affairs", "foreign office", "foreign minister", "وزارة الخارجية", "الخارجية", "وزير الخارجية")),
    "defence": ("Defence Ministry", ("defence ministry", "defense ministry", "ministry of defence", "ministry of defense", "defence minister", "defense minister", "MoD", "MOD", "وزارة الدفاع", "وزير الدفاع")),
    "interior": ("Interior Ministry", ("interior ministry", "ministry of interior", "ministry of the interior", "interior minister", "وزارة الداخلية", "وزير الداخلية")),
    "health": ("Health Ministry", ("health ministry", "ministry of health", "ministry of public health", "health minister", "وزارة الصحة", "وزير الصحة")),
}  # fmt: skip
"""Ministries that every state has: no line of data each, but made when named."""
OF_EVERY_FORCE = (
    "army", "military", "armed forces", "air force", "government forces", "government troops", "government soldiers",
    "army units", "troops", "soldiers", "government warplanes", "الجيش", "القوات المسلحة", "القوات الحكومية", "سلاح الجو",
)  # fmt: skip
OF_EVERY_STATE = ("government", "authorities", "الحكومة", "السلطات")
"""Names that every state's forces, and every state, share with the others."""


class Alias(NamedTuple):
    """A name as the index holds it."""

    words: tuple[str, ...]
    capital: bool
    """A capital must begin it."""
    own: str | None
    shared: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    portfolio: str | None = None


_PLACE_WEIGHT = 2
"""Places say where things happen; states are also named for what they do abroad."""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """What names lead to."""

    aliases: Mapping[str, list[Alias]]
    """By their first word; the longer first."""
    forces: Mapping[str, Entry]
    """The armed forces of each state."""
    countries: Mapping[str, tuple[str, int]]
    """Words that show what country a text is about, with their weight."""


def index_names(entries: Mapping[str, Entry], states: Mapping[str, State]) -> NameIndex:
    """All names of these entries and states."""
    forces = _find_forces(entries, states)
    names: dict[tuple[str, ...], Alias] = {}
    for alias in _own_names(entries, states):
        names.setdefault(alias.words, alias)
    for alias in _shared_names(entries, states, {entry.id for entry in forces.values()}):
        names.setdefault(alias.words, alias)
    for portfolio, (_, phrases) in PORTFOLIOS.items():
        for words in map(fold_wording, phrases):
            shared = names[words].shared if words in names else ()
            names[words] = Alias(words=words, capital=False, own=None, shared=shared, portfolio=portfolio)
    index: dict[str, list[Alias]] = {}
    for words, alias in sorted(names.items(), key=lambda item: -len(item[0])):
        index.setdefault(words[0], []).append(alias)
    return NameIndex(aliases=index, forces=forces, countries=_index_countries(states))


def _find_forces(entries: Mapping[str, Entry], states: Mapping[str, State]) -> dict[str, Entry]:
    """Of each state the first military entry that answers to the state itself."""
    forces: dict[str, Entry] = {}
    for entry in entries.values():
        if entry.kind is ActorKind.MILITARY and entry.parent is not None and entry.parent in states:
            forces.setdefault(entry.parent, entry)
    return forces


def _own_names(entries: Mapping[str, Entry], states: Mapping[str, State]) -> Iterator[Alias]:
    """Each name of one entry alone; a single word that begins with a capital is a name only with it."""
    for entry in entries.values():
        adjectives = states[entry.id].adjectives if entry.id in states else ()
        for alias in (entry.name, *entry.aliases, *adjectives):
            if words := fold_wording(alias):
                yield Alias(words=words, capital=len(words) == 1 and alias[0].isupper(), own=entry.id)


def _shared_names(entries: Mapping[str, Entry], states: Mapping[str, State], forces: set[str]) -> Iterator[Alias]:
    """Each name of several with those it stands for, and those it stands for only where they are named in full."""
    bearers: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}
    for entry in entries.values():
        of_all = OF_EVERY_FORCE if entry.id in forces else OF_EVERY_STATE if entry.id in states else ()
        for alias in (*entry.shared, *of_all):
            kept = bearers.setdefault(fold_wording(alias), ([], []))[alias.startswith("~")]
            if entry.id not in kept:
                kept.append(entry.id)
    for words, (shared, weak) in bearers.items():
        yield Alias(words=words, capital=False, own=None, shared=tuple(shared), weak=tuple(weak))


def _index_countries(states: Mapping[str, State]) -> dict[str, tuple[str, int]]:
    countries: dict[str, tuple[str, int]] = {}
    for state in states.values():
        country = state.entry.countries[0]
        for name in (state.entry.name, *state.entry.aliases, *state.adjectives):
            words = fold_wording(name)
            if len(words) == 1:
                countries.setdefault(words[0], (country, 1))
        for place in state.places:
            countries.setdefault(fold_wording(place)[0], (country, _PLACE_WEIGHT))
    return countries
