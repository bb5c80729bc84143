"""The fields of a claim that people may correct, and what each may hold.

Comes in: a claim's record as the ledger has it, or an entered claim, or what a reviewer typed. Goes out: plain values by field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from harmledger.domain import (
    Correction,
    Entered,
    Harm,
    MeansKind,
    Polarity,
    Scope,
    VictimGroup,
    VictimKind,
)
from harmledger.errors import BadInput
from harmledger.ids import plain

Value = int | str | None
Fields = dict[str, Value]

NOT_STATED = ("none", "null", "-")
"""What a reviewer types for a field that the report leaves out."""
MOST_PEOPLE = 10**10
"""More than live on earth: such a figure is a slip of the finger."""
LONGEST_WORDS = 500
"""Characters of a place, an actor, a claimant: the longest name of the registry has 96."""


def read_fields(record: dict[str, Any]) -> Fields:
    """What the machine read for each field, of a claim's record."""
    count: dict[str, Any] = record["count"]
    victims: dict[str, Any] = record["victims"] or {}
    when: dict[str, Any] = record["when"] or {}
    claimant = record["attribution"][-1] if record["attribution"] else None
    return {
        "harm": record["harm"],
        "low": count["low"],
        "high": count["high"],
        "kind": victims.get("kind"),
        "group": victims.get("group"),
        "scope": record["scope"],
        "polarity": record["polarity"],
        "place": _named(record["place"]),
        "earliest": when.get("earliest"),
        "latest": when.get("latest"),
        "actor": _named(record["actor"]),
        "means": record["means"] and record["means"]["kind"],
        "claimant": _named(claimant),
    }


def entered_fields(entered: Entered) -> Fields:
    """What a person wrote for each field."""
    values: Any = plain(entered)
    return {name: values[name] for name in PARSERS}


def correct_fields(fields: Fields, corrections: Iterable[Correction]) -> Fields:
    """The fields with what people corrected."""
    return {**fields, **{each.field: each.value for each in corrections}}


def parse_correction(field: str, said: str) -> Correction:
    """What a reviewer typed for a field.

    Raises:
        BadInput: there is no such field, or it can't hold that.
    """
    if field not in PARSERS:
        raise BadInput("no field of a claim is called so", field, f"correct one of {', '.join(PARSERS)}")
    if said.strip().lower() not in NOT_STATED:
        return Correction(field=field, value=PARSERS[field](said.strip(), field))
    if field in ALWAYS_STATED:
        raise BadInput("a claim always states it", field, "give a value, or reject the claim")
    return Correction(field=field, value=None)


def check_fields(fields: Fields) -> None:
    """Refuse bounds that are the wrong way round.

    Raises:
        BadInput: the least is more than the most, or the first day after the last.
    """
    for first, last in (("low", "high"), ("earliest", "latest")):
        least, most = fields[first], fields[last]
        # both are numbers, or both days in ISO form, whose order is that of their letters
        if least is not None and most is not None and least > most:  # type: ignore[operator]
            what = f"{first} {least} would be after {last} {most}"
            raise BadInput(what, first, f"correct {last} before, or give none for the open end")


def parse_number(said: str, field: str) -> int:
    """A number of people."""
    if not (said.isascii() and said.isdigit()) or int(said[:12]) > MOST_PEOPLE or len(said) > 12:
        raise BadInput(f"{field} can't be {said[:40]!r}", field, "give a whole number of people, or none")
    return int(said)


def parse_day(said: str, field: str) -> str:
    """A day in ISO form."""
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError as e:
        raise BadInput(f"{field} can't be {said[:40]!r}", field, "give a day as 2017-05-31, or none") from e


def parse_words(said: str, field: str) -> str:
    """Words of a reviewer, on one line."""
    if len(said) > LONGEST_WORDS:
        raise BadInput(f"{field} is longer than {LONGEST_WORDS} characters", field, "give its name alone")
    return " ".join(said.split())


def _one_of(values: type[StrEnum]) -> Callable[[str, str], str]:
    def parse(said: str, field: str) -> str:
        chosen = said.lower()
        if chosen not in {each.value for each in values}:
            choices = ", ".join(each.value for each in values)
            raise BadInput(f"{field} can't be {said[:40]!r}", field, f"give one of {choices}")
        return chosen

    return parse


PARSERS: dict[str, Callable[[str, str], int | str]] = {
    "harm": _one_of(Harm),
    "low": parse_number,
    "high": parse_number,
    "kind": _one_of(VictimKind),
    "group": _one_of(VictimGroup),
    "scope": _one_of(Scope),
    "polarity": _one_of(Polarity),
    "place": parse_words,
    "earliest": parse_day,
    "latest": parse_day,
    "actor": parse_words,
    "means": _one_of(MeansKind),
    "claimant": parse_words,
}
"""Every field that may be corrected, and how what is typed for it is read."""
ALWAYS_STATED = ("harm", "scope", "polarity")


def _named(part: dict[str, Any] | None) -> str | None:
    """The name that was looked up, else the report's words."""
    return (part["name"] or part["exact"]) if part else None
