"""What linking keeps of each report, so that it needs no report's text twice: what is told, marks to find it by, and words counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; the next linking fills them."""
    _make_told()
    _make_tellings()
    _make_marks()
    _make_linked()
    _make_word_counts()


def downgrade() -> None:
    """Take them away: all they hold follows from the reports."""
    for table in ("word_counts", "linked", "marks", "tellings", "told"):
        op.drop_table(table)


def _make_told() -> None:
    op.create_table(
        "told",
        _sequence(),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("left_out", sa.Integer(), nullable=False),
        _to_reading("told"),
        sa.PrimaryKeyConstraint("sequence", "by", name=op.f("pk_told")),
    )
    op.create_index(op.f("ix_told_earliest_latest"), "told", ["earliest", "latest"], unique=False)


def _make_tellings() -> None:
    op.create_table(
        "tellings",
        _sequence(),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("shingles", sa.LargeBinary(), nullable=False),
        _to_reading("tellings"),
        sa.PrimaryKeyConstraint("sequence", "by", name=op.f("pk_tellings")),
    )


def _make_marks() -> None:
    op.create_table(
        "marks",
        sa.Column("mark", sa.BigInteger(), nullable=False, autoincrement=False),
        _sequence(),
        _to_reading("marks"),
        sa.PrimaryKeyConstraint("mark", "sequence", name=op.f("pk_marks")),
    )


def _make_linked() -> None:
    op.create_table(
        "linked",
        _sequence(),
        sa.Column("linking", sa.Integer(), nullable=False),
        _to_reading("linked"),
        _to_linking("linked"),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_linked")),
    )


def _make_word_counts() -> None:
    op.create_table(
        "word_counts",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("linking", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        _to_linking("word_counts"),
        sa.PrimaryKeyConstraint("word", "linking", name=op.f("pk_word_counts")),
    )


def _sequence() -> sa.Column[int]:
    return sa.Column("sequence", sa.Integer(), nullable=False, autoincrement=False)


def _to_reading(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["sequence"], ["readings.sequence"], name=op.f(f"fk_{table}_sequence"))


def _to_linking(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["linking"], ["linkings.linking"], name=op.f(f"fk_{table}_linking"))
