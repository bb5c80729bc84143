"""A page that was put back is captured again: the same bytes from the same source, each time that the page said something else between."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_UNIQUE = "uq_captures_document_id_source"
_INDEX = "ix_captures_document_id_source"
_AGAIN = (
    "SELECT c.capture_id FROM captures c JOIN captures f ON f.document_id = c.document_id AND f.source = c.source"
    " AND (f.fetched < c.fetched OR (f.fetched = c.fetched AND f.capture_id < c.capture_id))"
)
"""All captures of the same bytes from the same source but the first."""
_FIRST = (
    "SELECT f.capture_id FROM captures f JOIN captures c ON f.document_id = c.document_id AND f.source = c.source"
    " WHERE c.capture_id = {table}.capture_id ORDER BY f.fetched, f.capture_id LIMIT 1"
)


def upgrade() -> None:
    """Let a document be captured from one source more than once."""
    if op.get_bind().dialect.name == "sqlite":
        _make_anew()
    else:
        op.drop_constraint(op.f(_UNIQUE), "captures")
    op.create_index(op.f(_INDEX), "captures", ["document_id", "source"])


def downgrade() -> None:
    """Keep the first capture of each, and point to that."""
    for table in ("fetches", "frontier"):
        first = _FIRST.format(table=table)
        op.execute(f"UPDATE {table} SET capture_id = ({first}) WHERE capture_id IN ({_AGAIN})")  # noqa: S608  constants
    op.execute(f"DELETE FROM provenances WHERE capture_id IN ({_AGAIN})")  # noqa: S608  a constant
    op.execute(f"DELETE FROM captures WHERE capture_id IN ({_AGAIN})")  # noqa: S608  a constant
    op.drop_index(op.f(_INDEX), "captures")
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(sa.UniqueConstraint("document_id", "source", name=op.f(_UNIQUE)))
    else:
        op.create_unique_constraint(op.f(_UNIQUE), "captures", ["document_id", "source"])


def _make_anew(*more: sa.Constraint) -> None:
    """SQLite takes no constraint out of a table: the table is made again under its name, and what points to it holds once its rows are back."""
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.create_index(
        "ix_fetches_capture_id_meanwhile", "fetches", ["capture_id"]
    )  # else each row is looked for in all of them
    op.execute("CREATE TABLE captures_meanwhile AS SELECT * FROM captures")
    op.drop_table("captures")
    op.create_table(
        "captures",
        sa.Column("capture_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("fetched", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page_id", sa.String(length=64)),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name=op.f("fk_captures_document_id")),
        sa.PrimaryKeyConstraint("capture_id", name=op.f("pk_captures")),
        *more,
    )
    op.create_index(op.f("ix_captures_page_id_fetched"), "captures", ["page_id", "fetched"])
    columns = "capture_id, document_id, source, fetched, page_id"
    op.execute(f"INSERT INTO captures ({columns}) SELECT {columns} FROM captures_meanwhile")  # noqa: S608  a constant
    op.drop_table("captures_meanwhile")
    op.drop_index("ix_fetches_capture_id_meanwhile", "fetches")
