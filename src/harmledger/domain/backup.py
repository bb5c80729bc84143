"""A copy of a ledger from which it can be brought back: what it holds, and what each part of it hashes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Backup", "DumpedTable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpedTable:
    """One table's rows, as lines."""

    rows: int
    sha256: str
    """Of the lines, unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup's list says."""

    made: str
    """In UTC."""
    program: str
    schema: str
    """The revision of the tables."""
    tables: Mapping[str, DumpedTable]
    files: Mapping[str, str]
    """SHA-256 of each other file of the backup."""
    blobs: int
    blob_bytes: int
    missing: tuple[str, ...]
    """Blobs that rows name and the ledger hadn't, whole."""
