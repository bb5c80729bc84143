"""Old ledgers become new ones, and new ones are what the migrations make."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect

from harmledger import store
from harmledger.store.database import migrate, open_database
from harmledger.store.schema import METADATA, REVISIONS

MIGRATIONS = Path(store.__file__).with_name("migrations")


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


def test_a_new_ledger_is_what_the_migrations_make(tmp_path: Path) -> None:
    """Made at once or step by step, a ledger has the same tables, and they are those of the schema."""
    with create_engine(f"sqlite:///{tmp_path / 'old.sqlite'}").begin() as old:
        migrate(old)
        stepwise = shape(old)
        assert compare_metadata(MigrationContext.configure(old), METADATA) == []
    with open_database(tmp_path / "new.sqlite").begin() as new:
        assert shape(new) == stepwise


def test_the_known_revisions_are_those_of_the_scripts() -> None:
    """The list that tells an older ledger from a newer one names every migration there is, in order."""
    scripts = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    assert tuple(script.revision for script in scripts)[::-1] == REVISIONS
