"""Names that are struck from whatever is shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of rulings."""
    op.create_table(
        "withheld",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("when", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_withheld")),
    )
    op.create_index(op.f("ix_withheld_folded_sequence"), "withheld", ["folded", "sequence"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index(op.f("ix_withheld_folded_sequence"), "withheld")
    op.drop_table("withheld")
