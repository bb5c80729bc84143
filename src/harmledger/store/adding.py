"""Rows that are added unless they are there: ledgers keep what they have."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

from harmledger.store.rows import Row


def add_new(connection: Connection, table: Table, row: Row) -> bool:
    """Add a row unless it is there; tells whether it was added."""
    return connection.execute(insert_new(table, connection.dialect.name), row).rowcount == 1


@cache
def insert_new(table: Table, dialect: str) -> Insert:
    """An insert that passes over what is there, in the words of the database; one that asks for no new key tells how many rows it added."""
    words = sqlite if dialect == "sqlite" else postgresql
    return words.insert(table).on_conflict_do_nothing().inline().execution_options(preserve_rowcount=True)
