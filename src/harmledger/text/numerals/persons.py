"""How many persons a list of names and descriptions means ("Sami Harb (42), his wife Lina and their two sons": four).

Names, kinship words and roles are told apart by their form; a description beside a name is the same person
("his wife Lina", "Sami Harb, a nurse"). Parentheses, nicknames in quotes and ages say nothing about how many.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from harmledger.domain import Hedge
from harmledger.text.numerals.counts import ParsedCount
from harmledger.text.numerals.english import parse_number
from harmledger.text.numerals.people import BOUND_ARTICLE, KIN, PARTICLES, SINGULAR, TITLES

_PLURAL = "children|wives|babies|people|men|women|families|parents|grandchildren|relatives|bodyguards"
_POSSESSIVE = r"his|her|their|my|our|its"
_NAME_CHAR = r"(?:[\w-]|[’'‘`ʿ](?!s\b))"
_NAME_WORD = rf"(?:[A-ZÀ-Þ]{_NAME_CHAR}*|\b{BOUND_ARTICLE}{_NAME_CHAR}+|\b(?:{PARTICLES}|ag)(?=\s+[A-Z]))"
_NAME = rf"{_NAME_WORD}(?:[ \u00a0]*+/?[ \u00a0]*+{_NAME_WORD})*"
_TOKEN = re.compile(
    rf"""
      (?P<possessor>{_NAME}[’']s?\b | \b[a-z-]+[’']s\b)
    | (?P<det>\b(?:{_POSSESSIVE}|an?|the|another)\b)
    | (?P<several>\b(?:(?:[Tt]heir|[Hh]is|[Hh]er)\s+)?[a-z-]*(?:(?:{SINGULAR})s|{_PLURAL})(?:-in-law)?\b(?![-’']))
    | (?P<one>\b[a-z-]*(?:{SINGULAR})(?:-in-law)?\b(?![-’']))
    | (?P<either>\band/or\b|\bor\b)
    | (?P<join>\b(?:and|with|alongside|plus)\b|&|;|\bas\s+well\s+as\b)
    | (?P<comma>[,:/–—])
    | (?P<within>\b(?:of|in|at(?!\s+least)|from|to|by|for|on|near|aka|as)\b(?:\s+(?:the|a|an))?)
    | (?P<number>\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twin|\d{{1,2}})\b(?:\s+of\s+(?:{_POSSESSIVE}|the)\s+\w+)?)
    | (?P<name>{_NAME})
    | (?P<word>\w+)
    """,
    re.VERBOSE,
)
_LOWER_FIRST = re.compile(rf"\b(?:The|A|An|Another|His|Her|Their|My|Our|And|(?:{KIN}))\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^)]{0,200}\)|[“\"][^”\"]{1,40}[”\"]")
_TITLE = re.compile(rf"\b({TITLES})\.")
MAX_CHARS = 2000
"""A longer wording is read up to here: no list of victims in the marked reports is half as long."""


@dataclass(slots=True)
class _Tally:
    """What has been counted so far, and which persons counted may still be named by what follows."""

    people: int = 0
    named: bool = False
    awaits_one: bool = False
    """The last description counted has had no name yet."""
    awaits_many: int = 0
    """How many of a numbered plural ("two sons") have had no name yet."""
    group: int | None = None
    """How many members of an unnumbered plural ("his sons") have been told; None outside one."""
    open_end: bool = False
    before: str = ""
    """The kind of the token just before."""
    person: str = ""
    """The kind of the last token that told a person."""
    link: str = ""
    """What stands between that token and here: comma, join, either or nothing."""
    within: bool = False
    """After "of" and its like, up to the next break, nobody new is told ("sister of the journalist Rami")."""
    det: str = ""
    number: int | None = None


def count_persons(wording: str) -> ParsedCount | None:
    """The number of persons in a list of names and descriptions; None where the words tell nobody in particular.

    >>> count_persons("Sami Harb, his wife Lina and their two sons").low
    4
    """
    text = _TITLE.sub(r"\1 ", _ASIDE.sub(" ", wording[:MAX_CHARS]))
    text = _LOWER_FIRST.sub(lambda m: m[0].lower(), text)
    tally = _Tally()
    for m in _TOKEN.finditer(text):
        kind = m.lastgroup or ""
        step = _STEPS.get(kind)
        if step is not None:
            step(tally, m)
        tally.before = kind
    _close_group(tally)
    if tally.people <= 0:
        return None
    high = None if tally.open_end else tally.people
    hedge = Hedge.NAMES if tally.named or tally.people > 1 else Hedge.ARTICLE
    return ParsedCount(low=tally.people, high=high, hedge=hedge)


def _on_name(tally: _Tally, _m: re.Match[str]) -> None:
    if tally.within or tally.link == "either":
        return
    if tally.det == "a" or (tally.det == "the" and tally.person == "name" and not tally.link):
        return  # "a US aid worker", "Abu Faras the Emir"
    tally.named = True
    if tally.awaits_one:
        tally.awaits_one = False
    elif tally.awaits_many:
        tally.awaits_many -= 1
    else:
        _add(tally, 1)
    _told(tally, "name")


def _on_one(tally: _Tally, m: re.Match[str]) -> None:
    if tally.within or tally.link == "either":
        return
    if tally.before in {"name", "one"} and tally.person:
        _told(tally, "one")  # "the Front member", "a baby boy": what came before was a modifier
        return
    if _is_gloss(tally, m):
        return
    if tally.group is not None and tally.det == "possessive":
        _close_group(tally)
    if tally.awaits_many and tally.det != "possessive":
        tally.awaits_many -= 1
    else:
        _add(tally, 1)
    tally.awaits_one = True
    _told(tally, "one")


def _is_gloss(tally: _Tally, m: re.Match[str]) -> bool:
    """A description that says who the person just named is ("Sami Harb, a nurse", "…, son of a baker")."""
    if tally.person != "name" or tally.group is not None or tally.link == "join":
        return False
    if tally.det in {"a", "the"}:
        return True
    return not tally.det and tally.link == "comma" and m.string.startswith(" of", m.end())


def _on_several(tally: _Tally, _m: re.Match[str]) -> None:
    if tally.within:
        return
    _close_group(tally)
    if tally.number is not None:
        _add(tally, tally.number)
        tally.awaits_many = tally.number
    elif tally.before == "name" and tally.person == "name":
        tally.people -= 1  # "Israeli soldiers": the name was a modifier
    elif tally.det or tally.link == "join":
        tally.group = 0
    _told(tally, "several")


def _on_join(tally: _Tally, _m: re.Match[str]) -> None:
    tally.link, tally.awaits_one, tally.within, tally.det, tally.number = "join", False, False, "", None


def _on_comma(tally: _Tally, _m: re.Match[str]) -> None:
    tally.link, tally.within, tally.det, tally.number = tally.link or "comma", False, "", None


def _on_either(tally: _Tally, _m: re.Match[str]) -> None:
    tally.link = "either"


def _on_within(tally: _Tally, _m: re.Match[str]) -> None:
    tally.within = True


def _on_det(tally: _Tally, m: re.Match[str]) -> None:
    tally.det = m[0] if m[0] == "the" else "a" if m[0] in {"a", "an", "another"} else "possessive"


def _on_possessor(tally: _Tally, m: re.Match[str]) -> None:
    if tally.before == "one" and tally.awaits_one and m[0][0].isupper():
        tally.people -= 1  # "his cousin Lina's daughter": the cousin is only told whose daughter it is
        tally.awaits_one = False
    tally.det = "possessive"


def _on_number(tally: _Tally, m: re.Match[str]) -> None:
    word = m[0].split()[0]
    tally.number = 2 if word == "twin" else parse_number(word)


def _add(tally: _Tally, people: int) -> None:
    tally.people += people
    if tally.group is not None:
        tally.group += people


def _told(tally: _Tally, kind: str) -> None:
    tally.person, tally.link, tally.det, tally.number = kind, "", "", None


def _close_group(tally: _Tally) -> None:
    """An unnumbered plural that none was told of ("his wife and children") is two or more."""
    if tally.group == 0:
        tally.people += 2
        tally.open_end = True
    tally.group = None


_STEPS: dict[str, Callable[[_Tally, re.Match[str]], None]] = {
    "name": _on_name,
    "one": _on_one,
    "several": _on_several,
    "join": _on_join,
    "comma": _on_comma,
    "either": _on_either,
    "within": _on_within,
    "det": _on_det,
    "possessor": _on_possessor,
    "number": _on_number,
}
