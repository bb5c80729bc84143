"""Archives in an S3-compatible store give what they give as files, on processes of the engine too; no key stands in what is written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from archived import each_gzip, record, response, wacz
from fake_archives import begin, inputs, story, write_lines, write_warc
from fake_store import KEY, REGION, SECRET, FakeStore, serve_store
from fakes import REPORT, load_fake

from harmledger.bulk.inputs import Input, list_inputs
from harmledger.bulk.parts import Folder, read_rows
from harmledger.bulk.stores import Access, Store
from harmledger.bulk.tables import CLAIMS, DOCUMENTS, DROPPED, TABLES, Table
from harmledger.bulk.work import Job, Worker, read_input
from harmledger.domain import Refused

pytest.importorskip("daft", reason="Daft isn't installed (extra bulk)")

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture
def archives(tmp_path: Path) -> list[Path]:
    """One of each kind, with a page that is named again further on."""
    again = record("revisit", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", number=9)
    first = response(story(0).encode())
    (tmp_path / "again.warc.gz").write_bytes(each_gzip([first, again]))
    (tmp_path / "pack.wacz").write_bytes(wacz({"archive/a.warc.gz": each_gzip([first, again])}))
    return [
        tmp_path / "again.warc.gz",
        tmp_path / "pack.wacz",
        write_warc(tmp_path / "some.warc.gz", [story(n) for n in range(3)]),
        write_lines(tmp_path / "lines.jsonl", [REPORT.format(n=4, day=2)]),
    ]


@pytest.fixture
def served(archives: list[Path]) -> Iterator[FakeStore]:
    with serve_store(FakeStore({"press": {path.name: path.read_bytes() for path in archives}})) as store:
        yield store


def job(served: FakeStore, out: Path) -> Job:
    access = Access(endpoint=served.address, region=REGION, key=KEY, secret=SECRET)
    return replace(begin(out), access=access)


def find(served: FakeStore, *named: str) -> list[Input]:
    access = Access(endpoint=served.address, region=REGION, key=KEY, secret=SECRET)
    return list_inputs(named, read=lambda url: url.encode(), find=Store(access).find)


def run(served: FakeStore, out: Path, *named: str) -> subprocess.CompletedProcess[str]:
    """On the engine's processes."""
    said = {"ENDPOINT_URL": served.address, "REGION": REGION, "ACCESS_KEY_ID": KEY, "SECRET_ACCESS_KEY": SECRET}
    environment = {**os.environ, **{f"AWS_{name}": value for name, value in said.items()}}
    environment["PYTHONPATH"] = os.pathsep.join([str(TESTS), *filter(None, sys.path)])
    command = [sys.executable, str(TESTS / "bulk_runner.py"), "fake", "", str(out), *named]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


def rows(out: Path, table: Table, *columns: str) -> list[list[object]]:
    found = read_rows(Folder(out).list_parts(table))
    return sorted(([str(row["input"]).rsplit("/", 1)[-1], *(row[c] for c in columns)] for row in found), key=repr)


def test_stored_archives_are_those_of_files(served: FakeStore, archives: list[Path], tmp_path: Path) -> None:
    """Each report of the store is read as of a file, those too that are looked up elsewhere in their archive."""
    here = Worker(begin(tmp_path / "here"), load_fake)
    for source in inputs(*archives):
        here.read(source)
    assert run(served, tmp_path / "there", "s3://press/").returncode == 0
    for table, columns in ((DOCUMENTS, ["position", "content", "text"]), (CLAIMS, ["position", "quote", "low"])):
        assert rows(tmp_path / "there", table, *columns) == rows(tmp_path / "here", table, *columns)
    assert [row[:2] for row in rows(tmp_path / "there", DOCUMENTS, "position")] == [
        *(["again.warc.gz", n] for n in range(2)),
        ["lines.jsonl", 0],
        *(["pack.wacz", n] for n in range(2)),
        *(["some.warc.gz", n] for n in range(3)),
    ]
    columns = ["what", "stage", "reason"]
    assert rows(tmp_path / "there", DROPPED, *columns) == rows(tmp_path / "here", DROPPED, *columns)


def test_no_key_stands_in_what_is_written(served: FakeStore, tmp_path: Path) -> None:
    """Whether an object is had or not, neither tables nor notes nor messages have a key in them."""
    out, sources = tmp_path / "out", find(served, "s3://press/some.warc.gz", "s3://press/lines.jsonl")
    worker = Worker(job(served, out), load_fake)
    done = read_input(worker, sources[0])
    del served.buckets["press"]["lines.jsonl"]
    failed = read_input(worker, sources[1])
    assert isinstance(failed, Refused)
    assert "there is no such object" in failed.message
    written = [path.read_bytes() for path in out.rglob("*") if path.is_file()]
    written += [repr(list(read_rows(Folder(out).list_parts(table)))).encode() for table in TABLES]
    written += [repr(one).encode() for one in (done, failed, job(served, out))]
    assert not [word for word in (KEY, SECRET) for content in written if word.encode() in content]


def test_a_changed_object_is_read_again(served: FakeStore, tmp_path: Path) -> None:
    """What was done is done until the object is another."""
    out = tmp_path / "out"

    def read() -> list[int]:
        worker = Worker(job(served, out), load_fake)
        return [worker.read(source).read for source in find(served, "s3://press/lines.jsonl")]

    assert read() == [1]
    asked = len([one for one in served.asked if one.startswith("GET")])
    assert read() == [1]
    assert len([one for one in served.asked if one.startswith("GET")]) == asked
    served.buckets["press"]["lines.jsonl"] *= 2
    assert read() == [2]
