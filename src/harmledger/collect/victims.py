"""A table of victims from several lists: its header and its rows, as they stand.

Comes in: a path to a CSV. Goes out: cells as text; what they mean, `reconcile.recapture` says.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from harmledger.errors import BadInput

MAX_BYTES = 100_000_000
"""A million people on six lists with record ids of a dozen letters each."""
Rows = list[list[str]]


def read_victims(path: Path) -> tuple[list[str], Rows]:
    """The header, and all rows below it.

    Raises:
        BadInput: it can't be opened, is too large, or is no CSV in UTF-8.
    """
    text = _decode(_read(path), path)
    first = text.partition("\n")[0]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True))
    except csv.Error as e:
        raise BadInput(f"it is damaged ({e})", str(path), "save it as CSV anew") from e
    while rows and not any(rows[-1]):
        rows.pop()  # spreadsheets leave empty rows at the end
    if not rows:
        raise BadInput("it is empty", str(path), "give a table of people and the lists they are on")
    return rows[0], rows[1:]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as e:
        raise BadInput(f"it can't be opened ({e.strerror})", str(path), "give a file that can be read") from e
    if len(content) > MAX_BYTES:
        raise BadInput(f"it has more than {MAX_BYTES // 1_000_000} MB", str(path), "give ids only, not whole records")
    return content


def _decode(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise BadInput(f"it is not UTF-8 text (byte {e.start + 1})", str(path), "save it as CSV in UTF-8") from e
