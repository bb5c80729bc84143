"""Kept bytes against their names: every file in `blobs/` hashed, every name that rows have looked for.

Files are hashed by several threads: hashing and reading let others run meanwhile, and a process of its own takes longer to start than it saves.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from sqlalchemy import select

from harmledger.domain import Finding
from harmledger.proving.looking import FROM_BACKUP, Looking, Teller
from harmledger.store.ledger import BLOBS
from harmledger.store.schema import DOCUMENTS
from harmledger.store.schema_fetched import PROVENANCES
from harmledger.store.schema_proved import SEALS
from harmledger.store.schema_stamp import STAMPS

WORTH_THREADS = 32 << 20
"""Bytes: below, it is over before a second thread has begun."""
AT_ONCE = 64
"""Files handed to a thread at one time."""
READ_BYTES = 1 << 20
_FOLDER, _NAME = re.compile("[0-9a-f]{2}"), re.compile("[0-9a-f]{62}")
_TELL = Teller("blobs")
_NAMED = (
    (DOCUMENTS.c.document_id, "document"),
    (PROVENANCES.c.record_id, "record"),
    (SEALS.c.content_id, "seal"),
    (STAMPS.c.content_id, "stamp"),
    (STAMPS.c.anchors_id, "root certificates"),
)
"""Columns that name blobs."""
Hashed = tuple[str, str | None]
"""A path, and its content's SHA-256; nothing where it can't be read."""


def check_blobs(looking: Looking) -> Iterator[Finding]:
    """Whether every kept file is what its name says, and every file that rows name is there."""
    folder = looking.ledger.folder / BLOBS
    named = list_named(looking)
    present: set[str] = set()
    files: list[tuple[str, int]] = []
    for path in _list_files(folder):
        blob = _blob_of(path, folder)
        if blob is None:
            yield from _tell_foreign(path, folder)
        else:
            present.add(blob)
            files.append((str(path), path.stat().st_size))
    for path, digest in hash_files(files, looking):
        yield from _judge(Path(path), folder, digest, named, looking)
    for blob in sorted(named.keys() - present - looking.gone.blobs):
        what = "its bytes are missing"
        yield _TELL.fails(named[blob], blob, _place(blob), what, FROM_BACKUP)


def list_named(looking: Looking) -> dict[str, str]:
    """Every blob that a row names, and what it is."""
    return {
        str(blob): kind
        for column, kind in _NAMED
        for blob in looking.connection.execute(select(column).where(column.is_not(None))).scalars()
        if blob not in looking.gone.blobs - looking.gone.lifted
    }


def hash_files(files: Sequence[tuple[str, int]], looking: Looking) -> Iterator[Hashed]:
    """Each file's SHA-256, in order; files are given with their sizes."""
    total, done = sum(size for _, size in files), 0
    for (path, size), digest in zip(files, _hash_all(files, total, looking.jobs), strict=True):
        done += size
        looking.measured.bytes += size
        looking.measured.files += 1
        looking.watch("blobs", done, total)
        yield path, digest


def hash_file(path: str) -> str | None:
    """A file's SHA-256; nothing where it can't be read."""
    digest = hashlib.sha256()
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  half the time of a Path for small files
            while chunk := file.read(READ_BYTES):
                digest.update(chunk)
    except OSError:
        return None
    return digest.hexdigest()


def _hash_all(files: Sequence[tuple[str, int]], total: int, jobs: int) -> Iterator[str | None]:
    jobs = jobs or len(os.sched_getaffinity(0))
    if jobs == 1 or total < WORTH_THREADS:
        yield from (hash_file(path) for path, _ in files)
        return
    with ThreadPoolExecutor(jobs) as pool:
        for digests in pool.map(_hash_some, _some(path for path, _ in files)):
            yield from digests


def _hash_some(paths: Sequence[str]) -> list[str | None]:
    return [hash_file(path) for path in paths]


def _some(paths: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(paths)
    while some := list(islice(waiting, AT_ONCE)):
        yield some


def _list_files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        yield from (Path(base) / name for name in sorted(names))


def _blob_of(path: Path, folder: Path) -> str | None:
    """The hash that a file's place says; none where it lies in no place of a blob's."""
    match path.relative_to(folder).parts:
        case (first, rest) if _FOLDER.fullmatch(first) and _NAME.fullmatch(rest):
            return first + rest
        case _:
            return None


def _tell_foreign(path: Path, folder: Path) -> Iterator[Finding]:
    where = str(path.relative_to(folder))
    if where.startswith("unfinished"):
        what, remedy = (
            "a writer that was killed left it",
            "let it be: the next to open the ledger clears it a day later",
        )
    else:
        digest = hash_file(str(path)) or "nothing that can be read"
        what, remedy = f"no blob lies in such a place; it holds {digest}", "move it where it belongs, or away"
    yield _TELL.tells("file", path.name, f"{BLOBS}/{where}", what, remedy)


def _judge(path: Path, folder: Path, digest: str | None, named: dict[str, str], looking: Looking) -> Iterator[Finding]:
    blob = str(_blob_of(path, folder))
    kind, where = named.get(blob, "blob"), _place(blob)
    if digest is None:
        yield _TELL.fails(kind, blob, where, "its bytes can't be read", "check the disk and the rights, " + FROM_BACKUP)
    elif digest != blob:
        yield _TELL.fails(kind, blob, where, f"its bytes were changed: they hash to {digest}", FROM_BACKUP)
    elif blob in looking.gone.blobs and blob not in named:
        what = "it was forgotten, and its bytes are there again"
        yield _TELL.fails(kind, blob, where, what, "forget it again with `harmledger forget`")
    elif blob not in named:
        what = "nothing names it: a reading that was broken off left it, or its row is gone"
        yield _TELL.tells(kind, blob, where, what, "read its source again if it is wanted")


def _place(blob: str) -> str:
    return f"{BLOBS}/{blob[:2]}/{blob[2:]}"
