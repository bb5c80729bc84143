"""A table as data: its columns in order, what each means, and how it is filled from an incident.

From the same columns come the CSV, its HXL row, the data dictionary, the schema of a data package, and the columns of SQLite and Parquet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from harmledger.domain import ExportedIncident
from harmledger.publish.wording import render_cell

Cell = str | int | float | bool | date | None
Row = tuple[Cell, ...]
T = TypeVar("T")


class CellType(StrEnum):
    """Frictionless' names."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[T]):
    """One column: what it says, and of what."""

    name: str
    about: str
    get: Callable[[T], Cell]
    type: CellType = CellType.STRING
    hxl: str = ""
    choices: tuple[str, ...] = ()
    """The closed set of its values, where there is one."""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Columns whose values are a row of another table."""

    columns: tuple[str, ...]
    table: str
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[T]):
    """A table and where its rows come from."""

    name: str
    about: str
    """What it keeps and what it loses."""
    columns: Sequence[Column[T]]
    rows_of: Callable[[ExportedIncident], Iterable[T]]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    refuses: Callable[[ExportedIncident], str | None] = lambda _: None
    """Why the table has no place for an incident; None where it has one."""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)

    def rows(self, incident: ExportedIncident) -> Iterator[Row]:
        """The incident's rows, a cell a column."""
        for item in self.rows_of(incident):
            yield tuple(column.get(item) for column in self.columns)


def incident_column(
    name: str,
    about: str,
    get: Callable[[ExportedIncident], Cell],
    type: CellType = CellType.STRING,
    hxl: str = "",
) -> Column[ExportedIncident]:
    """A column of a table that has one row an incident."""
    return Column(name=name, about=about, get=get, type=type, hxl=hxl)


def empty_column(name: str, about: str, type: CellType = CellType.STRING) -> Column[ExportedIncident]:
    """A column that the recorder has and the ledger knows nothing of: it is there, and empty."""
    return incident_column(name, f"empty: {about}", lambda _: None, type)


def render_header(table: Table[T], *, hxl: bool = False) -> str:
    """The names of the columns and, where asked for, the row of HXL tags below them."""
    rows: list[Sequence[Cell]] = [table.names]
    if hxl:
        rows.append([column.hxl for column in table.columns])
    return _csv(rows, guarded=False)


def render_rows(table: Table[T], incident: ExportedIncident) -> str:
    """The incident's rows as CSV.

    Text that a spreadsheet would take for a formula gets an apostrophe before it (see `wording.render_cell`); numbers stay numbers.
    """
    return render_csv_rows(table.rows(incident))


def render_csv_rows(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as CSV, safe to open in a spreadsheet."""
    return _csv(rows, guarded=True)


def one(incident: ExportedIncident) -> tuple[ExportedIncident]:
    """The incident as the one row of a table."""
    return (incident,)


def join(words: Iterable[str | None], *, by: str = "; ") -> str | None:
    """Distinct words in order; None where there are none."""
    return by.join(dict.fromkeys(word for word in words if word)) or None


def _csv(rows: Iterable[Sequence[Cell]], *, guarded: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([_cell(cell) if guarded else cell for cell in row])
    return out.getvalue()


def _cell(cell: Cell) -> str | float | None:
    match cell:
        case bool():
            return "true" if cell else "false"
        case date():
            return cell.isoformat()
        case _:
            return render_cell(cell)
