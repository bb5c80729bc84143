"""From a wording to the entry that it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harmledger.resources.registry.entry import ActorKind, Entry, Mention, State
from harmledger.resources.registry.names import PORTFOLIOS, Alias, NameIndex
from harmledger.text.wording import Word, find_words

_NOT_ITSELF_AFTER = frozenset(
    "linked affiliated backed aligned held controlled run based allied supported sponsored trained occupied besieged".split()
)
_NOT_ITSELF_BEFORE = frozenset("anti pro ex former".split())
_ARABIC_PREFIX = "وفبلك"
_COORDINATED = re.compile(r"\s(?:and|or|as well as|alongside|with|backed by)\s|[,;/&]|\sو(?=\S)")
_ENOUGH_TEXT = 6000
"""Characters that show what a report is about."""


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Registry:
    """All entries, and the index of their names; one registry is another only if it is the same object."""

    entries: Mapping[str, Entry]
    states: Mapping[str, State]
    names: NameIndex

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
            if match and self._is_cut_short(match, words, i):
                length = 1
            elif match and not _qualifies(text, words, i, i + length):
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
        return self.names.forces.get(state)

    def rank_countries(self, text: str) -> list[str]:
        """The countries that a text is about, by how often it names them and their places; the likeliest first."""
        counts: Counter[str] = Counter()
        for word, times in Counter(
            w.fold for w in find_words(text, 0, _ENOUGH_TEXT) if w.capital or not w.fold.isascii()
        ).items():
            if word in self.names.countries:
                country, weight = self.names.countries[word]
                counts[country] += times * weight
        return [country for country, _ in counts.most_common()]

    def _longest(self, words: list[Word], i: int) -> Alias | None:
        fold = words[i].fold
        known = self.names.aliases.get(fold)
        if known is None and fold and fold[0] in _ARABIC_PREFIX:
            known = self.names.aliases.get(fold[1:])
        for alias in known or ():
            length = len(alias.words)
            fits = i + length <= len(words) and all(words[i + k].fold == alias.words[k] for k in range(1, length))
            if fits and (words[i].capital or not alias.capital):
                return alias
        return None

    def _is_cut_short(self, match: Alias, words: list[Word], i: int) -> bool:
        """Whether a shared name begins what goes on as somebody's own: "aircraft of the coalition" in "… the coalition of the West"."""
        end = i + len(match.words)
        if match.own:
            return False
        longer = ((k, self._longest(words, k)) for k in range(i + 1, end))
        return any(alias and alias.own and k + len(alias.words) > end for k, alias in longer)

    def _mention(self, alias: Alias, start: int, end: int) -> Mention:
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
        yield from (self.names.countries[w.fold][0] for w in find_words(wording) if w.fold in self.names.countries)

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


def _qualifies(text: str, words: list[Word], start: int, end: int) -> bool:
    """Whether a name only says whose friend or foe somebody else is: "Iran-backed", "anti-ISIS", "ISIS-held"."""
    if start > 0 and words[start - 1].fold in _NOT_ITSELF_BEFORE:
        return True
    if end >= len(words) or words[end].fold not in _NOT_ITSELF_AFTER:
        return False
    return text[words[end].end :][:3] != " by"
