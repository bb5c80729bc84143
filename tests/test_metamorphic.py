"""When days, names, places and figures of a report are shifted, its claims shift with them and with nothing else."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

Record = dict[str, Any]
VARIANTS = 6
"""Of each template; with eight templates some hundred claims."""
FLOOR = 0.95
"""Of claims, per field: an encoder is no grammar, but what one report's words give, another's of the same build should."""

COUNTRIES = {
    "SY": ("Syria", ["Idlib", "Raqqa", "Manbij", "Saraqib", "Douma", "Jisr al-Shughur"]),
    "IQ": ("Iraq", ["Mosul", "Fallujah", "Tikrit", "Ramadi", "Baqubah", "Kirkuk"]),
    "YE": ("Yemen", ["Taiz", "Saada", "Marib", "Hajjah", "Dhamar", "Ibb"]),
    "UA": ("Ukraine", ["Kherson", "Kramatorsk", "Sumy", "Nikopol", "Izium", "Chernihiv"]),
}
ACTORS = {
    "SY": ["Russian warplanes", "the US-led coalition", "Syrian government forces"],
    "IQ": ["the US-led coalition", "Iraqi forces", "Islamic State militants"],
    "YE": ["the Saudi-led coalition", "Houthi fighters"],
    "UA": ["Russian forces", "Russian troops"],
}
SPEAKERS = ["Omar Kassar", "Dr. Lina Fares", "Viktor Hrytsak", "Yahya al-Sabri", "Salma Idriss", "Daniel Okoro"]
WORDS = {
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    8: "eight",
    9: "nine",
    11: "eleven",
    12: "twelve",
    17: "17",
    23: "23",
    31: "31",
    46: "46",
}


@dataclass(frozen=True, slots=True)
class World:
    """What a variant is about: every value that a template takes."""

    chance: random.Random
    country: str
    day: date

    def figure(self) -> tuple[str, int]:
        number, word = self.chance.choice(sorted(WORDS.items()))
        return word, number

    @property
    def places(self) -> list[str]:
        return self.chance.sample(COUNTRIES[self.country][1], 2)

    @property
    def land(self) -> str:
        return COUNTRIES[self.country][0]

    @property
    def actor(self) -> str:
        return self.chance.choice(ACTORS[self.country])

    @property
    def speaker(self) -> str:
        return self.chance.choice(SPEAKERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What must be read; a field that a template doesn't fix is None and not compared."""

    low: int
    harm: str
    high: int | None = -1
    kind: str | None = None
    scope: str | None = None
    place: str | None = None
    day: date | None = None
    actor: str | None = None
    source: str | None = None
    polarity: str = "asserted"


@dataclass(frozen=True, slots=True)
class Variant:
    template: str
    published: date
    text: str
    claims: list[Expected] = field(default_factory=list)


def spell(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def told_with_a_weekday(w: World) -> Variant:
    (n, low), (m, more) = w.figure(), w.figure()
    place, actor, who, published = w.places[0], w.actor, w.speaker, w.day + timedelta(days=2)
    text = (
        f"An airstrike by {actor} hit a market in {place} in {w.land} on {w.day:%A}, killing {n} civilians and wounding {m} others, "
        f"{who}, a doctor at the town's hospital, said.\n\nThe market is the largest of the region and was crowded at the time."
    )
    base = {
        "place": place,
        "day": w.day,
        "actor": actor.removeprefix("the "),
        "source": who.removeprefix("Dr. "),
        "scope": "incident",
    }
    return Variant("weekday", published, text, [
        Expected(low=low, high=low, harm="killed", kind="civilian", **base), Expected(low=more, high=more, harm="injured", **base),
    ])  # fmt: skip


def told_with_parts(w: World) -> Variant:
    (m, part), total = w.figure(), 50 + w.chance.randrange(40)
    place, who = w.places[0], w.speaker
    text = (
        f"At least {total} people were killed, including {m} children, when shells fell on {place} on {spell(w.day)}, "
        f"according to {who}, the head of the rescue service.\n\nBurials took place on the same evening."
    )
    base = {"place": place, "day": w.day, "source": who.removeprefix("Dr. "), "harm": "killed"}
    return Variant("parts", w.day + timedelta(days=1), text, [
        Expected(low=total, high=None, kind="unknown", scope="incident", **base),
        Expected(low=part, high=part, kind="civilian", scope="part", **base),
    ])  # fmt: skip


def told_of_two_places(w: World) -> Variant:
    (n, low), (m, more), (one, two) = w.figure(), w.figure(), w.places
    later = w.day + timedelta(days=3)
    text = (
        f"Two attacks shook {w.land} this month. On {w.day:%B} {w.day.day}, {n} civilians were killed in {one} when a car bomb went off. "
        f"On {later:%B} {later.day}, gunmen opened fire on a bus in {two} and killed {m} passengers.\n\nNobody has claimed either attack."
    )
    return Variant("two places", later + timedelta(days=1), text, [
        Expected(low=low, high=low, harm="killed", kind="civilian", place=one, day=w.day, scope="incident"),
        Expected(low=more, high=more, harm="killed", kind="civilian", place=two, day=later, scope="incident"),
    ])  # fmt: skip


def told_by_a_carried_speaker(w: World) -> Variant:
    (n, low), place, who, actor = w.figure(), w.places[0], w.speaker, w.actor
    text = (
        f"{who}, a spokesperson for the provincial council of {place}, spoke to reporters on {w.day:%A}.\n\n"
        f"{who.split()[-1]} said that {actor} had shelled the town since dawn. The spokesperson added that {n} residents had been killed."
    )
    return Variant("carried speaker", w.day, text, [
        Expected(low=low, high=low, harm="killed", kind="civilian", place=place, actor=actor.removeprefix("the "), source="spokesperson"),
    ])  # fmt: skip


def told_and_denied(w: World) -> Variant:
    (n, low), place, actor = w.figure(), w.places[0], w.actor
    text = (
        f"{actor[0].upper() + actor[1:]} on {w.day:%A} denied killing {n} civilians in {place}, and said that no mission had been flown there."
        f"\n\nThe accusation was first raised by a local radio station in {w.land}."
    )
    return Variant("denied", w.day, text, [
        Expected(low=low, high=low, harm="killed", kind="civilian", place=place, actor=actor.removeprefix("the "), polarity="denied"),
    ])  # fmt: skip


def told_of_fighters(w: World) -> Variant:
    (n, low), place = w.figure(), w.places[0]
    text = (
        f"The army said that {n} militants had been killed in clashes near {place} on {spell(w.day)}.\n\n"
        f"Farmers in {w.land} have brought in the harvest early this year because of the heat."
    )
    return Variant("fighters", w.day + timedelta(days=1), text, [
        Expected(low=low, high=low, harm="killed", kind="combatant", place=place, day=w.day, source="army", scope="incident"),
    ])  # fmt: skip


def told_of_a_period(w: World) -> Variant:
    total = 1100 + w.chance.randrange(800)
    text = (
        f"{total:,} civilians have been killed in {w.land} since the beginning of the year, a monitoring group said on {w.day:%A}.\n\n"
        "Talks about a ceasefire are to begin next week."
    )
    return Variant("period", w.day, text, [
        Expected(low=total, high=total, harm="killed", kind="civilian", scope="cumulative", place=w.land, source="monitoring group"),
    ])  # fmt: skip


def told_without_harm(w: World) -> Variant:
    (n, _), who = w.figure(), w.speaker
    text = (
        f"{who} opened {n} schools in {w.places[0]} on {w.day:%A}, and promised {n} more by {w.day.year + 1}.\n\n"
        f"Could {n} teachers be killed by boredom? {who.split()[-1]} laughed and said that {n} goats had eaten the flowers."
    )
    return Variant("no harm", w.day, text, [])


TEMPLATES = (
    told_with_a_weekday,
    told_with_parts,
    told_of_two_places,
    told_by_a_carried_speaker,
    told_and_denied,
    told_of_fighters,
    told_of_a_period,
    told_without_harm,
)


def variants() -> Iterator[Variant]:
    """The same worlds on every run."""
    for seed in range(VARIANTS):
        for n, template in enumerate(TEMPLATES):
            chance = random.Random(100 * seed + n)
            day = date(2016 + chance.randrange(8), 1 + chance.randrange(12), 5 + chance.randrange(18))
            yield template(World(chance, chance.choice(sorted(COUNTRIES)), day))


@pytest.fixture(scope="module")
def readings(read_lines: Any) -> list[tuple[Variant, Record]]:
    every = list(variants())
    reports = [{"id": str(n), "published": v.published.isoformat(), "text": v.text} for n, v in enumerate(every)]
    return list(zip(every, read_lines(reports), strict=True))


def pairs(readings: list[tuple[Variant, Record]]) -> list[tuple[Variant, Expected, Record | None]]:
    """Each expected claim with the found one of its figure and harm."""
    out: list[tuple[Variant, Expected, Record | None]] = []
    for variant, record in readings:
        left = list(record["claims"])
        for e in variant.claims:
            found = next((c for c in left if (c["count"]["low"], c["harm"]) == (e.low, e.harm)), None)
            if found:
                left.remove(found)
            out.append((variant, e, found))
    return out


def words_of(claim: Record, key: str) -> str:
    if key == "source":
        return (claim["attribution"] or [{}])[-1].get("exact") or ""
    return (claim[key] or {}).get("exact") or ""


AGREES = {
    "high": lambda e, c: e.high == -1 or c["count"]["high"] == e.high,
    "kind": lambda e, c: e.kind is None or ((c["victims"] or {}).get("kind") or "unknown") == e.kind,
    "scope": lambda e, c: e.scope is None or c["scope"] == e.scope,
    "polarity": lambda e, c: c["polarity"] == e.polarity,
    "place": lambda e, c: e.place is None or e.place in words_of(c, "place"),
    "day": lambda e, c: e.day is None or (c["when"] or {}).get("earliest") == (c["when"] or {}).get("latest") == e.day.isoformat(),
    "actor": lambda e, c: e.actor is None or e.actor.lower() in words_of(c, "actor").lower(),
    "source": lambda e, c: e.source is None or e.source in words_of(c, "source"),
}  # fmt: skip


def test_figures_follow(readings: list[tuple[Variant, Record]]) -> None:
    """Every figure told is found with its harm, whatever the figure."""
    every = pairs(readings)
    lost = Counter(v.template for v, _, c in every if c is None)
    assert sum(lost.values()) <= (1 - FLOOR) * len(every), lost


def test_nothing_is_made_up(readings: list[tuple[Variant, Record]]) -> None:
    """No other figure of the report becomes a claim: neither goats nor schools."""
    extra = Counter(v.template for v, r in readings for _ in range(max(0, len(r["claims"]) - len(v.claims))))
    assert sum(extra.values()) <= (1 - FLOOR) * len(pairs(readings)), extra


@pytest.mark.parametrize("name", AGREES)
def test_values_follow(name: str, readings: list[tuple[Variant, Record]]) -> None:
    """Each value of a claim is the one that its report states, whichever that is."""
    found = [(v, e, c) for v, e, c in pairs(readings) if c is not None]
    wrong = Counter(v.template for v, e, c in found if not AGREES[name](e, c))
    assert sum(wrong.values()) <= (1 - FLOOR) * len(found), wrong


def test_ids_follow_the_report(readings: list[tuple[Variant, Record]]) -> None:
    """Claims of different reports have different ids."""
    ids = [c["claim_id"] for _, r in readings for c in r["claims"]]
    assert len(ids) == len(set(ids))
