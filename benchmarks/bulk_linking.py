"""What `harmledger bulk link` costs as archives grow: words on disk and windows of days, beside linking all in memory.

    python benchmarks/bulk_linking.py [--claims N ...] [--window-days N] [--documents N ...]

Claims are those of `linking.py`, told into a bulk folder; each is linked in a process of its own by what the ledger's linking does (all in
memory), by `bulk link`, and by `bulk link --window-days`. Printed are seconds of one core, peak memory, and whether all three come to the same
incidents. `--documents` looks for copies among so many prints alone, in memory and on disk: a quarter are cut copies of an earlier one, and a tenth
share a third of their sequences with many, as pages with one outlet's furniture do.
Needs the corpora in ../shared.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

import numpy as np
from link_world import load_months, tell_world

from harmledger.bulk.linking import keep_told, link_folder, load_told
from harmledger.bulk.parts import Done, Folder, Settings, read_rows
from harmledger.bulk.spill import Spill, SpiltPrint
from harmledger.bulk.tables import CLAIMS
from harmledger.bulk.windows import Windows
from harmledger.domain import Constraints, Echo
from harmledger.link.copies import Print, find_copies
from harmledger.link.join import Tellings, link_claims

REPORTS_AN_INPUT = 5_000
SEQUENCES, COPIED, KEPT, FURNISHED, FURNITURE = 350, 0.25, 0.8, 0.1, 1 / 3
RECENT = 2_000
"""Reports that may yet be copied."""
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
Figures = dict[str, Any]


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="*", default=[100_000, 300_000])
    parser.add_argument("--window-days", type=int, default=90)
    parser.add_argument("--documents", type=int, nargs="*", default=[100_000, 300_000])
    parser.add_argument("--run", choices=sorted(RUNS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        figures = RUNS[asked.run](asked)
        print(json.dumps({**figures, "seconds": round(time.process_time(), 1), "peak MB": peak_mb()}))
        return
    for size in asked.claims:
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as path:
            world = ["--folder", path, "--claims", str(size), "--window-days", str(asked.window_days)]
            measure("make", size, world)
            found = [measure(run, size, world) for run in ("memory", "disk", "windows")]
            print(f"{size:>9,} claims  the same incidents: {len({figures['incidents'] for figures in found}) == 1}")
    for size in asked.documents:
        found = [measure(run, size, ["--documents", str(size)]) for run in ("copies-memory", "copies-disk")]
        print(f"{size:>9,} documents  the same copies: {found[0]['copies'] == found[1]['copies']}")


def measure(run: str, size: int, said: list[str]) -> Figures:
    """One run in a process of its own."""
    result = subprocess.run([sys.executable, __file__, "--run", run, *said], stdout=subprocess.PIPE, text=True, check=True)  # fmt: skip
    figures = json.loads(result.stdout.splitlines()[-1])
    print(f"{run:14} {size:>9,}  " + "  ".join(f"{name} {value}" for name, value in figures.items()), flush=True)
    return figures


def peak_mb() -> int:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


# --- linking ---------------------------------------------------------------------------------------------------------


def make(asked: argparse.Namespace) -> Figures:
    """Claims told into a bulk folder."""
    folder = Folder(asked.folder)
    folder.begin(Settings(engine="none", version="1", screen="none", begun=BEGUN))
    world = tell_world(load_months(), asked.claims[0])
    for n in count():
        if not (reports := list(islice(world, REPORTS_AN_INPUT))):
            return {"inputs": n}
        name = f"input-{n:05}"
        folder.part(CLAIMS, name).touch()
        keep_told(folder, name, reports)
        folder.mark_done(name, Done(input=name, stamp=""))
    return {}


def link_in_memory(asked: argparse.Namespace) -> Figures:
    """As the ledger links."""
    return {"incidents": digest(link_claims(Tellings.of_told(load_told(Folder(asked.folder)), Constraints())).groups)}


def link_in_bulk(asked: argparse.Namespace, days: int = 0) -> Figures:
    """As `bulk link` does."""
    link_folder(Folder(asked.folder), Windows(days=days))
    groups: dict[str, list[str]] = {}
    for row in read_rows([asked.folder / "members" / "members.parquet"]):
        groups.setdefault(row["incident_id"], []).append(row["claim_id"])
    return {"incidents": digest(groups.values())}


def digest(groups: Iterable[Iterable[str]]) -> str:
    """Of all groups and their claims, in order."""
    return hashlib.sha256("\n".join(" ".join(group) for group in groups).encode()).hexdigest()[:12]


# --- copies ----------------------------------------------------------------------------------------------------------


def copies_in_memory(asked: argparse.Namespace) -> Figures:
    """With all prints in memory."""
    return tell_copies(find_copies(list(invent_prints(asked.documents[0]))))


def copies_on_disk(asked: argparse.Namespace) -> Figures:
    """As `bulk link` does."""
    spill = Spill(np.uint32, Path(tempfile.gettempdir()))
    prints = [
        SpiltPrint(own.document_id, own.published, own.fetched, spill, spill.add(own.shingles))
        for own in invent_prints(asked.documents[0])
    ]
    return tell_copies(find_copies(prints))


def tell_copies(echoes: list[Echo]) -> Figures:
    """Their number, and what all of them are."""
    return {"found": len(echoes), "copies": digest((echo.document_id, echo.original_id) for echo in echoes)}


def invent_prints(documents: int) -> Iterator[Print]:
    """Prints of reports, some of them copies."""
    chance = np.random.default_rng(1)
    furniture = chance.integers(0, 2**32, (40, SEQUENCES), dtype=np.uint32)
    earlier: list[np.ndarray] = []
    for n in range(documents):
        if earlier and chance.random() < COPIED:
            of = earlier[int(chance.integers(len(earlier)))]
            shingles = of[chance.random(of.size) < KEPT]
        else:
            shingles = np.unique(chance.integers(0, 2**32, SEQUENCES, dtype=np.uint32))
            if chance.random() < FURNISHED:
                shared = furniture[int(chance.integers(len(furniture)))][: int(SEQUENCES * FURNITURE)]
                shingles = np.unique(np.concatenate([shingles[shared.size :], shared]))
            if len(earlier) == RECENT:
                earlier.pop(int(chance.integers(RECENT)))
            earlier.append(shingles)
        yield Print(document_id=f"{n:064x}", published=date(2017, 1, 1) + timedelta(days=n // 200), shingles=shingles)


RUNS: dict[str, Callable[[argparse.Namespace], Figures]] = {
    "make": make,
    "memory": link_in_memory,
    "disk": link_in_bulk,
    "windows": lambda asked: link_in_bulk(asked, asked.window_days),
    "copies-memory": copies_in_memory,
    "copies-disk": copies_on_disk,
}


if __name__ == "__main__":
    main()
