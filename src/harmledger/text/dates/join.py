"""Expressions of time that belong together: "from March to June", "between Monday and Friday", "since the war began in 2011"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from harmledger.text.dates.meaning import (
    Calendar,
    DateKind,
    DateWords,
    Meaning,
    Overnight,
    Point,
    Shift,
    Since,
    Span,
    Stretch,
    Until,
)

_REACH = 90
"""Code points before an expression in which "since" may stand ("since the uprising against the government began in ...")."""
_TO = re.compile(
    r"\s*(?:-|–|—)\s*|\s+(?:to|until|till|through|up to|and up to)\s+(?:the\s+)?|\s+و?(?:حتى|إلى|الى)\s+(?:يوم\s+)?"
)
_AND = re.compile(r"\s+and\s+(?:the\s+)?|\s+و")
_FROM = re.compile(r"\b(?:from|From|(?:ال)?(?:ممتدة\s+)?من)\s+(?:the\s+)?(?:\w+\s+of\s+)?$")
_BETWEEN = re.compile(r"\b(?:[Bb]etween|بين)\s+(?:the\s+)?$")
_SINCE = re.compile(
    r"\b(?P<word>[Ss]ince|منذ)\s+(?P<near>(?:(?:at\s+least|around|about|as\s+early\s+as|early|late|mid-?|the|last|on|in|dawn|of|hours|start|"
    r"beginning|night|morning|evening|يوم|نحو|حوالي|شهر)\s+)*)(?P<far>[^.;:!?\n،]*)$"
)
_UNTIL = re.compile(r"\b(?:(?:up\s+)?until|till|up\s+to|و?(?P<word>حتى))\s+(?:the\s+)?$")
_IN = re.compile(r"\b(?:in|on|of|في|من|عام|بتاريخ|يوم)\s+(?:the\s+|early\s+|late\s+|mid-?)*$")
_JOINED = Calendar | Shift | Stretch | Overnight
_FAR_KINDS = frozenset({DateKind.DAY, DateKind.MONTH_OF_YEAR, DateKind.YEAR, DateKind.WEEKDAY, DateKind.DAY_OF_YEAR})


def join(text: str, found: Iterable[DateWords]) -> Iterator[DateWords]:
    """The same expressions in order, with ranges and open ends made one expression each."""
    held: DateWords | None = None
    floor = 0
    for words in found:
        if held is None:
            held = words
            continue
        spanned = _span(text, held, words, floor)
        if spanned:
            held = spanned
            continue
        yield _opened(text, held, floor)
        floor, held = held.end, words
    if held:
        yield _opened(text, held, floor)


def _span(text: str, first: DateWords, last: DateWords, floor: int) -> DateWords | None:
    """One expression out of two with "to" between them, or "and" after "between"."""
    gap = text[first.end : last.start]
    if len(gap) > 12 or not isinstance(first.meaning, _JOINED) or not isinstance(last.meaning, _JOINED):
        return None
    if not (_TO.fullmatch(gap) and _same_sort(text, first, last, floor)):
        before = text[max(floor, first.start - 14) : first.start]
        if not (_AND.fullmatch(gap) and (_BETWEEN.search(before) or _follows(first.meaning, last.meaning))):
            return None
    return _words(text, first.start, last.end, Span(first=first.meaning, last=last.meaning))


def _same_sort(text: str, first: DateWords, last: DateWords, floor: int) -> bool:
    """Whether two times beside a "to" are ends of one: alike in kind, or the first stands after "from"."""
    alike = isinstance(first.meaning, Calendar) and isinstance(last.meaning, Calendar) and not _dateline(first, last)
    return alike or _FROM.search(text[max(floor, first.start - 20) : first.start]) is not None


def _follows(first: Meaning, last: Meaning) -> bool:
    """Whether they are a weekday and the one after it ("on Saturday and Sunday")."""
    if not isinstance(first, Calendar) or not isinstance(last, Calendar) or first.day or last.day:
        return False
    return first.weekday is not None and last.weekday is not None and (last.weekday - first.weekday) % 7 == 1


def _dateline(first: DateWords, last: DateWords) -> bool:
    """Whether they are a weekday and its own date ("Monday - 21 November")."""
    return DateKind.WEEKDAY in (first.kind, last.kind) and first.kind is not last.kind


def _opened(text: str, words: DateWords, floor: int) -> DateWords:
    """The expression with the "since" or "until" before it, where there is one."""
    meaning = words.meaning
    if not isinstance(meaning, Point):
        return words
    before = text[max(floor, words.start - _REACH) : words.start]
    since = _SINCE.search(before)
    if since and (not since["far"] or (words.kind in _FAR_KINDS and _IN.search(before))):
        return _words(text, words.start - len(before) + since.start(), words.end, Since(first=meaning))
    until = _UNTIL.search(before)
    return (
        _words(
            text,
            words.start - len(before) + until.start("word" if until["word"] else 0),
            words.end,
            Until(last=meaning),
        )
        if until
        else words
    )


def _words(text: str, start: int, end: int, meaning: Meaning) -> DateWords:
    return DateWords(exact=text[start:end], start=start, end=end, meaning=meaning)
