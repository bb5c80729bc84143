"""What is watched: listings, and the pages found in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "watched",
        sa.Column("listing_id", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True)),
        sa.Column("checked", sa.DateTime(timezone=True)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=32)),
        sa.Column("message", sa.Text()),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.PrimaryKeyConstraint("listing_id", name=op.f("pk_watched")),
    )
    op.create_index(op.f("ix_watched_source"), "watched", ["source"])
    op.create_table(
        "frontier",
        sa.Column("page_id", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True)),
        sa.Column("title", sa.Text()),
        sa.Column("found", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("first", sa.DateTime(timezone=True)),
        sa.Column("capture_id", sa.String(length=64)),
        sa.Column("charset", sa.String(length=64)),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.capture_id"], name=op.f("fk_frontier_capture_id")),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_frontier")),
    )
    op.create_index(op.f("ix_frontier_capture_id"), "frontier", ["capture_id"])
    op.create_index(op.f("ix_frontier_state_host_due"), "frontier", ["state", "host", "due"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("frontier")
    op.drop_table("watched")
