"""Trusted time: roots over what is kept, and who attests them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "stamp_roots",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_stamp_roots")),
        sa.UniqueConstraint("root", name=op.f("uq_stamp_roots_root")),
    )
    op.create_table(
        "stamp_leaves",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64)),
        sa.Column("record_id", sa.String(length=64)),
        sa.Column("entries", sa.Integer()),
        sa.ForeignKeyConstraint(["sequence"], ["stamp_roots.sequence"], name=op.f("fk_stamp_leaves_sequence")),
        sa.PrimaryKeyConstraint("sequence", "position", name=op.f("pk_stamp_leaves")),
    )
    op.create_index(op.f("ix_stamp_leaves_kind_subject"), "stamp_leaves", ["kind", "subject"])
    op.create_table(
        "stamps",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_id", sa.String(length=64)),
        sa.Column("anchors_id", sa.String(length=64)),
        sa.Column("time", sa.DateTime(timezone=True)),
        sa.Column("height", sa.Integer()),
        sa.Column("message", sa.Text()),
        sa.ForeignKeyConstraint(["sequence"], ["stamp_roots.sequence"], name=op.f("fk_stamps_sequence")),
        sa.PrimaryKeyConstraint("sequence", "kind", "authority", name=op.f("pk_stamps")),
    )
    op.create_index(op.f("ix_stamps_state"), "stamps", ["state"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("stamps")
    op.drop_table("stamp_leaves")
    op.drop_table("stamp_roots")
