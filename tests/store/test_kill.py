"""A ledger survives being killed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fakes import write_reports
from postgres import Server
from rows import read_rows

REPORTS = 60
KILLS = 5
READ = """
import sys
from pathlib import Path
import pytest
from fakes import fixed_now, load_fake
from harmledger.pipeline import read_reports
from harmledger.store import open_ledger
ledger = open_ledger(Path(sys.argv[2]), now=fixed_now, database=sys.argv[3])
print("begun", flush=True)
for _ in read_reports([sys.argv[1]], load=load_fake, now=fixed_now, keeper=ledger):
    print("kept", flush=True)
"""


def start(reports: Path, ledger: Path, database: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", READ, str(reports), str(ledger), database]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1])


def content(ledger: Path, database: str) -> dict[str, object]:
    """All rows and all captured bytes; a server numbers what it keeps in order, with gaps where it kept nothing."""
    rows = read_rows(ledger, database)
    rows["readings"] = sorted((reading[1:] for reading in rows["readings"]), key=repr)
    return {**rows, "blobs": {p.relative_to(ledger): p.read_bytes() for p in (ledger / "blobs").glob("??/*")}}


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Two empty databases of one kind."""
    if request.param == "sqlite":
        return "", ""
    server: Server = request.getfixturevalue("server")
    return server.make_database(), server.make_database()


def test_killed_at_any_moment_and_run_again_it_is_the_same_ledger(tmp_path: Path, databases: tuple[str, str]) -> None:
    """However often a run is killed, running it to the end gives what an undisturbed run gives, and nothing is ever half there."""
    reports = write_reports(tmp_path / "reports.jsonl", REPORTS)
    whole, killed = databases
    assert start(reports, tmp_path / "whole", whole).wait() == 0
    chance = random.Random(20)
    for kill in range(KILLS):
        process = start(reports, tmp_path / "killed", killed)
        assert process.stdout is not None
        for _ in range(1 + kill * REPORTS // KILLS):
            process.stdout.readline()
        time.sleep(chance.random() * 0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for document, _, size, _ in read_rows(tmp_path / "killed", killed)["documents"]:
            assert (tmp_path / "killed" / "blobs" / document[:2] / document[2:]).stat().st_size == size
    assert start(reports, tmp_path / "killed", killed).wait() == 0
    assert content(tmp_path / "killed", killed) == content(tmp_path / "whole", whole)
