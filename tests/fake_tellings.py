"""Claim records and tellings made for a test, with only what it is about said."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from harmledger.domain import Figure, Harm, MeansKind, Spot, Telling, VictimGroup

Record = dict[str, Any]
RAQQA = {
    "exact": "Raqqa",
    "id": "raqqa",
    "name": "Raqqa",
    "country": "SY",
    "admin1": "Raqqa",
    "lat": 35.95,
    "lon": 39.01,
    "radius_m": 8000,
}
IDLIB = {
    "exact": "Idlib",
    "id": "idlib",
    "name": "Idlib",
    "country": "SY",
    "admin1": "Idlib",
    "lat": 35.93,
    "lon": 36.63,
    "radius_m": 8000,
}


def claim(
    claim_id: str,
    text: str,
    *,
    place: Record | None = None,
    day: str | None = None,
    scope: str = "incident",
    **more: Any,
) -> Record:
    """A claim whose whole sentence is `text`."""
    fields = {
        "victims": None,
        "part_of": None,
        "actor": None,
        "means": None,
        "harm": "killed",
        "polarity": "asserted",
        "attribution": [],
    }
    count = {"exact": "3", "start": 0, "end": 1, "low": more.pop("low", 3), "high": more.pop("high", 3)}
    when = day and {"exact": "then", "earliest": day, "latest": day}
    quote = {"exact": text, "start": 0, "end": 0}
    return {
        "claim_id": claim_id,
        "scope": scope,
        "place": place,
        "when": when,
        "quote": quote,
        "count": count,
        **fields,
        **more,
    }


def report(document_id: str, *claims: Record, published: str | None = None, text: str | None = None) -> Record:
    """A report in English that says its claims' sentences and nothing else, unless told."""
    text = text if text is not None else " ".join(c["quote"]["exact"] for c in claims)
    for each in claims:
        each["quote"]["start"] = max(0, text.find(each["quote"]["exact"]))
    document = {
        "document_id": document_id, "language": "en", "published": published, "text": text,
        "published_earliest": published, "published_latest": published,
        "parts": [{"role": "body", "kind": None, "start": 0, "end": len(text)}],
    }  # fmt: skip
    return {"document": document, "claims": list(claims), "statements": []}


def spot(lat: float = 35.95, lon: float = 39.01, *, km: float = 4.0, admin1: str | None = "Raqqa") -> Spot:
    return Spot(id=f"{lat}/{lon}", name="a place", country="SY", admin1=admin1, lat=lat, lon=lon, radius_km=km)


def telling(name: str, **more: Any) -> Telling:
    """A telling of three killed in Raqqa on 5 May 2017, unless told otherwise."""
    day = more.pop("day", date(2017, 5, 5))
    words = frozenset(more.pop("words", "").split())
    fields: dict[str, Any] = {
        "telling_id": name, "document_id": f"report of {name}", "claims": (name,), "language": "en", "published": None,
        "earliest": day, "latest": day, "dated": True, "spot": spot(), "actors": frozenset(), "means": frozenset(),
        "figures": (Figure(harm=Harm.KILLED, low=3, high=3),), "groups": frozenset(),
        "words": words, "report_words": words, "names": frozenset(), "another": False,
    }  # fmt: skip
    return Telling(**{**fields, **more})


WORDS = [f"word{n}" for n in range(60)]
SPOTS = [None, spot(), spot(36.2, km=1), spot(33.5, 36.3, km=30, admin1="Damascus"), spot(36.21, 39.02, km=8)]


def some_tellings(count: int, seed: int = 1) -> list[Telling]:
    """Tellings that say much or little, in two languages, of a few reports."""
    chance = random.Random(seed)
    return [_draw(chance, n) for n in range(count)]


def _draw(chance: random.Random, n: int) -> Telling:
    day = date(2017, 5, 1) + timedelta(days=chance.randrange(400)) if chance.random() < 0.9 else None
    names = frozenset(chance.sample(WORDS, chance.randrange(4)))
    figures = [
        Figure(harm=harm, low=chance.choice([None, 1, 3, 7]), high=chance.choice([None, 7, 12]))
        for harm in chance.sample([Harm.KILLED, Harm.INJURED, Harm.MISSING], 2)
    ]
    return telling(
        f"t{n}",
        document_id=f"report {n // 2}",
        day=day,
        latest=day and day + timedelta(days=chance.randrange(4)),
        published=chance.choice([None, date(2017, 6, 1), date(2018, 2, 3)]),
        dated=chance.random() < 0.5,
        spot=chance.choice(SPOTS),
        language=chance.choice(["en", "ar"]),
        actors=frozenset(chance.sample(["syria", "russia", "turkey"], chance.randrange(3))),
        means=frozenset(chance.sample(list(MeansKind), chance.randrange(2))),
        groups=frozenset(chance.sample(list(VictimGroup), chance.randrange(2))),
        figures=tuple(figures[: chance.randrange(3)]),
        words=" ".join(chance.sample(WORDS, chance.randrange(12))),
        names=names,
        another=chance.random() < 0.3,
        places=frozenset(chance.sample(["raqqa", "tabqa", "idlib", "old", "town"], chance.randrange(3))),
        weekdays=frozenset(chance.sample(range(7), chance.randrange(2))) if day is None else frozenset(),
    )
