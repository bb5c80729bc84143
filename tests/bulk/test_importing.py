"""Reports that were read in bulk come into a ledger as if they had been read into it, once, and only those that are asked for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fake_archives import begin, idle, inputs, story, write_lines, write_warc
from fakes import REPORT, fixed_now, load_fake
from sqlalchemy import func, select

from harmledger.bulk.importing import Wanted, find_wanted, import_folder, parse_capture
from harmledger.bulk.parts import Folder, read_rows
from harmledger.bulk.tables import DOCUMENTS
from harmledger.bulk.work import Worker
from harmledger.collect import open_reports
from harmledger.domain import Capture
from harmledger.pipeline import read_reports
from harmledger.store import Ledger, open_ledger
from harmledger.store.schema import CAPTURES, CLAIMS, READINGS
from harmledger.store.schema_fetched import PROVENANCES

pytest.importorskip("pyarrow", reason="pyarrow isn't installed (extra bulk)")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_warc(tmp_path / "a.warc.gz", [story(0), idle(1), story(2), story(3)])


@pytest.fixture
def read(tmp_path: Path, archive: Path) -> Folder:
    """An archive and some lines, read in bulk."""
    lines = write_lines(
        tmp_path / "b.jsonl", [REPORT.format(n=50, day=9).replace("Raqqa", "Aleppo").replace("2017", "2019")]
    )
    worker = Worker(begin(tmp_path / "out"), load_fake)
    for source in inputs(archive, lines):
        worker.read(source)
    return Folder(tmp_path / "out")


def counts(ledger: Ledger) -> dict[str, int]:
    with ledger.reading() as connection:
        tables = (CLAIMS, READINGS, CAPTURES, PROVENANCES)
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
        }


def ids(ledger: Ledger) -> set[str]:
    with ledger.reading() as connection:
        return set(connection.execute(select(CLAIMS.c.claim_id)).scalars())


def test_importing_is_as_reading_into_the_ledger(tmp_path: Path, read: Folder, archive: Path) -> None:
    """The same claims, captures and records as `read` keeps of the same archive; doing it again adds nothing."""
    imported = open_ledger(tmp_path / "imported", now=fixed_now)
    plain = open_ledger(tmp_path / "plain", now=fixed_now)
    for _ in range(2):
        list(import_folder(read, imported, Wanted(countries=frozenset({"SY"}), until=date(2018, 1, 1)), load_fake))
        list(read_reports([str(archive)], load=load_fake, now=fixed_now, keeper=plain))
    assert ids(imported) == ids(plain)
    assert counts(imported) == {"claims": 3, "readings": 3, "captures": 3, "provenances": 3}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, 4),
        ({"countries": frozenset({"SY"})}, 4),
        ({"countries": frozenset({"IQ"})}, 0),
        ({"since": date(2019, 1, 1)}, 1),
        ({"until": date(2018, 12, 31)}, 3),
        ({"since": date(2017, 5, 2), "until": date(2017, 5, 3)}, 1),
        ({"confidence": 1.0}, 0),
    ],
)
def test_only_what_is_asked_for_comes(read: Folder, wanted: dict[str, Any], expected: int) -> None:
    """A report is taken where one of its claims is of the country, the days and the confidence asked for."""
    assert len(find_wanted(read, Wanted(**wanted))) == expected


def test_a_row_gives_the_capture_again(read: Folder, archive: Path) -> None:
    """What is kept of a report is all that a capture is, text in other encodings included."""
    captures = {c.capture_id: c for c in open_reports([str(archive)], now=fixed_now) if isinstance(c, Capture)}
    rows = [row for row in read_rows(read.list_parts(DOCUMENTS)) if row["media"] == "html"]
    assert [parse_capture(row) for row in rows] == [captures[row["capture_id"]] for row in rows]


def test_text_that_its_bytes_dont_tell_is_kept(tmp_path: Path) -> None:
    """A page whose encoding only its server told is the same again."""
    from archived import response

    page = story(0).replace("a medic", "the médecin").replace("</h1>", "</h1><p>Où était-il ? Çà et là, à côté.</p>")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=mac-roman\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(response(page.encode("mac-roman"), head=head))
    Worker(begin(tmp_path / "out"), load_fake).read(inputs(tmp_path / "a.warc")[0])
    (row,) = read_rows(Folder(tmp_path / "out").list_parts(DOCUMENTS))
    assert "médecin" in parse_capture(row).text
    assert json.loads(row["given"])["captured"]
