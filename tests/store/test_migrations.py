"""Old ledgers become new ones, and new ones are what the migrations make."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from postgres import Server
from sqlalchemy import URL, Connection, create_engine, inspect

from harmledger import store
from harmledger.store.database import locate_database, migrate, open_database
from harmledger.store.schema import LIGHTNESS, METADATA, REVISIONS

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
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(table)),
            seen.get_pk_constraint(table)["constrained_columns"],
            sorted((f["referred_table"], *f["constrained_columns"]) for f in seen.get_foreign_keys(table)),
            sorted((i["name"] or "", *filter(None, i["column_names"])) for i in seen.get_indexes(table)),
            sorted(tuple(u["column_names"]) for u in seen.get_unique_constraints(table)),
        )
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


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


def test_the_known_revisions_are_those_of_the_scripts() -> None:
    """The list that tells an older ledger from a newer one names every migration there is, in order."""
    scripts = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    assert tuple(script.revision for script in scripts)[::-1] == REVISIONS
