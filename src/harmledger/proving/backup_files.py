"""The files of a backup: where each lies, and how its list is written and read.

DEST/blobs/ab/cd…                         captured bytes by their SHA-256, shared by all backups there
DEST/2026-01-31T020000Z-0123456789ab/     one backup: the moment, and the beginning of its list's SHA-256
    backup.json                           the list: tables, files, counts and hashes
    tables/NAME.jsonl.gz                  a table's rows
    blobs.txt.gz                          the blobs that belong to it
    gazetteer.sqlite, site.key            as the ledger's folder has them
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from harmledger.domain.backup import Backup, DumpedTable
from harmledger.errors import BadInput, Inconsistent, NotFound
from harmledger.ids import plain

LIST, TABLES, BLOB_LIST = "backup.json", "tables", "blobs.txt.gz"
UNFINISHED = ".unfinished-"
"""A backup that is being made begins so, or one that was broken off."""
FORM = 1
"""Of the files; another number is another form."""
NAME_DIGITS = 12
"""Of the list's SHA-256 in the folder's name: a list that was changed is told by it."""


def render_list(backup: Backup) -> bytes:
    """The list as it is written."""
    return (json.dumps({"form": FORM, **_fields(backup)}, indent=1, sort_keys=True) + "\n").encode()


def read_list(folder: Path) -> Backup:
    """The list of one backup.

    Raises:
        NotFound: there is none.
        Inconsistent: it was changed since.
        BadInput: it is of another form.
    """
    path = folder / LIST
    try:
        content = path.read_bytes()
    except OSError as e:
        raise NotFound("there is no backup here", str(folder), "name the folder that `harmledger backup` wrote") from e
    if not folder.name.endswith(f"-{name_of(content)}"):
        raise Inconsistent("the backup's list was changed", str(path), "take another backup")
    said: dict[str, Any] = json.loads(content)
    if said.pop("form", None) != FORM:
        raise BadInput("the backup is of a form that this version doesn't know", str(path), "take a newer harmledger")
    tables = {name: DumpedTable(**each) for name, each in said.pop("tables").items()}
    missing: Any = tuple(said.pop("missing"))
    return Backup(**said, tables=tables, missing=missing)


def find_backup(at: Path) -> Path:
    """The backup at a place: itself, or the last whole one in it.

    Raises:
        NotFound: there is none.
    """
    if (at / LIST).is_file():
        return at
    if whole := list_backups(at):
        return whole[-1]
    raise NotFound("there is no backup here", str(at), "name the folder that `harmledger backup` wrote to")


def list_backups(at: Path) -> list[Path]:
    """The whole backups in a folder, the oldest first."""
    with suppress(OSError):
        return sorted(p for p in at.iterdir() if not p.name.startswith(UNFINISHED) and (p / LIST).is_file())
    return []


def name_of(content: bytes) -> str:
    """What of a list's hash stands in its folder's name."""
    return hashlib.sha256(content).hexdigest()[:NAME_DIGITS]


def parse_blobs(lines: Iterator[str]) -> Iterator[tuple[str, int]]:
    """Hash and size of the blobs of a backup."""
    for line in lines:
        blob, _, size = line.partition(" ")
        yield blob, int(size)


def _fields(backup: Backup) -> dict[str, Any]:
    fields = plain(backup)
    assert isinstance(fields, dict)  # noqa: S101  a dataclass becomes one
    return fields
