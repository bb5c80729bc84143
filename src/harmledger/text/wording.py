"""Words of a text, folded so that spellings of one name meet; each keeps its offsets.

In comes a stretch of text, English or Arabic; out come its words in order, without articles. Case is kept as a flag, and short
words written in capitals stay so: "US" is no pronoun, "WHO" asks nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(r"(?:[^\W_]|[\u064b-\u0652\u0640\u0670])+(?:[.'’ʼ`‘](?:[^\W_]|[\u064b-\u0652\u0640\u0670])+)*")
_POSSESSIVE = re.compile(r"['’ʼ`‘][sS]$")
_INNER = str.maketrans("", "", ".'’ʼ`‘")
_ARTICLES = frozenset("the a an al el the ul".split())
_BOUND_ARTICLES = frozenset("an as ash ar ad at az ez es ed er".split())
"""The Arabic article as it sounds before some letters; one only where a hyphen follows."""
_ARABIC_MARKS = re.compile(r"[\u064b-\u0652\u0640\u0670]")
_ARABIC_LETTERS = str.maketrans("أإآٱىةؤئی", "ااااي" + "هويي")
_ARABIC_ARTICLE = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل))(?=..)")
_SHORT = 3
"""Up to so many letters, a word in capitals is an abbreviation, told from the common word by its case."""


class Word(NamedTuple):
    """A folded word and where it stands."""

    fold: str
    start: int
    end: int
    capital: bool


def find_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words between two offsets, folded, articles left out."""
    words: list[Word] = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        fold = fold_word(match[0])
        if not (fold in _ARTICLES or (fold in _BOUND_ARTICLES and text[match.end() : match.end() + 1] == "-")):
            words.append(Word(fold, match.start(), match.end(), match[0][0].isupper()))
    return words


def fold_wording(wording: str) -> tuple[str, ...]:
    """The folded words of a name, as `find_words` gives them."""
    pieces = wording.split() if wording.replace(" ", "").isalnum() else _WORD.findall(wording)
    folds = ((fold_word(piece), piece) for piece in pieces)
    return tuple(
        fold for fold, piece in folds if not (fold in _ARTICLES or (fold in _BOUND_ARTICLES and f"{piece}-" in wording))
    )


def fold_word(word: str) -> str:
    """One word without case, possessive, points, vowel marks and the Arabic article."""
    if word.isascii() and word.isalnum():
        return word if word.isupper() and 1 < len(word) <= _SHORT else word.lower()
    if "\u0600" <= word[0] <= "\u06ff":
        plain = _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS)
        return _ARABIC_ARTICLE.sub("", plain)
    plain = _POSSESSIVE.sub("", word).translate(_INNER)
    return plain if plain.isupper() and 1 < len(plain) <= _SHORT else plain.casefold()
