"""A ledger's rows as lines of text, and back: the same lines whichever database they came from, so that either takes them in.

What lists and search show isn't among them: it follows from the rest, and is made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection, Integer, Table, func, insert, select

from harmledger.prove.row import parse_row, render_row
from harmledger.store.raw_rows import count_rows, kinds_of, walk_rows
from harmledger.store.schema import DOCUMENTS, INCIDENTS
from harmledger.store.schema_proved import METADATA
from harmledger.store.schema_shown import (
    PAGE_CHANGES,
    SEARCH_TOUCHED,
    SEARCHED,
    SHOWN,
    SHOWN_DOCUMENTS,
    SHOWN_FACETS,
    SHOWN_STATE,
    SHOWN_TERMS,
    SHOWN_TOUCHED,
)
from harmledger.store.touched import look_ahead, note_progress

BATCH = 1_000
"""Rows written at once."""
_SHOWN = (
    SHOWN, SHOWN_TERMS, SHOWN_FACETS, SHOWN_DOCUMENTS, SHOWN_TOUCHED, SHOWN_STATE, SEARCHED, SEARCH_TOUCHED, PAGE_CHANGES,
)  # fmt: skip


def list_dumped() -> Sequence[Table]:
    """The tables whose rows are a ledger, those first that others name."""
    return [table for table in METADATA.sorted_tables if table not in _SHOWN]


def dump_rows(connection: Connection, table: Table) -> Iterator[str]:
    """A table's rows as lines, in the order of its key.

    Raises:
        ValueError: a row can't be read.
    """
    for row in walk_rows(connection, table, ordered=True):
        if row.broken:
            raise ValueError(f"{table.name} {row.key}: {row.broken}")
        yield render_row(row.cells) + "\n"


def load_rows(connection: Connection, table: Table, lines: Iterable[str]) -> int:
    """Add rows from lines; gives how many.

    Raises:
        ValueError: a line is none of this table's.
    """
    kinds, coming, added = kinds_of(table), iter(lines), 0
    while rows := [parse_row(line, kinds) for line in islice(coming, BATCH)]:
        connection.execute(insert(table), rows)
        added += len(rows)
    return added


def settle_loaded(connection: Connection) -> None:
    """What is left to be done when all rows are in: numbers go on from the last one, and all that is shown is to be made."""
    for table in list_dumped() if connection.dialect.name == "postgresql" else ():
        for column in table.primary_key.columns:
            if table.autoincrement_column is column and isinstance(column.type, Integer):
                _go_on(connection, table)
    for touched, (column,) in (
        (SHOWN_TOUCHED, INCIDENTS.primary_key.columns),
        (SEARCH_TOUCHED, DOCUMENTS.primary_key.columns),
    ):
        connection.execute(insert(touched).from_select(list(touched.primary_key.columns), select(column)))
    _, there = look_ahead(connection)
    note_progress(connection, there)


def is_blank(connection: Connection) -> bool:
    """Whether there is no row at all."""
    return not any(count_rows(connection, table) for table in list_dumped())


def _go_on(connection: Connection, table: Table) -> None:
    (column,) = table.primary_key.columns
    last = connection.execute(select(func.max(column))).scalar()
    sequence = func.pg_get_serial_sequence(func.quote_ident(table.name), column.name)
    if last is not None:
        connection.execute(select(func.setval(sequence, last)))
