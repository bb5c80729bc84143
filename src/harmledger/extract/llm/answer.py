"""What a language model answered, taken apart: claims as it quotes and classes them, not yet believed.

In comes the answer's text; out go drafts, and the claims that name no known harm, scope or polarity. Nothing is looked up in the report here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from harmledger.domain import VictimKind
from harmledger.errors import EngineFailed
from harmledger.extract.labels import CLASSES, ROLES

MUST_CHOOSE = ("harm", "scope", "polarity")
"""Classes without which a claim would say something else; kind, group and means may stay unsaid."""
SHOWN_CHARS = 80
"""Characters of a model's word that a reason shows."""
_ASIDE = re.compile(r"<think>.*?</think>", re.DOTALL)
"""What some models say to themselves before they answer."""
_UNSAID = {"kind": VictimKind.UNKNOWN, "group": None, "means": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A claim as the model has it: words it says are quoted, and members of the closed sets."""

    sentence: int | None
    count: str
    classes: Mapping[str, Any]
    quotes: Mapping[str, str]
    """By role, the words quoted; roles without any are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """A claim of the model's that can't be taken, and why."""

    sentence: int | None
    reason: str


def parse_answer(content: str, model: str) -> list[Draft | Unusable]:
    """The claims of an answer, in its order.

    Raises:
        EngineFailed: it holds no JSON object with a list of claims.
    """
    found = _find_json(content)
    claims = cast("Mapping[str, object]", found).get("claims") if isinstance(found, dict) else found
    if not isinstance(claims, list):
        what, remedy = "the answer is not the JSON asked for", "try again, or take a model that keeps to a JSON schema"
        raise EngineFailed(what, f"model {model}", remedy)
    return [_parse_claim(claim) for claim in cast("list[object]", claims)]


def show(words: object) -> str:
    """A model's word as a reason shows it: quoted, on one line, not long."""
    told = str(words)
    return json.dumps(told if len(told) <= SHOWN_CHARS else f"{told[:SHOWN_CHARS]}…", ensure_ascii=False)


def _find_json(content: str) -> object:
    """The first JSON value of an answer, whatever stands around it; None where there is none."""
    spoken = _ASIDE.sub("", content)
    start = re.search(r"[{\[]", spoken)
    if start is None:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(spoken, start.start())
    except (ValueError, RecursionError):
        return None
    return value


def _parse_claim(claim: object) -> Draft | Unusable:
    said = cast("Mapping[str, object]", claim if isinstance(claim, dict) else {})
    number = said.get("sentence")
    sentence = number if isinstance(number, int) else None
    count = _quoted(said.get("count"))
    if count is None:
        return Unusable(sentence=sentence, reason="the model quotes no count")
    classes = {name: _choose(name, said.get(name)) for name in CLASSES}
    for name in MUST_CHOOSE:
        if classes[name] is None:
            return Unusable(sentence=sentence, reason=f"the model's {name} {show(said.get(name))} is not one there is")
    quotes = {role: words for role in ROLES if (words := _quoted(said.get(role)))}
    return Draft(sentence=sentence, count=count, classes=classes, quotes=quotes)


def _quoted(value: object) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None


def _choose(name: str, value: object) -> object:
    """The member of a closed set that a word means, in whatever case; else what stands for "not said"."""
    members = {_plain(str(member)): member for member in CLASSES[name] if member is not None}
    return members.get(_plain(value), _UNSAID.get(name)) if isinstance(value, str) else _UNSAID.get(name)


def _plain(word: str) -> str:
    return word.strip().casefold().replace("_", " ")
