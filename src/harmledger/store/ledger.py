"""A ledger: a folder that keeps every report's bytes, its readings, and what was refused.

    ledger/ledger.sqlite       documents, captures, readings, claims, statements, dropped passages, refusals; or a PostgreSQL database
    ledger/blobs/ab/cd…        captured bytes by their SHA-256
    ledger/gazetteer.sqlite    places that the user added
    ledger/site.key            chance that the site signs forms with, made when it is first served
    ledger/outbox/             letters that the site writes, where no mail server is named
    ledger/outlets.toml        news sources that the user added
    ledger/watch.lock          held by the run that watches

One transaction a report, its bytes on the disk before it. What is there already is not added again: the same bytes from the same source, unless
its page said something else between, and what an engine found before.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, insert, inspect, select, update
from sqlalchemy.exc import OperationalError

from harmledger.config import OUTBOX
from harmledger.domain import Capture, Reading, Refused
from harmledger.errors import BadInput, NotAllowed, NotFound
from harmledger.ids import document_id, page_id, refusal_id
from harmledger.publish.record import render_record
from harmledger.store.adding import add_new
from harmledger.store.blobs import Blobs
from harmledger.store.database import WAIT_MS, WRITING, locate_database, open_database, render_location, told_plainly
from harmledger.store.forgotten import find_barred, strip_source
from harmledger.store.rows import Row, claim_row, dropped_row, provenance_row, reading_row, statement_row
from harmledger.store.schema import CAPTURES, CLAIMS, DOCUMENTS, DROPPED, READINGS, REFUSALS, STATEMENTS, TEXTS
from harmledger.store.schema_fetched import PROVENANCES
from harmledger.store.schema_proved import METADATA
from harmledger.store.touched import touch_put_back
from harmledger.text.address import find_page

DATABASE = "ledger.sqlite"
BLOBS = "blobs"
GAZETTEER = "gazetteer.sqlite"
WORDS = "search_words"
"""The table of words that are searched, which is made in each database's own way (see `index`)."""
_SAME_CAPTURES = (
    select(CAPTURES.c.capture_id, CAPTURES.c.fetched)
    .where(CAPTURES.c.document_id == bindparam("document_id"), CAPTURES.c.source == bindparam("source"))
    .order_by(CAPTURES.c.fetched, CAPTURES.c.capture_id)
)
_BEFORE = (
    select(CAPTURES.c.document_id)
    .where(CAPTURES.c.page_id == bindparam("page"), CAPTURES.c.fetched <= bindparam("fetched"))
    .order_by(CAPTURES.c.fetched.desc(), CAPTURES.c.capture_id.desc())
    .limit(1)
)
"""What stood at a page when it was fetched."""
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

        What was forgotten isn't taken in again, by its bytes or by its clean text: its refusal is given.

        Raises:
            SourceFailed: the ledger can't be written; nothing of this report is in it then.
        """
        if isinstance(result, Refused) or capture is None:
            return self._keep_refused(result) if isinstance(result, Refused) else result
        with told_plainly(self.where):
            if barred := self._find_barred(capture, result.document.text):
                where = strip_source(capture.source, capture.capture_id)
                return self._keep_refused(
                    Refused(source=where, id=None, kind=type(barred).__name__, message=str(barred))
                )
            self.keep_bytes(capture.content)
            with self.writing() as connection:
                kept = self._keep_capture(connection, capture, given_id=result.document.id)
                _keep_reading(connection, result, filed=self._now())
        return replace(result, document=replace(result.document, **kept))

    def file(self, capture: Capture, note: Callable[[Connection, Capture, bool], None]) -> Capture:
        """Keep a capture before anybody reads it, so that its bytes outlive whatever reading it does; gives it as the ledger has it.

        `note` adds to the same transaction, told whether the capture is new.

        Raises:
            BadInput: it was forgotten.
            SourceFailed: the ledger can't be written; nothing of this capture is in it then.
        """
        with told_plainly(self.where):
            if barred := self._find_barred(capture, None):
                raise barred
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

    def rewrite(self) -> None:
        """Have the database write itself anew, without what was deleted: no free part of its files holds any of that.

        Raises:
            SourceFailed: somebody else is using it.
        """
        with told_plainly(self.where):
            with self.reading() as connection:
                statements = list(_rewriting(connection))
            with self._engine.connect() as connection:
                raw: Any = connection.connection.driver_connection
                if connection.dialect.name != "sqlite":  # whose connections begin a transaction when they are told to
                    raw.autocommit = True
                for statement in statements:
                    _run(raw, statement)
                connection.invalidate()

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

    def _keep_capture(self, connection: Connection, capture: Capture, *, given_id: str | None = None) -> Row:
        """The capture's row, and how it came; gives the id and time of the capture that the ledger has of it.

        Another exchange that brought the same bytes from the same source adds nothing, unless the page said something else between: that it was
        put back is kept as it came, too.
        """
        row = {"document_id": capture.document_id, "source": capture.source}
        document = {"media": capture.media.value, "bytes": len(capture.content), "filed": self._now()}
        add_new(connection, DOCUMENTS, {"document_id": capture.document_id, **document})
        address = find_page(capture.source, given_id)
        page = address and page_id(address)
        known = connection.execute(_SAME_CAPTURES, row).all()
        if known and not _is_put_back(connection, capture, page):
            return _latest_by(capture, known)
        if not any(each.capture_id == capture.capture_id for each in known):
            self._add_capture(connection, capture, {**row, "page_id": page})
            if known:
                touch_put_back(connection, [capture.document_id])
        return {"capture_id": capture.capture_id, "fetched": capture.fetched}

    def _add_capture(self, connection: Connection, capture: Capture, row: Row) -> None:
        came = {"capture_id": capture.capture_id, "fetched": capture.fetched}
        if not add_new(connection, CAPTURES, {**came, **row}):
            self._take_back(connection, capture)
        elif capture.provenance:
            self.keep_bytes(capture.provenance.records)
            add_new(connection, PROVENANCES, provenance_row(capture.capture_id, capture.provenance))

    def _take_back(self, connection: Connection, capture: Capture) -> None:
        """A capture that was forgotten and let in again came as it had come then: its row says so again."""
        mine = CAPTURES.c.capture_id == capture.capture_id
        connection.execute(update(CAPTURES).where(mine).values(source=capture.source))
        if capture.provenance:
            self.keep_bytes(capture.provenance.records)
            row = provenance_row(capture.capture_id, capture.provenance)
            connection.execute(update(PROVENANCES).where(PROVENANCES.c.capture_id == capture.capture_id).values(row))

    def _find_barred(self, capture: Capture, text: str | None) -> BadInput | None:
        """Why it may not come in again: it was forgotten, by its bytes or by its clean text; None where it may."""
        text_id = None if text is None else document_id(text.encode(errors="surrogatepass"))
        with self.reading() as connection:
            stone = find_barred(connection, capture.document_id, text_id)
        if stone is None:
            return None
        remedy = f"leave it, or let it in with `harmledger forget --lift {stone.subject[:10]}`"
        if self.blobs.path(capture.document_id).exists():
            remedy += f"; its bytes were filed before they were read: forget them with `harmledger forget {capture.document_id[:10]}`"
        what = f"it was forgotten on {stone.when:%Y-%m-%d} ({stone.basis})"
        return BadInput(what, f"document {capture.document_id}", remedy)

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


def _run(raw: Any, statement: str) -> None:
    """Run what SQLAlchemy would put into a transaction, with its errors as SQLAlchemy has them."""
    try:
        raw.execute(statement).close()
    except Exception as e:  # the driver's own, whichever it is
        raise OperationalError(statement, None, e) from e


def _rewriting(connection: Connection) -> Iterator[str]:
    """What has each database write itself anew, in its own words."""
    tables = inspect(connection).get_table_names()
    if connection.dialect.name == "sqlite":
        if WORDS in tables:
            yield f"INSERT INTO {WORDS} ({WORDS}) VALUES ('optimize')"  # noqa: S608  a constant
        yield from ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
        return
    yield f"SET lock_timeout = {WAIT_MS}"
    ours = {*METADATA.tables, WORDS}
    yield from (f'VACUUM FULL "{table}"' for table in tables if table in ours)


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


def _is_put_back(connection: Connection, capture: Capture, page: str | None) -> bool:
    """Whether another document stood at the page just before, by what was kept of exchanges: a file that is read again tells nothing of a page."""
    if page is None or capture.provenance is None:
        return False
    before = connection.execute(_BEFORE, {"page": page, "fetched": capture.fetched}).scalar()
    return before not in {None, capture.document_id}


def _latest_by(capture: Capture, known: Sequence[Any]) -> Row:
    """Of captures of the same bytes the last up to this one; the first where all are later."""
    found = next((each for each in reversed(known) if each.fetched <= capture.fetched), known[0])
    return {"capture_id": found.capture_id, "fetched": found.fetched}


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


def _add_all(connection: Connection, table: Table, every: Row, rows: Iterable[Row]) -> None:
    numbered = [{**every, **row, "position": position} for position, row in enumerate(rows)]
    if numbered:
        connection.execute(insert(table), numbered)
