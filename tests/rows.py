"""What a ledger's database holds, whichever it is, and changes behind the ledger's back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, create_engine, inspect, select

from harmledger.store.database import locate_database
from harmledger.store.ledger import DATABASE


def change(folder: Path, database: str, statement: str) -> int:
    """Run a statement as somebody who goes round the ledger; how many rows it changed."""
    engine = create_engine(locate_database(folder / DATABASE, database))
    try:
        with engine.begin() as connection:
            return connection.exec_driver_sql(statement).rowcount
    finally:
        engine.dispose()


def read_rows(folder: Path, database: str) -> dict[str, list[Any]]:
    """All rows of all tables, in an order of their own."""
    engine = create_engine(locate_database(folder / DATABASE, database))
    try:
        with engine.connect() as connection:
            return {name: _rows(connection, name) for name in inspect(connection).get_table_names()}
    finally:
        engine.dispose()


def _rows(connection: Connection, name: str) -> list[Any]:
    table = Table(name, MetaData(), autoload_with=connection)
    return sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
