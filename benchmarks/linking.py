"""What linking costs as the ledger grows, beside a peer in the same run.

    python benchmarks/linking.py [--claims N ...] [--ledger N] [--no-peer]

Claims are made up at the density of the open data: days, places, belligerents and figures are those of `airwars_syria_incidents`, several reports
tell each incident, some of them copies or round-ups, in words drawn from a Zipf distribution whose tail never ends. More claims are more months and
then more countries like this one, never more on one day in one place. Each size is linked in a process of its own by what `harmledger link` runs;
printed are seconds, peak memory, and how many times as long ten times the claims take. `--ledger` also files so many claims in a ledger and
links that, once whole and once after a hundred reports more.
The peer (`link_peer`) joins the same tellings in DuckDB by day and division, weighs nothing but the rare words of their claims, and takes connected
components: the least that could be done.
Needs the corpora in ../shared, and `make bench-link` for the peer.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from link_ledger import run_ledger
from link_world import load_months, tell_world

SIZES = (10_000, 100_000, 1_000_000)
MOST_TIMES, MOST_GB = 15.0, 6.0
"""A million claims may take so many times as long as a hundred thousand, and so much memory."""
LATER_REPORTS = 100


def main() -> int:
    """Print every figure; 0 where a million claims stay within bounds, or weren't asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--ledger", type=int, default=0, help="claims to file in a ledger and link there")
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--run", choices=sorted(RUNS), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(RUNS[asked.run](asked.claims[0])))
        return 0
    runs = ["link"] if asked.no_peer else ["link", "peer"]
    found = {(run, size): measure(run, size) for size in asked.claims for run in runs}
    if asked.ledger:
        measure("ledger", asked.ledger)
    return judge({size: figures for (run, size), figures in found.items() if run == "link"})


def measure(run: str, size: int) -> dict[str, Any]:
    """One size in a process of its own."""
    command = [sys.executable, __file__, "--run", run, "--claims", str(size)]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures = json.loads(result.stdout.splitlines()[-1])
    print(f"{run:7} {size:>9,} claims  " + "  ".join(f"{k} {v:,}" for k, v in figures.items()), flush=True)
    return figures


def judge(found: dict[int, dict[str, Any]]) -> int:
    """Say how cost grows, and whether the largest stays within bounds."""
    sizes = sorted(found)
    for small, large in pairwise(sizes):
        print(f"{large:,} : {small:,} claims  {found[large]['seconds'] / found[small]['seconds']:.1f} times as long")
    if not {100_000, 1_000_000} <= set(sizes):
        return 0
    times = found[1_000_000]["seconds"] / found[100_000]["seconds"]
    held = times <= MOST_TIMES and found[1_000_000]["peak GB"] < MOST_GB
    print(f"within bounds ({MOST_TIMES:g} times, {MOST_GB:g} GB): {'yes' if held else 'no'}")
    return 0 if held else 1


# --- what is run -----------------------------------------------------------------------------------------------------


def run_link(size: int) -> dict[str, Any]:
    """Link what the reports tell, as `harmledger link` does with what it kept of them."""
    from harmledger.domain import Constraints
    from harmledger.link.join import Tellings, link_claims

    world, steps = tell_world(load_months(), size), {}
    wall, start = time.perf_counter(), time.process_time()
    tellings = Tellings.of_told(timed(world, making := [0.0]), Constraints())
    steps["load"] = time.process_time() - start - making[0]
    linked = link_claims(tellings)
    steps["link"] = time.process_time() - start - making[0] - steps["load"]
    ties = sum(1 for _ in linked.links)
    seconds = time.process_time() - start - making[0]
    return {
        "seconds": round(seconds, 1), "on the clock, with making": round(time.perf_counter() - wall, 1), "peak GB": peak_gb(), "loading": round(steps["load"], 1),
        "linking": round(steps["link"], 1), "ties in": round(seconds - steps["load"] - steps["link"], 1),
        "tellings": len(tellings.all), "incidents": len(linked.groups), "ties": ties, "copies": len(linked.echoes),
    }  # fmt: skip


def timed(items: Iterator[Any], spent: list[float]) -> Iterator[Any]:
    """The items, with the time that making them takes counted apart."""
    while True:
        start = time.process_time()
        item = next(items, None)
        spent[0] += time.process_time() - start
        if item is None:
            return
        yield item


def peak_gb() -> float:
    """The most memory this process has had."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 2)


def run_peer(size: int) -> dict[str, Any]:
    """The peer, loaded only where it is asked for."""
    from link_peer import run_peer as run

    return {**run(size), "peak GB": peak_gb()}


def run_ledger_in_passing(size: int) -> dict[str, Any]:
    """A ledger that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        return {**run_ledger(size, Path(folder) / "ledger"), "peak GB": peak_gb()}


RUNS: dict[str, Callable[[int], dict[str, Any]]] = {"link": run_link, "peer": run_peer, "ledger": run_ledger_in_passing}


if __name__ == "__main__":
    sys.exit(main())
