"""What people write down themselves: claims that no machine gave, and the victims that reports name.

Comes in: what was typed, and the document's text where it has one. Goes out: an Entered or a Victim, its quote found in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from harmledger.domain import Entered, Harm, MeansKind, Polarity, Scope, Sex, Victim, VictimGroup, VictimKind, Words
from harmledger.errors import BadInput
from harmledger.ids import entry_id, victim_id
from harmledger.review.decide import check_text
from harmledger.review.fields import ALWAYS_STATED, NOT_STATED, PARSERS, Fields, check_fields, parse_words

LONGEST_QUOTE = 5_000
"""Characters: a long paragraph; more is no quote."""
MOST_SPELLINGS = 50
DEFAULTS = {"harm": "killed", "kind": "unknown", "scope": "incident", "polarity": "asserted"}


def enter_claim(
    document: str, text: str | None, *, quote: str, said: Mapping[str, str | None], at: Words | None = None
) -> Entered:
    """A claim as a person wrote it down, with its quote; `at`: where it was marked in the text.

    Raises:
        BadInput: the quote doesn't stand in the text, or a value can't be.
    """
    found = at or find_quote(quote, text)
    fields = _parse_fields(said)
    if fields["low"] is None and fields["high"] is None:
        raise BadInput("a claim gives a number of people", "--low", "give --low, --high, or both")
    check_fields(fields)
    exact, start, end = found.exact, *((found.start, found.end) if text is not None else (None, None))
    entered = Entered(entry_id="", document_id=document, quote=exact, start=start, end=end, **_typed(fields))
    return replace(entered, entry_id=identify_entered(entered))


def enter_victim(
    document: str,
    text: str | None,
    *,
    quote: str,
    salt: str,
    names: Sequence[str],
    said: Mapping[str, str | None],
    claims: Sequence[str],
) -> Victim:
    """A victim whom a report names.

    Raises:
        BadInput: there is no name, the quote doesn't stand in the text, or a value can't be.
    """
    found = find_quote(quote, text)
    spelled = tuple(dict.fromkeys(parse_words(check_text(name, "name", LONGEST_QUOTE), "name") for name in names))
    if not all(spelled) or not 0 < len(spelled) <= MOST_SPELLINGS:
        raise BadInput(
            f"a victim has one name to {MOST_SPELLINGS} spellings", "--name", "give each spelling with --name"
        )
    age = said.get("age")
    values: dict[str, Any] = {
        "document_id": document,
        "quote": found.exact,
        "start": found.start if text is not None else None,
        "end": found.end if text is not None else None,
        "names": spelled,
        "age": age and parse_words(check_text(age, "age", LONGEST_QUOTE), "age"),
        "sex": Sex(said.get("sex") or Sex.UNKNOWN),
        "status": VictimKind(said.get("status") or VictimKind.UNKNOWN),
        "claims": tuple(dict.fromkeys(claims)),
    }
    victim = Victim(victim_id="", salt=salt, **values)
    return replace(victim, victim_id=identify_victim(victim))


def identify_entered(entered: Entered) -> str:
    """The id that an entered claim's content has."""
    fields = {name: getattr(entered, name) for name in PARSERS}
    return entry_id(entered.document_id, entered.quote, entered.start, entered.end, fields)


def identify_victim(victim: Victim) -> str:
    """The id that a victim's content has."""
    names = ("document_id", "quote", "start", "end", "names", "age", "sex", "status", "claims")
    return victim_id(victim.salt, {name: getattr(victim, name) for name in names})


def find_quote(quote: str, text: str | None) -> Words:
    """Where a quote stands in a text, as the text has it: white space may be other, no letter may,
    and no word may be cut. Without a text it is taken as it is.

    Raises:
        BadInput: it is empty, doesn't stand there, or stands there more than once.
    """
    words = check_text(quote, "quote", LONGEST_QUOTE).split()
    if not words:
        raise BadInput("a claim has a quote", "--quote", "give the sentence that says it")
    if text is None:
        return Words(exact=quote.strip(), start=0, end=len(quote.strip()))
    found = list(re.finditer(_whole(words), text))
    if not found:
        raise BadInput(
            "the document doesn't say that", " ".join(words)[:60], "copy the quote from its text, letter by letter"
        )
    if len(found) > 1:
        raise BadInput(f"the document says that {len(found)} times", " ".join(words)[:60], "quote more of the sentence")
    return Words(exact=found[0][0], start=found[0].start(), end=found[0].end())


def _whole(words: Sequence[str]) -> str:
    """A pattern of these words with any white space between; a word at either end is no part of a longer one."""
    before = r"(?<!\w)" if re.match(r"\w", words[0]) else ""
    after = r"(?!\w)" if re.search(r"\w$", words[-1]) else ""
    return before + r"\s+".join(map(re.escape, words)) + after


def _parse_fields(said: Mapping[str, str | None]) -> Fields:
    fields: Fields = {}
    for name, parse in PARSERS.items():
        value = (said.get(name) or DEFAULTS.get(name) or "none").strip()
        stated = value.lower() not in NOT_STATED
        if not stated and name in ALWAYS_STATED:
            raise BadInput("a claim always states it", f"--{name}", "give a value")
        fields[name] = parse(check_text(value, name, LONGEST_QUOTE), name) if stated else None
    return fields


def _typed(fields: Fields) -> dict[str, Any]:
    """Values as the domain has them."""
    kinds: dict[str, Any] = {
        "harm": Harm,
        "kind": VictimKind,
        "group": VictimGroup,
        "scope": Scope,
        "polarity": Polarity,
        "means": MeansKind,
        "earliest": date.fromisoformat,
        "latest": date.fromisoformat,
    }
    typed = {
        name: kinds[name](value) if value is not None and name in kinds else value for name, value in fields.items()
    }
    return {**typed, "kind": typed["kind"] or VictimKind.UNKNOWN}
