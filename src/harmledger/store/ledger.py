"""A ledger: a folder that keeps every report's bytes, its readings, and what was refused.

    ledger/ledger.sqlite       documents, captures, readings, claims, statements, dropped passages, refusals; or a PostgreSQL database
    ledger/blobs/ab/cd…        captured bytes by their SHA-256
    ledger/gazetteer.sqlite    places that the user added
    ledger/site.key            chance that the site signs forms with, made when it is first served
    ledger/outbox/             letters that the site writes, where no mail server is named
    ledger/outlets.toml        news sources that the user added
    ledger/watch.lock          held by the run that watches

One transaction a report, its bytes on the disk before it. What is there already is not added again: the same bytes from the same source, and
what an engine found before.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, Insert, Table, bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from harmledger.config import OUTBOX
from harmledger.domain import Capture, Reading, Refused
from harmledger.errors import BadInput, NotAllowed, NotFound
from harmledger.ids import refusal_id
from harmledger.publish.record import render_record
from harmledger.store.blobs import Blobs
from harmledger.store.database import WRITING, locate_database, open_database, render_location, told_plainly
from harmledger.store.rows import Row, claim_row, dropped_row, provenance_row, reading_row, statement_row
from harmledger.store.schema import CAPTURES, CLAIMS, DOCUMENTS, DROPPED, READINGS, REFUSALS, STATEMENTS, TEXTS
from harmledger.store.schema_fetched import PROVENANCES

DATABASE = "ledger.sqlite"
BLOBS = "blobs"
GAZETTEER = "gazetteer.sqlite"
_FIRST_CAPTURE = select(CAPTURES.c.capture_id, CAPTURES.c.fetched).where(
    CAPTURES.c.document_id == bindparam("document_id"), CAPTURES.c.source == bindparam("source")
)
SITE_KEY = "site.key"
WATCH_LOCK = "watch.lock"
OUTLETS = "outlets.toml"
_OURS = (DATABASE, BLOBS, GAZETTEER, SITE_KEY, OUTBOX, WATCH_LOCK, OUTLETS)


class Ledger:
    """Keeps what became of each report. Safe to kill at any moment; readable by other processes while written."""

    def __init__(self, folder: Path, engine: Engine, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self.where = render_location(engine.url)
        self.blobs = Blobs(folder / BLOBS)
        self._engine = engine
        self._now = now

    def keep(self, capture: Capture | None, result: Reading | Refused) -> Reading | Refused:
        """Keep a report and its reading, or its refusal; gives it as the ledger has it (an earlier capture of the same source stays).

        Raises:
            SourceFailed: the ledger can't be written; nothing of this report is in it then.
        """
        if isinstance(result, Refused) or capture is None:
            return self._keep_refused(result) if isinstance(result, Refused) else result
        with told_plainly(self.where):
            self.keep_bytes(capture.content)
            with self.writing() as connection:
                kept = self._keep_capture(connection, capture)
                _keep_reading(connection, result, filed=self._now())
        return replace(result, document=replace(result.document, **kept))

    def file(self, capture: Capture, note: Callable[[Connection, Capture, bool], None]) -> Capture:
        """Keep a capture before anybody reads it, so that its bytes outlive whatever reading it does; gives it as the ledger has it.

        `note` adds to the same transaction, told whether the capture is new.

        Raises:
            SourceFailed: the ledger can't be written; nothing of this capture is in it then.
        """
        with told_plainly(self.where):
            self.keep_bytes(capture.content)
            with self.writing() as connection:
                kept = self._keep_capture(connection, capture)
                filed = replace(capture, **kept)
                note(connection, filed, filed.capture_id == capture.capture_id)
        return filed

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A view of the ledger as it stands now, whatever others write meanwhile."""
        with told_plainly(self.where), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """One transaction: all of it is kept, or nothing."""
        with self._engine.execution_options(**{WRITING: True}).begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the files."""
        self._engine.dispose()

    def keep_bytes(self, content: bytes) -> None:
        """Keep a document's bytes, before any row names them.

        Raises:
            NotAllowed: they can't be written.
        """
        try:
            self.blobs.put(content)
        except OSError as e:
            raise _not_writable(self.folder, e) from e

    def _keep_capture(self, connection: Connection, capture: Capture) -> Row:
        """The capture's row, and how it came; another fetch of the same bytes from the same source adds neither, and the first one's id and time are given."""
        row = {"document_id": capture.document_id, "source": capture.source}
        document = {"media": capture.media.value, "bytes": len(capture.content), "filed": self._now()}
        add_new(connection, DOCUMENTS, {"document_id": capture.document_id, **document})
        added = add_new(connection, CAPTURES, {"capture_id": capture.capture_id, "fetched": capture.fetched, **row})
        if added and capture.provenance:
            self.keep_bytes(capture.provenance.records)
            add_new(connection, PROVENANCES, provenance_row(capture.capture_id, capture.provenance))
        first = connection.execute(_FIRST_CAPTURE, row).one()
        return {"capture_id": first.capture_id, "fetched": first.fetched}

    def _keep_refused(self, refused: Refused) -> Refused:
        row = {"source": refused.source, "given_id": refused.id, "kind": refused.kind, "message": refused.message}
        with told_plainly(self.where), self.writing() as connection:
            add_new(connection, REFUSALS, {**row, "refusal_id": refusal_id(refused), "filed": self._now()})
        return refused


def open_ledger(folder: Path, *, now: Callable[[], datetime], database: str = "") -> Ledger:
    """The ledger in a folder, its rows in the database of that address if one is given; where there is none it is made.

    Raises:
        BadInput: the folder or the database holds something else, or a newer harmledger's ledger.
        NotAllowed: it can't be made or written there.
        SourceFailed: the database can't be reached.
    """
    url = locate_database(folder / DATABASE, database)
    try:
        _refuse_others(folder)
        folder.mkdir(parents=True, exist_ok=True)
        Blobs(folder / BLOBS).create()
    except OSError as e:
        raise _not_writable(folder, e) from e
    engine = open_database(url)
    assert engine is not None  # noqa: S101  it was made
    return Ledger(folder, engine, now)


def get_ledger(folder: Path, *, now: Callable[[], datetime], database: str = "") -> Ledger:
    """The ledger that is there already.

    Raises:
        NotFound: there is none.
        SourceFailed: the database can't be reached.
    """
    url = locate_database(folder / DATABASE, database)
    known = bool(database) or (folder / DATABASE).is_file()
    engine = open_database(url, make=not database) if known else None
    if engine is None:
        where = render_location(url) if database else str(folder)
        raise NotFound("there is no ledger here", where, "read a report into it first, or name another with --ledger")
    return Ledger(folder, engine, now)


def _refuse_others(folder: Path) -> None:
    """A mistyped folder is told before anything is written into it."""
    if folder.exists() and not folder.is_dir():
        raise BadInput("a ledger is a folder, and this is a file", str(folder), "name a folder with --ledger")
    if not folder.exists() or (folder / DATABASE).exists():
        return
    others = sorted(path.name for path in folder.iterdir() if path.name not in _OURS)
    if others:
        raise BadInput(
            f"the folder is no ledger (it holds {others[0]})", str(folder), "name a new or an empty one with --ledger"
        )


def _not_writable(folder: Path, error: OSError) -> NotAllowed:
    return NotAllowed(
        f"the ledger can't be written ({error.strerror})", str(folder), "name another folder with --ledger"
    )


# --- rows ------------------------------------------------------------------------------------------------------------


def _keep_reading(connection: Connection, reading: Reading, *, filed: datetime) -> None:
    """A reading with all it found; the same one again adds nothing."""
    record = render_record(reading)
    row = {**reading_row(reading, record), "filed": filed}
    add_new(connection, TEXTS, {"text_id": row["text_id"], "text": reading.document.text})
    if not add_new(connection, READINGS, row):
        return
    every = {"reading_id": row["reading_id"]}
    _add_all(connection, DROPPED, every, map(dropped_row, reading.dropped))
    every["document_id"] = row["document_id"]
    _add_all(connection, CLAIMS, every, map(claim_row, record["claims"], reading.claims))
    _add_all(connection, STATEMENTS, every, map(statement_row, record["statements"]))


def add_new(connection: Connection, table: Table, row: Row) -> bool:
    """Add a row unless it is there; tells whether it was added."""
    return connection.execute(insert_new(table, connection.dialect.name), row).rowcount == 1


def _add_all(connection: Connection, table: Table, every: Row, rows: Iterable[Row]) -> None:
    numbered = [{**every, **row, "position": position} for position, row in enumerate(rows)]
    if numbered:
        connection.execute(insert(table), numbered)


@cache
def insert_new(table: Table, dialect: str) -> Insert:
    """An insert that passes over what is there, in the words of the database; one that asks for no new key tells how many rows it added."""
    words = sqlite if dialect == "sqlite" else postgresql
    return words.insert(table).on_conflict_do_nothing().inline().execution_options(preserve_rowcount=True)
