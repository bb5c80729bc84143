"""What a lead gives to whom to review, and the index that the queue is read off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.String(length=64)
_LIGHTNESS = (
    "((confidence - 1) * CASE WHEN coalesce(high, low, 0) >= 100 THEN 4 WHEN coalesce(high, low, 0) >= 20 THEN 3 "
    "WHEN coalesce(high, low, 0) >= 5 THEN 2 ELSE 1 END)"
)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "assignments",
        sa.Column("subject", _ID, nullable=False),
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("given_by", _ID, nullable=False),
        sa.Column("given", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name=op.f("fk_assignments_document_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_assignments_account_id")),
        sa.ForeignKeyConstraint(["given_by"], ["accounts.account_id"], name=op.f("fk_assignments_given_by")),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_assignments")),
    )
    op.create_index(op.f("ix_assignments_account_id"), "assignments", ["account_id"], unique=False)
    op.create_index("ix_claims_lightness", "claims", [sa.text(_LIGHTNESS), "claim_id"], unique=False)
    op.create_index(op.f("ix_claims_document_id"), "claims", ["document_id"], unique=False)


def downgrade() -> None:
    """Take it away."""
    op.drop_index(op.f("ix_claims_document_id"), table_name="claims")
    op.drop_index("ix_claims_lightness", table_name="claims")
    op.drop_table("assignments")
