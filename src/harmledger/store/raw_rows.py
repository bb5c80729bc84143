"""Rows as the database holds them, whatever became of them: each cell read by itself, so that a broken one is told and the others go on.

What the rest of `store` reads is trusted to be what was written; here it isn't.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Connection, Date, Float, Integer, LargeBinary, Table, func, select
from sqlalchemy.types import TypeEngine

from harmledger.prove.row import CellKind, Cells, check_cell, render_key
from harmledger.store.schema import Moment

AT_ONCE = 1_000
"""Rows held in memory at one time."""
_KINDS: tuple[tuple[type[TypeEngine[Any]], CellKind], ...] = (
    (Moment, CellKind.MOMENT),
    (Boolean, CellKind.YES_NO),
    (BigInteger, CellKind.WHOLE),
    (Integer, CellKind.WHOLE),
    (Float, CellKind.NUMBER),
    (Date, CellKind.DAY),
    (LargeBinary, CellKind.BYTES),
    (JSON, CellKind.JSON),
)


class _Garbled(bytes):
    """What a cell of text holds that is none."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row, or why it can't be read."""

    key: str
    cells: Cells
    broken: str | None = None


def kinds_of(table: Table) -> dict[str, CellKind]:
    """What each column of a table holds."""
    return {column.name: _kind(column.type) for column in table.columns}


def key_names(table: Table) -> Sequence[str]:
    """The columns by which its rows are told apart."""
    return [column.name for column in table.primary_key.columns]


def walk_rows(connection: Connection, table: Table, *, ordered: bool = False) -> Iterator[RawRow]:
    """Every row of a table; by its key if `ordered`, else as they lie."""
    columns = [table.c[name] for name in kinds_of(table)]
    question = select(*columns).execution_options(yield_per=AT_ONCE)
    if ordered:
        question = question.order_by(*table.primary_key.columns)
    if connection.dialect.name == "sqlite":
        yield from _walk_file(connection, table, str(question))
        return
    keys, kinds = key_names(table), kinds_of(table)
    for row in connection.execute(question).mappings():
        cells = {
            name: row[name] and bytes(row[name]) if kind is CellKind.BYTES else row[name]
            for name, kind in kinds.items()
        }
        yield RawRow(render_key(cells, keys), cells)


def count_rows(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def find_structural(connection: Connection) -> Iterator[str]:
    """What SQLite finds wrong with its file's pages and indexes; a server watches over its own."""
    if connection.dialect.name != "sqlite":
        return
    for (told,) in connection.exec_driver_sql("PRAGMA integrity_check(100)"):
        if told != "ok":
            yield str(told)


def find_dangling(connection: Connection, table: Table) -> Iterator[tuple[str, str, str]]:
    """Rows of a table that name one that isn't there: the column, what it names, and the table in which it should be."""
    for key in table.foreign_keys:
        other = key.column
        there = other.table.alias("there")
        named = (
            select(key.parent)
            .distinct()
            .outerjoin(there, there.c[other.name] == key.parent)
            .where(key.parent.is_not(None), there.c[other.name].is_(None))
        )
        for (value,) in connection.execute(named):
            yield key.parent.name, str(value), other.table.name


def _kind(of: TypeEngine[Any]) -> CellKind:
    return next((kind for known, kind in _KINDS if isinstance(of, known)), CellKind.TEXT)


def _walk_file(connection: Connection, table: Table, question: str) -> Iterator[RawRow]:
    """SQLite keeps any value in any column, and text that is none: nothing is taken for granted."""
    kinds, keys = kinds_of(table), key_names(table)
    with _told_raw(connection) as raw:
        cursor = raw.execute(question)
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                yield _read(dict(zip(kinds, row, strict=True)), kinds, keys)


def _read(row: dict[str, Any], kinds: dict[str, CellKind], keys: Sequence[str]) -> RawRow:
    cells: dict[str, Any] = {}
    broken = None
    for name, kind in kinds.items():
        try:
            cells[name] = check_cell(row[name], kind)
        except ValueError as e:
            cells[name], broken = None, f"its {name} can't be read ({str(e)[:80]})"
    shown = {name: row[name] for name in keys}
    return RawRow(render_key(shown, keys), cells, broken)


@contextmanager
def _told_raw(connection: Connection) -> Generator[Any]:
    """The driver's own connection; text that is no UTF-8 comes as bytes of a kind of their own."""
    raw: Any = connection.connection.driver_connection
    before = raw.text_factory
    raw.text_factory = _text
    try:
        yield raw
    finally:
        raw.text_factory = before


def _text(content: bytes) -> str | _Garbled:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _Garbled(content)
