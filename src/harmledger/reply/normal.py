"""A text as a reader sees it, for counting its letters: tricks that make one word look like another, or unlike itself to a machine, are undone.

Comes in: a text that nobody vouches for. Goes out: a short plain one, in small letters, and what was undone. Its offsets mean nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST_CHARS = 20_000
"""Of a longer text no more is read; who judges one must not pass it."""
LOOKALIKES = str.maketrans(
    "авеікмнорсԁѕтухјӏԛԝьԍһ" + "αβεικνορτυχγωϲϳ",
    "abeikmhopcdstyxjlqwbgh" + "abeiknoptuxywcj",
)
"""Cyrillic and Greek small letters that look like Latin ones."""
ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None})
"""Letters that are written now so, now so."""
HIDDEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
"""Categories of signs that show nothing, or something else on every machine."""
SPACED_OUT = re.compile(r"\b[a-z](?:[ .\-_*|]{1,2}[a-z]\b){3,}")
"""Single letters, `l i k e t h i s`."""
NO_LETTER = re.compile(r"[^a-z]")
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    text: str
    cut: bool
    """There was more than is read."""
    hidden: int
    """Signs taken out that nobody sees; line ends, and joiners that some scripts and emoji need, aren't counted."""
    mixed: int
    """Words written in letters of several scripts that look alike."""


def make_plain(text: str) -> Plain:
    """The text as it looks, in small letters, digits as 0, with single spaces."""
    short = text[:MOST_CHARS]
    hidden = sum(unicodedata.category(c) in HIDDEN and c not in "\t\n\r\u200c\u200d" for c in short)
    shown = "".join(
        " " if c in "\t\n\r" else c for c in short if c in "\t\n\r" or unicodedata.category(c) not in HIDDEN
    )
    unmarked = _strip_marks(unicodedata.normalize("NFKD", shown)[:MOST_CHARS])
    small = unicodedata.normalize("NFKC", unmarked).casefold().translate(ARABIC)
    latin, mixed = _as_latin(small)
    joined = SPACED_OUT.sub(lambda found: NO_LETTER.sub("", found[0]), latin)
    figures = re.sub(r"\d", "0", joined)
    return Plain(text=" ".join(figures.split()), cut=len(text) > MOST_CHARS, hidden=hidden, mixed=mixed)


def _strip_marks(text: str) -> str:
    """Without accents, vowel signs and what is heaped upon letters."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Mn", "Me"} and unicodedata.category(c) != "Cf")


def _as_latin(text: str) -> tuple[str, int]:
    """Words that mix Latin letters with lookalikes, or are made of these alone, in Latin letters; and how many were mixed."""
    mixed = 0

    def fold(found: re.Match[str]) -> str:
        nonlocal mixed
        word = found[0]
        if word.isascii():
            return word
        latin = word.translate(LOOKALIKES)
        if not latin.isascii():
            return word
        mixed += any(c.isascii() for c in word)
        return latin

    return WORD.sub(fold, text), mixed
