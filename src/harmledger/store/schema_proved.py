"""The tables of what a ledger can prove of itself: seals over its rows, and what was forgotten and why.

Both are logs whose rows name the one before by its hash, as decisions do.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from harmledger.store.schema_stamp import METADATA

__all__ = ["FORGOTTEN", "METADATA", "SEALS"]

_ID = String(64)

SEALS = Table(
    "seals",
    METADATA,
    Column("sequence", Integer, primary_key=True, comment="order of sealing"),
    Column("seal_id", _ID, nullable=False, unique=True, comment="hash of the columns that follow"),
    Column("before", _ID, nullable=False, unique=True, comment="the seal before; unique, so that no log forks"),
    Column("made", String(32), nullable=False, comment="UTC, in the letters that were hashed"),
    Column("rows", BigInteger, nullable=False, comment="how many it seals that were new or had lawfully changed"),
    Column("content_id", _ID, nullable=False, comment="SHA-256 of those rows' digests; they lie in blobs under it"),
)

FORGOTTEN = Table(
    "forgotten",
    METADATA,
    Column("sequence", Integer, primary_key=True, comment="order of forgetting"),
    Column("forgotten_id", _ID, nullable=False, unique=True, comment="hash of the columns that follow"),
    Column("before", _ID, nullable=False, unique=True, comment="the row before; unique, so that no log forks"),
    Column("kind", String(16), nullable=False, comment="document; lifted where it may come in again"),
    Column("subject", _ID, nullable=False, index=True),
    Column("basis", Text, nullable=False, comment="the law or the request"),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("when", String(32), nullable=False, comment="UTC, in the letters that were hashed"),
    Column("held", Text, nullable=False, comment="JSON: ids of all that went, and hashes of what is left"),
)
