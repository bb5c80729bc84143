"""From a text to its words of time: screen for what every expression must hold, read around it, join what belongs together.

Nothing is looked at outside the neighbourhood of a trigger, so that ordinary text costs little more than one pass of the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from harmledger.text.dates import arabic, english
from harmledger.text.dates.join import join
from harmledger.text.dates.meaning import DateWords

_BEFORE = 40
"""Code points before a trigger where its expression may begin ("the beginning of the month", "Wednesday, 24th of")."""
_AFTER = 40
_WHITE = re.compile(r"\s|$")


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[DateWords]:
    """All words of time between two offsets, in order, none overlapping another."""
    end = len(text) if end is None else min(end, len(text))
    latin, eastern = _triggered(text, start, end)
    found = [words for a, b in latin for words in english.english().find(text, a, b)]
    if eastern:
        found += (words for a, b in eastern for words in arabic.arabic().find(text, a, b))
        found = _apart(found)
    return join(text, found)


def _apart(found: list[DateWords]) -> list[DateWords]:
    """In order, and of those that overlap only the longest."""
    kept: list[DateWords] = []
    for words in sorted(found, key=lambda words: (words.start, -words.end)):
        if not kept or words.start >= kept[-1].end:
            kept.append(words)
        elif words.end - words.start > kept[-1].end - kept[-1].start:
            kept[-1] = words
    return kept


def _triggered(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Stretches around triggers, for the Latin and for the Arabic script; those that touch are made one."""
    screen, arabic_from = _screen()
    windows: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    part = text if start == 0 and end == len(text) else text[start:end]
    for which, at, until in screen.find_matches_as_indexes(part):
        kept = windows[which >= arabic_from]
        begin, stop = max(start, start + at - _BEFORE), start + until + _AFTER
        if kept and begin <= kept[-1][1]:
            kept[-1] = (kept[-1][0], stop)
        else:
            kept.append((begin, stop))
    return [_whole(text, w, end) for w in windows[0]], [_whole(text, w, end) for w in windows[1]]


def _whole(text: str, window: tuple[int, int], end: int) -> tuple[int, int]:
    """The window, its end moved on to the next white space so that it cuts no number."""
    white = _WHITE.search(text, min(window[1], end), end)
    return window[0], white.start() if white else end


@cache
def _screen() -> tuple[AhoCorasick, int]:
    """The screen, and the number of the first Arabic trigger in it."""
    latin = [form for word in english.TRIGGERS for form in {word, word.capitalize(), word.upper()}]
    latin += [form for word in english.MONTH_TRIGGERS for form in (word, word.upper())]
    return AhoCorasick([*latin, *arabic.TRIGGERS]), len(latin)
