"""Who is who in armed conflicts: actors and claimants, by every name they go by.

In comes a wording ("Russian warplanes", "the Observatory"), out comes the entry that it names, or None where it names nobody known.
The data are `actors/*.tsv`, each with its source, licence and date. Names that stand for several ("the coalition", "the army") are
told apart by a state named in the wording, or by the countries given; the registry doesn't look at the text around.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from harmledger.text.wording import Word, find_words, fold_wording


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


class _Alias(NamedTuple):
    """A name as the index holds it."""

    words: tuple[str, ...]
    capital: bool
    """A capital must begin it."""
    own: str | None
    shared: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    portfolio: str | None = None


_NOT_ITSELF_AFTER = frozenset(
    "linked affiliated backed aligned held controlled run based allied supported sponsored trained occupied besieged".split()
)
_NOT_ITSELF_BEFORE = frozenset("anti pro ex former".split())
_ARABIC_PREFIX = "وفبلك"
_COORDINATED = re.compile(r"\s(?:and|or|as well as|alongside|with|backed by)\s|[,;/&]|\sو(?=\S)")
_PLACE_WEIGHT = 2
"""Places say where things happen; states are also named for what they do abroad."""
_ENOUGH_TEXT = 6000
"""Characters that show what a report is about."""


@dataclass(frozen=True, eq=False)
class Registry:
    """All entries, and the index of their names."""

    entries: Mapping[str, Entry]
    states: Mapping[str, State]
    _index: dict[str, list[_Alias]] = field(default_factory=dict, repr=False)
    _forces: dict[str, Entry] = field(default_factory=dict, repr=False)
    _countries: dict[str, tuple[str, int]] = field(default_factory=dict, repr=False)

    def find(self, wording: str, *, countries: Sequence[str] = ()) -> Entry | None:
        """Whom a wording names: of several, the first coordinated; `countries`, likeliest first, decide between bearers of one name."""
        mentions = self.find_named(wording)
        return next((e for part, m in mentions if (e := self.choose(m, part, countries))), None)

    def find_named(self, wording: str) -> Iterator[tuple[str, Mention]]:
        """The mentions of a wording with the words of their coordinated part, part by part, the best of each part first."""
        mentions = self.find_mentions(wording)
        cuts = [
            m.start() for m in _COORDINATED.finditer(wording) if not any(x.start < m.start() < x.end for x in mentions)
        ]
        for left, right in zip([0, *cuts], [*cuts, len(wording)], strict=True):
            within = sorted((m for m in mentions if left <= m.start < right), key=lambda m: m.rank, reverse=True)
            yield from ((wording[left:right], m) for m in within)

    def find_mentions(self, text: str, start: int = 0, end: int | None = None) -> list[Mention]:
        """All names met, longest first at each word, none within another; not those that only qualify ("Iran-backed")."""
        words = find_words(text, start, end)
        found: list[Mention] = []
        i = 0
        while i < len(words):
            match = self._longest(words, i)
            length = len(match.words) if match else 1
            if match and not _qualifies(text, words, i, i + length):
                found.append(self._mention(match, words[i].start, words[i + length - 1].end))
            i += length
        return found

    def choose(self, mention: Mention, wording: str, countries: Sequence[str]) -> Entry | None:
        """Which bearer of a name is meant: of the state named in the wording, else of the likeliest country."""
        if mention.own:
            return mention.entries[0]
        named = list(self._named_states(wording))
        for country in named or countries:
            if entry := self._of_country(mention, country):
                return entry
        return self._ministry_of(mention, named or countries)

    def get(self, slug: str) -> Entry | None:
        """The entry of that id; a state's ministries are made as they are asked for."""
        if entry := self.entries.get(slug):
            return entry
        state, _, portfolio = slug.removesuffix("-ministry").rpartition("-")
        return self._ministry(state, portfolio) if slug.endswith("-ministry") and portfolio in PORTFOLIOS else None

    def forces_of(self, state: str) -> Entry | None:
        """The armed forces of a state."""
        return self._forces.get(state)

    def rank_countries(self, text: str) -> list[str]:
        """The countries that a text is about, by how often it names them and their places; the likeliest first."""
        counts: Counter[str] = Counter()
        for word, times in Counter(
            w.fold for w in find_words(text, 0, _ENOUGH_TEXT) if w.capital or not w.fold.isascii()
        ).items():
            if word in self._countries:
                country, weight = self._countries[word]
                counts[country] += times * weight
        return [country for country, _ in counts.most_common()]

    def _longest(self, words: list[Word], i: int) -> _Alias | None:
        fold = words[i].fold
        known = self._index.get(fold)
        if known is None and fold[0] in _ARABIC_PREFIX:
            known = self._index.get(fold[1:])
        for alias in known or ():
            length = len(alias.words)
            fits = i + length <= len(words) and all(words[i + k].fold == alias.words[k] for k in range(1, length))
            if fits and (words[i].capital or not alias.capital):
                return alias
        return None

    def _mention(self, alias: _Alias, start: int, end: int) -> Mention:
        slugs = (alias.own,) if alias.own else alias.shared
        return Mention(
            entries=tuple(self.entries[slug] for slug in slugs),
            start=start,
            end=end,
            length=len(alias.words),
            own=alias.own is not None,
            weak=tuple(self.entries[slug] for slug in alias.weak),
            portfolio=alias.portfolio,
        )

    def _named_states(self, wording: str) -> Iterator[str]:
        for mention in self.find_mentions(wording):
            if mention.is_state:
                yield mention.entries[0].countries[0]
        yield from (self._countries[w.fold][0] for w in find_words(wording) if w.fold in self._countries)

    def _of_country(self, mention: Mention, country: str) -> Entry | None:
        at_home = [e for e in mention.entries if e.countries[:1] == (country,)]
        at_work = [e for e in mention.entries if country in e.countries]
        return next(iter(at_home or at_work), None)

    def _ministry_of(self, mention: Mention, countries: Sequence[str]) -> Entry | None:
        if not (mention.portfolio and countries):
            return None
        states = (s.entry.id for s in self.states.values() if s.entry.countries == (countries[0],))
        return next((self._ministry(state, mention.portfolio) for state in states), None)

    def _ministry(self, state: str, portfolio: str) -> Entry | None:
        if state not in self.states:
            return None
        known, title = self.states[state], PORTFOLIOS[portfolio][0]
        return self.entries.get(f"{state}-{portfolio}-ministry") or Entry(
            id=f"{state}-{portfolio}-ministry",
            name=f"{known.adjectives[0] if known.adjectives else known.entry.name} {title}",
            kind=ActorKind.MINISTRY,
            countries=known.entry.countries,
            parent=state,
        )


@cache
def load_registry() -> Registry:
    """The registry that ships, read once."""
    states = {row["id"]: _read_state(row) for row in _read_rows("states.tsv")}
    others = [_read_entry(row) for name in ("belligerents.tsv", "claimants.tsv") for row in _read_rows(name)]
    return make_registry(states.values(), others)


def make_registry(states: Iterable[State], entries: Iterable[Entry]) -> Registry:
    """A registry of these states and entries, its names indexed."""
    by_state = {s.entry.id: s for s in states}
    every = {s.entry.id: s.entry for s in by_state.values()} | {e.id: e for e in entries}
    registry = Registry(every, by_state)
    for entry in every.values():
        if entry.kind is ActorKind.MILITARY and entry.parent in by_state:
            registry._forces.setdefault(entry.parent, entry)
    _index_names(registry)
    _index_countries(registry)
    return registry


def _index_names(registry: Registry) -> None:
    names: dict[tuple[str, ...], _Alias] = {}
    for words, capital, slug in _own_names(registry):
        names.setdefault(words, _Alias(words, capital, slug))
    for words, shared, weak in _shared_names(registry):
        names.setdefault(words, _Alias(words, False, None, shared, weak))
    for portfolio, (_, phrases) in PORTFOLIOS.items():
        for words in map(fold_wording, phrases):
            shared = names[words].shared if words in names else ()
            names[words] = _Alias(words, False, None, shared, portfolio=portfolio)
    for words, alias in sorted(names.items(), key=lambda item: -len(item[0])):
        registry._index.setdefault(words[0], []).append(alias)


def _own_names(registry: Registry) -> Iterator[tuple[tuple[str, ...], bool, str]]:
    """Each name of one entry alone; a single word that begins with a capital is a name only with it."""
    for entry in registry.entries.values():
        adjectives = registry.states[entry.id].adjectives if entry.id in registry.states else ()
        for alias in (entry.name, *entry.aliases, *adjectives):
            if words := fold_wording(alias):
                yield words, len(words) == 1 and alias[0].isupper(), entry.id


def _shared_names(registry: Registry) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Each name of several with those it stands for, and those it stands for only where they are named in full."""
    bearers: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}
    forces = {entry.id for entry in registry._forces.values()}
    for entry in registry.entries.values():
        of_all = OF_EVERY_FORCE if entry.id in forces else OF_EVERY_STATE if entry.id in registry.states else ()
        for alias in (*entry.shared, *of_all):
            kept = bearers.setdefault(fold_wording(alias), ([], []))[alias.startswith("~")]
            if entry.id not in kept:
                kept.append(entry.id)
    for words, (shared, weak) in bearers.items():
        yield words, tuple(shared), tuple(weak)


def _index_countries(registry: Registry) -> None:
    for state in registry.states.values():
        country = state.entry.countries[0]
        for name in (state.entry.name, *state.entry.aliases, *state.adjectives):
            words = fold_wording(name)
            if len(words) == 1:
                registry._countries.setdefault(words[0], (country, 1))
        for place in state.places:
            registry._countries.setdefault(fold_wording(place)[0], (country, _PLACE_WEIGHT))


def _qualifies(text: str, words: list[Word], start: int, end: int) -> bool:
    """Whether a name only says whose friend or foe somebody else is: "Iran-backed", "anti-ISIS", "ISIS-held"."""
    if start > 0 and words[start - 1].fold in _NOT_ITSELF_BEFORE:
        return True
    if end >= len(words) or words[end].fold not in _NOT_ITSELF_AFTER:
        return False
    return text[words[end].end :][:3] != " by"


def _read_rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("harmledger.resources") / "actors" / name).read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    columns = next(lines).split("\t")
    for line in lines:
        cells = line.split("\t")
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def _read_state(row: Mapping[str, str]) -> State:
    entry = Entry(
        id=row["id"],
        name=row["name"],
        kind=ActorKind.STATE,
        countries=(row["code"],),
        aliases=_split(row["aliases"]),
        wikidata=row["wikidata"] or None,
    )
    return State(entry=entry, adjectives=_split(row["adjectives"]), places=_split(row["places"]))


def _read_entry(row: Mapping[str, str]) -> Entry:
    return Entry(
        id=row["id"],
        name=row["name"],
        kind=ActorKind(row["kind"]),
        countries=tuple(row["countries"].split()),
        parent=row["parent"] or None,
        aliases=_split(row["aliases"]),
        shared=_split(row["shared"]),
        wikidata=row["wikidata"] or None,
        until=row["until"] or None,
        successor=row["successor"] or None,
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("; ")) if cell else ()
