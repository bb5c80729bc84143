"""The tables of what is shown: worked out of the record, kept so that lists, maps and search answer at once.

Nothing here is a source: whatever a row says, the record's own tables say it, and `projecting` makes it again. Rows of incidents stand on public
documents alone. Words that are searched lie in a table that each database makes in its own way (see `index`).
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from harmledger.store.schema import DOCUMENTS, INCIDENTS, Moment
from harmledger.store.schema_accounts import METADATA

__all__ = [
    "METADATA",
    "PAGE_CHANGES",
    "SEARCHED",
    "SEARCH_TOUCHED",
    "SHOWN",
    "SHOWN_DOCUMENTS",
    "SHOWN_FACETS",
    "SHOWN_STATE",
    "SHOWN_TERMS",
    "SHOWN_TOUCHED",
]

_ID = String(64)

SHOWN = Table(
    "shown_incidents",
    METADATA,
    Column("incident_id", _ID, ForeignKey(INCIDENTS.c.incident_id), primary_key=True),
    Column("order_key", String(80), nullable=False, unique=True, comment="first day and id: the order of lists"),
    Column("title", Text),
    Column("place_id", Text, index=True),
    Column("place", Text),
    Column("country", String(2)),
    Column("admin1", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_m", Integer),
    Column("precision", String(32)),
    Column("earliest", Date),
    Column("latest", Date),
    Column("killed", Integer, comment="1 where anybody says something of it; the bounds are open where they are null"),
    Column("killed_low", BigInteger),
    Column("killed_high", BigInteger),
    Column("injured", Integer),
    Column("injured_low", BigInteger),
    Column("injured_high", BigInteger),
    Column("grade", String(16), comment="proposed by definitions; people set grades"),
    Column("claims", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("first_published", Date),
    Column("last_published", Date),
    Index(None, "earliest", "latest", "incident_id"),
    Index(None, "lat", "lon", "radius_m", "incident_id"),
)

SHOWN_TERMS = Table(
    "shown_terms",
    METADATA,
    Column("facet", String(16), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("incident_id", _ID, ForeignKey(INCIDENTS.c.incident_id), primary_key=True, index=True),
)

SHOWN_FACETS = Table(
    "shown_facets",
    METADATA,
    Column("facet", String(16), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("label", Text, nullable=False),
    Column("incidents", Integer, nullable=False, comment="how many have the term"),
    Index(None, "facet", "incidents"),
)

SHOWN_DOCUMENTS = Table(
    "shown_documents",
    METADATA,
    Column("incident_id", _ID, ForeignKey(INCIDENTS.c.incident_id), primary_key=True),
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), primary_key=True, index=True),
)

SHOWN_TOUCHED = Table(
    "shown_touched",
    METADATA,
    Column("incident_id", _ID, ForeignKey(INCIDENTS.c.incident_id), primary_key=True, comment="to be worked out anew"),
)

SHOWN_STATE = Table(
    "shown_state",
    METADATA,
    Column("state", Integer, primary_key=True, comment="1"),
    Column("version", Integer, nullable=False, comment="counts changes of what is shown"),
    Column("made", Moment, comment="when the last change was made"),
    Column("linkings", Integer, nullable=False, comment="how far the record was looked at"),
    Column("decisions", Integer, nullable=False),
    Column("readings", Integer, nullable=False),
    Column("fetches", Integer, nullable=False, server_default="0"),
)

SEARCHED = Table(
    "searched",
    METADATA,
    Column("number", Integer, primary_key=True, comment="row of the words"),
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), nullable=False, unique=True),
)

SEARCH_TOUCHED = Table(
    "search_touched",
    METADATA,
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), primary_key=True, comment="to be indexed anew"),
)

PAGE_CHANGES = Table(
    "page_changes",
    METADATA,
    Column("page_id", _ID, primary_key=True),
    Column("since", Moment, primary_key=True, comment="the fetch that found the newer version"),
    Column("older_id", _ID, ForeignKey(DOCUMENTS.c.document_id), nullable=False, index=True),
    Column("newer_id", _ID, ForeignKey(DOCUMENTS.c.document_id), nullable=False, index=True),
    Column("words_changed", Boolean, nullable=False, comment="else only markup, or what stands around the article"),
    Column("claims_changed", Integer, nullable=False),
    Column("told", JSON, nullable=False, comment="a sentence for each claim that changed"),
    Index(None, "claims_changed", "since"),
)
