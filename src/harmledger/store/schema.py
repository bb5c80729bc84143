"""The tables of a ledger: one schema for SQLite and PostgreSQL.

Rows are only ever added. What a reading found is kept whole as JSON, in the claim record's shape, beside the columns that are searched by.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)

REVISIONS = tuple(f"{number:04}" for number in range(1, 25))
"""Migrations in order; the last is the schema below."""

LIGHTNESS = (
    "((confidence - 1) * CASE WHEN coalesce(high, low, 0) >= 100 THEN 4 WHEN coalesce(high, low, 0) >= 20 THEN 3 "
    "WHEN coalesce(high, low, 0) >= 5 THEN 2 ELSE 1 END)"
)
"""The negative of what a look at a claim is worth (`review.queue.weigh`), as databases work it out: the review desk's queue is read off an index over it."""
_ID = String(64)


class Moment(TypeDecorator[datetime]):
    """A time in UTC, on databases that keep zones and on SQLite, which doesn't."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("document_id", _ID, primary_key=True, comment="SHA-256 of the captured bytes; they lie in blobs under it"),
    Column("media", String(16), nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("filed", Moment, nullable=False),
)

CAPTURES = Table(
    "captures",
    METADATA,
    Column("capture_id", _ID, primary_key=True),
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), nullable=False),
    Column("source", Text, nullable=False),
    Column("fetched", Moment, nullable=False),
    Column("page_id", _ID, comment="hash of the address by which versions of one page are found; NULL: not of the web"),
    Index(None, "document_id", "source"),
    Index(None, "page_id", "fetched"),
)

TEXTS = Table(
    "texts",
    METADATA,
    Column("text_id", _ID, primary_key=True, comment="SHA-256 of the clean text in UTF-8"),
    Column("text", Text, nullable=False, comment="what offsets count in"),
)

READINGS = Table(
    "readings",
    METADATA,
    Column(
        "sequence", Integer, primary_key=True, comment="order of filing; of a document's readings the last is current"
    ),
    Column("reading_id", _ID, nullable=False, unique=True, comment="hash of what was read, by what; not of how sure"),
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), nullable=False, index=True),
    Column("text_id", _ID, ForeignKey(TEXTS.c.text_id), nullable=False),
    Column("engine", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("filed", Moment, nullable=False),
    Column("given_id", Text, index=True, comment="the report's own id"),
    Column("title", Text),
    Column("publisher", Text),
    Column("language", String(16)),
    Column("published", Date),
    Column("record", JSON, nullable=False, comment="the document's record, less its text and capture"),
)

CLAIMS = Table(
    "claims",
    METADATA,
    Column("claim_id", _ID, primary_key=True),
    Column("reading_id", _ID, ForeignKey(READINGS.c.reading_id), primary_key=True),
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), nullable=False),
    Column("position", Integer, nullable=False, comment="among the reading's claims"),
    Column("harm", String(32), nullable=False),
    Column("low", BigInteger),
    Column("high", BigInteger),
    Column("kind", String(16)),
    Column("scope", String(16), nullable=False),
    Column("polarity", String(16), nullable=False),
    Column("place_id", Text),
    Column("country", String(2)),
    Column("lat", Float),
    Column("lon", Float),
    Column("earliest", Date),
    Column("latest", Date),
    Column("actor_id", Text),
    Column("claimant_id", Text),
    Column("confidence", Float, nullable=False),
    Column("record", JSON, nullable=False),
    Column("reasons", JSON, nullable=False, comment="why it was read so, one a line"),
    Index(None, "reading_id", "position"),
    Index(None, "country", "earliest"),
    Index(None, "place_id", "earliest"),
    Index(None, "actor_id", "earliest"),
    Index(None, "claimant_id"),
    Index("ix_claims_lightness", text(LIGHTNESS), "claim_id"),
    Index(None, "document_id"),
)

STATEMENTS = Table(
    "statements",
    METADATA,
    Column("statement_id", _ID, primary_key=True),
    Column("reading_id", _ID, ForeignKey(READINGS.c.reading_id), primary_key=True),
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("speaker_id", Text, index=True),
    Column("target_id", Text),
    Column("record", JSON, nullable=False),
    Index(None, "reading_id", "position"),
)

DROPPED = Table(
    "dropped",
    METADATA,
    Column("reading_id", _ID, ForeignKey(READINGS.c.reading_id), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("reason", Text, nullable=False),
)

REFUSALS = Table(
    "refusals",
    METADATA,
    Column("refusal_id", _ID, primary_key=True, comment="hash of source, id, kind and message"),
    Column("source", Text, nullable=False),
    Column("given_id", Text),
    Column("kind", String(32), nullable=False),
    Column("message", Text, nullable=False),
    Column("filed", Moment, nullable=False),
)

REFERENCES = Table(
    "reference_sets",
    METADATA,
    Column("sequence", Integer, primary_key=True, comment="order of adding; of a name's sets the last is current"),
    Column("reference_id", _ID, nullable=False, unique=True, comment="hash of name, content, licence and citation"),
    Column("name", Text, nullable=False, index=True),
    Column("recorder", String(16), nullable=False),
    Column("content_id", _ID, nullable=False, comment="SHA-256 of the file's uncompressed bytes"),
    Column("licence", Text, nullable=False),
    Column("citation", Text, nullable=False),
    Column("added", Moment, nullable=False),
)

RECORDED = Table(
    "reference_incidents",
    METADATA,
    Column("reference_id", _ID, ForeignKey(REFERENCES.c.reference_id), primary_key=True),
    Column("position", Integer, primary_key=True, comment="among the set's incidents"),
    Column("code", Text, nullable=False, comment="the recorder's own"),
    Column("earliest", Date, nullable=False),
    Column("latest", Date, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("record", JSON, nullable=False, comment="a RecordedIncident; never a claim"),
    Index(None, "reference_id", "earliest"),
    Index(None, "reference_id", "code"),
)

LINKINGS = Table(
    "linkings",
    METADATA,
    Column(
        "linking",
        Integer,
        primary_key=True,
        comment="order of linking; rows below stand until a later one's replace them",
    ),
    Column("filed", Moment, nullable=False),
    Column("weights", Text, nullable=False, comment="how the weights were learned"),
    Column("claims", Integer, nullable=False),
    Column("incidents", Integer, nullable=False),
    Column(
        "decisions", Integer, nullable=False, server_default="0", comment="how many the log held when it was looked at"
    ),
)

INCIDENTS = Table(
    "incidents",
    METADATA,
    Column("incident_id", _ID, primary_key=True, comment="hash of the founding claim, minted once"),
    Column("founding_claim", _ID, nullable=False),
    Column("linking", Integer, ForeignKey(LINKINGS.c.linking), nullable=False),
    Column("position", Integer, nullable=False, comment="order of minting within the linking"),
)

INCIDENT_CLAIMS = Table(
    "incident_claims",
    METADATA,
    Column("claim_id", _ID, primary_key=True),
    Column("linking", Integer, ForeignKey(LINKINGS.c.linking), primary_key=True),
    Column("incident_id", _ID, ForeignKey(INCIDENTS.c.incident_id), index=True, comment="null: in none any longer"),
)

INCIDENT_POINTERS = Table(
    "incident_pointers",
    METADATA,
    Column("incident_id", _ID, ForeignKey(INCIDENTS.c.incident_id), primary_key=True),
    Column("onward_id", _ID, ForeignKey(INCIDENTS.c.incident_id), primary_key=True),
    Column("linking", Integer, ForeignKey(LINKINGS.c.linking), primary_key=True),
    Column("why", String(16), nullable=False, comment="merged, or split"),
)

LINKS = Table(
    "links",
    METADATA,
    Column("left_claim", _ID, primary_key=True, comment="first claim of a report's telling"),
    Column("right_claim", _ID, primary_key=True),
    Column("linking", Integer, ForeignKey(LINKINGS.c.linking), primary_key=True),
    Column("score", Float, nullable=False, comment="how likely both are of one event"),
    Column("reasons", JSON, nullable=False, comment="of each feature its value and what it adds to the odds"),
)

ECHOES = Table(
    "echoes",
    METADATA,
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), primary_key=True),
    Column("linking", Integer, ForeignKey(LINKINGS.c.linking), primary_key=True),
    Column("original_id", _ID, ForeignKey(DOCUMENTS.c.document_id), comment="null: a copy of none any longer"),
    Column("shared", Float, nullable=False, comment="share of the shorter text that stands in the other"),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("sequence", Integer, primary_key=True, comment="order of the log"),
    Column("decision_id", _ID, nullable=False, unique=True, comment="hash of the columns that follow, as they stand"),
    Column("before", _ID, nullable=False, unique=True, comment="the decision before; unique, so that no log forks"),
    Column("subject", _ID, nullable=False, index=True, comment="a claim, an entered claim, a document or a victim"),
    Column("verdict", String(16), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("when", String(32), nullable=False, comment="UTC, in the letters that were hashed"),
    Column("replaces", _ID, comment="a decision of the same subject that no longer counts"),
    Column("value", Text, comment="JSON, in the letters that were hashed: a field and its value, or another claim"),
)

ENTERED = Table(
    "entered",
    METADATA,
    Column("entry_id", _ID, primary_key=True, comment="hash of the columns that follow; who entered it is in the log"),
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), nullable=False, index=True),
    Column("quote", Text, nullable=False),
    Column("start", Integer, comment="where the quote stands; NULL in a document without text"),
    Column("end", Integer),
    Column("harm", String(32), nullable=False),
    Column("low", BigInteger),
    Column("high", BigInteger),
    Column("kind", String(16), nullable=False),
    Column("group", String(32)),
    Column("scope", String(16), nullable=False),
    Column("polarity", String(16), nullable=False),
    Column("place", Text),
    Column("earliest", Date),
    Column("latest", Date),
    Column("actor", Text),
    Column("means", String(32)),
    Column("claimant", Text),
)

VICTIMS = Table(
    "victims",
    METADATA,
    Column("victim_id", _ID, primary_key=True, comment="hash of the columns that follow, with chance in the salt"),
    Column("salt", String(64), nullable=False),
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), nullable=False, index=True),
    Column("quote", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("names", JSON, nullable=False, comment="every spelling; withheld unless the log releases it"),
    Column("age", Text),
    Column("sex", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("claims", JSON, nullable=False, comment="ids of the claims that count this person"),
)

TOLD = Table(
    "told",
    METADATA,
    Column("sequence", Integer, ForeignKey(READINGS.c.sequence), primary_key=True, autoincrement=False),
    Column("by", String(16), primary_key=True, comment="what told it: another does so anew"),
    Column("earliest", Date, comment="of the days its tellings speak of, or else were published"),
    Column("latest", Date),
    Column("left_out", Integer, nullable=False, comment="claims that count several events"),
    Index(None, "earliest", "latest"),
)

TELLINGS = Table(
    "tellings",
    METADATA,
    Column("sequence", Integer, ForeignKey(READINGS.c.sequence), primary_key=True, autoincrement=False),
    Column("by", String(16), primary_key=True),
    Column(
        "record", JSON, nullable=False, comment="what the reading tells of each event: all that linking needs of it"
    ),
    Column("shingles", LargeBinary, nullable=False, comment="hashes of its five-word sequences, which copies share"),
)

MARKS = Table(
    "marks",
    METADATA,
    Column("mark", BigInteger, primary_key=True, autoincrement=False, comment="hash of a word, a place or a band"),
    Column("sequence", Integer, ForeignKey(READINGS.c.sequence), primary_key=True, autoincrement=False),
)

LINKED = Table(
    "linked",
    METADATA,
    Column("sequence", Integer, ForeignKey(READINGS.c.sequence), primary_key=True, autoincrement=False),
    Column("linking", Integer, ForeignKey(LINKINGS.c.linking), nullable=False, comment="the first that it was in"),
)

WORD_COUNTS = Table(
    "word_counts",
    METADATA,
    Column("word", Text, primary_key=True, comment="folded; the empty word counts all reports"),
    Column("linking", Integer, ForeignKey(LINKINGS.c.linking), primary_key=True),
    Column("reports", Integer, nullable=False, comment="how many hold it"),
)

WITHHELD = Table(
    "withheld",
    METADATA,
    Column("sequence", Integer, primary_key=True, comment="order of ruling; of a name the last one stands"),
    Column("name", Text, nullable=False, comment="a spelling; with * at its end, whatever it ends with"),
    Column("folded", Text, nullable=False, comment="the name as it is compared"),
    Column("held", Boolean, nullable=False, comment="struck from whatever is shown; else lifted again"),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("when", Moment, nullable=False),
    Index(None, "folded", "sequence"),
)

CHANGES = Table(
    "changes",
    METADATA,
    Column("sequence", Integer, primary_key=True, comment="order of happening"),
    Column("what", String(32), nullable=False, comment="what changed that pages show and no log above tells"),
    Column("subject", _ID, comment="a document, where it is of one alone"),
)
