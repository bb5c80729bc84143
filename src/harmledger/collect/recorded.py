"""The rows of an independent recorder's file: CSV or JSON lines, gzipped or not, one at a time.

Comes in: a path. Goes out: each row as column names in lower case and cells, or a Refused in its place; memory doesn't grow with the file.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, cast

from harmledger.domain import Refused
from harmledger.errors import BadInput

Row = Mapping[str, Any]
NameColumns = Callable[[list[str]], tuple[list[str], bool]]
"""From a table's first row to its columns' names, and whether that row is a header."""

GZIP = b"\x1f\x8b"
MAX_LINE = 1_000_000
"""The longest event that a recorder writes has some ten thousand characters of notes."""
SAMPLE = 50
"""Rows whose columns are looked at together: a JSON line leaves out what it doesn't state."""
csv.field_size_limit(MAX_LINE)


class RecordedFile:
    """A recorder's file while it is read."""

    def __init__(self, path: Path, raw: IO[bytes], name_columns: NameColumns) -> None:
        self.path = path
        self._rows = self._read(raw, name_columns)
        self._sample = list(islice(self._rows, SAMPLE))

    @property
    def columns(self) -> frozenset[str]:
        """The columns of the first rows."""
        return frozenset(name for row in self._sample if not isinstance(row, Refused) for name in row)

    def rows(self) -> Iterator[Row | Refused]:
        """All rows, in order, once."""
        return chain(self._sample, self._rows)

    def _read(self, raw: IO[bytes], name_columns: NameColumns) -> Iterator[Row | Refused]:
        lines = self._lines(raw)
        first = next(lines, "")
        if not first.strip():
            raise BadInput("it is empty", str(self.path), "give a recorder's table")
        every = chain([first], lines)
        if first.lstrip().startswith("{"):
            return _json_rows(every, self.path)
        return _table_rows(every, self.path, name_columns)

    def _lines(self, raw: IO[bytes]) -> Iterator[str]:
        while line := raw.readline(MAX_LINE):
            if len(line) == MAX_LINE or b"\0" in line:
                raise BadInput("it holds lines that no recorder writes", str(self.path), "give a CSV or JSON lines")
            yield line.decode("utf-8-sig")


@contextmanager
def open_recorded(path: Path, name_columns: NameColumns) -> Generator[RecordedFile]:
    """The file, opened.

    Raises:
        BadInput: it can't be opened, is damaged, or no text in UTF-8.
    """
    with _told_plainly(path), path.open("rb") as raw:
        yield RecordedFile(path, _unpacked(raw), name_columns)


def hash_content(path: Path) -> str:
    """SHA-256 of the file's uncompressed bytes: the same table packed anew is the same.

    Raises:
        BadInput: it can't be opened or is damaged.
    """
    with _told_plainly(path), path.open("rb") as raw:
        return hashlib.file_digest(_unpacked(raw), "sha256").hexdigest()  # pyright: ignore[reportArgumentType]  a gzip file is readable


def _unpacked(raw: IO[bytes]) -> IO[bytes]:
    packed = raw.read(2) == GZIP
    raw.seek(0)
    return cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if packed else raw


@contextmanager
def _told_plainly(path: Path) -> Generator[None]:
    try:
        yield
    except UnicodeDecodeError as e:
        raise BadInput("it is not UTF-8 text", str(path), "save it as UTF-8") from e
    except (EOFError, zlib.error, gzip.BadGzipFile, csv.Error) as e:
        raise BadInput(f"it breaks off or is damaged ({e})", str(path), "fetch it again") from e
    except OSError as e:
        raise BadInput(f"it can't be opened ({e.strerror})", str(path), "give a file that can be read") from e


def _json_rows(lines: Iterable[str], path: Path) -> Iterator[Row | Refused]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            yield cast("Row", value)
        else:
            yield refuse_row(path, number, "it is no JSON object")


def _table_rows(lines: Iterable[str], path: Path, name_columns: NameColumns) -> Iterator[Row | Refused]:
    lines = iter(lines)
    first = next(lines)
    table = csv.reader(chain([first], lines), delimiter=max(",;\t", key=first.count))
    cells = next(table)
    columns, is_header = name_columns(cells)
    for number, row in enumerate(table if is_header else chain([cells], table), 2 if is_header else 1):
        if len(row) > len(columns) or (row and len(row) < len(columns) / 2):
            yield refuse_row(path, number, f"it has {len(row)} cells and the table {len(columns)} columns")
        elif any(row):
            yield dict(zip(columns, row, strict=False))


def refuse_row(path: Path, number: int, what: str) -> Refused:
    """What stands in the place of a row that is none."""
    error = BadInput(
        f"the row was passed over: {what}", f"{path}, row {number}", "mend it in the file and add that again"
    )
    return Refused(source=str(path), id=None, kind="BadInput", message=str(error))
