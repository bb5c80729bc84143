"""Independent recorders' data sets, in tables of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of reference sets and their incidents."""
    _make_sets()
    _make_incidents()


def downgrade() -> None:
    """Take both away, with all they hold."""
    op.drop_table("reference_incidents")
    op.drop_table("reference_sets")


def _make_sets() -> None:
    op.create_table(
        "reference_sets",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("recorder", sa.String(length=16), nullable=False),
        sa.Column("content_id", sa.String(length=64), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_reference_sets")),
        sa.UniqueConstraint("reference_id", name=op.f("uq_reference_sets_reference_id")),
    )
    op.create_index(op.f("ix_reference_sets_name"), "reference_sets", ["name"])


def _make_incidents() -> None:
    op.create_table(
        "reference_incidents",
        sa.Column("reference_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=False),
        sa.Column("latest", sa.Date(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference_id"],
            ["reference_sets.reference_id"],
            name=op.f("fk_reference_incidents_reference_id"),
        ),
        sa.PrimaryKeyConstraint("reference_id", "position", name=op.f("pk_reference_incidents")),
    )
    for columns in (["reference_id", "earliest"], ["reference_id", "code"]):
        op.create_index(op.f(f"ix_reference_incidents_{'_'.join(columns)}"), "reference_incidents", columns)
