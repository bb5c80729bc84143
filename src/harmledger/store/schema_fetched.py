"""The tables of what was fetched: every attempt, and how each capture came.

An attempt is a line of a log. What came stands apart: WARC records in the blobs, named here, which are never altered.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from harmledger.store.schema import CAPTURES, DOCUMENTS, Moment
from harmledger.store.schema_replies import METADATA

__all__ = ["FETCHES", "METADATA", "PROVENANCES"]

_ID = String(64)

PROVENANCES = Table(
    "provenances",
    METADATA,
    Column("capture_id", _ID, ForeignKey(CAPTURES.c.capture_id), primary_key=True),
    Column("record_id", _ID, nullable=False, comment="SHA-256 of the WARC records; they lie in blobs under it"),
    Column("bytes", Integer, nullable=False, comment="of those records"),
    Column("url", Text, nullable=False, comment="where it was in the end"),
    Column("status", Integer, nullable=False),
    Column("address", String(64), comment="the network address that answered"),
    Column("by", Text, nullable=False, comment="program and version that fetched it"),
)

FETCHES = Table(
    "fetches",
    METADATA,
    Column("sequence", Integer, primary_key=True, comment="order of filing"),
    Column("url", Text, nullable=False, comment="as it was asked for"),
    Column("started", Moment, nullable=False),
    Column("seconds", Float),
    Column("outcome", String(32), nullable=False),
    Column("status", Integer),
    Column("message", Text, comment="why nothing came"),
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), index=True, comment="what came, new or as before"),
    Column("capture_id", _ID, ForeignKey(CAPTURES.c.capture_id)),
    Column("etag", Text),
    Column("last_modified", Text, comment="as the server wrote it"),
    Column("retry", Moment, comment="not before, as the server asks"),
    Index(None, "url", "sequence"),
    Index(None, "outcome", "sequence"),
)
