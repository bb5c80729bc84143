"""What is shown: incidents in short, what they are chosen by, and which documents are searched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.String(length=64)
_TABLES = (
    "search_withheld",
    "search_touched",
    "searched",
    "shown_state",
    "shown_touched",
    "shown_documents",
    "shown_facets",
    "shown_terms",
    "shown_incidents",
)


def upgrade() -> None:
    """Make the tables; they fill when the ledger is linked or indexed next, or the site is asked."""
    _make_incidents()
    _make_terms()
    _make_documents()
    _make_state()
    _make_search()


def downgrade() -> None:
    """Take them away, the words that each database keeps in its own way among them; nothing is lost that can't be made again."""
    op.execute("DROP TABLE IF EXISTS search_words")
    for table in _TABLES:
        op.drop_table(table)


def _make_incidents() -> None:
    op.create_table(
        "shown_incidents",
        sa.Column("incident_id", _ID, nullable=False),
        sa.Column("order_key", sa.String(length=80), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("title", "place_id", "place")),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("radius_m", sa.Integer(), nullable=True),
        sa.Column("precision", sa.String(length=32), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("killed", sa.Integer(), nullable=True),
        sa.Column("killed_low", sa.BigInteger(), nullable=True),
        sa.Column("killed_high", sa.BigInteger(), nullable=True),
        sa.Column("injured", sa.Integer(), nullable=True),
        sa.Column("injured_low", sa.BigInteger(), nullable=True),
        sa.Column("injured_high", sa.BigInteger(), nullable=True),
        sa.Column("grade", sa.String(length=16), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("claims", "reports", "copies", "sources")),
        sa.Column("first_published", sa.Date(), nullable=True),
        sa.Column("last_published", sa.Date(), nullable=True),
        _of_incident("shown_incidents"),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_shown_incidents")),
        sa.UniqueConstraint("order_key", name=op.f("uq_shown_incidents_order_key")),
    )
    for columns in (["place_id"], ["earliest", "latest", "incident_id"], ["lat", "lon", "radius_m", "incident_id"]):
        op.create_index(op.f(f"ix_shown_incidents_{'_'.join(columns)}"), "shown_incidents", columns, unique=False)


def _make_terms() -> None:
    op.create_table(
        "shown_terms",
        sa.Column("facet", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("incident_id", _ID, nullable=False),
        _of_incident("shown_terms"),
        sa.PrimaryKeyConstraint("facet", "value", "incident_id", name=op.f("pk_shown_terms")),
    )
    op.create_index(op.f("ix_shown_terms_incident_id"), "shown_terms", ["incident_id"], unique=False)
    op.create_table(
        "shown_facets",
        sa.Column("facet", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("incidents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("facet", "value", name=op.f("pk_shown_facets")),
    )
    op.create_index(op.f("ix_shown_facets_facet_incidents"), "shown_facets", ["facet", "incidents"], unique=False)


def _make_documents() -> None:
    op.create_table(
        "shown_documents",
        sa.Column("incident_id", _ID, nullable=False),
        sa.Column("document_id", _ID, nullable=False),
        _of_incident("shown_documents"),
        _of_document("shown_documents"),
        sa.PrimaryKeyConstraint("incident_id", "document_id", name=op.f("pk_shown_documents")),
    )
    op.create_index(op.f("ix_shown_documents_document_id"), "shown_documents", ["document_id"], unique=False)


def _make_state() -> None:
    op.create_table(
        "shown_touched",
        sa.Column("incident_id", _ID, nullable=False),
        _of_incident("shown_touched"),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_shown_touched")),
    )
    op.create_table(
        "shown_state",
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("linkings", "decisions", "readings")),
        sa.PrimaryKeyConstraint("state", name=op.f("pk_shown_state")),
    )


def _make_search() -> None:
    op.create_table(
        "searched",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document_id", _ID, nullable=False),
        _of_document("searched"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_searched")),
        sa.UniqueConstraint("document_id", name=op.f("uq_searched_document_id")),
    )
    op.create_table(
        "search_touched",
        sa.Column("document_id", _ID, nullable=False),
        _of_document("search_touched"),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_search_touched")),
    )
    op.create_table(
        "search_withheld",
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("victim_id", _ID, nullable=False),
        _of_document("search_withheld"),
        sa.PrimaryKeyConstraint("document_id", "victim_id", name=op.f("pk_search_withheld")),
    )
    op.create_index(op.f("ix_search_withheld_victim_id"), "search_withheld", ["victim_id"], unique=False)


def _of_incident(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_incident_id")
    return sa.ForeignKeyConstraint(["incident_id"], ["incidents.incident_id"], name=name)


def _of_document(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_document_id")
    return sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name=name)
