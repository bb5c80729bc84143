"""How fast kept bytes are checked, beside `sha256sum` over the same files in the same run; and how long a whole look takes.

    python benchmarks/verify_speed.py [--files 6000] [--kilobytes 50] [--large 8]

Makes a ledger's blobs of chance: many files of a page's size, as a ledger has them, and some large ones. Both read what the operating system
holds in memory by then, so that no disk is measured; they take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from harmledger.proving.verify import Verified, verify
from harmledger.store import Ledger, open_ledger
from harmledger.store.ledger import BLOBS
from harmledger.store.schema import DOCUMENTS

ROUNDS = 5
MB = 1e6
LARGE_BYTES = 16 << 20


def make_ledger(folder: Path, files: int, size: int, large: int) -> Ledger:
    """A ledger of documents of chance, each kept as any other is but for waiting for the disk."""
    ledger = open_ledger(folder / "ledger", now=lambda: datetime.now(UTC))
    chance = random.Random(7)
    with ledger.writing() as connection:
        for length in [size] * files + [LARGE_BYTES] * large:
            content = chance.randbytes(length)
            blob = put(ledger, content)
            row = {"document_id": blob, "media": "html", "bytes": length, "filed": datetime.now(UTC)}
            connection.execute(insert(DOCUMENTS), row)
    return ledger


def put(ledger: Ledger, content: bytes) -> str:
    blob = hashlib.sha256(content).hexdigest()
    path = ledger.blobs.path(blob)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return blob


def hash_with_verify(ledger: Ledger, jobs: int) -> None:
    outcome = Verified()
    failed = [
        finding for finding in verify(ledger, only=["blobs"], jobs=jobs, outcome=outcome) if finding.weight == "fails"
    ]
    assert not failed, failed[0]


def hash_with_sha256sum(folder: Path) -> None:
    """As somebody would by hand: the list of names to one process."""
    names = "\0".join(str(path) for path in folder.glob("??/*"))
    subprocess.run(["xargs", "-0", "sha256sum"], input=names.encode(), stdout=subprocess.DEVNULL, check=True)


def seconds(run: Callable[[], None]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=6000)
    parser.add_argument("--kilobytes", type=int, default=50)
    parser.add_argument("--large", type=int, default=8)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as at:
        ledger = make_ledger(Path(at), given.files, given.kilobytes << 10, given.large)
        folder = ledger.folder / BLOBS
        total = sum(path.stat().st_size for path in folder.glob("??/*"))
        runs: dict[str, Callable[[], None]] = {
            "sha256sum": lambda: hash_with_sha256sum(folder),
            "verify --only blobs --jobs 1": lambda: hash_with_verify(ledger, 1),
            "verify --only blobs": lambda: hash_with_verify(ledger, 0),
        }
        took: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(ROUNDS):
            for name, run in runs.items():
                took[name].append(seconds(run))
        ledger.close()
    print(
        f"{given.files + given.large:,} files, {total / MB:,.0f} MB, {len(os.sched_getaffinity(0))} cores, median of {ROUNDS}"
    )
    base = statistics.median(took["sha256sum"])
    for name, times in took.items():
        median = statistics.median(times)
        print(f"{name:30} {median:6.2f} s  {total / MB / median:7,.0f} MB/s  {base / median:5.2f} × sha256sum")


if __name__ == "__main__":
    main()
