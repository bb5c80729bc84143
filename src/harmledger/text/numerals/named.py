"""Where persons are named one by one: each run of names, with ages, kin and what stands in brackets, as one span.

Every capitalised name is proposed, a place's and an agency's too: whether it is a victim's is not decided here. How many
persons a span means is read by `persons`. Latin script only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmledger.text.numerals.people import BOUND_ARTICLE, KIN, PARTICLES, TITLES

_NO_NAMES = (
    "The An? In On At As By To From For With Of He She They We It This That These Those There Their His Her My Our Your Its If But And Or So While When Where After Before"
    " During Since Until Following According Among Both Each Another Other Others One Two Three Four Five Six Seven Eight Nine Ten Several Many Most Some All At"
    " However Meanwhile Moreover Additionally Also Although Despite Due Earlier Later Then Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    " January February March April May June July August September October November December Multiple Local Photos? Images? Videos? Sources? No Not Who What Which"
).split()
_CAPITAL = "[A-ZÀ-ÖØ-ÞŞİ]"
_LETTERS = r"(?:[^\W\d_]|[’'‘`ʿ-](?=[^\W\d_]))*"
_WORD = rf"(?:(?:{BOUND_ARTICLE})?{_CAPITAL}{_LETTERS}(?<![’'‘`]s)|{BOUND_ARTICLE}[^\W\d_]{_LETTERS}(?<![’'‘`]s)|(?:{PARTICLES})(?=\s{_CAPITAL}))"
_TITLE = rf"(?:{TITLES})\.\s*"
_NAME = rf"(?:{_TITLE})?(?!(?:{'|'.join(_NO_NAMES)})\b(?![-’'])){_WORD}(?:[ \u00a0/]+(?:{_TITLE})?{_WORD}){{0,8}}"
_AGE = r"(?:an?\s+)?(?:\d{1,3}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)[-\s](?:days?|weeks?|months?|years?)[-\s]old\s+(?:[a-z]+\s+)?"
_KIN = rf"(?:{KIN}|siblings|brothers|sisters|sons|daughters|twins)(?:-in-law)?"
_WHOSE = rf"(?:his|her|their|my|our|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur|(?:{_NAME})[’']s?)"
_LEAD = rf"(?:{_WHOSE}\s+(?:[\w-]+\s+){{0,3}}?{_KIN}(?:[:,]|\s*[–-])?\s*|an?\s+(?:[\w-]+\s+){{0,3}}?{_KIN},?\s+)?(?:{_AGE})?"
_AFTER = r"(?:,?\s*\([^()\n]{1,60}\)|\s*[“\"][^”\"\n]{1,30}[”\"]|,?\s+(?:aged\s+)?\d{1,2}(?:\s+years?(?:[-\s]old)?)?(?=[,;.]|\s+(?:and\b|\())|,\s+(?:the|an?)\s+\d{1,2}[-\s]year[-\s]old\s+[^,;.()\n]{2,70}(?=,)|,\s+who\s+(?:was|is)\s+(?:also\s+)?\w+(?=,))"
_PERSON = rf"(?>{_LEAD}{_NAME})(?![’'‘`]s\b)"
_RELATIVE = rf"(?:his|her|their|my|our)\s+(?:[\w-]+\s+){{0,2}}?{_KIN}\b"
_BESIDE = r"(?:along(?:side)?(?:\s+with)?|together\s+with|with|as\s+(?:was|were|well\s+as))\s+"
_NUMBERED = r"(?:his|her|their)\s+(?:\d|two|three|four|five|six|seven|eight|nine|ten)\b"
_HARMED = r"(?:who\s+)?(?:was|were)\s+(?:\w+\s+){0,2}?(?:killed|injured|wounded|martyred)\s*,?\s+"
_JOIN = rf"\s*(?:[,;]\s*(?:and\s+)?(?:{_BESIDE})?|\band\s+|,?\s*{_BESIDE}|,?\s*{_HARMED}{_BESIDE}(?!{_NUMBERED}))"
_NAMED = re.compile(rf"(?<![\w’'-]){_PERSON}(?:{_AFTER}{{0,4}}{_JOIN}(?:(?:{_KIN},?\s+)?{_PERSON}|{_RELATIVE}))*")
MAX_NAMED = 1500
"""Characters of the longest run of names that is proposed."""


def find_named(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    r"""Spans of persons named, in order, none overlapping another.

    >>> text = "It killed Sami Harb (42), his wife\nLina Harb\nand their son near Tel Rifa."
    >>> [" ".join(text[a:b].split()) for a, b in find_named(text)]
    ['Sami Harb (42), his wife Lina Harb and their son', 'Tel Rifa']
    """
    limit = len(text) if end is None else min(end, len(text))
    for m in _NAMED.finditer(text, start, limit):
        if m.end() - m.start() <= MAX_NAMED:
            yield m.span()
