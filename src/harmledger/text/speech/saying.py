"""A saying: its speaker, its cue, and the words for when it was said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harmledger.text.dates import DateKind, find_dates

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Saying:
    """A speaker, the cue and, where it stands beside the cue, the words for when."""

    source: Span
    cue: Span
    said: Span | None
    cites: bool
    """The cue hands on another's words: "citing", "quoted …", "نقلاً عن"."""


TIME = (
    r"(?:(?:on|late|early|later|earlier)\s+)*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|afternoon|evening|night))?"
    r"|yesterday|today|earlier today|earlier this week"
)
TIME_LAST = re.compile(rf"[\s,]*\b(?:{TIME})\s*,?\s*$", re.IGNORECASE)
_SAID_REACH = 90
_GAP = re.compile(
    r"^(?:\s*,)?(?:\s+(?:(?:in|to|at|during|via|from|through) [^,.;:“”\"]{1,60}|(?:reporters|journalists|(?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}"
    r"|the [\w-]+(?: [\w-]+){0,2})(?: in [A-Z]\w+)?|late|early))?(?:\s+on)?\s*$"
)
"""What may stand between a cue and the day it was said: "told reporters in Geneva", "said in a statement"."""
SAID_KINDS = {DateKind.DAY, DateKind.DAY_OF_YEAR, DateKind.WEEKDAY, DateKind.RELATIVE}
LONGEST = 160
"""Characters of words for a speaker."""
LONG_WORDS = 7
"""Words from which a subject is taken to have what comes before it stuck to it, as in texts that lost their commas."""
_LEADING_PHRASE = re.compile(r"^(?:in|on|at|from|during|by|for|with|of|to)\s", re.IGNORECASE)
_NOUNLESS = re.compile(
    r"^(?:it|this|there|what|which|that|these|those|who|here|not|by|to|nobody|none|something|nothing|also|have|has|is|being|been|so|far|as|and|or|been|much|it'?s"
    r"|\d[\d,.]*)$",
    re.IGNORECASE,
)


def find_said(text: str, cue: Span, start: int, end: int) -> Span | None:
    """The words for when a thing was said: right after the cue ("said on Wednesday") or right before its subject's verb."""
    reach = min(end, cue[1] + _SAID_REACH)
    for day in find_dates(text, cue[1], reach):
        if day.kind not in SAID_KINDS:
            continue
        gap = text[cue[1] : day.start]
        return (_with_preposition(text, day.start), day.end) if _GAP.match(gap) else None
    before = TIME_LAST.search(text, max(start, cue[0] - _SAID_REACH), cue[0])
    return trim(text, before.start(), before.end()) if before else None


def _with_preposition(text: str, start: int) -> int:
    return start - 3 if text[max(0, start - 4) : start] == " on " else start


def trim(text: str, start: int, end: int) -> Span | None:
    """A stretch without the blanks and marks at its ends; None where what is left names nobody."""
    while start < end and text[start] in " \t\r\n,;:\"“”'‘«»-–—":
        start += 1
    while end > start and text[end - 1] in " \t\r\n,;:\"“”'‘«»-–—":
        end -= 1
    wording = text[start:end]
    if not wording or len(wording) > LONGEST or _NOUNLESS.match(wording) or _LEADING_PHRASE.match(wording):
        return None
    return start, end
