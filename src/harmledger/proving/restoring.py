"""`restore`: a ledger brought back from a backup, into either database; and whether a backup is whole, without bringing it back.

Nothing is written over: a ledger that is there stays. What was restored is read again and held against the backup's own hashes.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Table

from harmledger.domain import Finding
from harmledger.domain.backup import Backup, DumpedTable
from harmledger.errors import BadInput, Inconsistent, NotAllowed
from harmledger.projecting import bring_up
from harmledger.proving.backup_files import BLOB_LIST, TABLES, find_backup, parse_blobs, read_list
from harmledger.proving.blobs import hash_file
from harmledger.proving.looking import Measured, Teller, Watch, unwatched
from harmledger.store import Ledger, open_ledger
from harmledger.store.blobs import Blobs
from harmledger.store.dumped import dump_rows, is_blank, list_dumped, load_rows, settle_loaded
from harmledger.store.ledger import BLOBS, GAZETTEER, OUTLETS, SITE_KEY
from harmledger.store.schema import REVISIONS

_TELL = Teller("backup")
_ANOTHER = "take another backup"
_BROKEN = (OSError, EOFError, ValueError, zlib.error)
"""What reading a damaged file breaks with."""
_KEY_MODE = 0o600


def check_backup(at: Path, *, watch: Watch = unwatched, measured: Measured | None = None) -> Iterator[Finding]:
    """Whether a backup is whole: its list, its rows, its files, and every blob that belongs to it.

    Raises:
        NotFound: there is none.
        Inconsistent: its list was changed.
    """
    folder = find_backup(at)
    backup, measured = read_list(folder), measured or Measured()
    for name, digest in backup.files.items():
        if hash_file(str(folder / name)) != digest:
            yield _TELL.fails("file", name, str(folder), "it was changed, or is missing", _ANOTHER)
    for name, dumped in backup.tables.items():
        if _measure(folder, name) != (dumped.rows, dumped.sha256):
            yield _TELL.fails("table", name, f"{folder}/{TABLES}", "its rows were changed, or can't be read", _ANOTHER)
    yield from _check_blobs(folder, backup, watch, measured)
    for blob in backup.missing:
        yield _TELL.fails("blob", blob, str(folder), "the ledger hadn't got it whole when it was backed up", _ANOTHER)


def restore(
    at: Path, folder: Path, *, now: Callable[[], datetime], database: str = "", watch: Watch = unwatched
) -> Backup:
    """Bring a ledger back into a new folder, its rows into that database if one is named; gives the backup that it was.

    Raises:
        NotAllowed: there is something already, or it can't be written.
        Inconsistent: the backup isn't whole; what is lost is told by `check_backup`.
        BadInput: it was made by another schema.
    """
    source = find_backup(at)
    backup = read_list(source)
    if backup.schema != REVISIONS[-1]:
        what = f"the backup is of schema {backup.schema}, and this version works on {REVISIONS[-1]}"
        raise BadInput(what, str(source), f"restore it by {backup.program}, and open the ledger with this version")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotAllowed("there is something already", str(folder), "name a new folder with --ledger")
    beside = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    ledger = open_ledger(beside, now=now, database=database)
    try:
        _fill(ledger, source, backup, watch)
        bring_up(ledger, now=now)
    except _BROKEN as e:
        what = f"the backup can't be read whole ({' '.join(str(e).split())[:120]})"
        raise Inconsistent(what, str(source), "see what is lost with `harmledger verify --backup`") from e
    finally:
        ledger.close()
    if folder.exists():
        folder.rmdir()
    beside.rename(folder)
    return backup


def _fill(ledger: Ledger, source: Path, backup: Backup, watch: Watch) -> None:
    with ledger.reading() as connection:
        if not is_blank(connection):
            raise NotAllowed("the database holds a ledger already", ledger.where, "name an empty one with --database")
    kept = Blobs(source.parent / BLOBS)
    for number, (blob, _) in enumerate(_list_blobs(source)):
        watch("blobs", number, backup.blobs)
        ledger.keep_bytes(kept.get(blob))
    for name in (GAZETTEER, OUTLETS, SITE_KEY):
        if name in backup.files:
            shutil.copy(source / name, ledger.folder / name)
            (ledger.folder / name).chmod(_KEY_MODE)
    with ledger.writing() as connection:
        for table in list_dumped():
            watch("rows", 0, 0)
            if table.name in backup.tables:
                load_rows(connection, table, _lines(source, table.name))
        settle_loaded(connection)
    with ledger.reading() as connection:
        for table in list_dumped():
            _compare(table, _digest(dump_rows(connection, table)), backup)


def _compare(table: Table, now: tuple[int, str], backup: Backup) -> None:
    """Hold what was restored against what the backup says.

    Raises:
        Inconsistent: they differ.
    """
    then = backup.tables.get(table.name, DumpedTable(rows=0, sha256=hashlib.sha256().hexdigest()))
    if now != (then.rows, then.sha256):
        what = f"{now[0]} rows were restored that aren't the backup's {then.rows}"
        raise Inconsistent(what, table.name, "see what is lost with `harmledger verify --backup`")


def _check_blobs(folder: Path, backup: Backup, watch: Watch, measured: Measured) -> Iterator[Finding]:
    kept, count = Blobs(folder.parent / BLOBS), 0
    try:
        for count, (blob, size) in enumerate(_list_blobs(folder), 1):
            watch("blobs", count, backup.blobs)
            measured.files, measured.bytes = measured.files + 1, measured.bytes + size
            if hash_file(str(kept.path(blob))) != blob:
                where = f"{BLOBS}/{blob[:2]}/{blob[2:]}"
                yield _TELL.fails("blob", blob, where, "its bytes were changed, or are missing", _ANOTHER)
    except _BROKEN:
        yield _TELL.fails("file", BLOB_LIST, str(folder), "it can't be read", _ANOTHER)
    if count != backup.blobs:
        yield _TELL.fails("file", BLOB_LIST, str(folder), f"it names {count} blobs, not {backup.blobs}", _ANOTHER)


def _measure(folder: Path, table: str) -> tuple[int, str] | None:
    try:
        return _digest(_lines(folder, table))
    except _BROKEN:
        return None


def _digest(lines: Iterator[str]) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
        count += 1
    return count, digest.hexdigest()


def _lines(folder: Path, table: str) -> Iterator[str]:
    with gzip.open(folder / TABLES / f"{table}.jsonl.gz", "rt", encoding="utf-8", newline="\n") as lines:
        yield from lines


def _list_blobs(folder: Path) -> Iterator[tuple[str, int]]:
    with gzip.open(folder / BLOB_LIST, "rt", encoding="ascii") as lines:
        yield from parse_blobs(iter(lines))
