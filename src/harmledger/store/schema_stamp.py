"""The tables of trusted time: roots over what is kept, the leaves under each, and who attests them.

A root and its leaves are never altered. A stamp is a line for each authority that a root is to be attested by: it is wanted, then held or tried again.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from harmledger.store.schema import Moment
from harmledger.store.schema_watch import METADATA

__all__ = ["METADATA", "STAMPS", "STAMP_LEAVES", "STAMP_ROOTS"]

_ID = String(64)

STAMP_ROOTS = Table(
    "stamp_roots",
    METADATA,
    Column("sequence", Integer, primary_key=True, comment="order of making"),
    Column("root", _ID, nullable=False, unique=True, comment="Merkle root over its leaves (RFC 6962)"),
    Column("made", Moment, nullable=False, comment="by this machine's clock"),
    Column("leaves", Integer, nullable=False),
    Column("alone", Boolean, nullable=False, comment="over one capture, for evidence that must stand by itself"),
)

STAMP_LEAVES = Table(
    "stamp_leaves",
    METADATA,
    Column("sequence", Integer, ForeignKey(STAMP_ROOTS.c.sequence), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False, comment="a capture, the root before, or a log's head"),
    Column("subject", _ID, nullable=False, comment="the capture's id, the root, or the head; whole as it was hashed"),
    Column("document_id", _ID, comment="of a capture"),
    Column("record_id", _ID, comment="of a capture that came over the web"),
    Column("entries", Integer, comment="of a log's head: entries that it had"),
    Index(None, "kind", "subject"),
)

STAMPS = Table(
    "stamps",
    METADATA,
    Column("sequence", Integer, ForeignKey(STAMP_ROOTS.c.sequence), primary_key=True, autoincrement=False),
    Column("kind", String(16), primary_key=True),
    Column("authority", Text, primary_key=True, comment="its address"),
    Column("state", String(16), nullable=False, index=True),
    Column("asked", Moment, nullable=False, comment="last, by this machine's clock"),
    Column("content_id", _ID, comment="SHA-256 of the token or the .ots file; it lies in blobs under it"),
    Column("anchors_id", _ID, comment="SHA-256 of the root certificates it was checked against; they lie in blobs"),
    Column("time", Moment, comment="the token's own: the root existed by then"),
    Column("height", Integer, comment="of the block that a proof names"),
    Column("message", Text, comment="why it failed"),
)
