"""Incidents: which claims are of one event, why, which reports are copies, and where older ids lead on to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ID = sa.String(length=64)


def upgrade() -> None:
    """Make the tables, those first that others point to."""
    _make_linkings()
    _make_incidents()
    _make_incident_claims()
    _make_incident_pointers()
    _make_links()
    _make_echoes()


def downgrade() -> None:
    """Take them away, with all they hold; claims stay."""
    for table in ("echoes", "links", "incident_pointers", "incident_claims", "incidents", "linkings"):
        op.drop_table(table)


def _make_linkings() -> None:
    op.create_table(
        "linkings",
        sa.Column("linking", sa.Integer(), nullable=False),
        sa.Column("filed", _MOMENT, nullable=False),
        sa.Column("weights", sa.Text(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("incidents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("linking", name=op.f("pk_linkings")),
    )


def _make_incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("incident_id", _ID, nullable=False),
        sa.Column("founding_claim", _ID, nullable=False),
        sa.Column("linking", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _to_linking("incidents"),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_incidents")),
    )


def _make_incident_claims() -> None:
    op.create_table(
        "incident_claims",
        sa.Column("claim_id", _ID, nullable=False),
        sa.Column("linking", sa.Integer(), nullable=False),
        sa.Column("incident_id", _ID, nullable=True),
        _to_linking("incident_claims"),
        _to_incident("incident_claims", "incident_id"),
        sa.PrimaryKeyConstraint("claim_id", "linking", name=op.f("pk_incident_claims")),
    )
    op.create_index(op.f("ix_incident_claims_incident_id"), "incident_claims", ["incident_id"], unique=False)


def _make_incident_pointers() -> None:
    op.create_table(
        "incident_pointers",
        sa.Column("incident_id", _ID, nullable=False),
        sa.Column("onward_id", _ID, nullable=False),
        sa.Column("linking", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        _to_linking("incident_pointers"),
        _to_incident("incident_pointers", "incident_id"),
        _to_incident("incident_pointers", "onward_id"),
        sa.PrimaryKeyConstraint("incident_id", "onward_id", "linking", name=op.f("pk_incident_pointers")),
    )


def _make_links() -> None:
    op.create_table(
        "links",
        sa.Column("left_claim", _ID, nullable=False),
        sa.Column("right_claim", _ID, nullable=False),
        sa.Column("linking", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        _to_linking("links"),
        sa.PrimaryKeyConstraint("left_claim", "right_claim", "linking", name=op.f("pk_links")),
    )


def _make_echoes() -> None:
    op.create_table(
        "echoes",
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("linking", sa.Integer(), nullable=False),
        sa.Column("original_id", _ID, nullable=True),
        sa.Column("shared", sa.Float(), nullable=False),
        _to_linking("echoes"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name=op.f("fk_echoes_document_id")),
        sa.ForeignKeyConstraint(["original_id"], ["documents.document_id"], name=op.f("fk_echoes_original_id")),
        sa.PrimaryKeyConstraint("document_id", "linking", name=op.f("pk_echoes")),
    )


def _to_linking(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["linking"], ["linkings.linking"], name=op.f(f"fk_{table}_linking"))


def _to_incident(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["incidents.incident_id"], name=op.f(f"fk_{table}_{column}"))
