"""A ledger survives being killed."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from fakes import write_reports

REPORTS = 60
KILLS = 5
READ = """
import sys
from pathlib import Path
from fakes import fixed_now, load_fake
from harmledger.pipeline import read_reports
from harmledger.store import open_ledger
ledger = open_ledger(Path(sys.argv[2]), now=fixed_now)
print("begun", flush=True)
for _ in read_reports([sys.argv[1]], load=load_fake, now=fixed_now, keeper=ledger):
    print("kept", flush=True)
"""


def start(reports: Path, ledger: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", READ, str(reports), str(ledger)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1])


def content(ledger: Path) -> dict[str, object]:
    """All rows and all captured bytes."""
    with sqlite3.connect(ledger / "ledger.sqlite") as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    blobs = {p.relative_to(ledger): p.read_bytes() for p in (ledger / "blobs").glob("??/*")}
    return {**rows, "blobs": blobs}


def test_killed_at_any_moment_and_run_again_it_is_the_same_ledger(tmp_path: Path) -> None:
    """However often a run is killed, running it to the end gives what an undisturbed run gives, and nothing is ever half there."""
    reports = write_reports(tmp_path / "reports.jsonl", REPORTS)
    assert start(reports, tmp_path / "whole").wait() == 0
    chance = random.Random(20)
    for kill in range(KILLS):
        process = start(reports, tmp_path / "killed")
        assert process.stdout is not None
        for _ in range(1 + kill * REPORTS // KILLS):
            process.stdout.readline()
        time.sleep(chance.random() * 0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for document, size in sqlite3.connect(tmp_path / "killed" / "ledger.sqlite").execute(
            "SELECT document_id, bytes FROM documents"
        ):
            assert (tmp_path / "killed" / "blobs" / document[:2] / document[2:]).stat().st_size == size
    assert start(reports, tmp_path / "killed").wait() == 0
    assert content(tmp_path / "killed") == content(tmp_path / "whole")
