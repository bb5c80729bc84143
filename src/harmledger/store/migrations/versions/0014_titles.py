"""Incidents in short are called by what and where, and no longer by one report's headline: all of them are worked out anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ALL_ANEW = sa.text(
    "INSERT INTO shown_touched (incident_id) SELECT incident_id FROM shown_incidents"
    " WHERE incident_id NOT IN (SELECT incident_id FROM shown_touched)"
)


def upgrade() -> None:
    """Note them; they follow behind the pages, or by `harmledger index`."""
    op.get_bind().execute(_ALL_ANEW)


def downgrade() -> None:
    """The same, for the version that calls them otherwise."""
    op.get_bind().execute(_ALL_ANEW)
