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
    """Names that stand for others too."""
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
    """A name of the registry met in a wording; `entries` has several for a shared name."""

    entries: tuple[Entry, ...]
    start: int
    end: int
    length: int
    """In words."""
    portfolio: str | None = None
    """`foreign`, `defence`, … where the words name a ministry without saying whose."""

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Names of one, before names of several, before bare states; the longer first."""
        state = len(self.entries) == 1 and self.entries[0].kind is ActorKind.STATE
        return (not state, len(self.entries) == 1 and not self.portfolio, self.length)


PORTFOLIOS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "foreign": ("Foreign Ministry", ("foreign ministry", "ministry of foreign affairs", "foreign office", "foreign minister", "وزارة الخارجية", "الخارجية", "وزير الخارجية")),
    "defence": ("Defence Ministry", ("defence ministry", "defense ministry", "ministry of defence", "ministry of defense", "defence minister", "defense minister", "MoD", "MOD", "وزارة الدفاع", "وزير الدفاع")),
    "interior": ("Interior Ministry", ("interior ministry", "ministry of interior", "ministry of the interior", "interior minister", "وزارة الداخلية", "وزير الداخلية")),
    "health": ("Health Ministry", ("health ministry", "ministry of health", "ministry of public health", "health minister", "وزارة الصحة", "وزير الصحة")),
}  # fmt: skip
"""Ministries that every state has: no line of data each, but made when named."""

_Alias = tuple[tuple[str, ...], bool, tuple[str, ...], str | None]
"""The words, whether a capital must begin them, whom they name, and which portfolio."""
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
        return next((e for m in self.find_named(wording) if (e := self.choose(m, wording, countries))), None)

    def find_named(self, wording: str) -> Iterator[Mention]:
        """The best mention of each coordinated part of a wording, in order."""
        mentions = self.find_mentions(wording)
        cuts = [m.start() for m in _COORDINATED.finditer(wording) if not any(x.start < m.start() < x.end for x in mentions)]
        for left, right in zip([0, *cuts], [*cuts, len(wording)], strict=True):
            within = [m for m in mentions if left <= m.start < right]
            if within:
                yield max(within, key=lambda m: m.rank)

    def find_mentions(self, text: str, start: int = 0, end: int | None = None) -> list[Mention]:
        """All names met, longest first at each word, none within another; not those that only qualify ("Iran-backed")."""
        words = find_words(text, start, end)
        found: list[Mention] = []
        i = 0
        while i < len(words):
            match = self._longest(words, i)
            length = len(match[0]) if match else 1
            if match and not _qualifies(words, i, i + length):
                found.append(self._mention(match, words[i].start, words[i + length - 1].end))
            i += length
        return found

    def choose(self, mention: Mention, wording: str, countries: Sequence[str]) -> Entry | None:
        """Which bearer of a name is meant, by a state named in the wording, else by the likeliest country."""
        if len(mention.entries) == 1 and not mention.portfolio:
            return mention.entries[0]
        for country in (*self._named_states(wording), *countries):
            if entry := self._of_country(mention, country):
                return entry
        return None

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
        for word, times in Counter(w.fold for w in find_words(text, 0, _ENOUGH_TEXT) if w.capital or not w.fold.isascii()).items():
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
            length = len(alias[0])
            fits = all(words[i + k].fold == alias[0][k] for k in range(1, length)) if i + length <= len(words) else False
            if fits and (words[i].capital or not alias[1]):
                return alias
        return None

    def _mention(self, alias: _Alias, start: int, end: int) -> Mention:
        words, _, slugs, portfolio = alias
        return Mention(tuple(self.entries[s] for s in slugs), start, end, len(words), portfolio)

    def _named_states(self, wording: str) -> Iterator[str]:
        for mention in self.find_mentions(wording):
            for entry in mention.entries[:1]:
                if entry.kind is ActorKind.STATE:
                    yield entry.countries[0]
        yield from (self._countries[w.fold][0] for w in find_words(wording) if w.fold in self._countries)

    def _of_country(self, mention: Mention, country: str) -> Entry | None:
        at_home = [e for e in mention.entries if e.countries[:1] == (country,)]
        at_work = [e for e in mention.entries if country in e.countries]
        if at_home or at_work:
            return (at_home or at_work)[0]
        state = next((s for s in self.states.values() if s.entry.countries == (country,)), None)
        return self._ministry(state.entry.id, mention.portfolio) if state and mention.portfolio else None

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
    _index_names(registry)
    _index_countries(registry)
    for entry in every.values():
        if entry.kind is ActorKind.MILITARY and entry.parent in by_state:
            registry._forces.setdefault(entry.parent, entry)
    return registry


def _index_names(registry: Registry) -> None:
    own: dict[tuple[str, ...], _Alias] = {}
    shared: dict[tuple[str, ...], list[str]] = {}
    for entry in registry.entries.values():
        for alias in (entry.name, *entry.aliases):
            words = fold_wording(alias)
            if words:
                own.setdefault(words, (words, len(words) == 1 and alias[0].isupper(), (entry.id,), None))
        for alias in entry.shared:
            shared.setdefault(fold_wording(alias), []).append(entry.id)
    for words, slugs in shared.items():
        own.setdefault(words, (words, False, tuple(slugs), None))
    for portfolio, (_, phrases) in PORTFOLIOS.items():
        for words in map(fold_wording, phrases):
            own[words] = (words, False, tuple(shared.get(words, ())), portfolio)
    for state in registry.states.values():
        for words in map(fold_wording, state.adjectives):
            own.setdefault(words, (words, words[0].isascii(), (state.entry.id,), None))
    for words, alias in sorted(own.items(), key=lambda item: -len(item[0])):
        registry._index.setdefault(words[0], []).append(alias)


def _index_countries(registry: Registry) -> None:
    for state in registry.states.values():
        country = state.entry.countries[0]
        for name in (state.entry.name, *state.entry.aliases, *state.adjectives):
            words = fold_wording(name)
            if len(words) == 1:
                registry._countries.setdefault(words[0], (country, 1))
        for place in state.places:
            registry._countries.setdefault(fold_wording(place)[0], (country, _PLACE_WEIGHT))


def _qualifies(words: list[Word], start: int, end: int) -> bool:
    """Whether a name only says whose friend or foe somebody else is: "Iran-backed", "anti-ISIS", "ISIS-held"."""
    after = end < len(words) and words[end].fold in _NOT_ITSELF_AFTER
    return after or (start > 0 and words[start - 1].fold in _NOT_ITSELF_BEFORE)


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
