"""The tables of what is watched: listings that are looked at again and again, and the pages found in them.

A page's row is where it stands on its way into the ledger, and changes; what was fetched and when stands in `fetches`, and doesn't.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from harmledger.store.schema import CAPTURES, Moment
from harmledger.store.schema_fetched import METADATA

__all__ = ["FRONTIER", "METADATA", "WATCHED"]

_ID = String(64)

WATCHED = Table(
    "watched",
    METADATA,
    Column("listing_id", _ID, primary_key=True, comment="hash of source and address"),
    Column("source", Text, nullable=False, index=True, comment="name of the watched source"),
    Column("url", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("depth", Integer, nullable=False, comment="of a sitemap: how many indexes are above it"),
    Column("due", Moment, comment="when to look next; null where an index tells it"),
    Column("checked", Moment, comment="when it last gave something or was found unchanged"),
    Column("tries", Integer, nullable=False, comment="failures in a row"),
    Column("outcome", String(32), comment="of the last look"),
    Column("message", Text, comment="why the last look gave nothing"),
    Column("found", Integer, nullable=False, comment="new pages it has given"),
    Column("etag", Text),
    Column("last_modified", Text, comment="as the server wrote it"),
)

FRONTIER = Table(
    "frontier",
    METADATA,
    Column("page_id", _ID, primary_key=True, comment="hash of the address without scheme and last slash"),
    Column("url", Text, nullable=False, comment="as it is fetched"),
    Column("host", Text, nullable=False),
    Column("source", Text, nullable=False, comment="name of the watched source that it came by"),
    Column("published", Moment, comment="as the listing says"),
    Column("title", Text, comment="as the listing says"),
    Column("found", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("due", Moment, comment="not before"),
    Column("tries", Integer, nullable=False, comment="failures in a row"),
    Column("visits", Integer, nullable=False, comment="how often it was fetched well"),
    Column("first", Moment, comment="when it first was"),
    Column("capture_id", _ID, ForeignKey(CAPTURES.c.capture_id), index=True, comment="filed and not read yet"),
    Column("charset", String(64), comment="in which the server says that capture is"),
    Index(None, "state", "host", "due"),
)
