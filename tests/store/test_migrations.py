"""Old ledgers become new ones, and new ones are what the migrations make."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from fake_pages import at, fetch
from fakes import FIXED_NOW, fixed_now, load_fake, write_reports
from postgres import Server
from sqlalchemy import JSON, URL, Connection, MetaData, String, create_engine, insert, inspect, select
from sqlalchemy.types import TypeEngine
from worlds import make_world

from harmledger import store
from harmledger.domain import PUBLIC, Verdict
from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.projecting import bring_up
from harmledger.review.decide import Said, SubjectKind
from harmledger.store import get_ledger, open_ledger
from harmledger.store.database import locate_database, migrate, open_database
from harmledger.store.decisions import add_decision, read_log, verify_log
from harmledger.store.index import find_reports
from harmledger.store.ledger import DATABASE
from harmledger.store.schema import CAPTURES, LIGHTNESS, METADATA, REVISIONS
from harmledger.store.schema_fetched import FETCHES, PROVENANCES

MIGRATIONS = Path(store.__file__).with_name("migrations")


Address = Callable[[str], URL]


@pytest.fixture(params=["sqlite", "postgresql"])
def server_or_file(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Gives an empty database by its name, of each kind."""
    if request.param == "sqlite":
        return lambda name: locate_database(tmp_path / f"{name}.sqlite")
    server: Server = request.getfixturevalue("server")
    return lambda _name: locate_database(tmp_path, server.make_database())


def shape(connection: Connection) -> dict[str, object]:
    """Everything about the tables that a query can notice."""
    seen = inspect(connection)
    return {
        table: (
            sorted((c["name"], str(c["type"]), c["nullable"], bool(c["default"])) for c in seen.get_columns(table)),
            seen.get_pk_constraint(table)["constrained_columns"],
            sorted((f["referred_table"], *f["constrained_columns"]) for f in seen.get_foreign_keys(table)),
            sorted((i["name"] or "", *filter(None, i["column_names"])) for i in seen.get_indexes(table)),
            sorted(tuple(u["column_names"]) for u in seen.get_unique_constraints(table)),
        )
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def make_old(connection: Connection, revision: str) -> None:
    """The tables as they were then."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def fill(connection: Connection) -> MetaData:
    """One row in every table, each pointing to those that it must; gives the tables as they were then."""
    tables = MetaData()
    tables.reflect(connection)
    tables.remove(tables.tables["alembic_version"])
    for table in tables.sorted_tables:
        connection.execute(insert(table), {column.name: something(column.type) for column in table.columns})
    return tables


def something(kind: TypeEngine[Any]) -> object:
    """A value of a column's type; the same for all columns of it, so that keys lead somewhere."""
    match kind:
        case String():
            return "a" * min(kind.length or 64, 64)
        case JSON():
            return {"of": ["old"]}
        case _:
            return SOME[kind.python_type]


SOME = {int: 1, float: 0.5, bool: True, bytes: b"\0old", date: date(2017, 5, 5), datetime: FIXED_NOW}


def is_comment(difference: Any) -> bool:
    """Whether only the words about a column differ, which migrations don't write again."""
    return isinstance(difference, list) and all(change[0] == "modify_comment" for change in difference)


def is_rewritten(difference: Any) -> bool:
    """Whether it is the index over an expression, which PostgreSQL tells in words of its own and SQLite not at all."""
    return isinstance(difference, tuple) and getattr(difference[1], "name", None) == "ix_claims_lightness"


def test_the_index_over_an_expression_is_the_schemas() -> None:
    """What can't be compared in the database is the same in the migration's own words."""
    script = MIGRATIONS / "versions" / "0009_assignments.py"
    made = runpy.run_path(str(script))["_LIGHTNESS"]
    assert made == LIGHTNESS


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_a_new_ledger_is_what_the_migrations_make(server_or_file: Address) -> None:
    """Made at once or step by step, a ledger has the same tables, and they are those of the schema."""
    with create_engine(server_or_file("old")).begin() as old:
        migrate(old)
        stepwise = shape(old)
        differing = compare_metadata(MigrationContext.configure(old), METADATA)
        assert [each for each in differing if not (is_comment(each) or is_rewritten(each))] == []
    made = open_database(server_or_file("new"))
    assert made is not None
    with made.begin() as new:
        assert shape(new) == stepwise


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_every_migration_can_be_taken_back(server_or_file: Address) -> None:
    """Down to nothing and up again gives the same tables: no step forgets what it made."""
    with create_engine(server_or_file("old")).begin() as connection:
        migrate(connection)
        before = shape(connection)
        migrate(connection, to="base")
        assert shape(connection) == {}
        migrate(connection)
        assert shape(connection) == before


@pytest.mark.filterwarnings("ignore:.*expression-based index")
@pytest.mark.parametrize("revision", REVISIONS)
def test_an_old_ledger_becomes_a_new_one_with_all_its_rows(server_or_file: Address, revision: str) -> None:
    """Opened by the newest harmledger, a ledger of any schema that has a row in every table has the tables of a new one, and in them
    every value that it had; of what was taken out of the schema nothing is missed.
    """
    address = server_or_file("old")
    engine = create_engine(address)
    with engine.begin() as old:
        make_old(old, revision)
        before = rows_of(old, fill(old))
    engine.dispose()
    opened = open_database(address)
    assert opened is not None
    with opened.begin() as migrated:
        differing = compare_metadata(MigrationContext.configure(migrated), METADATA)
        after = rows_of(migrated, METADATA)
    assert [each for each in differing if not (is_comment(each) or is_rewritten(each))] == []
    assert before.keys() - after.keys() <= {"search_withheld"}
    for table in before.keys() & after.keys():
        assert [each.items() >= row.items() for row, each in zip(before[table], after[table], strict=True)] == [True]
    opened.dispose()


def rows_of(connection: Connection, tables: MetaData) -> dict[str, list[dict[str, object]]]:
    """The rows of every table, by its name; times as SQLite has them, without a zone."""
    of = {table.name: connection.execute(select(table)).mappings() for table in tables.sorted_tables}
    return {
        name: [{column: plain(value) for column, value in row.items()} for row in rows] for name, rows in of.items()
    }


def plain(value: object) -> object:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


@pytest.mark.parametrize("revision", ["0004", "0007", "0011"])
def test_an_old_ledger_is_worked_on(tmp_path: Path, database: str, revision: str) -> None:
    """A ledger as an older harmledger had it shows, once it is linked again, what it showed as a new one; its log holds, and reports are
    filed and decided on as ever.
    """
    folder = make_world(tmp_path, database)
    as_new = shown(folder, database)
    engine = create_engine(locate_database(folder / DATABASE, database))
    with engine.begin() as connection:
        migrate(connection, to=revision)
    engine.dispose()
    assert shown(folder, database) == as_new
    ledger = get_ledger(folder, now=fixed_now, database=database)
    reports = str(write_reports(tmp_path / "more.jsonl", 1))
    (reading,) = read_reports([reports], load=load_fake, now=fixed_now, keeper=ledger)
    said = Said(subject=reading.claims[0].claim_id, kind=SubjectKind.CLAIM, verdict=Verdict.ACCEPT, who="Amal")
    decision = add_decision(ledger, said, now=FIXED_NOW)
    with ledger.reading() as connection:
        assert verify_log(connection) == (len(read_log(connection)), decision.decision_id)
    ledger.close()


def test_captures_of_what_was_put_back_go_back_to_the_first(tmp_path: Path, database: str) -> None:
    """An older schema has one capture of a text from a source: the others are taken out with their records, fetches point to the first, and
    nothing points to nothing.
    """
    ledger = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    for day, text in ((6, "A"), (7, "B"), (8, "A"), (9, "B")):
        fetch(ledger, text, at(day))
    ledger.close()
    engine = create_engine(locate_database(tmp_path / "ledger" / DATABASE, database))
    with engine.begin() as connection:
        migrate(connection, to="0023")
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()
    ledger = get_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    with ledger.reading() as connection:
        days = {row.capture_id: row.fetched.day for row in connection.execute(select(CAPTURES))}
        pointing = [days[capture] for capture in connection.execute(select(FETCHES.c.capture_id)).scalars()]
        proven = {days[capture] for capture in connection.execute(select(PROVENANCES.c.capture_id)).scalars()}
    ledger.close()
    assert (sorted(days.values()), pointing, proven) == ([6, 7], [6, 7, 6, 7], {6, 7})


def shown(folder: Path, database: str) -> object:
    """All that lists and search show when it is linked, and where its log ends."""
    ledger = get_ledger(folder, now=fixed_now, database=database)
    link_ledger(ledger, now=fixed_now, again=True)
    bring_up(ledger, now=fixed_now)
    with ledger.reading() as connection:
        incidents = sorted(rows_of(connection, METADATA)["shown_incidents"], key=lambda row: str(row["incident_id"]))
        found = find_reports(connection, PUBLIC, [("civilians",)], most=99)
        log = verify_log(connection)
    ledger.close()
    assert incidents
    assert found
    return incidents, sorted(found), log


def test_the_known_revisions_are_those_of_the_scripts() -> None:
    """The list that tells an older ledger from a newer one names every migration there is, in order."""
    scripts = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    assert tuple(script.revision for script in scripts)[::-1] == REVISIONS
