"""Tables as Parquet, through pyarrow where it is installed.

Comes in: a table and rows. Goes out: the file's bytes. The columns' meanings travel with the file.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from harmledger.errors import EngineFailed
from harmledger.publish.exports.table import Cell, CellType, Row, Table

ROWS_A_GROUP = 50_000
"""Rows that are held at a time: some tens of megabytes."""


def has_parquet() -> bool:
    """Whether pyarrow is installed."""
    try:
        import pyarrow as _  # noqa: F401, ICN001, PLC0415  an extra
    except ImportError:
        return False
    return True


class ParquetSheet:
    """A table's file, filled as rows come.

    Raises:
        EngineFailed: pyarrow isn't installed.
    """

    def __init__(self, table: Table[Any]) -> None:
        try:
            import pyarrow as pa  # noqa: PLC0415  an extra: forty megabytes that few need
            import pyarrow.parquet as pq  # noqa: PLC0415
        except ImportError as e:
            raise EngineFailed(
                "Parquet needs pyarrow, which isn't installed", table.name, "install harmledger[parquet], or take csv"
            ) from e
        self._arrow: Any = pa
        self._schema: Any = _schema(pa, table)
        self._bytes = io.BytesIO()
        self._writer: Any = pq.ParquetWriter(self._bytes, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def add(self, rows: Iterable[Row]) -> None:
        """More rows."""
        self._rows.extend(rows)
        if len(self._rows) >= ROWS_A_GROUP:
            self._write()

    def finish(self) -> bytes:
        """The whole file."""
        self._write()
        self._writer.close()
        return self._bytes.getvalue()

    def _write(self) -> None:
        cells = list(map(list, zip(*self._rows, strict=True))) or [list[Cell]() for _ in self._schema]
        columns = [self._arrow.array(some, field.type) for some, field in zip(cells, self._schema, strict=True)]
        self._writer.write_table(self._arrow.Table.from_arrays(columns, schema=self._schema))
        self._rows = []


def _schema(pa: Any, table: Table[Any]) -> Any:
    types = {
        CellType.STRING: pa.string(),
        CellType.INTEGER: pa.int64(),
        CellType.NUMBER: pa.float64(),
        CellType.DATE: pa.date32(),
        CellType.BOOLEAN: pa.bool_(),
    }
    fields = [pa.field(c.name, types[c.type], metadata={"description": c.about}) for c in table.columns]
    return pa.schema(fields, metadata={"description": table.about})
