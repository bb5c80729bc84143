"""Versions of a page are found by its address, and what changed from one to the next is kept for lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from harmledger.ids import page_id
from harmledger.text.address import find_page

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

AT_ONCE = 1_000
_WORDS_ANEW = sa.text(
    "INSERT INTO search_touched (document_id) SELECT DISTINCT document_id FROM captures"
    " WHERE page_id IN (SELECT page_id FROM captures GROUP BY page_id HAVING COUNT(DISTINCT document_id) > 1)"
    " AND document_id NOT IN (SELECT document_id FROM search_touched)"
)
_INCIDENTS_ANEW = sa.text(
    "INSERT INTO shown_touched (incident_id) SELECT DISTINCT i.incident_id FROM incident_claims i"
    " JOIN claims l ON l.claim_id = i.claim_id JOIN captures c ON c.document_id = l.document_id"
    " WHERE c.page_id IN (SELECT page_id FROM captures GROUP BY page_id HAVING COUNT(DISTINCT document_id) > 1)"
    " AND i.incident_id IS NOT NULL AND i.incident_id NOT IN (SELECT incident_id FROM shown_touched)"
)


def upgrade() -> None:
    """Name the page of each capture, make the table, and note what is to be worked out anew."""
    op.add_column("captures", sa.Column("page_id", sa.String(length=64)))
    op.create_index(op.f("ix_captures_page_id_fetched"), "captures", ["page_id", "fetched"])
    op.add_column("shown_state", sa.Column("fetches", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "page_changes",
        sa.Column("page_id", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("older_id", sa.String(length=64), nullable=False),
        sa.Column("newer_id", sa.String(length=64), nullable=False),
        sa.Column("words_changed", sa.Boolean(), nullable=False),
        sa.Column("claims_changed", sa.Integer(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["older_id"], ["documents.document_id"], name=op.f("fk_page_changes_older_id")),
        sa.ForeignKeyConstraint(["newer_id"], ["documents.document_id"], name=op.f("fk_page_changes_newer_id")),
        sa.PrimaryKeyConstraint("page_id", "since", name=op.f("pk_page_changes")),
    )
    op.create_index(op.f("ix_page_changes_older_id"), "page_changes", ["older_id"])
    op.create_index(op.f("ix_page_changes_newer_id"), "page_changes", ["newer_id"])
    op.create_index(op.f("ix_page_changes_claims_changed_since"), "page_changes", ["claims_changed", "since"])
    connection = op.get_bind()
    _name_pages(connection)
    connection.execute(_WORDS_ANEW)
    connection.execute(_INCIDENTS_ANEW)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("page_changes")
    op.drop_column("shown_state", "fetches")
    op.drop_index(op.f("ix_captures_page_id_fetched"), "captures")
    op.drop_column("captures", "page_id")


def _name_pages(connection: sa.Connection) -> None:
    """Of each capture of the web the page; one that came from a file goes by what its giver calls it."""
    every = sa.text(
        "SELECT c.capture_id, c.source, r.given_id FROM captures c LEFT JOIN readings r ON r.document_id = c.document_id"
        " WHERE (lower(c.source) LIKE 'http%' OR lower(r.given_id) LIKE 'http%') AND c.capture_id > :after ORDER BY c.capture_id LIMIT :most"
    )
    name = sa.text("UPDATE captures SET page_id = :page WHERE capture_id = :capture")
    after = ""
    while rows := connection.execute(every, {"after": after, "most": AT_ONCE}).all():
        pages = {row.capture_id: page for row in rows if (page := find_page(row.source, row.given_id))}
        if pages:
            connection.execute(name, [{"capture": at, "page": page_id(page)} for at, page in pages.items()])
        after = rows[-1].capture_id
