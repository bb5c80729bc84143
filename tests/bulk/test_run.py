"""Many inputs on Daft: all are read, whatever is killed meanwhile, and the result is the same."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fake_archives import begin, idle, inputs, story, tables, write_lines, write_warc
from fakes import REPORT, load_fake

from harmledger.bulk.parts import Folder, read_rows
from harmledger.bulk.run import Engine, load_daft
from harmledger.bulk.tables import CLAIMS, DROPPED
from harmledger.bulk.work import Worker
from harmledger.errors import BadInput

pytest.importorskip("daft", reason="Daft isn't installed (extra bulk)")

TESTS = Path(__file__).resolve().parents[1]
KILLS = 5


def start(loader: str, out: Path, *paths: Path, on: str = "") -> subprocess.Popen[str]:
    """A run of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *filter(None, sys.path)])}
    command = [sys.executable, str(TESTS / "bulk_runner.py"), loader, on, str(out), *map(str, paths)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(running: subprocess.Popen[str]) -> None:
    told, errors = running.communicate(timeout=300)
    assert running.returncode == 0, told + errors[-3000:]


def read_here(out: Path, *paths: Path) -> dict[str, bytes]:
    """What one process gives, without any engine below it."""
    worker = Worker(begin(out), load_fake)
    for source in inputs(*paths):
        worker.read(source)
    return tables(out)


def is_reading(out: Path, begun: float) -> bool:
    """Whether a reader has noted anything since."""
    return any(note.stat().st_mtime > begun for note in (out / "underway").glob("*.json"))


@pytest.fixture
def archives(tmp_path: Path) -> list[Path]:
    """Four inputs of several kinds."""
    warcs = [
        write_warc(tmp_path / f"{n}.warc.gz", [story(n * 20 + i) if i % 2 else idle(i) for i in range(20)])
        for n in range(3)
    ]
    return [*warcs, write_lines(tmp_path / "lines.jsonl", [REPORT.format(n=n + 3, day=n + 1) for n in range(20)])]


def test_killed_and_resumed_it_comes_to_the_same(tmp_path: Path, archives: list[Path]) -> None:
    """Killed five times at random and started again, a run writes what an undisturbed one writes, byte for byte."""
    expected = read_here(tmp_path / "here", *archives)
    out, chance, halved = tmp_path / "out", random.Random(8), 0
    for _ in range(KILLS):
        begun, running = time.time(), start("steady", out, *archives)
        while running.poll() is None and not is_reading(out, begun):
            time.sleep(0.02)
        time.sleep(chance.random())
        running.kill()
        running.communicate()
        halved += any((out / "underway").iterdir())
    assert halved
    finish(start("steady", out, *archives))
    assert tables(out) == expected
    assert not list(out.rglob(".*"))
    assert not any((out / "underway").iterdir())


@pytest.mark.parametrize("how", ["deadly", "hungry"])
def test_one_report_that_kills_its_reader_stops_no_other(tmp_path: Path, archives: list[Path], how: str) -> None:
    """A report that kills whoever reads it, or takes more memory than it may, is quarantined; all others are read, also those of the same input."""
    word = {"deadly": "KILL", "hungry": "HUNGRY"}[how]
    deadly = write_lines(
        tmp_path / "deadly.jsonl",
        [REPORT.format(n=3, day=1), REPORT.format(n=4, day=2) + word, REPORT.format(n=5, day=3)],
    )
    out = tmp_path / "out"
    finish(start(how, out, *archives, deadly))
    folder = Folder(out)
    killed = [row for row in read_rows(folder.list_parts(DROPPED)) if row["stage"] == "read"]
    assert [(row["input"], row["position"]) for row in killed] == [(str(deadly), 1)]
    assert sum(1 for _ in read_rows(folder.list_parts(CLAIMS))) == 30 + 20 + 2


def test_only_clusters_are_addresses() -> None:
    """What is no Ray address is refused before anything starts."""
    with pytest.raises(BadInput, match="no address of a Ray cluster"):
        load_daft(Engine(on="http://example.org"))
