"""The folder that bulk reading writes: part files of each table, one an input, and what says which inputs are done.

    DIR/settings.json            how the folder was begun: what reads, what is passed over, which form the tables have
    DIR/documents/ID.parquet     and the same of claims, statements, dropped
    DIR/inputs/ID.json           written last: an input that has one is done, whatever else lies there
    DIR/underway/ID.json, ID.at  how far an input is that isn't done (see `underway`)

Part files are written under names of their own and renamed when whole, so that a run may be killed at any moment. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from harmledger.bulk.inputs import Input
from harmledger.bulk.tables import FORM, TABLES, Row, Table
from harmledger.errors import BadInput, EngineFailed, Inconsistent, NotAllowed, NotFound

ROWS_A_GROUP = 5_000
BYTES_A_GROUP = 32_000_000
"""What is held of a table before it is written: pages have 100 kB, so of documents some hundreds."""
SETTINGS = "settings.json"
INPUTS = "inputs"
UNDERWAY = "underway"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a folder was begun; who goes on with it must mean the same."""

    engine: str
    version: str
    screen: str
    begun: datetime
    """Stands for when reports were fetched that don't say."""
    form: int = FORM


@dataclass(slots=True, kw_only=True)
class Done:
    """What became of an input; counted up while it is read."""

    input: str
    stamp: str
    records: int = 0
    read: int = 0
    """Reports that were read whole."""
    refused: int = 0
    """Reports that couldn't be."""
    passed: dict[str, int] = field(default_factory=dict[str, int])
    """Reports that were passed over, by reason."""
    with_claims: int = 0
    claims: int = 0
    statements: int = 0
    bytes: int = 0
    """Of the input, as it is stored."""
    seconds: dict[str, float] = field(default_factory=dict[str, float])
    """How long each stage took."""
    memory_mb: int = 0
    """The most that the process had held by then."""


class Folder:
    """The folder of one bulk reading."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, settings: Settings) -> Settings:
        """Make it, or go on with it; gives the settings that it was begun with.

        Raises:
            BadInput: it holds something else, or was begun otherwise.
            NotAllowed: it can't be written.
        """
        if (self.path / SETTINGS).is_file():
            return self._go_on(settings)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            if any(self.path.iterdir()):
                raise BadInput(
                    "the folder holds something else", str(self.path), "name a new or an empty one with --out"
                )
            for name in (*(table.name for table in TABLES), INPUTS, UNDERWAY):
                (self.path / name).mkdir()
            write_whole(self.path / SETTINGS, _render({**asdict(settings), "begun": settings.begun.isoformat()}))
        except OSError as e:
            raise NotAllowed(
                f"the folder can't be written ({e.strerror})", str(self.path), "name another with --out"
            ) from e
        return settings

    def settings(self) -> Settings:
        """How it was begun.

        Raises:
            NotFound: nothing was read into it.
            Inconsistent: what says so is broken.
        """
        try:
            said: dict[str, Any] = json.loads((self.path / SETTINGS).read_text("utf-8"))
            said["begun"] = datetime.fromisoformat(said["begun"])
            return Settings(**said)
        except FileNotFoundError as e:
            raise NotFound(
                "nothing was read into this folder in bulk",
                str(self.path),
                "give a folder that `harmledger bulk … --out` wrote",
            ) from e
        except (ValueError, TypeError, KeyError) as e:
            raise Inconsistent(
                "its settings can't be read", str(self.path / SETTINGS), "begin anew in another folder"
            ) from e

    def _go_on(self, settings: Settings) -> Settings:
        before = self.settings()
        for said in ("engine", "version", "screen", "form"):
            old, new = getattr(before, said), getattr(settings, said)
            if old != new:
                what = f"it was begun with another {said} ({old}; now {new})"
                raise BadInput(what, str(self.path), "go on with the same, or name a new folder with --out")
        return before

    def find_done(self, wanted: Input) -> Done | None:
        """What became of an input, where it is done and hasn't changed since."""
        try:
            done = Done(**json.loads(self._mark(wanted.id).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return done if done.stamp == wanted.stamp and done.input == wanted.written else None

    def list_done(self) -> list[tuple[str, Done]]:
        """All inputs that are done, by their ids."""
        marks = sorted((self.path / INPUTS).glob("*.json"))
        return [(mark.stem, Done(**json.loads(mark.read_text("utf-8")))) for mark in marks]

    def mark_done(self, input_id: str, done: Done) -> None:
        """Say that an input is done, once its parts lie there."""
        write_whole(self._mark(input_id), _render(asdict(done)))

    def list_parts(self, table: Table) -> list[Path]:
        """The part files of a table, of the inputs that are done."""
        return [path for done, _ in self.list_done() if (path := self.part(table, done)).is_file()]

    def part(self, table: Table, input_id: str) -> Path:
        """Where an input's part of a table lies."""
        return self.path / table.name / f"{input_id}.parquet"

    def underway(self, input_id: str) -> Path:
        """Where it stands how far an input is."""
        return self.path / UNDERWAY / f"{input_id}.json"

    def _mark(self, input_id: str) -> Path:
        return self.path / INPUTS / f"{input_id}.json"


class Parts:
    """An input's part of each table, filled as rows come."""

    def __init__(self, folder: Folder, source: Input) -> None:
        self._folder, self._source = folder, source
        for table in TABLES:  # of a reader that was killed; one that lives on unseen has no file to rename then
            for left in (folder.path / table.name).glob(f".{source.id}.*"):
                left.unlink(missing_ok=True)
        self._sheets = {table.name: Sheet(table, self._unfinished(table)) for table in TABLES}

    def add(self, table: Table, row: Row) -> None:
        """One more row."""
        self._sheets[table.name].add(row)

    def finish(self) -> None:
        """Put the parts in their places."""
        for table in TABLES:
            self._sheets[table.name].finish()
            self._unfinished(table).replace(self._folder.part(table, self._source.id))

    def give_up(self) -> None:
        """Leave nothing behind."""
        for table in TABLES:
            self._sheets[table.name].close()
            self._unfinished(table).unlink(missing_ok=True)

    def _unfinished(self, table: Table) -> Path:
        return self._folder.path / table.name / f".{self._source.id}.{platform.node()}-{os.getpid()}.unfinished"


class Sheet:
    """One file of a table, filled as rows come."""

    def __init__(self, table: Table, path: Path) -> None:
        self._arrow, parquet = load_arrow()
        self._schema = arrow_schema(table)
        self._file = path.open("wb")
        self._writer: Any = parquet.ParquetWriter(self._file, self._schema, compression="zstd")
        self._rows: list[Row] = []
        self._bytes = 0

    def add(self, row: Row) -> None:
        """One more row."""
        self._rows.append(row)
        self._bytes += sum(len(value) for value in row.values() if isinstance(value, str | bytes))
        if len(self._rows) >= ROWS_A_GROUP or self._bytes >= BYTES_A_GROUP:
            self._write()

    def finish(self) -> None:
        """Write what waits; the file is whole then."""
        self._write()
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if not self._file.closed:
            self._writer.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()

    def _write(self) -> None:
        if self._rows:
            columns = [self._arrow.array([row.get(f.name) for row in self._rows], f.type) for f in self._schema]
            self._writer.write_table(self._arrow.Table.from_arrays(columns, schema=self._schema))
        self._rows, self._bytes = [], 0


def load_arrow() -> tuple[Any, Any]:
    """pyarrow and its Parquet.

    Raises:
        EngineFailed: it isn't installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as e:
        raise EngineFailed(
            "bulk reading needs pyarrow, which isn't installed", "bulk", "install harmledger[bulk]"
        ) from e
    return pa, pq


def arrow_schema(table: Table) -> Any:
    """The table's schema, with what each column says."""
    pa, _ = load_arrow()
    types = {"date32[day]": pa.date32(), "timestamp[us, tz=UTC]": pa.timestamp("us", "UTC")}
    made = [
        pa.field(c.name, types.get(c.type) or pa.type_for_alias(c.type.value), metadata={"description": c.about})
        for c in table.columns
    ]
    return pa.schema(made, metadata={"description": table.about, "form": str(FORM)})


def read_rows(paths: Iterable[Path], columns: list[str] | None = None, *, rows: int = 500) -> Iterator[Row]:
    """The rows of part files, in order, some hundred in memory at a time."""
    _, pq = load_arrow()
    for path in paths:
        with pq.ParquetFile(path) as part:
            for batch in part.iter_batches(batch_size=rows, columns=columns):
                yield from batch.to_pylist()


def write_table(table: Table, path: Path, rows: Iterable[Row]) -> None:
    """A table's file, there whole or not at all."""
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    sheet = Sheet(table, unfinished)
    try:
        for row in rows:
            sheet.add(row)
        sheet.finish()
    finally:
        sheet.close()
    unfinished.replace(path)


def write_whole(path: Path, content: bytes) -> None:
    """A file that is there whole, or not at all."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _render(said: dict[str, Any]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
