"""A claim of a report in another language, as one English sentence of its fields.

Comes in: a claim's record and the language of its document. Goes out: what the fields say, in English, or None where the document is
English itself. Nothing is translated: bounds, harm, days and the names of place, actor and source are those that were read and looked
up; words that nobody looked up are spelt in Latin letters, and say so.
"""

from __future__ import annotations

import re
from typing import Any

from harmledger.text.romanize import romanize
from harmledger.text.transliterate import is_arabic

Fields = dict[str, Any]
"""A claim's record, or a part of it, as `record` makes it."""

ENGLISH = "en"
SPELT = "(spelt from the Arabic)"
"""Beside words in Latin letters that are no known name."""
OUTLET = "the outlet itself"
"""Who says so where nobody is quoted."""
_KINDS = {
    "civilian": ("civilian", "civilians"),
    "combatant": ("combatant", "combatants"),
    "mixed": ("civilian or combatant", "civilians and combatants"),
}
_PEOPLE = ("person", "people")
_GROUPS = {
    "children": ("child", "children"),
    "women": ("woman", "women"),
    "men": ("man", "men"),
    "elderly": ("elderly person", "elderly people"),
    "family": ("family member", "family members"),
    "health workers": ("health worker", "health workers"),
    "journalists": ("journalist", "journalists"),
    "aid workers": ("aid worker", "aid workers"),
}
"""One of them, and several."""
_MEANS = {"airstrike": "air strike", "other": "other means"}
_SCOPES = {"part": "part of a larger figure", "cumulative": "a total over several events"}
_SOURCES = {
    "government": "a government source",
    "military": "a military source",
    "armed group": "a source of an armed group",
    "monitor": "a monitor",
    "medical": "a medical source",
    "media": "a news medium",
    "witness": "a witness",
    "anonymous": "an unnamed source",
    "international organisation": "an international organisation",
    "other": "a source",
}
_COMMON_END = re.compile(r"(?<!^)\b[a-z]+$")
"""A name that ends with a common noun takes the article: "the US-led coalition"."""


def render_gloss(claim: Fields, language: str | None) -> str | None:
    """The claim's fields as one English sentence; None where its document is English, or in no known language and not in Arabic letters."""
    if language == ENGLISH or (language is None and not is_arabic(claim["quote"]["exact"])):
        return None
    parts = (
        _people(claim),
        _SCOPES.get(claim["scope"]),
        claim["means"] and _MEANS.get(claim["means"]["kind"], claim["means"]["kind"]),
        _place(claim["place"]),
        _days(claim["when"]),
        _doer(claim["actor"]),
        _sayers(claim["attribution"]),
    )
    return ", ".join(filter(None, parts))


def _people(claim: Fields) -> str:
    """How many of whom were harmed: "at least 2 civilians killed"."""
    harm = claim["harm"].replace("_", " ")
    doubt = "" if claim["polarity"] == "asserted" else f" ({claim['polarity']})"
    return f"{_number(claim['count'])} {_noun(claim)} {harm}{doubt}"


def _number(count: Fields) -> str:
    low, high = count["low"], count["high"]
    match count["hedge"]:
        case "at_least" if low is not None:
            return f"at least {low}"
        case "more_than" if low is not None:
            return f"more than {low - 1}"
        case "about" if low is not None:
            return f"about {low}"
        case "vague" if low is not None:
            return f"some ({low} or more)"
        case _:
            return _between(low, high)


def _between(low: int | None, high: int | None) -> str:
    """Any two bounds in words."""
    if low is None:
        return "an unsaid number of" if high is None else f"up to {high}"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def _noun(claim: Fields) -> str:
    """Whom: their group where it is known, else their kind; "at least 1 civilian" is one."""
    victims: Fields = claim["victims"] or {"kind": "unknown", "group": None}
    kind, group = victims["kind"], victims["group"]
    one, several = _GROUPS[group] if group else _KINDS.get(kind, _PEOPLE)
    noun = one if 1 in (claim["count"]["low"], claim["count"]["high"]) and not _is_wide(claim["count"]) else several
    return f"{kind} {noun}" if group and kind in ("civilian", "combatant") else noun


def _is_wide(count: Fields) -> bool:
    """From one to more, or less than one."""
    low, high = count["low"], count["high"]
    return low is not None and high is not None and low != high


def _place(place: Fields | None) -> str:
    if not place:
        return ""
    country = f" ({place['country']})" if place["country"] else ""
    return _name(place["name"], place["exact"]) + country


def _days(when: Fields | None) -> str:
    if not when:
        return ""
    first: str = when["earliest"] or ""
    last: str = when["latest"] or ""
    if not first:
        return f"up to {last}" if last else f"at a time without days, {_spelt(when['exact'])}"
    if not last:
        return f"from {first} on"
    return first if first == last else f"{first} to {last}"


def _doer(actor: Fields | None) -> str:
    if not actor:
        return ""
    certainty = "" if actor["certainty"] == "stated" else f" ({_CERTAINTY[actor['certainty']]})"
    return f"by {_with_article(_name(actor['name'], actor['exact']))}{certainty}"


_CERTAINTY = {"suspected": "suspected", "claimed": "by its own claim", "denied": "denied"}


def _sayers(attribution: list[Fields]) -> str:
    """The claimant first, then through whom it came."""
    if not attribution:
        return f"according to {OUTLET}"
    return "according to " + ", via ".join(_sayer(speaker) for speaker in reversed(attribution))


def _sayer(speaker: Fields) -> str:
    if speaker["name"]:
        return _with_article(_name(speaker["name"], speaker["exact"]))
    whose = f" of {_with_article(speaker['organisation'])}" if speaker["organisation"] else ""
    return f"{_SOURCES.get(speaker['type'], 'a source')}{whose}, {_spelt(speaker['exact'])}"


def _with_article(name: str) -> str:
    return f"the {name}" if _COMMON_END.search(name) else name


def _name(known: str | None, words: str) -> str:
    """The name that was found, else the report's own words."""
    return known if known and not is_arabic(known) else _spelt(known or words)


def _spelt(words: str) -> str:
    """A report's own words on one line, in Latin letters where they were Arabic."""
    plain = " ".join(words.split())
    return f"“{romanize(plain)}” {SPELT}" if is_arabic(plain) else f"“{plain}”"
