"""Headlines in a plain text: the lines that repeat its title, and where the text opens with it on the same line.

Comes in: lines and the title given beside the text, which may be several wordings in a row (page title, social title).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from harmledger.read.lines import fold

MIN_WORDS = 3
"""Fewer words of a title are a name, not its repeat."""

LIKENESS = 0.7
"""Share of words in common from which a line is a rewording of the title."""

OPENING_CHARS = 140
"""How far into a text the title may begin, behind a date, a section's name or a byline."""

KINSHIP = 0.4
"""Share of its words that the title has too, from which the first open line of a text is another wording of it."""

_WORD = re.compile(r"[^\W_]+")
_OUTLET = re.compile(r"(.{12,300}\S)\s+[-–—|•]\s+[^-–—|•]{2,60}$", re.DOTALL)
_AFTER_TITLE = re.compile(r"[\s.,:;!?|–—-]*")


@lru_cache(maxsize=8)
def _words(folded: str) -> frozenset[str]:
    return frozenset(_WORD.findall(folded))


def repeats_title(folded: str, title: str) -> bool:
    """Whether a line repeats the title or says nearly the same; both come folded."""
    words = _WORD.findall(folded)
    if len(words) < MIN_WORDS or not title:
        return False
    if f" {folded} " in f" {title} " or (len(title) <= len(folded) < 1.3 * len(title) and title in folded):
        return True
    shared = sum(word in _words(title) for word in words)
    return len(words) > MIN_WORDS and shared >= LIKENESS * len(words) and shared >= LIKENESS * _shortest(title)


def is_akin(folded: str, title: str) -> bool:
    """Whether a line can be another wording of the title, or there is no title to tell; both come folded."""
    words = _WORD.findall(folded)
    return not title or sum(word in _words(title) for word in words) >= KINSHIP * len(words)


def _shortest(title: str) -> int:
    """Words of one wording of the title, where it holds several in a row."""
    return len(_words(title))


def find_title(text: str, start: int, end: int, title: str) -> tuple[int, int] | None:
    """Where the title stands with which a text opens on the line of its first sentence; punctuation may differ.

    It may stand a little way in, behind a date or a byline, and without the name of its outlet.
    """
    for wording in _wordings(title):
        wanted = _WORD.findall(wording.casefold())
        if len(wanted) < MIN_WORDS:
            continue
        for first in _WORD.finditer(text, start, min(end, start + OPENING_CHARS)):
            if fold(first[0]) == fold(wanted[0]):
                found = _match_words(text, first.end(), end, wanted[1:])
                if found:
                    return first.start(), found
    return None


def _wordings(title: str) -> Iterator[str]:
    """The title as given, and without what stands behind its last dash or bar: the outlet's name."""
    yield title
    parted = _OUTLET.match(title)
    if parted:
        yield parted[1]


def _match_words(text: str, position: int, end: int, wanted: Sequence[str]) -> int | None:
    """Where the wanted words end if they follow one another from here; the white space and marks behind them included."""
    for word in wanted:
        found = _WORD.search(text, position, end)
        if not found or fold(found[0]) != fold(word):
            return None
        position = found.end()
    after = _AFTER_TITLE.match(text, position, end)
    return after.end() if after else position
