"""Incidents drawn from the density of `airwars_syria_incidents`: its days, places, belligerents and figures, again and again.

Each draw is told by its number and the seed alone, so that any of them can be made by itself. Nothing of the data's own words comes in but names.
"""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FIRST_DAY = date(2013, 1, 1)
"""Earlier ones are mistakes of the data."""
MOST_SHIFTED_DAYS = 45
"""How far a further draw of the same incident lies from it: the density of days stays as it was."""
CLAIMS_EACH = 10
SPREAD = 0.8
"""Of the logarithm of how many claims an incident has: most have few, some have dozens."""
MOST_CLAIMS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One incident, before anybody reports it."""

    number: int
    day: date
    place: str | None
    place_ar: str | None
    lat: float | None
    lon: float | None
    belligerents: tuple[str, ...]
    denied: bool
    conceded: bool
    means: str
    killed: tuple[int, int]
    injured: tuple[int, int]
    children: int
    claims: int


def load_real() -> list[dict[str, Any]]:
    """The incidents of the open data."""
    shared = Path(os.environ.get("HARMLEDGER_SHARED", ROOT.parent / "shared"))
    with gzip.open(shared / "data" / "airwars_syria_incidents.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for row in rows if row["date"] >= FIRST_DAY.isoformat()]


def draw_claims(incidents: int, seed: int) -> list[int]:
    """How many claims each incident has: ten on average, exactly."""
    chance = random.Random(f"{seed}: claims")
    weights = [chance.lognormvariate(0, SPREAD) for _ in range(incidents)]
    scale = CLAIMS_EACH * incidents / sum(weights)
    counts = [min(MOST_CLAIMS, max(1, round(weight * scale))) for weight in weights]
    missing = CLAIMS_EACH * incidents - sum(counts)
    step = 1 if missing > 0 else -1
    while missing:
        at = chance.randrange(incidents)
        if 1 < counts[at] < MOST_CLAIMS:
            counts[at] += step
            missing -= step
    return counts


def draw(real: Sequence[dict[str, Any]], number: int, claims: int, seed: int) -> Drawn:
    """The incident of that number."""
    chance = random.Random(f"{seed}: {number}")
    one = real[number] if number < len(real) else chance.choice(real)
    shift = 0 if number < len(real) else chance.randint(-MOST_SHIFTED_DAYS, MOST_SHIFTED_DAYS)
    said = [p.get("assessment") or "" for p in one.get("positions") or ()]
    return Drawn(
        number=number,
        day=date.fromisoformat(one["date"]) + timedelta(days=shift),
        place=_name(one.get("place")),
        place_ar=_name(one.get("place_ar")),
        lat=one.get("lat"),
        lon=one.get("lon"),
        belligerents=tuple(one["belligerent"].split(", ")) if one.get("belligerent") else (),
        denied="non_credible" in said,
        conceded="credible" in said,
        means=one.get("strike_type") or "Airstrike",
        killed=_range(one, "killed", chance),
        injured=_range(one, "injured", chance),
        children=one.get("children_killed_max", 0),
        claims=claims,
    )


def _range(one: dict[str, Any], harm: str, chance: random.Random) -> tuple[int, int]:
    """What sources give, from least to most."""
    low = one.get(f"{harm}_min") or 0
    high = max(low, one.get(f"{harm}_max") or 0)
    return low, high + (chance.randint(0, 2) if high > 1 else 0)


def _name(place: str | None) -> str | None:
    """The first name of several, without marks that steer its direction."""
    name = (place or "").split(",")[0].split("،")[0].strip("\u200e\u200f\u202a\u202b\u202c \t\n.")
    return name if 1 < len(name) <= 60 and not any(c in name for c in "{}()\n") else None
