"""The first ledger: documents, captures, readings and what they found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make all tables, those first that others point to."""
    _make_documents()
    _make_refusals()
    _make_texts()
    _make_captures()
    _make_readings()
    _make_claims()
    _make_dropped()
    _make_statements()


def downgrade() -> None:
    """Take all tables away, with all they hold."""
    for table in ("statements", "dropped", "claims", "readings", "captures", "texts", "refusals", "documents"):
        op.drop_table(table)


def _make_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("media", sa.String(length=16), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("filed", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_documents")),
    )


def _make_refusals() -> None:
    op.create_table(
        "refusals",
        sa.Column("refusal_id", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("given_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("filed", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("refusal_id", name=op.f("pk_refusals")),
    )


def _make_texts() -> None:
    op.create_table(
        "texts",
        sa.Column("text_id", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_texts")),
    )


def _make_captures() -> None:
    op.create_table(
        "captures",
        sa.Column("capture_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("fetched", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name=op.f("fk_captures_document_id")),
        sa.PrimaryKeyConstraint("capture_id", name=op.f("pk_captures")),
        sa.UniqueConstraint("document_id", "source", name=op.f("uq_captures_document_id_source")),
    )


def _make_readings() -> None:
    op.create_table(
        "readings",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("text_id", sa.String(length=64), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("filed", _MOMENT, nullable=False),
        sa.Column("given_id", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name=op.f("fk_readings_document_id")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.text_id"], name=op.f("fk_readings_text_id")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_readings")),
        sa.UniqueConstraint("reading_id", name=op.f("uq_readings_reading_id")),
    )
    op.create_index(op.f("ix_readings_document_id"), "readings", ["document_id"], unique=False)
    op.create_index(op.f("ix_readings_given_id"), "readings", ["given_id"], unique=False)


def _make_claims() -> None:
    op.create_table(
        "claims",
        sa.Column("claim_id", sa.String(length=64), nullable=False),
        sa.Column("reading_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("harm", sa.String(length=32), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("polarity", sa.String(length=16), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("claimant_id", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name=op.f("fk_claims_document_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.reading_id"], name=op.f("fk_claims_reading_id")),
        sa.PrimaryKeyConstraint("claim_id", "reading_id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_actor_id_earliest"), "claims", ["actor_id", "earliest"], unique=False)
    op.create_index(op.f("ix_claims_claimant_id"), "claims", ["claimant_id"], unique=False)
    op.create_index(op.f("ix_claims_country_earliest"), "claims", ["country", "earliest"], unique=False)
    op.create_index(op.f("ix_claims_place_id_earliest"), "claims", ["place_id", "earliest"], unique=False)
    op.create_index(op.f("ix_claims_reading_id_position"), "claims", ["reading_id", "position"], unique=False)


def _make_dropped() -> None:
    op.create_table(
        "dropped",
        sa.Column("reading_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.reading_id"], name=op.f("fk_dropped_reading_id")),
        sa.PrimaryKeyConstraint("reading_id", "position", name=op.f("pk_dropped")),
    )


def _make_statements() -> None:
    op.create_table(
        "statements",
        sa.Column("statement_id", sa.String(length=64), nullable=False),
        sa.Column("reading_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("speaker_id", sa.Text(), nullable=True),
        sa.Column("target_id", sa.Text(), nullable=True),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name=op.f("fk_statements_document_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.reading_id"], name=op.f("fk_statements_reading_id")),
        sa.PrimaryKeyConstraint("statement_id", "reading_id", name=op.f("pk_statements")),
    )
    op.create_index(op.f("ix_statements_reading_id_position"), "statements", ["reading_id", "position"], unique=False)
    op.create_index(op.f("ix_statements_speaker_id"), "statements", ["speaker_id"], unique=False)
