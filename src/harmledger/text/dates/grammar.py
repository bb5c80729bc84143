"""Rules for the words of time of one language, run as one regular expression.

A rule's pattern may name its pieces; `parse` turns them into a meaning, or None where they are no date ("31 June"). Where a
pattern has a piece `core`, only that is the expression and the rest is a cue beside it ("in" of "in 2014").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from harmledger.text.dates.calendar import make_day
from harmledger.text.dates.meaning import Calendar, DateWords, Meaning, Span

Pieces = Mapping[str, str | None]

_PIECE_NAME = re.compile(r"\(\?P<\w+>")
_LEAP_YEAR = 2000
"""Stands in for a year that is not said, so that 29 February is a day."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to name a time."""

    name: str
    pattern: str
    parse: Callable[[Pieces], Meaning | None]


class Grammar:
    """The rules of one language; where two could start at a place, the earlier one wins."""

    def __init__(self, rules: Sequence[Rule], gate: str = "") -> None:
        """The rules in order, behind a pattern that must match ahead wherever one of them does: cheap to fail, it saves trying them."""
        plain = (f"(?P<{rule.name}>{_PIECE_NAME.sub('(?:', rule.pattern)})" for rule in rules)
        self._any = re.compile(rf"\b{gate}(?:{'|'.join(plain)})")
        self._rules = {rule.name: (re.compile(rule.pattern), rule.parse) for rule in rules}

    def find(self, text: str, start: int, end: int) -> Iterator[DateWords]:
        """The expressions between two offsets, in order, none overlapping another."""
        for found in self._any.finditer(text, start, end):
            pattern, parse = self._rules[found.lastgroup or ""]
            pieces = pattern.match(text, found.start(), end)
            words = pieces and _words(text, pieces, parse)
            if words:
                yield words


def _words(text: str, found: re.Match[str], parse: Callable[[Pieces], Meaning | None]) -> DateWords | None:
    pieces = found.groupdict()
    meaning = parse(pieces)
    if meaning is None:
        return None
    start, end = found.span("core" if "core" in pieces else 0)
    return DateWords(exact=text[start:end], start=start, end=end, meaning=meaning)


def words_gate(weak: Sequence[str], strong: Sequence[str], other: str, prefix: str = "") -> str:
    """A look ahead for one of the strong words, or another pattern, with at most three weak words before it; in any case of letters."""
    return rf"(?={prefix}(?:(?:{_by_first_letter(weak)})\s+){{0,3}}(?:{other}|{_by_first_letter(strong)}))"


def _by_first_letter(words: Sequence[str]) -> str:
    """An alternation that fails on the first letter, which is where the engine is quick."""
    letters = {word[0] for word in words}
    rest = {letter: "|".join(word[1:] for word in words if word[0] == letter) for letter in sorted(letters)}
    return "|".join(f"[{letter}{letter.upper()}](?i:{tails})" for letter, tails in rest.items())


def named_day(named: Calendar) -> Calendar | None:
    """The same, or None where no year has such a day."""
    if named.month is None or named.day is None:
        return named
    return named if make_day(named.year or _LEAP_YEAR, named.month, named.day) else None


def days_between(first: int, named: Calendar) -> Span | None:
    """The days of one month ("3 to 5 May"), or None where they don't run forward."""
    last = named_day(named)
    if last is None or last.day is None or not 0 < first < last.day:
        return None
    return Span(first=Calendar(year=last.year, month=last.month, day=first), last=last)
