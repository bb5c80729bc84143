"""Reports of which it is known which event each is of, read once and kept, for learning to link and for measuring it.

Every set is halved by the hash of its events' names, so that no event is both learnt from and measured on.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpora import Row, load_rows, read_rows

from harmledger import __version__
from harmledger.domain import Spot, Telling
from harmledger.link.space import beyond_km
from harmledger.link.tell import tell_whole

SHOOTINGS = "gva_reports"
STRIKES = ("airwars_syria_reports_en", "airwars_syria_reports_ar")
CACHE = Path(os.environ.get("HARMLEDGER_LINKING_CACHE") or Path(tempfile.gettempdir(), "harmledger-linking"))
NEAR_KM = 15.0
NEAR_DAYS = 2
"""A telling as near as this to a coded incident is the one that was coded."""


@dataclass(frozen=True, slots=True)
class Case:
    """A report as read, and the events it was coded into."""

    record: dict[str, Any]
    events: frozenset[str]
    gold: tuple[Row, ...]


def load_cases(shared: Path, corpus: str) -> list[Case]:
    """The readable reports of a set, each with its events."""
    rows = load_rows(shared, corpus)
    return make_cases(rows, _read_once(corpus, rows))


def make_cases(rows: Sequence[Row], records: Sequence[Row]) -> list[Case]:
    """Reports that could be read, each with its events."""
    return [
        Case(record, _events(row), tuple(row.get("gold", ())))
        for row, record in zip(rows, records, strict=True)
        if "error" not in record
    ]


def halve(cases: Sequence[Case]) -> tuple[list[Case], list[Case]]:
    """The half to learn from and the half to measure on: events that share a report stay together."""
    home = _together(cases)
    halves: tuple[list[Case], list[Case]] = ([], [])
    for case in cases:
        halves[hashlib.sha256(home[min(case.events)].encode()).digest()[0] % 2].append(case)
    return halves


def whole_tellings(cases: Sequence[Case]) -> list[Telling]:
    """Each report as one telling, whether it has claims or not."""
    return [tell_whole(case.record, f"report {n}") for n, case in enumerate(cases)]


def nearest_tellings(cases: Sequence[Case], tellings: Sequence[Telling], report: Sequence[int]) -> frozenset[int]:
    """The tellings that are the nearest of their report to an event it was coded into, where the coding says when and where that was."""
    told: defaultdict[int, list[int]] = defaultdict(list)
    for index, n in enumerate(report):
        told[n].append(index)
    nearest = (
        min(told[n], key=lambda index: _farness(tellings[index], gold), default=None)
        for n, case in enumerate(cases)
        for gold in case.gold
    )
    return frozenset(index for index in nearest if index is not None)


def _farness(telling: Telling, gold: Row) -> float:
    """How ill a telling fits a coded incident: by place, day and figures."""
    far = 0.5
    if telling.spot and gold.get("lat") is not None:
        point = Spot(id=None, name=None, country=None, admin1=None, lat=gold["lat"], lon=gold["lon"], radius_km=NEAR_KM)
        far = float(beyond_km(telling.spot, point) > 0)
    day = date.fromisoformat(gold["date"]) if gold.get("date") else None
    if day and telling.earliest and telling.latest:
        gap = max(0, (telling.earliest - day).days, (day - telling.latest).days)
        return far + float(gap > NEAR_DAYS)
    return far + 0.5


def _events(row: Row) -> frozenset[str]:
    return frozenset([row["incident"]]) if "incident" in row else frozenset(g["code"] for g in row["gold"])


def _together(cases: Iterable[Case]) -> dict[str, str]:
    """Of each event one name for all that are tied to it by a report of several."""
    home: dict[str, str] = {}
    for case in cases:
        names = {home.get(event, event) for event in case.events}
        first = min(names)
        for event in [e for e, h in home.items() if h in names] + sorted(case.events):
            home[event] = first
    return home


def _read_once(corpus: str, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The records of the reports, kept outside the checkout until harmledger's version changes; delete the folder to read anew."""
    kept = CACHE / f"{corpus}-{__version__}.jsonl"
    if not kept.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        records = read_rows(rows)
        kept.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return list(_lines(kept))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
