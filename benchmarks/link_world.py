"""A made-up press at the density of the open data: what its reports tell, as many claims as are asked for."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from harmledger.domain import Figure, Harm, MeansKind, Spot, Telling
from harmledger.link.copies import Print
from harmledger.link.told import Told

Row = dict[str, Any]
ROOT = Path(__file__).resolve().parents[1]
SEED = 20260711
RADII_KM = {"city": 8.0, "town": 5.0, "village": 2.0, "neighbourhood_area": 1.0, "subdistrict": 12.0, "district": 30.0}
EXACT_KM, VAGUE_KM = 0.5, 60.0
REPORTS = 4.0
"""Reports of an incident on average, one at the least; some have dozens."""
COPY, ROUND_UP, UNDATED, WOUNDED = 0.25, 0.1, 0.2, 0.5
"""Shares of reports that copy an earlier one, that tell of a second incident, that name no day, and of tellings with a claim of wounded."""
SENTENCE, STORY, NAMES, SHARED_NAMES = 24, 110, 8, 5
"""Words of a telling's claims and of its stretch of the report, names in it, and how many of these all that tell the incident know."""
WIDE, TALL = 8, 7
"""Degrees from one country to the next, eastward and southward: they lie side by side, so that none is denser for there being others."""
ZIPF = 1.25
MOST_WORDS = 2**40


@dataclass(frozen=True, slots=True)
class Event:
    """One incident that reports tell of."""

    day: date
    spot: Spot | None
    actors: frozenset[str]
    killed: tuple[int, int]
    words: np.ndarray


def load_months() -> list[list[Row]]:
    """The recorded incidents of Syria by month, those with a day in the years of the war."""
    shared = Path(os.environ.get("HARMLEDGER_SHARED", ROOT.parent / "shared"))
    with gzip.open(shared / "data" / "airwars_syria_incidents.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    months: dict[str, list[Row]] = {}
    for row in rows:
        if row["date"] > "2014":
            months.setdefault(row["date"][:7], []).append(row)
    return [months[month] for month in sorted(months)]


def tell_world(months: Sequence[Sequence[Row]], claims: int) -> Iterator[Told]:
    """What reports tell until so many claims are told: months by chance in one country after the other."""
    chance = np.random.default_rng(SEED)
    told = 0
    for country in range(10**6):
        for month in chance.permutation(len(months)):
            for report in _tell_month(chance, months[month], country):
                yield report
                told += len(report.claims)
                if told >= claims:
                    return


def _tell_month(chance: np.random.Generator, rows: Sequence[Row], country: int) -> Iterator[Told]:
    events = [_event(chance, row, country) for row in rows]
    for event in events:
        first: Told | None = None
        for _ in range(chance.geometric(1 / REPORTS)):
            if first is not None and chance.random() < COPY:
                yield _copy(chance, first)
                continue
            second = events[chance.integers(len(events))] if chance.random() < ROUND_UP else None
            report = _report(chance, [event] if second is None or second is event else [event, second])
            first = first or report
            yield report


def _event(chance: np.random.Generator, row: Row, country: int) -> Event:
    low = row.get("killed_min") or 0
    killed = (low, max(low, row.get("killed_max") or low))
    actors = frozenset([row["belligerent"]]) if row.get("belligerent") else frozenset[str]()
    words = _draw(chance, SHARED_NAMES + SENTENCE // 2)
    return Event(date.fromisoformat(row["date"]), _spot(row, country), actors, killed, words)


def _spot(row: Row, country: int) -> Spot | None:
    """A country like the first, elsewhere on the earth, with names of its own."""
    if row.get("lat") is None:
        return None
    place, accuracy = row.get("place") or "", row.get("geo_accuracy") or ""
    radius = VAGUE_KM if "province" in accuracy else RADII_KM.get(accuracy, EXACT_KM)
    east, south = WIDE * (country % (360 // WIDE)), TALL * (country // (360 // WIDE))
    return Spot(
        id=f"C{country}/{place}", name=" ".join(f"{word}{country}" for word in place.split()), country=f"C{country}",
        admin1=row.get("governorate"), lat=row["lat"] - south, lon=(row["lon"] + east + 180) % 360 - 180, radius_km=radius,
    )  # fmt: skip


def _report(chance: np.random.Generator, events: Sequence[Event]) -> Told:
    document = hashlib.sha256(chance.bytes(16)).hexdigest()
    published = events[0].day + timedelta(days=int(chance.integers(0, 3)))
    tellings = tuple(_telling(chance, event, f"{document} {n}", published) for n, event in enumerate(events))
    shingles = np.unique(chance.integers(0, 2**32, STORY * 2, dtype=np.uint32))
    return Told(
        tellings=tellings, unlinked=(), print=Print(document_id=document, published=published, shingles=shingles)
    )


def _copy(chance: np.random.Generator, report: Told) -> Told:
    """The same told by another outlet a day later, a tenth of it cut."""
    document = hashlib.sha256(chance.bytes(16)).hexdigest()
    day = report.print.published and report.print.published + timedelta(days=1)
    tellings = tuple(
        replace(
            telling, document_id=document, published=day,
            telling_id=(claims := tuple(_id(document, c) for c in telling.claims))[0], claims=claims,
        )
        for telling in report.tellings
    )  # fmt: skip
    kept = report.print.shingles[: -(report.print.shingles.size // 10)]
    return Told(tellings=tellings, unlinked=(), print=Print(document_id=document, published=day, shingles=kept))


def _telling(chance: np.random.Generator, event: Event, place: str, published: date) -> Telling:
    document = place.split(maxsplit=1)[0]
    dated = chance.random() >= UNDATED
    names = [f"N{n}" for n in (*event.words[:SHARED_NAMES], *_draw(chance, NAMES - SHARED_NAMES))]
    own = chance.choice(event.words[SHARED_NAMES:], SENTENCE // 3, replace=False)
    sentence = [f"w{n}" for n in (*own, *_draw(chance, SENTENCE - own.size))]
    story = [f"w{n}" for n in _draw(chance, STORY)]
    figures = [Figure(harm=Harm.KILLED, low=int(chance.integers(event.killed[0], event.killed[1] + 1)), high=None)]
    figures = [replace(figures[0], high=figures[0].low)]
    if chance.random() < WOUNDED:
        wounded = int(chance.integers(1, 30))
        figures.append(Figure(harm=Harm.INJURED, low=wounded, high=wounded))
    claims = tuple(_id(place, n) for n in range(len(figures)))
    return Telling(
        telling_id=claims[0], document_id=document, claims=claims, language="en", published=published,
        earliest=event.day if dated else published - timedelta(days=2), latest=event.day if dated else published,
        dated=dated, spot=event.spot, actors=event.actors if chance.random() < 0.7 else frozenset(),
        means=frozenset([MeansKind.AIRSTRIKE]) if chance.random() < 0.6 else frozenset(), figures=tuple(figures),
        groups=frozenset(), words=frozenset(sentence + names[:3]), report_words=frozenset(story + sentence + names),
        names=frozenset(names), another=False,
        places=frozenset(event.spot.name.lower().split()) if event.spot else frozenset(),
    )  # fmt: skip


def _draw(chance: np.random.Generator, count: int) -> np.ndarray:
    return np.minimum(chance.zipf(ZIPF, count), MOST_WORDS)


def _id(*parts: object) -> str:
    return hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest()
