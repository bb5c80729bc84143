"""Replies of which a filter elsewhere is told what moderators decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reply_tellings",
        sa.Column("reply_id", sa.String(length=64), nullable=False),
        sa.Column("spam", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.reply_id"], name=op.f("fk_reply_tellings_reply_id")),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_reply_tellings")),
    )
    op.create_index(op.f("ix_reply_tellings_due"), "reply_tellings", ["due"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("reply_tellings")
