"""People as a report introduces them: name, role, and the words for whom they speak.

In comes a text; out come its introductions in order ("Russian Foreign Ministry spokeswoman Maria Zakharova", "Rami Abdulrahman,
director of the Observatory"). A person named without a role is not introduced; nobody is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from harmledger.domain import Words

Span = tuple[int, int]


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


ROLES = tuple(
    "spokesman spokeswoman spokesperson minister president ambassador envoy governor mayor director head chief chairman chairwoman chairperson"
    " chair commander general major colonel lieutenant captain brigadier admiral sergeant officer official secretary coordinator"
    " representative adviser advisor diplomat senator lawmaker activist doctor dr surgeon physician medic nurse paramedic rescuer volunteer"
    " journalist reporter correspondent photographer editor resident eyewitness witness farmer teacher lawyer researcher analyst archbishop"
    " bishop archimandrite patriarch priest father imam founder member leader fighter engineer manager administrator elder relative survivor"
    " student shopkeeper prosecutor judge professor commissioner monitor investigator pope king sheikh sheik".split()
)
"""What people are when a report introduces them."""

_BARE_TITLES = frozenset(
    "president minister general colonel captain dr doctor sheikh sheik king pope ambassador secretary commander professor judge major"
    " lieutenant brigadier admiral governor mayor envoy senator bishop archbishop archimandrite patriarch imam spokesman spokeswoman"
    " spokesperson chief director coordinator".split()
)
"""Roles that stand before a surname alone; before others one capitalised word is hardly a name."""
_REACH = 90
"""Characters either side of a role in which the name and the rest of the description stand."""
_PART = r"(?:(?:[Aa]l|[Ee]l|[Aa]s|[Aa]n|[Aa]r|ash)[-–][A-ZÀ-Þ][\w’'-]+|[A-ZÀ-ÞŞİ][\w’'-]*\w|[A-Z]\.)"
_PARTICLE = r"(?:(?:de|van|von|der|bin|ibn|bint|al|el|abu|Abu|ul|da|di|du|la)\s)"
_NAME = rf"{_PARTICLE}?{_PART}(?:\s{_PARTICLE}?{_PART}){{0,3}}"
_TITLED = re.compile(
    rf"\.?[,:]?\s(?:(?:Dr|Mr|Mrs|Ms|Gen|Maj|Col|Lt|General|Major|Colonel|Lieutenant)\b\.?\s){{0,2}}(?P<name>{_NAME})"
)
_CHARGED = re.compile(
    rf"\s(?:for|of|at|to|in|with)\s(?P<whose>[^,.;:“”\"()\n]{{2,80}}),\s(?P<name>{_NAME})(?=,|\s(?:said|told|says|added|was|has))"
)
_APPOSED = re.compile(rf"(?P<name>{_NAME}),\s(?P<described>[^,.;:“”\"()\n]{{0,60}})$")
_REST = re.compile(r"[^,.;:“”\"()\n]{0,80}(?=[,.;(\n])")
_NOT_NAMES = frozenset(
    "The A An In On At It He She They We Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May"
    " June July August September October November December Ministry Army Forces Office Department Council Committee State States United"
    " Nations Syrian Russian Observatory Agency Human Rights Foreign Defense Defence Interior Health Minister President General Staff"
    " Assembly Secretary Commission Command Security Activists Sources Coordination Facebook Twitter Media News Police Command Union Party Group Front Brigade Hospital".split()
)
_BEFORE = re.compile(r"[^,.;:“”\"()\n!?]*$")
_VERB = re.compile(
    r"\b(?:that|said|says|told|was|were|is|are|by|and|while|as|when|killed|quoted|citing|according to|but|to|with|from|after|where"
    r"|shows?|showed)\s",
    re.IGNORECASE,
)


def find_people(text: str, start: int = 0, end: int | None = None) -> list[Person]:
    """All introductions between two offsets, in the order of the names; of one name at one place only the first reading."""
    end = len(text) if end is None else end
    found: dict[int, Person] = {}
    for role in _find_roles(text, start, end):
        for person in (
            _titled(text, start, role, end),
            _charged(text, start, role, end),
            _apposed(text, start, role, end),
        ):
            if person:
                found.setdefault(person.name.start, person)
    return sorted(found.values(), key=lambda p: p.name.start)


@cache
def _screen() -> AhoCorasick:
    return AhoCorasick(ROLES, matchkind=MatchKind.LeftmostLongest)


def _find_roles(text: str, start: int, end: int) -> Iterator[Span]:
    """Where whole words stand that are roles."""
    part = text[start:end].lower()
    if len(part) != end - start:
        part = "".join(c.lower() if len(c.lower()) == 1 else c for c in text[start:end])
    for _, a, b in _screen().find_matches_as_indexes(part):
        if not (part[a - 1 : a].isalnum() or part[b : b + 1].isalnum()):
            yield start + a, start + b


def _titled(text: str, start: int, role: Span, end: int) -> Person | None:
    match = _TITLED.match(text, role[1], min(end, role[1] + _REACH))
    if not match or not _is_name(match["name"]):
        return None
    if " " not in match["name"] and text[slice(*role)].lower() not in _BARE_TITLES:
        return None
    return _person(text, match.span("name"), role, (_description_start(text, start, role[0]), role[1]))


def _charged(text: str, start: int, role: Span, end: int) -> Person | None:
    match = _CHARGED.match(text, role[1], min(end, role[1] + 2 * _REACH))
    if not match or not _is_name(match["name"]):
        return None
    return _person(text, match.span("name"), role, (_description_start(text, start, role[0]), match.end("whose")))


def _apposed(text: str, start: int, role: Span, end: int) -> Person | None:
    comma = text.rfind(", ", max(start, role[0] - _REACH), role[0])
    match = _APPOSED.search(text, max(start, comma - _REACH), role[0]) if comma >= 0 else None
    rest = _REST.match(text, role[1], min(end, role[1] + _REACH))
    if not match or not rest or " " not in match["name"] or not _is_name(match["name"]):
        return None
    return _person(text, match.span("name"), role, (match.start("described"), rest.end()))


def _is_name(name: str) -> bool:
    parts = name.split()
    return not _NOT_NAMES.intersection((parts[0], parts[-1]))


def _description_start(text: str, start: int, at: int) -> int:
    """Back to the first of the words that describe: to punctuation or a verb."""
    before = _BEFORE.search(text, max(start, at - _REACH), at)
    begin = before.start() if before else at
    for verb in _VERB.finditer(text, begin, at):
        begin = verb.end()
    while begin < at and text[begin].isspace():
        begin += 1
    return begin


def _person(text: str, name: Span, role: Span, described: Span) -> Person:
    return Person(name=_words(text, name), role=text[slice(*role)].lower(), described=_words(text, described))


def _words(text: str, span: Span) -> Words:
    return Words(exact=text[span[0] : span[1]], start=span[0], end=span[1])
