"""Whether a text may name a person. It errs on the side of yes: a moderator reads what it holds, and nobody what it lets pass.

Comes in: a reply's text. Goes out: the words that may be a name. Knows English and Arabic; a text with letters of a script that it doesn't know may
name anybody.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from harmledger.resources.packaged import read_packaged_text

WORD = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u0652\u0670\u200c\u200d]|['’ʼ-](?=[^\W\d_]))*"
)
GAP = re.compile(r"(?P<point>\.)?[ \t\u00a0]*\n?[ \t\u00a0]*")
"""What may stand between two words of one name; anything else parts them."""
LONGEST_CUT = 3
"""Letters of what a point cuts short within a name, such as `Dr.` or `J.`; behind longer words it ends a sentence."""
KNOWN_SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "GREEK", "MODIFIER", "MASCULINE", "FEMININE", "MICRO")
"""Beginnings of letters' names in Unicode: those with capitals, and Arabic."""
_LETTERS = str.maketrans({"ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا", "ـ": None})
_ARABIC_BEFORE = ("وال", "بال", "فال", "ال", "لل", "و", "ف", "ب", "ل", "ك", "يا")


@dataclass(frozen=True, slots=True)
class _Word:
    shown: str
    fold: str
    start: int
    end: int


def find_name(text: str) -> str | None:
    """The first words that may be a person's name; None where there are none."""
    strange = next((each for each in text if _is_strange(each)), None)
    if strange:
        return strange
    words = [_Word(found[0], _fold(found[0]), found.start(), found.end()) for found in WORD.finditer(text)]
    return next(_find_names(text, words), None)


def _find_names(text: str, words: Sequence[_Word]) -> Iterator[str]:
    """Names by their own words, by the word before them, and by capitals in a row."""
    known = _known()
    for at, word in enumerate(words):
        if _is_given(word):
            yield word.shown
        after = words[at + 1] if at + 1 < len(words) else None
        if after and _joined(text, word, after):
            if word.fold in known["before_names"] and after.shown[0].isupper():
                yield text[word.start : after.end]
            if any(each in known["before_names_arabic"] for each in _bare(word.fold)) and _is_arabic(after.shown):
                yield text[word.start : after.end]
    for row in _rows_of_capitals(text, words):
        if len(row) > 1 and not any(part in known["no_names"] for word in row for part in word.fold.split("-")):
            yield text[row[0].start : row[-1].end]


def _rows_of_capitals(text: str, words: Sequence[_Word]) -> Iterator[list[_Word]]:
    """Words in a row that have capitals, without those that only begin a sentence."""
    row: list[_Word] = []
    beginnings = _known()["beginnings"]
    for word in words:
        capital = word.shown[0].isupper() or any(part[:1].isupper() for part in word.shown.split("-"))
        if row and not (capital and _joined(text, row[-1], word)):
            yield row
            row = []
        if capital and (row or word.fold not in beginnings):
            row.append(word)
    yield row


def _joined(text: str, word: _Word, after: _Word) -> bool:
    gap = GAP.fullmatch(text, word.end, after.start)
    return gap is not None and (not gap["point"] or len(word.shown) <= LONGEST_CUT)


def _is_given(word: _Word) -> bool:
    known = _known()
    parts = (word.fold, *re.split("['’ʼ-]", word.fold))
    return any(p in known["given_names"] for p in parts) or any(
        b in known["given_names_arabic"] for b in _bare(word.fold)
    )


def _bare(fold: str) -> Iterator[str]:
    """An Arabic word, and what it is without what is written before words without a space."""
    yield fold
    if _is_arabic(fold):
        yield from (
            fold.removeprefix(before)
            for before in _ARABIC_BEFORE
            if fold.startswith(before) and len(fold) > len(before) + 1
        )


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[0] <= "\u06ff"


def _is_strange(letter: str) -> bool:
    if letter.isascii() or not letter.isalpha():
        return False
    return not unicodedata.name(letter, "").startswith(KNOWN_SCRIPTS)


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(each for each in plain if unicodedata.category(each) not in {"Mn", "Cf"}).translate(_LETTERS)


@cache
def _known() -> dict[str, frozenset[str]]:
    read: dict[str, str] = tomllib.loads(read_packaged_text("replies.toml"))
    return {name: frozenset(words.split()) for name, words in read.items()}
