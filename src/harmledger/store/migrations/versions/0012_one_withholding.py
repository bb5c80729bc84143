"""Names are withheld in one way: search asks what is struck, and needs no table of its own. Where any is, reports are indexed anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ID = sa.String(length=64)
_ALL_ANEW = sa.text(
    "INSERT INTO search_touched (document_id) SELECT document_id FROM documents"
    " WHERE document_id NOT IN (SELECT document_id FROM search_touched)"
    " AND (EXISTS (SELECT 1 FROM withheld) OR EXISTS (SELECT 1 FROM victims))"
)


def upgrade() -> None:
    """Drop the table, and note what is to be indexed."""
    op.drop_index(op.f("ix_search_withheld_victim_id"), "search_withheld")
    op.drop_table("search_withheld")
    op.get_bind().execute(_ALL_ANEW)


def downgrade() -> None:
    """Make it again, empty: the next indexing fills it."""
    op.create_table(
        "search_withheld",
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("victim_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.document_id"], name=op.f("fk_search_withheld_document_id")
        ),
        sa.PrimaryKeyConstraint("document_id", "victim_id", name=op.f("pk_search_withheld")),
    )
    op.create_index(op.f("ix_search_withheld_victim_id"), "search_withheld", ["victim_id"], unique=False)
