"""Seals over rows, and what was forgotten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "seals",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("seal_id", sa.String(length=64), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("content_id", sa.String(length=64), nullable=False),
        *_keys("seals", "seal_id"),
    )
    op.create_table(
        "forgotten",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("forgotten_id", sa.String(length=64), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("when", sa.String(length=32), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        *_keys("forgotten", "forgotten_id"),
    )
    op.create_index(op.f("ix_forgotten_subject"), "forgotten", ["subject"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("forgotten")
    op.drop_table("seals")


def _keys(table: str, own: str) -> list[sa.Constraint]:
    unique = [sa.UniqueConstraint(name, name=op.f(f"uq_{table}_{name}")) for name in (own, "before")]
    return [sa.PrimaryKeyConstraint("sequence", name=op.f(f"pk_{table}")), *unique]
