"""SQLite and Parquet files, as Datasette and pandas open them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from fake_incidents import a_bare_incident, an_incident

from harmledger.domain import ExportedIncident
from harmledger.errors import EngineFailed, NotAllowed
from harmledger.publish.exports import parquet
from harmledger.publish.exports.own import INCIDENTS, OWN
from harmledger.publish.exports.sheets import open_sheet
from harmledger.store.exported import write_sqlite
from harmledger.store.files import fill_sheets


def test_sqlite_answers_a_researchers_query(tmp_path: Path) -> None:
    """Tables join by declared keys, nothing refers to what isn't there, and what columns mean stands beside them."""
    path = tmp_path / "harm.sqlite"
    write_sqlite(path, OWN, [an_incident(), a_bare_incident()])
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        query = """SELECT f.claimant, max(f.high) FROM figures f JOIN incidents i USING (incident_id) JOIN claims c USING (claim_id)
            WHERE i.country = 'SY' AND f.harm = 'killed' AND strftime('%Y', i.earliest) = '2017' GROUP BY f.claimant_type ORDER BY 2"""
        assert connection.execute(query).fetchall() == [("US-led coalition", 3), ("doctors", 9), ("=Observatory", 16)]
        about = connection.execute("SELECT about FROM meanings WHERE table_name = 'incidents' AND column_name = 'lat'")
        assert about.fetchone() == ("WGS 84",)
    assert [each.name for each in tmp_path.iterdir()] == ["harm.sqlite"]


def test_a_file_that_cant_be_written_is_told(tmp_path: Path) -> None:
    """One sentence, and nothing is left."""
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(NotAllowed, match="can't be written"):
        write_sqlite(tmp_path / "file" / "harm.sqlite", OWN, [an_incident()])


def broken() -> Iterator[ExportedIncident]:
    yield an_incident()
    raise NotAllowed("told to", "here", "stop")


def test_an_export_that_breaks_leaves_what_was_there(tmp_path: Path) -> None:
    """A file is whole or not there, also when the ledger fails halfway."""
    for name in ("incidents.csv", "harm.sqlite"):
        (tmp_path / name).write_text("before")
    with pytest.raises(NotAllowed):
        fill_sheets({tmp_path / "incidents.csv": open_sheet(INCIDENTS, "csv")}, broken())
    with pytest.raises(NotAllowed):
        write_sqlite(tmp_path / "harm.sqlite", OWN, broken())
    assert {each.name: each.read_bytes().decode() for each in tmp_path.iterdir()} == {
        "incidents.csv": "before",
        "harm.sqlite": "before",
    }


@pytest.mark.parametrize("incidents", [[], [an_incident(), a_bare_incident()]], ids=["none", "two"])
def test_parquet_keeps_types(tmp_path: Path, incidents: list[ExportedIncident]) -> None:
    """Days, whole numbers with gaps and booleans come back as they are, with what each column means; also of no incidents."""
    path = tmp_path / "incidents.parquet"
    fill_sheets({path: open_sheet(INCIDENTS, "parquet")}, incidents)
    schema = pq.read_schema(path)
    assert [str(schema.field(name).type) for name in ("earliest", "killed_low", "lat", "accepted")] == [
        "date32[day]",
        "int64",
        "double",
        "bool",
    ]
    assert schema.field("lat").metadata[b"description"] == b"WGS 84"
    found = pd.read_parquet(path)
    assert len(found) == len(incidents)
    assert found.killed_low.dropna().tolist() == [13] * bool(incidents)


def test_without_pyarrow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parquet is an extra: one sentence that names it."""
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    assert not parquet.has_parquet()
    with pytest.raises(EngineFailed, match=r"install harmledger\[parquet\]"):
        open_sheet(INCIDENTS, "parquet")
