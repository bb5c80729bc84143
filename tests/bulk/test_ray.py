"""The same plan on a Ray cluster of two workers gives what one process gives."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from fake_archives import begin, idle, inputs, story, tables, write_lines, write_warc
from fakes import REPORT, load_fake

from harmledger.bulk.parts import Done
from harmledger.bulk.run import Engine, run_bulk
from harmledger.bulk.work import Worker

pytest.importorskip("daft", reason="Daft isn't installed (extra bulk)")
pytest.importorskip("ray", reason="Ray isn't installed (extra ray)")


def test_a_cluster_gives_what_one_process_gives(tmp_path: Path) -> None:
    """Read on two workers, the part files are byte for byte those of one process."""
    from local_ray import two_workers

    paths = [
        write_warc(tmp_path / f"{n}.warc.gz", [story(n * 9 + i) if i % 2 else idle(i) for i in range(9)])
        for n in range(4)
    ]
    paths.append(write_lines(tmp_path / "lines.jsonl", [REPORT.format(n=n + 3, day=n + 1) for n in range(5)]))
    worker = Worker(begin(tmp_path / "here"), load_fake)
    for source in inputs(*paths):
        worker.read(source)
    with two_workers([path for path in sys.path if path]) as address:
        done = list(run_bulk(inputs(*paths), begin(tmp_path / "there"), Engine(on=address, jobs=2), load_fake))
    assert all(isinstance(became.result, Done) for became in done)
    assert tables(tmp_path / "there") == tables(tmp_path / "here")
