"""Accounts, their sessions and groups, which documents only some may see, and the audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.String(length=64)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of accounts."""
    _make_accounts()
    _make_sessions()
    _make_groups()
    _make_audit()


def downgrade() -> None:
    """Take them away."""
    for table in (
        "audit",
        "document_groups",
        "memberships",
        "access_groups",
        "sessions",
        "recovery_codes",
        "accounts",
    ):
        op.drop_table(table)


def _make_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_since", _MOMENT, nullable=True),
        sa.Column("totp_last", sa.Integer(), nullable=True),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("disabled", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("folded", name=op.f("uq_accounts_folded")),
    )


def _make_sessions() -> None:
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("used", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_recovery_codes_account_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_account_id"), "recovery_codes", ["account_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("seen", _MOMENT, nullable=False),
        sa.Column("proved", _MOMENT, nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_sessions_account_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account_id"), "sessions", ["account_id"], unique=False)


def _make_groups() -> None:
    op.create_table(
        "access_groups",
        sa.Column("group_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_access_groups")),
        sa.UniqueConstraint("name", name=op.f("uq_access_groups_name")),
    )
    op.create_table(
        "memberships",
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("group_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_memberships_account_id")),
        sa.ForeignKeyConstraint(["group_id"], ["access_groups.group_id"], name=op.f("fk_memberships_group_id")),
        sa.PrimaryKeyConstraint("account_id", "group_id", name=op.f("pk_memberships")),
    )
    op.create_table(
        "document_groups",
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("group_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.document_id"], name=op.f("fk_document_groups_document_id")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["access_groups.group_id"], name=op.f("fk_document_groups_group_id")),
        sa.PrimaryKeyConstraint("document_id", "group_id", name=op.f("pk_document_groups")),
    )


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("when", _MOMENT, nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("address", sa.String(length=32), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_what"), "audit", ["what"], unique=False)
