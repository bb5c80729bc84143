"""A row of a table as one line of text, the same on every database: what seals digest and backups hold.

Comes in: cells by column, as Python has them. Goes out: canonical JSON, its SHA-256, and the cells again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

Cells = Mapping[str, Any]


class CellKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    YES_NO = "yes or no"
    DAY = "day"
    MOMENT = "moment"
    BYTES = "bytes"
    JSON = "JSON"


def render_row(cells: Cells) -> str:
    """One line, columns by name; moments in UTC, bytes in hexadecimal."""
    plain = {name: _plain(cell) for name, cell in cells.items()}
    return json.dumps(plain, separators=(",", ":"), sort_keys=True)


def parse_row(line: str, kinds: Mapping[str, CellKind]) -> dict[str, Any]:
    """A line as the cells it was made of.

    Raises:
        ValueError: it is no such line, or of another table.
    """
    row = json.loads(line)
    if not isinstance(row, dict) or row.keys() != kinds.keys():
        raise ValueError("it has other columns")
    return {name: _parse(row[name], kind) for name, kind in kinds.items()}


def digest_row(cells: Cells) -> bytes:
    """SHA-256 of a row's line."""
    return hashlib.sha256(render_row(cells).encode()).digest()


def render_key(cells: Cells, names: Sequence[str]) -> str:
    """By what a row is told from the others of its table: its key's cells, with a space between."""
    return " ".join(str(_plain(cells[name])) for name in names)


def check_cell(cell: Any, kind: CellKind) -> Any:
    """A cell as a database without strict types gives it, as Python has it.

    Raises:
        ValueError: the column can't hold that.
    """
    match kind, cell:
        case _, None:
            return None
        case (CellKind.JSON, str()) | (CellKind.DAY, str()) | (CellKind.MOMENT, str()):
            return _parse(cell if kind is not CellKind.JSON else json.loads(cell), kind)
        case CellKind.YES_NO, 0 | 1:
            return bool(cell)
        case CellKind.NUMBER, int() | float():
            return float(cell)
        case (CellKind.TEXT, str()) | (CellKind.WHOLE, int()) | (CellKind.BYTES, bytes()):
            return cell
        case _:
            raise ValueError(f"a {type(cell).__name__} where a {kind.value} belongs")


def _plain(cell: Any) -> Any:
    match cell:
        case datetime():
            return cell.astimezone(UTC).isoformat()
        case date():
            return cell.isoformat()
        case bytes():
            return cell.hex()
        case _:
            return cell


def _parse(cell: Any, kind: CellKind) -> Any:
    if cell is None:
        return None
    match kind:
        case CellKind.DAY:
            return date.fromisoformat(cell)
        case CellKind.MOMENT:
            moment = datetime.fromisoformat(cell)
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        case CellKind.BYTES:
            return bytes.fromhex(cell)
        case _:
            return cell
