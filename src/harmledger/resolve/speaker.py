"""Who a source is: the person, the role, the organisation, what kind of source, and when it spoke.

In come the words of a source and their text; out comes a `Speaker`. "The spokesman", "she" and a bare surname are carried back to
the person that the text introduced before with such a description; what can't be made out keeps only its words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from harmledger.domain import Published, Said, Source, Speaker, Words
from harmledger.resolve.naming import find_entry, find_meant_before
from harmledger.resolve.period import resolve_period
from harmledger.resolve.source_type import classify_source
from harmledger.resources.registry import ActorKind, Entry, Registry
from harmledger.text.people import ROLES, Person, find_people
from harmledger.text.speech import find_sayings

_APART = re.compile(
    r"\b(?:activists?|opponents?|supporters?|residents?|sources?|witness\w*|civilians?|media|reports?|journalists?|analysts?|doctors?|medics?|villagers?|families|users?|people|association|cent(?:er|re)"
    r"|broadcaster|newspaper|daily|website|news|refugees?|expert|academic)\b|مصادر|مصدر|ناشط|نشطاء|صحيفة|أهالي|موقع",
    re.IGNORECASE,
)
"""Beside a state's or a side's adjective these name people of that country, not it: "Syrian activists", "Turkish media"."""
_ROLES = "|".join(ROLES)
_ROLE = re.compile(
    rf"\b(?:{_ROLES})\b|\b(?:source|activist|resident|correspondent|reporter|official)s?\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"(?:he|she)$", re.IGNORECASE)
_DEFINITE = re.compile(rf"(?:the|that|this)\s+(?P<kind>(?:[\w’'.-]+\s+){{0,4}}?)(?P<role>{_ROLES})$", re.IGNORECASE)
_CAPITAL_NAME = re.compile(
    r"^(?:(?:Dr|Mr|Mrs|Ms)\.?\s)?[A-ZÀ-ÞŞİ][\w’'.-]*(?:[ -](?:(?:al|el|as|ad|an|bin|ibn|abu|de|van|von|ul)[ -])?[A-ZÀ-ÞŞİ][\w’'.-]*){1,4}$"
)
_NO_PERSON = re.compile(
    r"\b(?:the|news|agency|network|ministry|media|page|source|tv|channel|platform|observatory|center|centre|army|forces|group|committee|council|office|reports?"
    r"|hospital|party|front|brigades?|press|post|radio|directorate|police|command|facebook|twitter|telegram|union|syndicate|organi[sz]ation|city|camp|today|now)\b",
    re.IGNORECASE,
)
_MALE, _FEMALE = re.compile(r"man$"), re.compile(r"woman$")
_OFFICIALS = re.compile(
    r"spokes|minister|president|ambassador|envoy|governor|mayor|director|head|chief|secretary|coordinator|representative|advis|diplomat|commander|general|officer|official"
)
_DIPLOMATS = re.compile(r"spokes|minister|ambassador|envoy|diplomat|representative")
_LOOK_BACK = 20
"""Introductions looked back at: a report's own, not a list of names."""


def resolve_speaker(source: Source, *, text: str, registry: Registry, published: Published) -> Speaker:
    """The speaker that a source's words mean in their text."""
    person = _find_person(source.words, text, registry)
    entry = _entry_of(person, source.words, text, registry)
    known = entry if entry and entry.kind is ActorKind.PERSON else None
    organisation = registry.get(known.parent) if known and known.parent else entry
    return Speaker(
        words=source.words,
        id=organisation and organisation.id,
        name=_name(source.words.exact, person, known, organisation),
        role=_role(source.words.exact, person),
        organisation=organisation.name if organisation else None,
        cue=source.cue,
        said=_said(source, person, text, published),
        type=classify_source(source.words.exact, person.described.exact if person else "", organisation),
    )


def _find_person(words: Words, text: str, registry: Registry) -> Person | None:
    """The person whom words name, or whom they stand for by a description."""
    people = introduced(text)
    inside = [p for p in people if words.start <= p.name.start < words.end]
    if inside:
        return inside[0]
    tokens = set(re.findall(r"[\w’'-]+", words.exact))
    named = [p for p in people if p.surname in tokens and (p.name.start < words.end or p.name.exact in words.exact)]
    if named:
        return named[-1]
    before = [p for p in people if p.name.end <= words.start]
    fitting = [p for p in before[-_LOOK_BACK:] if _fits(words.exact, p, text, registry)]
    return max(fitting, key=lambda p: text.rfind(p.surname, 0, words.start), default=None)


@lru_cache(maxsize=2)
def introduced(text: str) -> tuple[Person, ...]:
    """The people that a text introduces; kept for the claims of one report."""
    return tuple(find_people(text))


def _fits(wording: str, person: Person, text: str, registry: Registry) -> bool:
    """Whether "the Russian official", "the spokesman" or "she" may be this person."""
    if _PRONOUN.match(wording):
        return not (_MALE if wording.lower() == "she" else _FEMALE).search(person.role) or person.role.endswith(
            "woman"
        ) == (wording.lower() == "she")
    definite = _DEFINITE.match(wording)
    if not definite or not _same_role(definite["role"].lower(), person.role):
        return False
    return all(_is_said_of(word, person, text, registry) for word in definite["kind"].split())


def _same_role(role: str, other: str) -> bool:
    if role == "official":
        return bool(_OFFICIALS.search(other))
    if role == "diplomat":
        return bool(_DIPLOMATS.search(other))
    if role.startswith("spokes"):
        return other.startswith("spokes") and {role, other} != {"spokesman", "spokeswoman"}
    return role in other or other in role


def _is_said_of(word: str, person: Person, text: str, registry: Registry) -> bool:
    """Whether a describing word is among those of the introduction, or names the same country."""
    if word.lower() in person.described.exact.lower() or word.lower() in ("senior", "same", "top"):
        return True
    theirs = find_entry(person.described.exact, text=text, before=person.name.start, registry=registry)
    own = registry.find(word)
    return bool(own and theirs and set(own.countries[:1]) & set(theirs[0].countries[:1]))


def _entry_of(person: Person | None, words: Words, text: str, registry: Registry) -> Entry | None:
    """For whom the person speaks, by the introduction; else whom the words themselves name."""
    if person:
        described = find_entry(person.described.exact, text=text, before=person.name.start, registry=registry)
        known = registry.find(person.name.exact)
        if described or known:
            return described[0] if described else known
    found = find_entry(words.exact, text=text, before=words.start, registry=registry)
    if found is None:
        return find_meant_before(words.exact, text=text, before=words.start, registry=registry)
    entry, mention = found
    bare = mention.is_state or not mention.own
    return (
        None
        if bare and entry.kind in _SIDES and _APART.search(words.exact)
        else _forces_if_military(entry, words.exact, registry)
    )


_SIDES = {ActorKind.STATE, ActorKind.ARMED_GROUP, ActorKind.GOVERNMENT}
_SOLDIERLY = re.compile(r"\b(?:military|army|general|colonel|commander|brigadier|officer)\b|عسكري", re.IGNORECASE)


def _forces_if_military(entry: Entry, wording: str, registry: Registry) -> Entry:
    """A state's officers speak for its forces."""
    if entry.kind is ActorKind.STATE and _SOLDIERLY.search(wording):
        return registry.forces_of(entry.id) or entry
    return entry


def _name(wording: str, person: Person | None, known: Entry | None, organisation: Entry | None) -> str | None:
    if known:
        return known.name
    if person:
        return person.name.exact
    if _CAPITAL_NAME.match(wording) and not _NO_PERSON.search(wording) and not organisation:
        return wording
    return organisation.name if organisation and not _ROLE.search(wording) else None


def _role(wording: str, person: Person | None) -> str | None:
    if person:
        return person.role
    role = _ROLE.search(wording)
    return role[0].lower() if role else None


def _said(source: Source, person: Person | None, text: str, published: Published) -> Said | None:
    """When it was said: by the words beside the cue, else by those of the speaker's first mention."""
    words = source.said or _said_before(source.words, person, text)
    period = words and resolve_period(words, text=text, published=published)
    return (
        Said(earliest=period.earliest, latest=period.latest) if period and (period.earliest or period.latest) else None
    )


_MENTIONS = 5
"""Earlier mentions of a speaker that are asked for the day."""


def _said_before(words: Words, person: Person | None, text: str) -> Words | None:
    name = person.surname if person else words.exact
    first = text.find(name)
    for _ in range(_MENTIONS):
        if not 0 <= first < words.start:
            return None
        begin, end = _line(text, first)
        for saying in find_sayings(text, begin, end):
            if saying.said and saying.source[0] <= first < saying.source[1]:
                return Words(exact=text[saying.said[0] : saying.said[1]], start=saying.said[0], end=saying.said[1])
        first = text.find(name, end)
    return None


def _line(text: str, at: int) -> tuple[int, int]:
    """The line around an offset, no further than a sentence may reach."""
    start = max(text.rfind("\n", max(0, at - 600), at) + 1, at - 600, 0)
    end = text.find("\n", at, at + 600)
    return start, end if end >= 0 else min(len(text), at + 600)
