"""What people decide: the log, the claims they enter, the victims that reports name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the review."""
    _make_decisions()
    _make_entered()
    _make_victims()


def downgrade() -> None:
    """Take them away, with all that people decided."""
    for table in ("victims", "entered", "decisions"):
        op.drop_table(table)


def _make_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.String(length=64), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("when", sa.String(length=32), nullable=False),
        sa.Column("replaces", sa.String(length=64), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_decisions")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_decisions_decision_id")),
        sa.UniqueConstraint("before", name=op.f("uq_decisions_before")),
    )
    op.create_index(op.f("ix_decisions_subject"), "decisions", ["subject"], unique=False)
    op.create_index(op.f("ix_decisions_verdict"), "decisions", ["verdict"], unique=False)


def _make_entered() -> None:
    op.create_table(
        "entered",
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("harm", sa.String(length=32), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("group", sa.String(length=32), nullable=True),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("polarity", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("means", sa.String(length=32), nullable=True),
        sa.Column("claimant", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name=op.f("fk_entered_document_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entered")),
    )
    op.create_index(op.f("ix_entered_document_id"), "entered", ["document_id"], unique=False)


def _make_victims() -> None:
    op.create_table(
        "victims",
        sa.Column("victim_id", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("age", sa.Text(), nullable=True),
        sa.Column("sex", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name=op.f("fk_victims_document_id")),
        sa.PrimaryKeyConstraint("victim_id", name=op.f("pk_victims")),
    )
    op.create_index(op.f("ix_victims_document_id"), "victims", ["document_id"], unique=False)
