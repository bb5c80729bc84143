"""Linkings say how many decisions the log held when they looked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Linkings made before looked at none of them: what was decided since is worked out once more."""
    op.add_column("linkings", sa.Column("decisions", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Forget how many there were."""
    op.drop_column("linkings", "decisions")
