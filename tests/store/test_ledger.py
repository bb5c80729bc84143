"""The ledger keeps everything once, whole, and says what it can't do."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from fakes import FIXED_NOW, fixed_now, load_fake, write_reports
from rows import change
from sqlalchemy import select

from harmledger.domain import Capture, Media, Provenance, Refused
from harmledger.errors import BadInput, Inconsistent, NotAllowed, NotFound, SourceFailed
from harmledger.ids import document_id
from harmledger.pipeline import read_reports
from harmledger.publish.record import render_record
from harmledger.store import Ledger, get_claim, get_ledger, get_report, list_reports, open_ledger
from harmledger.store.schema_fetched import PROVENANCES


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    yield opened
    opened.close()


def read_into(ledger: Ledger, *sources: Path, version: str = "1", now=fixed_now) -> list:
    return list(read_reports([str(s) for s in sources], load=partial(load_fake, version), now=now, keeper=ledger))


def counts(ledger: Ledger) -> dict[str, int]:
    names = ("documents", "captures", "texts", "readings", "claims", "statements", "dropped", "refusals")
    with ledger.reading() as connection:
        return {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in names}  # noqa: S608


def test_everything_of_a_report_is_kept(ledger: Ledger, tmp_path: Path) -> None:
    """A report's bytes, text, claims, statements and dropped passages can all be had again from the ledger."""
    path = write_reports(tmp_path / "reports.jsonl", 1)
    (reading,) = read_into(ledger, path)
    with ledger.reading() as connection:
        (filed,) = list_reports(connection)
    assert filed.record == json.loads(json.dumps(render_record(reading)))
    assert filed.reasons == {reading.claims[0].claim_id: ["harm word 'killed'", "pattern number-of-people"]}
    assert ledger.blobs.get(reading.document.document_id) == path.read_bytes().rstrip(b"\n")
    assert counts(ledger)["dropped"] == len(reading.dropped) > 0


def test_how_a_capture_came_is_kept_once(ledger: Ledger, tmp_path: Path) -> None:
    """The records of a fetch lie in the blobs under their hash, and a later fetch of the same bytes leaves them as they are."""
    (reading,) = read_into(ledger, write_reports(tmp_path / "reports.jsonl", 1))
    content = b"Ten civilians were killed in a strike, residents said."
    came = Provenance(
        records=b"WARC/1.1", url="https://a.example/1", status=200, address="192.0.2.1", by="harmledger 1"
    )
    capture = Capture(
        capture_id="c" * 64,
        document_id=document_id(content),
        source="https://a.example/1",
        fetched=FIXED_NOW,
        content=content,
        media=Media.TEXT,
        text=content.decode(),
        provenance=came,
    )
    again = replace(capture, capture_id="d" * 64, provenance=replace(came, records=b"WARC/1.1 again"))
    result = replace(reading, document=replace(reading.document, document_id=capture.document_id), claims=())
    ledger.keep(capture, result)
    ledger.keep(again, result)
    with ledger.reading() as connection:
        (row,) = connection.execute(select(PROVENANCES)).mappings()
    assert (row["capture_id"], row["url"], row["bytes"]) == ("c" * 64, came.url, 8)
    assert ledger.blobs.get(row["record_id"]) == came.records
    assert not ledger.blobs.path(document_id(b"WARC/1.1 again")).exists()


def test_a_claim_filed_without_a_gloss_gets_one(ledger: Ledger, tmp_path: Path, database: str) -> None:
    """A ledger of the time before glosses shows its claims in English, as a new one does."""
    read_into(ledger, write_reports(tmp_path / "reports.jsonl", 1))
    without = "(record::jsonb - 'gloss')::json" if database else "json_remove(record, '$.gloss')"
    change(ledger.folder, database, f"UPDATE claims SET record = {without}")  # noqa: S608
    change(ledger.folder, database, "UPDATE readings SET language = 'fr'")
    with ledger.reading() as connection:
        (filed,) = list_reports(connection)
    assert filed.record["claims"][0]["gloss"].startswith("1 civilian killed, Raqqa (SY), 2017-05-01, by ")


def test_the_same_bytes_again_add_nothing(ledger: Ledger, tmp_path: Path) -> None:
    """Reading a report a second time leaves the ledger as it was, and gives the report as it was kept first."""
    path = write_reports(tmp_path / "reports.jsonl", 3)
    first = read_into(ledger, path)
    before = counts(ledger)
    again = read_into(ledger, path, now=lambda: FIXED_NOW + timedelta(days=1))
    assert counts(ledger) == before
    assert again == first


def test_another_source_of_the_same_bytes_is_another_capture(ledger: Ledger, tmp_path: Path) -> None:
    """The same report found elsewhere is the same document, captured twice."""
    read_into(ledger, write_reports(tmp_path / "one.jsonl", 1), write_reports(tmp_path / "two.jsonl", 1))
    assert {name: counts(ledger)[name] for name in ("documents", "captures", "readings", "claims")} == {
        "documents": 1,
        "captures": 2,
        "readings": 1,
        "claims": 1,
    }


def test_a_newer_engine_stands_beside_the_older_one(ledger: Ledger, tmp_path: Path) -> None:
    """Readings by two versions are both kept; the later is current and names the other."""
    path = write_reports(tmp_path / "reports.jsonl", 1)
    read_into(ledger, path, version="1")
    (newer,) = read_into(ledger, path, version="2")
    with ledger.reading() as connection:
        (filed,) = list_reports(connection)
        claim, found = get_claim(connection, newer.claims[0].claim_id)
    assert filed.record["claims"][0]["by"]["version"] == "2"
    assert filed.beside == ("fake 1, filed 2024-03-01",)
    assert (claim, found.reading_id) == (newer.claims[0].claim_id, filed.reading_id)
    assert counts(ledger)["claims"] == 2


def test_refusals_are_kept_once(ledger: Ledger, tmp_path: Path) -> None:
    """What couldn't be read stands in the ledger with its reason, however often it was tried."""
    for _ in range(2):
        (refused,) = read_into(ledger, tmp_path / "nowhere.txt")
        assert isinstance(refused, Refused)
    assert counts(ledger)["refusals"] == 1


def test_a_claim_is_found_by_the_beginning_of_its_id(ledger: Ledger, tmp_path: Path) -> None:
    """An id may be cut short as long as only one claim begins so; the message about several names them."""
    readings = read_into(ledger, write_reports(tmp_path / "reports.jsonl", 40))
    ids = [claim.claim_id for reading in readings for claim in reading.claims]
    with ledger.reading() as connection:
        assert get_claim(connection, ids[0][:12].upper())[0] == ids[0]
        with pytest.raises(BadInput, match="claims begin so"):
            next(
                get_claim(connection, digit)
                for digit in "0123456789abcdef"
                if sum(i.startswith(digit) for i in ids) > 1
            )
        for wanted in ("zz", "%", "_", "' OR 1=1", "f" * 64):
            with pytest.raises(NotFound):
                get_claim(connection, wanted)


def test_a_document_is_found_by_its_own_id(ledger: Ledger, tmp_path: Path) -> None:
    """A report is called by the id that its giver gave it, or by the beginning of its hash."""
    readings = read_into(ledger, write_reports(tmp_path / "reports.jsonl", 3))
    with ledger.reading() as connection:
        by_name = get_report(connection, "r1")
        by_hash = get_report(connection, readings[1].document.document_id[:16])
    assert by_name == by_hash
    assert by_name.record["document"]["id"] == "r1"


def test_others_read_while_one_writes(ledger: Ledger, tmp_path: Path, database: str) -> None:
    """A second process sees whole reports only, without waiting for the writer."""
    read_into(ledger, write_reports(tmp_path / "reports.jsonl", 2))
    with ledger.writing() as writing:
        writing.exec_driver_sql("DELETE FROM dropped")
        other = get_ledger(ledger.folder, now=fixed_now, database=database)
        with other.reading() as reading:
            assert len(list(list_reports(reading))) == 2
            assert reading.exec_driver_sql("SELECT count(*) FROM dropped").scalar()
        other.close()


def test_bytes_changed_on_the_disk_are_told(ledger: Ledger, tmp_path: Path) -> None:
    """Kept bytes that no longer have their hash are never given out as the report."""
    (reading,) = read_into(ledger, write_reports(tmp_path / "reports.jsonl", 1))
    ledger.blobs.path(reading.document.document_id).write_bytes(b"other")
    with pytest.raises(Inconsistent, match="were changed"):
        ledger.blobs.get(reading.document.document_id)
    ledger.blobs.path(reading.document.document_id).unlink()
    with pytest.raises(NotFound, match="missing"):
        ledger.blobs.get(reading.document.document_id)


def test_absurd_figures_are_kept(ledger: Ledger, tmp_path: Path) -> None:
    """A number larger than any database's integers is kept whole in the record."""
    path = tmp_path / "absurd.txt"
    path.write_text("The army said so. " + "9" * 30 + " civilians were killed in Raqqa.", encoding="utf-8")
    (reading,) = read_into(ledger, path)
    with ledger.reading() as connection:
        (filed,) = list_reports(connection)
    assert filed.record["claims"][0]["count"]["low"] == reading.claims[0].claim.count.low == int("9" * 30)


# --- what is no ledger -----------------------------------------------------------------------------------------------


def test_a_folder_of_other_things_is_no_ledger(tmp_path: Path) -> None:
    """A mistyped folder is refused before anything is written into it."""
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(BadInput, match=r"holds holiday\.jpg"):
        open_ledger(tmp_path, now=fixed_now)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_file_is_no_ledger(tmp_path: Path) -> None:
    """A file in the ledger's place is told, not overwritten."""
    (tmp_path / "ledger").write_text("mine")
    with pytest.raises(BadInput, match="this is a file"):
        open_ledger(tmp_path / "ledger", now=fixed_now)
    with pytest.raises(NotAllowed, match="can't be written"):
        open_ledger(tmp_path / "ledger" / "inner", now=fixed_now)


def test_another_database_is_no_ledger(tmp_path: Path) -> None:
    """A file of that name that is no database, or holds other tables, is refused with its name."""
    (tmp_path / "ledger.sqlite").write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    with pytest.raises(BadInput, match="no ledger"):
        open_ledger(tmp_path, now=fixed_now)
    (tmp_path / "ledger.sqlite").unlink()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        connection.execute("CREATE TABLE recipes (name)")
    with pytest.raises(BadInput, match="other tables"):
        open_ledger(tmp_path, now=fixed_now)


def test_a_newer_ledger_is_refused(ledger: Ledger, database: str) -> None:
    """A ledger of a later harmledger is left alone, and the remedy is said."""
    with ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BadInput, match="update harmledger"):
        get_ledger(ledger.folder, now=fixed_now, database=database)


def test_a_ledger_that_is_not_there_is_told(tmp_path: Path, database: str) -> None:
    """Looking into a ledger never makes one."""
    for _ in range(2):
        with pytest.raises(NotFound, match="no ledger here"):
            get_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    assert not (tmp_path / "ledger").exists()


FAILS = {
    "sqlite": "CREATE TRIGGER full_disk BEFORE INSERT ON claims BEGIN SELECT RAISE(ABORT, 'disk is full'); END",
    "postgresql": """
        CREATE FUNCTION fail() RETURNS trigger AS 'BEGIN RAISE EXCEPTION ''disk is full''; END' LANGUAGE plpgsql;
        CREATE TRIGGER full_disk BEFORE INSERT ON claims FOR EACH ROW EXECUTE FUNCTION fail()
    """,
}


def test_a_ledger_that_fails_while_written_ends_the_run(ledger: Ledger, tmp_path: Path) -> None:
    """When a report can't be kept the run stops and says so: nothing is printed as kept that isn't."""
    with ledger.writing() as connection:
        connection.exec_driver_sql(FAILS[connection.dialect.name])
    with pytest.raises((SourceFailed, BadInput), match="disk is full"):
        read_into(ledger, write_reports(tmp_path / "reports.jsonl", 1))
    assert set(counts(ledger).values()) == {0}
