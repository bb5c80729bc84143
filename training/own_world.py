"""What our own reports share in any language: an invented event, and how sentences that tell of it become a marked report.

In comes chance and a language's words, then its marked sentences: a counted expression stands in [brackets] with its harm (and
`/part`, `/cumulative` or `/denied`) before a bar; other values are marked by their words. Out come reports in the form of the marked
sets. The sentences themselves are each language's own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

SEED = 11
_MARK = re.compile(r"\[(\w+?)(?:/(part|cumulative))?(?:/(denied))?\|([^\]]+)\]")

Claim = dict[str, Any]
People = tuple[str, str, str | None]
"""Words for victims, with their kind and group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who and what may occur in the worlds of a language; from an empty list nothing is drawn."""

    lands: Mapping[str, Sequence[str]]
    strikers: Sequence[str]
    ground: Sequence[str]
    sources: Sequence[str]
    names: Sequence[str] = ()
    posts: Sequence[str] = ()
    later_days: Sequence[int] = ()
    """From the event to a second one."""
    published_days: Sequence[int]
    """From the last event to the report."""


@dataclass(slots=True)
class World:
    """One invented event: where, when, by whom, and who tells."""

    chance: random.Random
    land: str
    place: str
    other: str
    day: date
    later: date
    published: date
    striker: str
    ground: str
    source: str
    name: str
    post: str


Sentence = tuple[str, list[Claim]]
"""A sentence with its counted expressions in brackets, and the values of each claim, in order."""
Build = Callable[[World], Sentence]


def make_world(chance: random.Random, cast: Cast) -> World:
    """An event drawn from a language's words. Which is drawn when decides every report that a seed gives."""
    pick = chance.choice
    land = pick(sorted(cast.lands))
    place, other = chance.sample(cast.lands[land], 2)
    day = date(2012 + chance.randrange(14), 1 + chance.randrange(12), 1 + chance.randrange(28))
    later = day + timedelta(days=pick(cast.later_days) if cast.later_days else 0)
    return World(
        chance=chance,
        land=land,
        place=place,
        other=other,
        day=day,
        later=later,
        published=later + timedelta(days=pick(cast.published_days)),
        striker=pick(cast.strikers),
        ground=pick(cast.ground),
        source=pick(cast.sources),
        name=pick(cast.names) if cast.names else "",
        post=pick(cast.posts) if cast.posts else "",
    )


def claim(w: World, people: People, **more: Any) -> Claim:
    """The values of a claim about the world; what is not given is not stated."""
    own = {
        "victims": people[0],
        "kind": people[1],
        "group": people[2],
        "scope": "incident",
        "place": w.place,
        "when": True,
    }
    return {**own, "actor": None, "source": None, "means": None, "polarity": "asserted", **more}


def compose(w: World, builds: Sequence[Build], noise: Callable[[World], str], doc: str) -> dict[str, Any]:
    """A report of some sentences that claim something about the world, and some that claim nothing."""
    chance = w.chance
    sentences: list[Sentence] = [b(w) for b in chance.sample(builds, chance.randrange(1, 4))]
    sentences += [(noise(w), []) for _ in range(chance.randrange(1, 5))]
    chance.shuffle(sentences)
    text = ""
    claims: list[Claim] = []
    for marked, values in sentences:
        text += ("\n\n" if chance.random() < 0.5 else " ") if text else ""
        said, own = _unmark(marked, values, len(text), w)
        text, claims = text + said, claims + own
    return {"doc": doc, "published": w.published.isoformat(), "title": None, "text": text, "claims": claims}


def _unmark(marked: str, values: list[Claim], offset: int, w: World) -> tuple[str, list[Claim]]:
    """The sentence without its brackets, begun with a capital, and its claims with their spans in the report."""
    said, at = "", 0
    claims: list[Claim] = []
    for m, value in zip(_MARK.finditer(marked), values, strict=True):
        said += marked[at : m.start()]
        start = offset + len(said)
        said, at = said + m[4], m.end()
        claims.append(_flat(value, m, (start, offset + len(said)), w))
    said += marked[at:]
    return said[:1].upper() + said[1:], claims


def _flat(value: Claim, m: re.Match[str], span: tuple[int, int], w: World) -> Claim:
    day = {True: w.day.isoformat(), "later": w.later.isoformat()}.get(value["when"])
    return {
        "start": span[0], "end": span[1], "count_wording": None if value.get("names") else m[4], "low": None, "high": None, "harm": m[1],
        "victims_wording": value["victims"] or None, "kind": value["kind"], "group": value["group"], "scope": m[2] or value["scope"],
        "place_wording": value["place"], "earliest": day, "latest": day, "actor_wording": value["actor"],
        "means": value["means"], "source_wording": value["source"], "polarity": m[3] or value["polarity"],
        "unsure": [role for role in ("when", "actor", "victims") if not value[role]],
    }  # fmt: skip


def marked(report: dict[str, Any]) -> str:
    """For looking it over: a report with its counted words in brackets."""
    text = report["text"]
    for c in reversed(report["claims"]):
        text = f"{text[: c['start']]}[{c['harm']}|{text[c['start'] : c['end']]}]{text[c['end'] :]}"
    return text
