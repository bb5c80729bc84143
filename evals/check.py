"""Measure how often the right recorded incident comes first when a report's claims are checked against Airwars' incidents in Syria.

    python evals/check.py [--arabic]

On `airwars_syria_reports_en` (or `_ar`), whose reports Airwars coded into incidents, against all of `airwars_syria_incidents`. A report is read and checked as a
user would; each of its claims has one vote, shared out among its candidates by their shares. Counted are reports with a claim that names a place finer than a
country and whose own days, or whose publication, lie within a month; the others are told. Half of the reports, by their ids' hash, were learnt
from (`training/fit_check.py`): the other half is measured apart. Exits non-zero below the floors.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpora import Row, find_shared, is_held, load_rows, read_path, read_rows

from harmledger.check import Asked, Recorded, ask_record, check_claims
from harmledger.check.recorders import RECORDERS
from harmledger.resources.registry import Registry, load_registry

CORPUS, ARABIC, REFERENCE = "airwars_syria_reports_en", "airwars_syria_reports_ar", "airwars_syria_incidents"
FIRST_FLOOR, THREE_FLOOR = 0.65, 0.80


@dataclass(frozen=True, slots=True)
class Ranked:
    """One report: whether it counts, which half it is of, where the right incident came, and how long that took."""

    id: str
    counts: bool
    held: bool
    rank: int | None
    seconds: float


def main(arguments: Sequence[str] = ()) -> int:
    """Print the figures and the seed's answers; 0 where both floors hold and the seed comes out."""
    shared = find_shared()
    if shared is None:
        print("check not measured: no corpora (set HARMLEDGER_SHARED or put them into ../shared)")
        return 0
    recorded, registry = load_recorded(shared), load_registry()
    corpus = ARABIC if "--arabic" in arguments else CORPUS
    ranked = list(rank_reports(shared, corpus, recorded, registry))
    every = [r for r in ranked if r.counts]
    for name, some in (
        ("counted", every),
        ("  of these, held for measuring", [r for r in every if r.held]),
        ("  of these, learnt from", [r for r in every if not r.held]),
        ("all, undated and unplaced too", ranked),
    ):
        print(f"{name:34} {len(some):4} reports  first {share(some, 1):.3f}  among three {share(some, 3):.3f}")
    print(
        f"against {len(recorded.incidents):,} incidents; {1000 * sum(r.seconds for r in ranked) / len(ranked):.0f} ms a report"
    )
    seed = check_seed(shared, recorded, registry)
    for line in seed:
        print(line)
    return 0 if share(every, 1) >= FIRST_FLOOR and share(every, 3) >= THREE_FLOOR and not seed else 1


def load_recorded(shared: Path) -> Recorded:
    """Airwars' incidents, parsed as `reference add` does."""
    parse = next(recorder.parse for recorder in RECORDERS if recorder.id == "airwars")
    return Recorded(map(parse, load_rows(shared, REFERENCE)))


def rank_reports(shared: Path, corpus: str, recorded: Recorded, registry: Registry) -> Iterator[Ranked]:
    """Where each report's right incident comes."""
    rows = load_rows(shared, corpus)
    return rank_records(rows, read_rows(rows), recorded, registry)


def rank_records(
    rows: Sequence[Row], records: Sequence[Row], recorded: Recorded, registry: Registry
) -> Iterator[Ranked]:
    """The same of reports that were read already."""
    for row, record in zip(rows, records, strict=True):
        asked = [] if "error" in record else ask_record(record)
        start = time.perf_counter()
        rank = rank_right(row, asked, recorded, registry)
        counts = any(each.is_placed and each.is_dated for each in asked)
        yield Ranked(row["id"], counts, is_held(row), rank, time.perf_counter() - start)


def rank_right(row: Row, asked: list[Asked], recorded: Recorded, registry: Registry) -> int | None:
    """The first place of an incident that the report was coded into; None where it isn't named."""
    votes: dict[str, float] = {}
    for checked in check_claims(asked, recorded, registry):
        for each in checked.candidates:
            votes[each.incident.code] = votes.get(each.incident.code, 0.0) + each.share
    right = {gold["code"] for gold in row["gold"]}
    order = sorted(votes, key=lambda code: -votes[code])
    return next((place for place, code in enumerate(order, 1) if code in right), None)


def share(ranked: list[Ranked], places: int) -> float:
    """Of these reports, how many have the right incident among the first so many."""
    return sum(r.rank is not None and r.rank <= places for r in ranked) / max(1, len(ranked))


def check_seed(shared: Path, recorded: Recorded, registry: Registry) -> list[str]:
    """What doesn't come out of the seed report; nothing where all does."""
    (path,) = sorted((shared / "seed").glob("*.txt"))
    mayadin, raqqa = check_claims(ask_record(read_path(path)[0]), recorded, registry)
    others = {each.incident.code for each in raqqa.candidates[1:]}
    expected: dict[str, Callable[[], bool]] = {
        "35 at al-Mayadin lies within CS863": lambda: (
            (mayadin.candidates[0].incident.code, mayadin.candidates[0].lies) == ("CS863", "within")
        ),
        "20 south of Raqqa lies within CS873": lambda: (
            (raqqa.candidates[0].incident.code, raqqa.candidates[0].lies) == ("CS873", "within")
        ),
        "the other strikes of that day are named": lambda: {"CS870", "CS870a", "CS874"} <= others,
    }
    return [f"WRONG  {name}" for name, holds in expected.items() if not holds()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
