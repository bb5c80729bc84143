"""How alike two names of places are, in Latin and in Arabic letters, whatever the spelling.

Comes in: names and texts. Goes out: keys by which names meet, and a likeness from 0 to 1. Distances on the ground are no matter of this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from harmledger.text.transliterate import is_arabic, skeleton_key, sound_key

SAME, SAME_CONSONANTS, ONE_IN_OTHER = 1.0, 0.8, 0.6
"""A name by its sound, by its consonants alone, and where one is a part of the other."""
MIN_SKELETON = 3
"""Names of fewer consonants have too many namesakes to be known by these alone."""
LONGEST_NAME_WORDS = 3
_SPLIT = re.compile(r"\s*(?:[,;/&()،؛]|\band\b|\bor\b|\bnear\b|\s-\s|\bو\b)\s*", re.IGNORECASE)
_KIND = re.compile(
    r"\b(?:the|village|town|city|camp|area|district|neighbou?rhoods?|province|governorate|countryside|suburbs?|outskirts|vicinity|region|"
    r"refugee|displaced|idp|multiple|several|north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|of|in|rural|farms?|station|"
    r"قرية|مدينة|بلدة|حي|مخيم|ريف|محافظة|منطقة|ناحية)\b",
    re.IGNORECASE,
)
"""Words that say what a place is and where it lies, not its name."""
_WORD = re.compile(r"[^\W\d_](?:[\w'’`-]*\w)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedIn:
    """Keys of all names that a sentence and its report may hold."""

    sentence: frozenset[str]
    report: frozenset[str]


@lru_cache(maxsize=65536)
def name_keys(name: str) -> frozenset[str]:
    """Sound keys of each name in a wording: "Jarouh, Al-Albawi" has two; what says its kind is left out."""
    return frozenset(key for part in _bare(name) if (key := sound_key(part)))


@lru_cache(maxsize=65536)
def consonant_keys(name: str) -> frozenset[str]:
    """The same by consonants: one key for Latin and Arabic letters; those too short to tell left out."""
    return frozenset(key for part in _bare(name) if len(key := skeleton_key(part)) >= MIN_SKELETON)


def likeness(ours: Iterable[str], theirs: Iterable[str]) -> float:
    """How alike the likeliest of our and their names are."""
    ours, theirs = list(ours), list(theirs)
    if _all(name_keys, ours) & _all(name_keys, theirs):
        return SAME
    if _all(consonant_keys, ours) & _all(consonant_keys, theirs):
        return SAME_CONSONANTS
    return ONE_IN_OTHER if _words_of(ours) & _words_of(theirs) else 0.0


def name_words(text: str) -> frozenset[str]:
    """Consonant keys of all words of a text that may begin a name, and of two and three of them together."""
    words = [match[0] for match in _WORD.finditer(text)]
    return frozenset(key for run in _runs(words) if len(key := skeleton_key(run)) >= MIN_SKELETON)


def _runs(words: Sequence[str]) -> Iterator[str]:
    for i, word in enumerate(words):
        if word[0].isupper() or is_arabic(word):
            yield from (" ".join(words[i : i + length]) for length in range(1, LONGEST_NAME_WORDS + 1))


def _bare(name: str) -> list[str]:
    parts = (" ".join(_KIND.sub(" ", part).split()) for part in _SPLIT.split(name))
    bare = [part for part in parts if part]
    return bare or [name]


def _all(keys: Callable[[str], frozenset[str]], names: Sequence[str]) -> set[str]:
    return {key for name in names for key in keys(name)}


def _words_of(names: Sequence[str]) -> set[str]:
    words = {word for name in names for part in _bare(name) for word in part.replace("-", " ").split()}
    return {key for word in words if len(key := skeleton_key(word)) >= MIN_SKELETON}
