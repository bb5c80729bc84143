"""Finds the places that a text names, by the gazetteer alone: fast, for candidates, features and a document's context.

A name is a run of capitalised words (or, in Arabic, the words after one that announces a place); the longest stretch of
the run that the gazetteer knows is taken, and only if what is left of the run is no part of another name: "Hassan" in
"Mohammad Hassan" is a person. Common words that some place is called by ("Police", "March") are no mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from harmledger.domain import Words
from harmledger.resolve.place_words import AROUND, DIRECTIONS, FUNCTION, NOUNS, RURAL
from harmledger.resources.gazetteer import Closeness, Namesake, common_words, country_adjectives
from harmledger.text.transliterate import is_arabic

MAX_WORDS = 5
"""Longest name looked up, articles apart."""

_ARTICLE = r"(?:(?:[aA]l|[eE]l)[- ]\s?|(?:A[rsdnzt]h?|E[zsr])[- ]|(?:a[rsdnzt]h?|e[zsr]|ul|ol)-)"
"""With a space only where it can't be English "as", "at" or "an"."""
_CAPITAL = r"[A-Z\u00c0-\u00de\u0100-\u017f\u1e00-\u1eff]"
_NAME_WORD = rf"(?:[A-Z]\.){{2,4}}|(?:{_ARTICLE})?['’‘ʿ`]?{_CAPITAL}[^\W_]*(?:['’‘ʿ`ʼ-][^\W_]+)*"
_RUN = re.compile(rf"(?<![\w-])(?:{_NAME_WORD})(?:[ \u00a0](?:{_NAME_WORD})){{0,11}}")
_WORD = re.compile(_NAME_WORD)
_ARABIC_CUES = "|".join(sorted((w for w in NOUNS.keys() | RURAL | DIRECTIONS | AROUND if w >= "\u0600"), key=len)[::-1])
_ARABIC_RUN = re.compile(
    rf"(?<![\u0600-\u06ff])(?:[وفبل]{{0,2}}(?:{_ARABIC_CUES}|في|إلى|من|على))\s+(?=((?:[\u0621-\u0652]+[ \u00a0]?){{1,4}}))"
)
_ARABIC_WORD = re.compile(r"[\u0621-\u0652]+")
MAX_CODE = 5
_STATES = frozenset("US U.S UK U.K UAE USA DRC CAR".split())
_PLAIN = FUNCTION | AROUND | DIRECTIONS | RURAL | frozenset(NOUNS)


class FindsPlaces(Protocol):
    """What is needed of a gazetteer."""

    def find(self, name: str) -> tuple[Namesake, ...]: ...
    def find_by_skeleton(self, name: str) -> tuple[Namesake, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of a text that name a place, and the places they may mean."""

    words: Words
    namesakes: tuple[Namesake, ...]


def find_places(text: str, start: int = 0, end: int | None = None, *, gazetteer: FindsPlaces) -> list[Words]:
    """The words between two offsets that name places, in the order of the text."""
    return [mention.words for mention in find_mentions(text, start, end, gazetteer=gazetteer)]


def find_mentions(text: str, start: int = 0, end: int | None = None, *, gazetteer: FindsPlaces) -> Iterator[Mention]:
    """The same with the places that the words may mean, the gazetteer's best first."""
    end = len(text) if end is None else end
    for run in _RUN.finditer(text, start, end):
        words = [(run.start() + w.start(), run.start() + w.end()) for w in _WORD.finditer(run.group())]
        yield from _in_run(text, words, gazetteer)
    if _ARABIC_WORD.search(text, start, end):
        yield from _in_arabic(text, start, end, gazetteer)


def _in_run(text: str, words: Sequence[tuple[int, int]], gazetteer: FindsPlaces) -> Iterator[Mention]:
    """Mentions in a run of capitalised words, if the run holds nothing but places and common words."""
    found: list[Mention] = []
    at = strange = 0
    while at < len(words):
        mention, width = _longest(text, words, at, gazetteer)
        if mention:
            found.append(mention)
        elif not _is_plain(text[slice(*words[at])]):
            strange += 1
        at += width
    if not strange:
        yield from found


def _longest(
    text: str, words: Sequence[tuple[int, int]], at: int, gazetteer: FindsPlaces
) -> tuple[Mention | None, int]:
    for width in range(min(MAX_WORDS, len(words) - at), 0, -1):
        start, end = words[at][0], words[at + width - 1][1]
        exact = re.sub(r"['’]s$", "", text[start:end])
        if width == 1 and _is_plain(exact):
            continue
        if namesakes := _worth(exact, gazetteer.find(exact)):
            return Mention(words=Words(exact=exact, start=start, end=start + len(exact)), namesakes=namesakes), width
    return None, 1


def _worth(name: str, namesakes: tuple[Namesake, ...]) -> tuple[Namesake, ...]:
    """The namesakes that this makes: one bare word must be spelt so, a likeness in sound is not enough."""
    words = name.split()
    if is_arabic(name) or ((len(words) > 1 or "-" in name) and not any(_is_plain(word) for word in words)):
        return namesakes
    return tuple(namesake for namesake in namesakes if namesake.closeness is Closeness.SPELLING)


def _is_plain(word: str) -> bool:
    lower = word.lower().rstrip(".")
    return lower in _PLAIN or lower in country_adjectives() or lower in common_words() or _is_code(word)


def _is_code(word: str) -> bool:
    """SANA, UN, ISIS: agencies and groups, not places; a whole text in capitals has longer names too."""
    return word.isascii() and word.isupper() and len(word) < MAX_CODE and word not in _STATES


def _in_arabic(text: str, start: int, end: int, gazetteer: FindsPlaces) -> Iterator[Mention]:
    done = start
    for run in _ARABIC_RUN.finditer(text, start, end):
        words = [(run.start(1) + w.start(), run.start(1) + w.end()) for w in _ARABIC_WORD.finditer(run.group(1))]
        while words and text[slice(*words[0])] in _PLAIN:
            words.pop(0)
        if words and words[0][0] >= done:
            mention, _ = _longest(text, words[:3], 0, gazetteer)
            if mention:
                done = mention.words.end
                yield mention
