"""An input is read whole: what passes as `read` reads it, everything else in its place with the reason, and nothing twice or lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fake_archives import begin, idle, inputs, story, tables, write_lines, write_warc
from fakes import FIXED_NOW, REPORT, load_fake

from harmledger.bulk.glance import NO_WORD, Screen
from harmledger.bulk.parts import Folder, read_rows
from harmledger.bulk.tables import CLAIMS, DOCUMENTS, DROPPED, STATEMENTS, TABLES
from harmledger.bulk.underway import note_death
from harmledger.bulk.work import Worker, read_input
from harmledger.collect import open_reports
from harmledger.domain import Capture, Refused
from harmledger.pipeline import read_report
from harmledger.publish.record import render_record

pa = pytest.importorskip("pyarrow", reason="pyarrow isn't installed (extra bulk)")
pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow isn't installed (extra bulk)")


def rows(out: Path, table: object) -> list[dict[str, object]]:
    return list(read_rows(Folder(out).list_parts(table)))  # type: ignore[arg-type]


def read(path: Path, out: Path, screen: Screen = Screen.WORDS) -> Worker:
    worker = Worker(replace(begin(out), screen=screen), load_fake)
    worker.read(inputs(path)[0])
    return worker


def test_what_passes_gives_the_claims_of_read(tmp_path: Path) -> None:
    """Every page that passes gives byte for byte the claim records that `read` gives of the same archive."""
    path = write_warc(tmp_path / "a.warc.gz", [story(0), idle(1), story(2)])
    read(path, tmp_path / "out")
    captures = [c for c in open_reports([str(path)], now=lambda: FIXED_NOW) if isinstance(c, Capture)]
    expected = [render_record(read_report(capture, load_fake())) for capture in captures]
    claims = [json.loads(str(row["record"])) for row in rows(tmp_path / "out", CLAIMS)]
    assert claims == [claim for record in expected for claim in record["claims"]]
    assert len(claims) == 2
    statements = [json.loads(str(row["record"])) for row in rows(tmp_path / "out", STATEMENTS)]
    assert statements == [s for record in expected if record["claims"] for s in record["statements"]]
    documents = rows(tmp_path / "out", DOCUMENTS)
    assert [json.loads(str(row["record"])) for row in documents] == [r["document"] for r in expected if r["claims"]]
    assert [row["content"] for row in documents] == [captures[0].content, captures[2].content]


def test_reports_and_reasons_are_all_there_is(tmp_path: Path) -> None:
    """Each report stands once, as a document or with the reason why it is none; positions leave no gap."""
    path = write_warc(
        tmp_path / "a.warc.gz", [story(0), idle(1), story(2).replace("Nobody", "BREAK. Nobody"), "\x01" * 500, idle(4)]
    )
    read(path, tmp_path / "out")
    documents, dropped = (
        rows(tmp_path / "out", DOCUMENTS),
        [r for r in rows(tmp_path / "out", DROPPED) if r["what"] == "report"],
    )
    assert sorted(int(str(row["position"])) for row in (*documents, *dropped)) == list(range(5))
    told = {row["position"]: (row["stage"], row["kind"], str(row["reason"])) for row in dropped}
    assert told[1] == ("screen", None, NO_WORD)
    assert told[2][:2] == ("read", "EngineFailed")
    assert "told to" in told[2][2]


def test_nothing_is_passed_over_where_all_is_asked_for(tmp_path: Path) -> None:
    """Without a screen every page is read; one that holds nothing is told as that."""
    path = write_warc(tmp_path / "a.warc.gz", [story(0), idle(1)])
    read(path, tmp_path / "out", Screen.NONE)
    (dropped,) = (r for r in rows(tmp_path / "out", DROPPED) if r["what"] == "report")
    assert (dropped["stage"], dropped["reason"]) == ("extract", "no claim and no statement was found")


def test_lines_and_rows_are_the_same_reports(tmp_path: Path) -> None:
    """JSON lines and a Parquet of the same reports give the same claims."""
    texts = [REPORT.format(n=n + 2, day=n + 1) for n in range(3)]
    lines = write_lines(tmp_path / "a.jsonl", texts)
    table = pa.table({"id": [f"a-{n}" for n in range(3)], "text": texts})
    pq.write_table(table, tmp_path / "a.parquet")
    for path, out in ((lines, "one"), (tmp_path / "a.parquet", "two")):
        read(path, tmp_path / out)
    one, two = ([row["quote"] for row in rows(tmp_path / out, CLAIMS)] for out in ("one", "two"))
    assert one == two
    assert len(one) == 3


def test_pages_in_rows_are_pages(tmp_path: Path) -> None:
    """A column of pages is read as pages, with what stands beside them."""
    pq.write_table(pa.table({"html": [story(0), idle(1)], "title": ["Given", None]}), tmp_path / "a.parquet")
    read(tmp_path / "a.parquet", tmp_path / "out")
    (document,) = rows(tmp_path / "out", DOCUMENTS)
    assert (document["media"], document["title"], document["content"]) == ("html", "Given", story(0).encode())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"text": "x"}\n{"text": 5}\n{broken\n', "broken JSON"),
        (b"PAR1 and then nothing", "it is no whole Parquet file"),
        (b"\x1f\x8b\x08\x00rubbish", "ends before its content does"),
        (b"", "it is empty"),
    ],
)
def test_poison_is_quarantined_with_its_reason(tmp_path: Path, content: bytes, told: str) -> None:
    """What can't be taken in stands in dropped with why, and the input is done."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    done = Worker(begin(tmp_path / "out"), load_fake).read(inputs(path)[0])
    assert done.records == done.refused + done.read + sum(done.passed.values())
    reasons = [str(row["reason"]) for row in rows(tmp_path / "out", DROPPED) if row["stage"] == "collect"]
    assert reasons
    assert any(told in reason for reason in reasons)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two runs write the same files, byte for byte."""
    path = write_warc(tmp_path / "a.warc.gz", [story(0), idle(1), story(2)])
    for out in ("one", "two"):
        read(path, tmp_path / out)
    one, two = tables(tmp_path / "one"), tables(tmp_path / "two")
    assert one == two
    assert len(one) == len(TABLES)


def test_done_is_done_until_the_input_changes(tmp_path: Path) -> None:
    """An input that is done isn't read again; one that was changed since is, and its rows replace the old ones."""
    path = write_lines(tmp_path / "a.jsonl", [REPORT.format(n=3, day=1)])
    worker = read(path, tmp_path / "out")
    before = tables(tmp_path / "out")
    worker.read(inputs(path)[0])
    assert tables(tmp_path / "out") == before
    write_lines(path, [REPORT.format(n=4, day=1), REPORT.format(n=5, day=2)])
    worker.read(inputs(path)[0])
    assert len(rows(tmp_path / "out", CLAIMS)) == 2


def test_an_input_that_fails_leaves_nothing_and_is_tried_again(tmp_path: Path) -> None:
    """Where no reader can be loaded nothing is done, nothing lies there, and the next run reads it."""
    path = write_lines(tmp_path / "a.jsonl", [REPORT.format(n=3, day=1)])
    job = begin(tmp_path / "out")

    def missing() -> None:
        raise OSError("the disk is gone")

    failed = read_input(Worker(job, missing), inputs(path)[0])  # type: ignore[arg-type]
    assert isinstance(failed, Refused)
    assert "the disk is gone" in failed.message
    assert not [p for p in (tmp_path / "out").rglob("*") if p.name.endswith((".parquet", ".unfinished"))]
    Worker(job, load_fake).read(inputs(path)[0])
    assert len(rows(tmp_path / "out", CLAIMS)) == 1


def test_a_report_that_kills_is_left_out_after_two_deaths(tmp_path: Path) -> None:
    """A report at which two readers died is quarantined, and those around it are read."""
    path = write_lines(tmp_path / "a.jsonl", [REPORT.format(n=n + 3, day=1) for n in range(3)])
    job, (source,) = begin(tmp_path / "out"), inputs(path)
    note = Folder(tmp_path / "out").underway(source.id)
    note.write_text(json.dumps({"position": 1, "deaths": {}}))
    for _ in range(2):
        note_death(note)
    done = Worker(job, load_fake).read(source)
    assert (done.read, done.refused) == (2, 1)
    (dropped,) = (r for r in rows(tmp_path / "out", DROPPED) if r["stage"] == "read")
    assert dropped["position"] == 1
    assert "killed each time" in str(dropped["reason"])


def test_an_input_that_kills_all_who_read_it_is_left_out(tmp_path: Path) -> None:
    """Where readers die and no report can be blamed, the input itself is quarantined."""
    path = write_lines(tmp_path / "a.jsonl", [REPORT.format(n=3, day=1)])
    job, (source,) = begin(tmp_path / "out"), inputs(path)
    for _ in range(4):
        note_death(Folder(tmp_path / "out").underway(source.id))
    Worker(job, load_fake).read(source)
    (dropped,) = rows(tmp_path / "out", DROPPED)
    assert "whatever reads it is killed" in str(dropped["reason"])


def test_a_folder_is_gone_on_with_as_it_was_begun(tmp_path: Path) -> None:
    """Another engine or screen needs another folder, and a folder of other things is none."""
    begin(tmp_path / "out")
    with pytest.raises(Exception, match="begun with another screen"):
        begin(tmp_path / "out", screen="none")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("x")
    with pytest.raises(Exception, match="holds something else"):
        begin(tmp_path / "other")


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    """Ten times as many pages of a hundred kilobytes, all of which are kept, take no more memory: rows are written as they come."""
    filler = "<!--" + "".join(chr(97 + n * 7919 % 26) for n in range(100_000)) + "-->"
    paths = [write_warc(tmp_path / f"{n}.warc", [filler + story(i) for i in range(n)]) for n in (50, 500)]
    code = (
        "import sys; from pathlib import Path; from fakes import load_fake; from fake_archives import begin, inputs\n"
        "from harmledger.bulk import parts, work; parts.BYTES_A_GROUP = 2_000_000\n"
        "worker = work.Worker(begin(Path(sys.argv[1])), load_fake)\n"
        "print(*(worker.read(inputs(Path(path))[0]).memory_mb for path in sys.argv[2:]))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", code, str(tmp_path / "out"), *map(str, paths)]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    few, many = map(int, said.split())
    assert many < few + 25  # MB; the pages that are more are 45
