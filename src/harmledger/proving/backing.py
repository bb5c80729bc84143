"""`backup`: a whole copy of a ledger, made while it is used.

The rows are of one moment; the bytes that they name were on the disk before them, and are never changed. A backup has its name when it is
whole, so that one that is broken off leaves those before as they were. Blobs that are there already aren't copied again.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Table

from harmledger import __version__
from harmledger.domain.backup import Backup, DumpedTable
from harmledger.errors import HarmledgerError, Inconsistent, NotAllowed
from harmledger.ids import document_id
from harmledger.proving.backup_files import BLOB_LIST, LIST, TABLES, UNFINISHED, name_of, render_list
from harmledger.proving.blobs import list_named
from harmledger.proving.looking import Looking, Watch, unwatched
from harmledger.store import Ledger
from harmledger.store.blobs import Blobs
from harmledger.store.dumped import dump_rows, list_dumped
from harmledger.store.ledger import BLOBS, GAZETTEER, OUTLETS, SITE_KEY
from harmledger.store.schema import REVISIONS

PACKING = 6
OWNER_ONLY = 0o700
"""A backup holds what the database holds: password hashes, mail addresses, what is closed to the public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was made."""

    folder: Path
    backup: Backup
    copied: int
    """Blobs that weren't there yet."""


def back_up(
    ledger: Ledger, to: Path, *, now: Callable[[], datetime], with_key: bool = True, watch: Watch = unwatched
) -> Made:
    """Copy a ledger into a folder beside its earlier backups.

    Raises:
        NotAllowed: it can't be written there.
        Inconsistent: a row can't be read.
    """
    made = now().astimezone(UTC)
    stamp = f"{made:%Y-%m-%dT%H%M%SZ}"
    unfinished = to / f"{UNFINISHED}{stamp}-{os.getpid()}"
    try:
        _clear(to)
        (to / BLOBS).mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY)
        (unfinished / TABLES).mkdir(parents=True, mode=OWNER_ONLY)
        unfinished.chmod(OWNER_ONLY)
        with ledger.reading() as connection:
            tables = {each.name: table for each, table in _dump_all(connection, unfinished, watch)}
            named = list_named(Looking(ledger=ledger, connection=connection))
        blobs = Blobs(to / BLOBS)
        kept, missing, copied = _copy_blobs(ledger, blobs, named, watch)
        _write(unfinished / BLOB_LIST, (f"{blob} {size}\n" for blob, size in kept))
        _copy_beside(ledger.folder, unfinished, with_key=with_key)
        backup = Backup(
            made=made.isoformat(),
            program=f"harmledger {__version__}",
            schema=REVISIONS[-1],
            tables=tables,
            files={p.name: _hash(p) for p in sorted(unfinished.iterdir()) if p.is_file()},
            blobs=len(kept),
            blob_bytes=sum(size for _, size in kept),
            missing=tuple(missing),
        )
        return Made(folder=_finish(unfinished, to, stamp, backup), backup=backup, copied=copied)
    except OSError as e:
        raise NotAllowed(f"the backup can't be written ({e.strerror})", str(to), "name another folder") from e
    except ValueError as e:
        raise Inconsistent(f"a row can't be read ({e})", ledger.where, "see what fails with `harmledger verify`") from e
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _dump_all(connection: Connection, folder: Path, watch: Watch) -> Iterator[tuple[Table, DumpedTable]]:
    every = list_dumped()
    for number, table in enumerate(every):
        watch("rows", number, len(every))
        rows, digest = _write(folder / TABLES / f"{table.name}.jsonl.gz", dump_rows(connection, table))
        yield table, DumpedTable(rows=rows, sha256=digest)


def _write(path: Path, lines: Iterable[str]) -> tuple[int, str]:
    """Lines, packed; how many, and what they hash to unpacked. They are on the disk when this ends."""
    count, digest = 0, hashlib.sha256()
    with path.open("wb") as file:
        with gzip.GzipFile("", "wb", PACKING, file, mtime=0) as packed:
            for line in lines:
                content = line.encode()
                digest.update(content)
                packed.write(content)
                count += 1
        file.flush()
        os.fsync(file.fileno())
    return count, digest.hexdigest()


def _copy_blobs(
    ledger: Ledger, blobs: Blobs, named: Iterable[str], watch: Watch
) -> tuple[list[tuple[str, int]], list[str], int]:
    """The blobs that are there with their sizes, those that aren't whole, and how many were copied."""
    kept: list[tuple[str, int]] = []
    missing: list[str] = []
    copied, wanted = 0, sorted(named)
    for number, blob in enumerate(wanted):
        watch("blobs", number, len(wanted))
        path = blobs.path(blob)
        if not _is_copied(path, ledger.blobs.path(blob)):
            path.unlink(missing_ok=True)
            try:
                blobs.put(ledger.blobs.get(blob))
            except HarmledgerError:
                missing.append(blob)
                continue
            copied += 1
        kept.append((blob, path.stat().st_size))
    return kept, missing, copied


def _is_copied(copy: Path, blob: Path) -> bool:
    """Whether a blob is there already, as long as in the ledger; whether its bytes are whole `check_backup` tells."""
    try:
        return copy.stat().st_size == blob.stat().st_size
    except OSError:
        return copy.is_file() and not blob.is_file()


def _copy_beside(ledger: Path, folder: Path, *, with_key: bool) -> None:
    """The places and the outlets that the user added, as they are at one moment; and the site's key."""
    if (ledger / GAZETTEER).is_file():
        with (
            closing(sqlite3.connect(ledger / GAZETTEER)) as there,
            closing(sqlite3.connect(folder / GAZETTEER)) as copy,
        ):
            there.backup(copy)
    if (ledger / OUTLETS).is_file():
        shutil.copy(ledger / OUTLETS, folder / OUTLETS)
    if with_key and (ledger / SITE_KEY).is_file():
        shutil.copy(ledger / SITE_KEY, folder / SITE_KEY)


def _finish(unfinished: Path, to: Path, stamp: str, backup: Backup) -> Path:
    content = render_list(backup)
    with (unfinished / LIST).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    folder = to / f"{stamp}-{name_of(content)}"
    unfinished.rename(folder)
    return folder


def _hash(path: Path) -> str:
    return document_id(path.read_bytes())


def _clear(to: Path) -> None:
    """Take away what broken-off backups left."""
    with suppress(OSError):
        for path in to.glob(f"{UNFINISHED}*"):
            shutil.rmtree(path, ignore_errors=True)
