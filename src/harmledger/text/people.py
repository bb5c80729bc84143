"""People as a report introduces them: name, role, and the words for whom they speak.

In comes a text; out come its introductions in order ("Russian Foreign Ministry spokeswoman Maria Zakharova", "Rami Abdulrahman,
director of the Observatory"). A person named without a role is not introduced; nobody is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harmledger.domain import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody named with what they are."""

    name: Words
    role: str
    """In lower case, without qualifiers: "spokeswoman"."""
    described: Words
    """The whole introduction but the name: "Russian Foreign Ministry Spokeswoman"."""

    @property
    def end(self) -> int:
        """Where the introduction is over."""
        return max(self.name.end, self.described.end)

    @property
    def surname(self) -> str:
        """The last word of the name, as later mentions use it."""
        return self.name.exact.split()[-1]


ROLES = (
    "spokes(?:man|woman|person)|(?:prime |foreign |defen[cs]e |interior |health |information )?minister|(?:vice[- ])?president|ambassador|(?:special )?envoy|governor|mayor"
    "|(?:executive |regional |country )?director|head|chief|chair(?:man|woman|person)?|commander|general|major|colonel|lieutenant|captain|brigadier|admiral|sergeant"
    "|officer|official|(?:under[- ])?secretary(?:[- ]general)?|coordinator|representative|adviser|advisor|diplomat|senator|lawmaker"
    "|activist|doctor|dr|surgeon|physician|medic|nurse|paramedic|rescuer|rescue worker|volunteer|journalist|reporter|correspondent|photographer|editor"
    "|resident|eyewitness|witness|farmer|teacher|lawyer|researcher|analyst|archbishop|bishop|archimandrite|patriarch|priest|father|imam|founder|member|leader|fighter|engineer"
    "|manager|administrator|elder|relative|survivor|student|shopkeeper|prosecutor|judge|professor|commissioner|monitor|investigator|pope|king|sheikh|sheik"
)  # fmt: skip
_NAME_PART = r"(?:(?:al|el|as|an|ar|ash|Al|El|As|Ar|An)[-–](?:[A-ZÀ-Þ][\w’'-]+)|[A-ZÀ-ÞŞİ][\w’'-]*[\w]|[A-Z]\.)"
_PARTICLE = r"(?:(?:de|van|von|der|bin|ibn|bint|al|el|abu|Abu|ul|da|di|du|la)\s)"
_NAME = rf"{_PARTICLE}?{_NAME_PART}(?:\s{_PARTICLE}?{_NAME_PART}){{0,3}}"
_TITLED = re.compile(rf"\b(?P<role>(?i:{ROLES}))\b\.?(?:,|:)?\s(?:(?i:Dr|Mr|Mrs|Ms|Gen|Maj|Col|Lt|General|Major|Colonel|Lieutenant)\b\.?\s){{0,2}}(?P<name>{_NAME})")
_CHARGED = re.compile(
    rf"\b(?P<role>(?i:{ROLES}))\s(?:for|of|at|to|in|with)\s(?P<whose>[^,.;:“”\"()\n]{{2,80}}),\s(?P<name>{_NAME})(?=,|\s(?:said|told|says|added|was|has))"
)
_APPOSED = re.compile(
    rf"(?P<name>{_NAME}),\s(?P<described>(?:(?:an?|the|its|their|his|who is|who heads|who leads)\s)?[^,.;:“”\"()\n]{{0,60}}?\b(?P<role>(?i:{ROLES}))\b[^,.;:“”\"()\n]{{0,80}})(?=[,.;(\n])"
)
_NOT_NAMES = frozenset(
    "The A An In On At It He She They We Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August"
    " September October November December Ministry Army Forces Office Department Council Committee State States United Nations Syrian Russian"
    " Observatory Agency Human Rights Foreign Defense Defence Interior Health Minister President General Staff Assembly Secretary".split()
)
_BEFORE = re.compile(r"[^,.;:“”\"()\n!?]*$")
_BEFORE_REACH = 90
_VERB = re.compile(r"\b(?:that|said|says|told|was|were|is|are|by|and|while|as|when|killed|quoted|citing|according to|but|to|with|from|after|where)\s", re.I)


def find_people(text: str, start: int = 0, end: int | None = None) -> list[Person]:
    """All introductions between two offsets, in the order of the names; of one name at one place only the first reading."""
    end = len(text) if end is None else end
    found: dict[int, Person] = {}
    for person in (*_titled(text, start, end), *_charged(text, start, end), *_apposed(text, start, end)):
        found.setdefault(person.name.start, person)
    return sorted(found.values(), key=lambda p: p.name.start)


def _titled(text: str, start: int, end: int) -> Iterator[Person]:
    for match in _TITLED.finditer(text, start, end):
        if _is_name(match["name"]):
            begin = _description_start(text, start, match.start())
            yield _person(text, match.span("name"), match["role"], (begin, match.end("role")))


def _charged(text: str, start: int, end: int) -> Iterator[Person]:
    for match in _CHARGED.finditer(text, start, end):
        if _is_name(match["name"]):
            begin = _description_start(text, start, match.start())
            yield _person(text, match.span("name"), match["role"], (begin, match.end("whose")))


def _apposed(text: str, start: int, end: int) -> Iterator[Person]:
    for match in _APPOSED.finditer(text, start, end):
        if _is_name(match["name"]) and " " in match["name"]:
            yield _person(text, match.span("name"), match["role"], match.span("described"))


def _is_name(name: str) -> bool:
    return name.split()[0] not in _NOT_NAMES and name.split()[-1] not in _NOT_NAMES


def _description_start(text: str, start: int, at: int) -> int:
    """Back to the first of the words that describe: to punctuation or a verb."""
    before = _BEFORE.search(text, max(start, at - _BEFORE_REACH), at)
    begin = before.start() if before else at
    for verb in _VERB.finditer(text, begin, at):
        begin = verb.end()
    while begin < at and text[begin].isspace():
        begin += 1
    return begin


def _person(text: str, name: tuple[int, int], role: str, described: tuple[int, int]) -> Person:
    return Person(name=_words(text, name), role=role.lower(), described=_words(text, described))


def _words(text: str, span: tuple[int, int]) -> Words:
    return Words(exact=text[span[0] : span[1]], start=span[0], end=span[1])
