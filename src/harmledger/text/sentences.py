"""Where sentences begin and end in a news text, by one regular expression; offsets are kept.

In comes a text and a stretch of it; out go the half-open spans of its sentences, in order, without the white space
between them. A sentence ends at a stop with its closing quotes, at a blank line, before a list item, and at a gap of
several spaces before a capital (flattened paragraphs); never after an abbreviated title, an initial or inside a number.
A line break alone ends none: names and hard-wrapped lines run on. No parsing, no language detection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_CLOSERS = 8
"""Closing marks taken after a stop; a longer run is no sentence's end (and would cost quadratic time on hostile input)."""

_TITLES = {
    2: "Mr|Ms|Dr|Lt|St|Mt|Fr|Sr|vs|Ft|Bn|Br|Pr",
    3: "Mrs|Gen|Col|Maj|Sgt|Cpl|Cmd|Adm|Gov|Sen|Rep|Rev|Hon|Pvt|Sec",
    4: "Capt|Cmdr|Prof|Pres|Supt|Brig",
    5: "Lieut|Messr|Assoc",
}
"""Abbreviated titles, by length (a look-behind needs one width): a name follows them, never a new sentence."""
_BEFORE_FIGURES = {
    2: "No|pp|op",
    3: "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Nos|Art|Res|Fig|Vol",
    4: "Sept",
}
"""Abbreviations that run on only into a figure ("No. 5", "Oct. 12")."""
_OPENERS = (
    "The|A|An|In|On|At|It|Its|He|His|She|Her|They|Their|We|But|And|This|That|These|Those|There|Some|According|Also|"
    "However|Meanwhile|Earlier|Later|After|Before|As|If|For|From|Since|While|When|Two|Three|Four|Five|At least|More"
)
"""Words that open a sentence after an initial ("in the U.S. The army …"); a name would not follow there."""
_DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|GMT|UTC|EST|local"


def _not_after(words: dict[int, str]) -> str:
    return "".join(rf"(?<!\b(?:{alternatives})\.)" for alternatives in words.values())


_END = re.compile(
    rf"""
      [.!?…؟؛۔\n]
      (?:
          (?<!\n) (?<![.!?…]{{2}})
          {_not_after(_TITLES)}
          (?: (?!\s*+[0-9]) | (?:{_not_after(_BEFORE_FIGURES)}) )
          (?: (?<!\b[A-Z]\.) | (?=\s+(?:{_OPENERS})\b) | (?=\s*\n\s*\n) | (?=["”’»]) )
          (?: (?<!\b[ap]\.m\.) | (?!\s+(?:{_DAYS}|[0-9(])) )
          [.!?…؟]*+ ["'”’»)\]]{{0,{MAX_CLOSERS}}}+
          (?: (\s++) (?![a-zà-öø-ÿа-я,;:)]) | (?<=[a-z][a-z][.!?])()(?=[A-Z][a-z]) | (?<=[ء-ي][ء-ي][.؟!])()(?=[ء-ي][ء-ي]) )
        | (?<=\n) (?: [ \t\r]*+ \n \s*+ | [ \t]*+ (?=(?:[-*•·▪●–—]|[0-9]{{1,2}}[.)])[ \t]) )
      )
    """,
    re.VERBOSE,
)
_GAP = re.compile(
    r"(?<=[^\s.!?…,;:])(?<!\b(?:the|and|for))(?<!\b(?:of|in|to|by|at|on|al|an))(?<!\ba) {2,}+(?=[A-Z][a-z])"
)
_SPACE = re.compile(r"\s*+")


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The spans of the sentences of ``text[start:end]``, in order, white space trimmed.

    >>> text = 'Gen. Saleh said: “Two died.” The U.S. denied it.'
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['Gen. Saleh said: “Two died.”', 'The U.S. denied it.']
    """
    limit = len(text) if end is None else min(end, len(text))
    spans: list[tuple[int, int]] = []
    begin = _skip_space(text, start, limit)
    for stop, resume in _breaks(text, begin, limit):
        if stop > begin:
            spans.append((begin, stop))
        begin = max(begin, resume)
    last = begin + len(text[begin:limit].rstrip())
    if last > begin:
        spans.append((begin, last))
    return spans


def _breaks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where one sentence ends and the next begins, in order."""
    ends = _ends(text, start, end)
    if text.find("  ", start, end) < 0:
        return ends
    return iter(sorted([*ends, *(m.span() for m in _GAP.finditer(text, start, end))]))


def _ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for m in _END.finditer(text, start, end):
        a, b = m.span(m.lastindex or 0)
        yield (a, b) if m.lastindex else (a - _trailing_space(text, start, a), b)


def _trailing_space(text: str, start: int, stop: int) -> int:
    """How many characters of white space stand before a blank line's first line break."""
    stretch = text[max(start, stop - 80) : stop]
    return len(stretch) - len(stretch.rstrip())


def _skip_space(text: str, start: int, end: int) -> int:
    m = _SPACE.match(text, start, end)
    return m.end() if m else start
