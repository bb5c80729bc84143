"""What was fetched, when, and how each capture came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "provenances",
        sa.Column("capture_id", sa.String(length=64), nullable=False),
        sa.Column("record_id", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64)),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.capture_id"], name=op.f("fk_provenances_capture_id")),
        sa.PrimaryKeyConstraint("capture_id", name=op.f("pk_provenances")),
    )
    op.create_table(
        "fetches",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Float()),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("message", sa.Text()),
        sa.Column("document_id", sa.String(length=64)),
        sa.Column("capture_id", sa.String(length=64)),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("retry", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name=op.f("fk_fetches_document_id")),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.capture_id"], name=op.f("fk_fetches_capture_id")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_fetches")),
    )
    op.create_index(op.f("ix_fetches_document_id"), "fetches", ["document_id"])
    op.create_index(op.f("ix_fetches_url_sequence"), "fetches", ["url", "sequence"])
    op.create_index(op.f("ix_fetches_outcome_sequence"), "fetches", ["outcome", "sequence"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("fetches")
    op.drop_table("provenances")
