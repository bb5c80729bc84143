"""Where a ledger's rows are is told by an address; what is wrong with it is told without its password."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import fixed_now, load_fake, write_reports
from postgres import Server
from sqlalchemy import create_engine

from harmledger.errors import BadInput, SourceFailed
from harmledger.pipeline import read_reports
from harmledger.store import get_ledger, list_reports, open_ledger
from harmledger.store.database import locate_database, render_location

FILE = Path("ledger/ledger.sqlite")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_an_address_names_a_database(scheme: str) -> None:
    """Every usual way to write the address means the same database, and shows no password."""
    url = locate_database(FILE, f"{scheme}://amal:secret@db.example.org/harm")
    assert render_location(url) == "postgresql://amal:***@db.example.org/harm"
    assert render_location(locate_database(FILE)) == str(FILE)


@pytest.mark.parametrize("address", ["mysql://amal:secret@db/harm", "secret", "sqlite:///secret.db", "postgresql+psycopg2://a:secret@b/c"])  # fmt: skip
def test_another_address_is_refused(address: str) -> None:
    """What is no address of a PostgreSQL database is told, and nothing of what was given is repeated but its kind."""
    with pytest.raises(BadInput, match="postgresql://USER@HOST/NAME") as told:
        locate_database(FILE, address)
    assert "secret" not in str(told.value)


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    """One sentence says which database can't be reached, without the password, and nothing is left behind."""
    pytest.importorskip("psycopg")
    with pytest.raises(SourceFailed, match="check the address, the server") as told:
        get_ledger(tmp_path / "ledger", now=fixed_now, database=f"postgresql://amal:secret@/harm?host={tmp_path}")
    assert "secret" not in str(told.value)
    assert not (tmp_path / "ledger").exists()


def test_without_a_driver_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where psycopg isn't installed the sentence names the extra that brings it."""
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(BadInput, match=r"harmledger\[postgresql\]"):
        open_ledger(tmp_path / "ledger", now=fixed_now, database="postgresql:///harm")


def test_another_programs_database_is_left_alone(tmp_path: Path, server: Server) -> None:
    """A database that holds other tables is refused, and gets none of ours."""
    database = server.make_database()
    with create_engine(database).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE recipes (name text)")
    with pytest.raises(BadInput, match="holds other tables"):
        open_ledger(tmp_path / "ledger", now=fixed_now, database=database)


def test_who_may_only_read_can_look(tmp_path: Path, server: Server) -> None:
    """A user with no right but to read sees the ledger, and is told in a sentence that nothing can be written."""
    database = server.make_database()
    ledger = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    reports = str(write_reports(tmp_path / "reports.jsonl", 1))
    assert len(list(read_reports([reports], load=load_fake, now=fixed_now, keeper=ledger))) == 1
    ledger.close()
    schema = database.rpartition("%3D")[2]
    with create_engine(database).begin() as connection:
        connection.exec_driver_sql("CREATE ROLE reader LOGIN")
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO reader")
        connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader")
    looking = get_ledger(tmp_path / "ledger", now=fixed_now, database=database.replace("harmledger@", "reader@"))
    with looking.reading() as connection:
        assert len(list(list_reports(connection))) == 1
    with pytest.raises(SourceFailed, match="permission denied"):
        list(
            read_reports(
                [str(write_reports(tmp_path / "more.jsonl", 2))], load=load_fake, now=fixed_now, keeper=looking
            )
        )
    looking.close()


def test_who_waits_too_long_for_another_writer_is_told(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that holds its turn makes others wait, not forever: they are told to come back, and it loses nothing."""
    monkeypatch.setattr("harmledger.store.database.WAIT_MS", 200)
    ledger = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    other = get_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    with ledger.writing() as connection:
        connection.exec_driver_sql("DELETE FROM refusals")
        with pytest.raises(SourceFailed, match="wait until the other process is done"):
            list(read_reports([str(tmp_path / "nowhere.txt")], load=load_fake, now=fixed_now, keeper=other))
    list(read_reports([str(tmp_path / "nowhere.txt")], load=load_fake, now=fixed_now, keeper=other))
    ledger.close()
    other.close()
