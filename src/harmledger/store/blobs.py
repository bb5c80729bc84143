"""Captured bytes in files named by their own hash: written whole or not at all, never changed.

A killed writer leaves at most a file in `blobs/unfinished`, which the next one to open the ledger a day later takes away.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from harmledger.errors import Inconsistent, NotFound
from harmledger.ids import document_id

UNFINISHED_SECONDS = 24 * 3600
"""Older unfinished files belong to nobody who is still writing."""


class Blobs:
    """A folder of bytes under `ab/cd…`, by SHA-256."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unfinished = folder / "unfinished"

    def create(self) -> None:
        """Make the folder, and clear what killed writers left in it."""
        self._unfinished.mkdir(parents=True, exist_ok=True)
        stale = time.time() - UNFINISHED_SECONDS
        for path in self._unfinished.iterdir():
            if path.stat().st_mtime < stale:
                path.unlink(missing_ok=True)

    def put(self, content: bytes) -> str:
        """Keep the bytes under their hash: all of them are on the disk before they have that name."""
        blob = document_id(content)
        path = self.path(blob)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._unfinished.mkdir(exist_ok=True)
            _write_whole(content, path, self._unfinished)
        return blob

    def get(self, blob: str) -> bytes:
        """The bytes kept under a hash.

        Raises:
            NotFound: there are none.
            Inconsistent: they were changed since.
        """
        path = self.path(blob)
        try:
            content = path.read_bytes()
        except FileNotFoundError as e:
            raise NotFound(
                "the captured bytes are missing", str(path), "put them back from a copy of the ledger"
            ) from e
        if document_id(content) != blob:
            raise Inconsistent("the captured bytes were changed", str(path), "put them back from a copy of the ledger")
        return content

    def remove(self, blob: str) -> bool:
        """Take bytes away that were lawfully forgotten; tells whether there were any."""
        path = self.path(blob)
        there = path.exists()
        path.unlink(missing_ok=True)
        return there

    def path(self, blob: str) -> Path:
        """Where the bytes of that hash lie, or would."""
        return self._folder / blob[:2] / blob[2:]


def _write_whole(content: bytes, path: Path, unfinished: Path) -> None:
    handle, name = tempfile.mkstemp(dir=unfinished)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
