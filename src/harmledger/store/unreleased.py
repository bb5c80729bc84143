"""Names of victims that nobody released: what is searched and shown in short goes without them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from harmledger.review.fold import State, fold
from harmledger.store.decisions import read_log
from harmledger.store.entered import list_victims
from harmledger.text.finding import Found, Names, find_names, find_words, fold_phrase, index_names

BLOT = "█"
"""One for each letter that is withheld: what stands behind it keeps its place."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """All withheld names. A name of one word is withheld in the report that names the victim, a longer one everywhere."""

    everywhere: Names
    within: Mapping[str, Names]
    """By document."""
    victims: Mapping[tuple[str, ...], tuple[str, ...]]
    """Of each folded name the victims that are called so."""

    def find(self, document: str, words: Sequence[Found]) -> list[tuple[int, int]]:
        """From which word to which of a document's a withheld name stands."""
        if not self.victims:
            return []
        own = self.within.get(document, {})
        spans = [*find_names(words, self.everywhere), *(find_names(words, own) if own else ())]
        return sorted(set(spans))

    def blot(self, document: str, text: str) -> str:
        """A text with blots for the letters of withheld names."""
        if not self.victims:
            return text
        words = list(find_words(text))
        for first, end in self.find(document, words):
            start, stop = words[first].start, words[end - 1].end
            text = text[:start] + BLOT * (stop - start) + text[stop:]
        return text


def read_withheld(connection: Connection, *, state: State | None = None) -> Withheld:
    """The names that are withheld now. `state`: what follows from the log, where it is at hand."""
    victims = list(list_victims(connection))
    if not victims:
        return Withheld({}, {}, {})
    state = state or fold(read_log(connection))
    hidden = [victim for victim in victims if not state.is_released(victim.victim_id)]
    everywhere: list[str] = []
    within: dict[str, list[str]] = {}
    called: dict[tuple[str, ...], tuple[str, ...]] = {}
    for victim in hidden:
        for name in victim.names:
            phrase = fold_phrase(name)
            called[phrase] = (*called.get(phrase, ()), victim.victim_id)
            within.setdefault(victim.document_id, []).append(name)
            if len(phrase) > 1:
                everywhere.append(name)
    return Withheld(index_names(everywhere), {d: index_names(names) for d, names in within.items()}, called)
