"""Tables as a SQLite file that Datasette and every other reader of SQLite opens: with keys, references and indexes, and what each column means.

The file is made beside its place and moved there when it is whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from harmledger.domain import ExportedIncident
from harmledger.errors import NotAllowed
from harmledger.publish.exports.table import Cell, CellType, Column, Table
from harmledger.store.files import writing_to

_TYPES = {
    CellType.STRING: "TEXT",
    CellType.INTEGER: "INTEGER",
    CellType.NUMBER: "REAL",
    CellType.DATE: "TEXT",
    CellType.BOOLEAN: "INTEGER",
}
MEANINGS = "meanings"
"""Table of what each column means."""


def write_sqlite(path: Path, tables: Sequence[Table[Any]], incidents: Iterable[ExportedIncident]) -> None:
    """Write the incidents' rows into a new file; one that is there is replaced.

    Raises:
        NotAllowed: it can't be written there.
    """
    try:
        with writing_to(path) as file, closing(sqlite3.connect(file.name)) as connection:
            _fill(connection, tables, incidents)
    except sqlite3.OperationalError as e:
        raise NotAllowed(f"the file can't be written ({e})", str(path), "name another with --out") from e


def _fill(connection: sqlite3.Connection, tables: Sequence[Table[Any]], incidents: Iterable[ExportedIncident]) -> None:
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"CREATE TABLE {MEANINGS} (table_name TEXT, column_name TEXT, about TEXT)")
    for table in tables:
        connection.execute(_create(table))
        meanings = [(table.name, "", table.about), *((table.name, c.name, c.about) for c in table.columns)]
        connection.executemany(f"INSERT INTO {MEANINGS} VALUES (?, ?, ?)", meanings)  # noqa: S608  a constant
    for incident in incidents:
        for table in tables:
            rows = (tuple(map(_value, row)) for row in table.rows(incident))
            connection.executemany(f"INSERT INTO {_name(table.name)} VALUES ({_marks(table)})", rows)  # noqa: S608  names are ours
    for table in tables:
        for reference in table.references:
            index = _name(f"{table.name}_{'_'.join(reference.columns)}")
            connection.execute(
                f"CREATE INDEX IF NOT EXISTS {index} ON {_name(table.name)} ({_list(reference.columns)})"
            )
    connection.commit()


def _create(table: Table[Any]) -> str:
    parts = [_column(column) for column in table.columns]
    parts.append(f"PRIMARY KEY ({_list(table.key)})")
    parts += [
        f"FOREIGN KEY ({_list(r.columns)}) REFERENCES {_name(r.table)} ({_list(r.there)})" for r in table.references
    ]
    return f"CREATE TABLE {_name(table.name)} ({', '.join(parts)})"


def _column(column: Column[Any]) -> str:
    return f"{_name(column.name)} {_TYPES[column.type]}{' NOT NULL' if column.required else ''}"


def _name(name: str) -> str:
    return f'"{name}"'


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(_name, names))


def _marks(table: Table[Any]) -> str:
    return ", ".join("?" * len(table.columns))


def _value(cell: Cell) -> str | float | None:
    """Days as ISO text, so that SQLite's own date functions take them; text that UTF-8 can't hold loses what can't be held."""
    match cell:
        case date():
            return cell.isoformat()
        case str():
            return cell.encode(errors="replace").decode()
        case _:
            return cell
