"""The same plan on a Ray cluster of two workers gives what one process gives."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fake_archives import begin, idle, inputs, story, tables, write_lines, write_warc
from fake_store import KEY, REGION, SECRET, FakeStore, serve_store
from fakes import REPORT, load_fake

from harmledger.bulk.parts import Done
from harmledger.bulk.run import Engine, run_bulk
from harmledger.bulk.stores import Access, Store
from harmledger.bulk.work import Worker

pytest.importorskip("daft", reason="Daft isn't installed (extra bulk)")
pytest.importorskip("ray", reason="Ray isn't installed (extra ray)")


def test_a_cluster_gives_what_one_process_gives(tmp_path: Path) -> None:
    """Read on two workers, from this machine and from a store, the part files are byte for byte those of one process."""
    from local_ray import two_workers

    paths = [
        write_warc(tmp_path / f"{n}.warc.gz", [story(n * 9 + i) if i % 2 else idle(i) for i in range(9)])
        for n in range(4)
    ]
    paths.append(write_lines(tmp_path / "lines.jsonl", [REPORT.format(n=n + 3, day=n + 1) for n in range(5)]))
    stored = FakeStore({"press": {"5.warc.gz": paths[0].read_bytes()}})
    with serve_store(stored), two_workers([path for path in sys.path if path]) as address:
        access = Access(endpoint=stored.address, region=REGION, key=KEY, secret=SECRET)
        sources = [*inputs(*paths), *Store(access).find("s3://press/")]
        worker = Worker(replace(begin(tmp_path / "here"), access=access), load_fake)
        for source in sources:
            worker.read(source)
        job = replace(begin(tmp_path / "there"), access=access)
        done = list(run_bulk(sources, job, Engine(on=address, jobs=2), load_fake))
    assert all(isinstance(became.result, Done) for became in done)
    assert tables(tmp_path / "there") == tables(tmp_path / "here")
