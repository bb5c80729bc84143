"""Tables as text or bytes, filled incident by incident: CSV piece by piece, Parquet at the end."""

from __future__ import annotations

from typing import Any, Protocol

from harmledger.domain import ExportedIncident
from harmledger.publish.exports.parquet import ParquetSheet
from harmledger.publish.exports.table import Table, render_header, render_rows


class Sheet(Protocol):
    """A table that is being filled; what it gives goes into its file, in order."""

    def add(self, incident: ExportedIncident) -> bytes: ...

    def finish(self) -> bytes: ...


class CsvSheet:
    """Gives each incident's rows at once."""

    def __init__(self, table: Table[Any], *, hxl: bool = False) -> None:
        self._table = table
        self._header = render_header(table, hxl=hxl)

    def add(self, incident: ExportedIncident) -> bytes:
        """Its rows; before the first one's the header."""
        header, self._header = self._header, ""
        return (header + render_rows(self._table, incident)).encode(errors="replace")

    def finish(self) -> bytes:
        """The header, where there was no incident."""
        return self._header.encode()


class ColumnarSheet:
    """Gives the whole file at the end."""

    def __init__(self, table: Table[Any]) -> None:
        self._table = table
        self._sheet = ParquetSheet(table)

    def add(self, incident: ExportedIncident) -> bytes:
        """Nothing yet."""
        self._sheet.add(self._table.rows(incident))
        return b""

    def finish(self) -> bytes:
        """The file."""
        return self._sheet.finish()


def open_sheet(table: Table[Any], form: str, *, hxl: bool = False) -> Sheet:
    """A table to be filled, as `csv` or `parquet`."""
    return ColumnarSheet(table) if form == "parquet" else CsvSheet(table, hxl=hxl)
