"""Words as they are searched: one spelling for what writers spell in several ways, in Latin and in Arabic letters.

In comes a text; out come its words, folded, with where they stand. Case, accents, vowel marks and apostrophes are dropped, the forms of alef, ya
and ta marbuta are one (see `transliterate.fold_name`), and the definite article counts for nothing, before a word or on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from harmledger.text.transliterate import fold_name

LONGEST_WORD = 64
"""Letters of a word that count; longer ones are no words."""
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_JOINTS = "'`´‘’ʻʼʾʿ\u200c\u200d"
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}{_JOINTS}]+[^\W_]+)*[{_MARKS}]*")
_ARTICLES = frozenset({"al", "el", "the"})
_ARABIC_ARTICLE = re.compile("^(?:[وفبك]?ال(?=..)|لل(?=...))")
"""The article with what is written together with it: and-the, with-the, like-the, to-the."""


@dataclass(frozen=True, slots=True)
class Found:
    """A word as it is searched, and where it stands."""

    word: str
    start: int
    end: int


Names = dict[str, list[tuple[str, ...]]]
"""Folded names by their first word."""


def find_words(text: str) -> Iterator[Found]:
    """The words of a text, less articles that stand alone."""
    for match in _WORD.finditer(text):
        word = fold_word(match[0][:LONGEST_WORD])
        if word and word not in _ARTICLES:
            yield Found(word, match.start(), match.end())


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """One word as it is searched."""
    return _ARABIC_ARTICLE.sub("", fold_name(word).replace(" ", ""))


def fold_phrase(words: str) -> tuple[str, ...]:
    """The folded words of a name or a phrase."""
    return tuple(found.word for found in find_words(words))


def index_names(names: Iterable[str]) -> Names:
    """Names to be found in texts, whatever their spelling."""
    indexed: Names = {}
    for name in sorted(set(names)):
        if phrase := fold_phrase(name):
            indexed.setdefault(phrase[0], []).append(phrase)
    return indexed


def find_names(words: Sequence[Found], names: Names) -> Iterator[tuple[int, int]]:
    """From which word to which a name stands, the longest where several begin there; none within another."""
    at = 0
    while at < len(words):
        here = names.get(words[at].word, ())
        lengths = [len(name) for name in here if _stands(words, at, name)]
        if lengths:
            yield at, at + max(lengths)
        at += max(lengths, default=1)


def _stands(words: Sequence[Found], at: int, name: Sequence[str]) -> bool:
    return len(words) - at >= len(name) and all(words[at + n].word == word for n, word in enumerate(name))
