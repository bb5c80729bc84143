"""Ways of signing in to reply that are joined to one person; and how the site is known at instances that visitors named."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.add_column("sign_in_links", sa.Column("joins", sa.String(length=64), nullable=True))
    op.add_column("oauth_states", sa.Column("joins", sa.String(length=64), nullable=True))
    op.create_table(
        "instance_apps",
        sa.Column("app_id", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("app_id", name=op.f("pk_instance_apps")),
    )
    op.create_index(op.f("ix_instance_apps_made"), "instance_apps", ["made"])
    op.create_index(op.f("ix_instance_apps_used"), "instance_apps", ["used"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("instance_apps")
    op.drop_column("oauth_states", "joins")
    op.drop_column("sign_in_links", "joins")
