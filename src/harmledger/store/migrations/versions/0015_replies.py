"""Replies: who replies, what they wrote, and what became of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.String(length=64)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of replies."""
    _make_repliers()
    _make_sign_in()
    _make_replies()
    _make_steps()
    _make_beside()


def downgrade() -> None:
    """Take them away."""
    for table in (
        "reply_mails",
        "reply_sources",
        "reply_shingles",
        "reply_networks",
        "reply_credits",
        "reply_labels",
        "reply_verdicts",
        "reply_events",
        "replies",
        "reply_drafts",
        "oauth_states",
        "sign_in_links",
        "replier_sessions",
        "replier_identities",
        "repliers",
    ):
        op.drop_table(table)


def _make_repliers() -> None:
    op.create_table(
        "repliers",
        sa.Column("replier_id", _ID, nullable=False),
        sa.Column("pseudonym", sa.Text(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("blocked", _MOMENT, nullable=True),
        sa.Column("blocked_by", sa.Text(), nullable=True),
        sa.Column("blocked_reason", sa.Text(), nullable=True),
        sa.Column("notify", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("replier_id", name=op.f("pk_repliers")),
    )
    op.create_table(
        "replier_identities",
        sa.Column("subject_hash", _ID, nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("replier_id", _ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("made", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["replier_id"], ["repliers.replier_id"], name=op.f("fk_replier_identities_replier_id")),
        sa.PrimaryKeyConstraint("subject_hash", name=op.f("pk_replier_identities")),
    )
    op.create_index(op.f("ix_replier_identities_replier_id"), "replier_identities", ["replier_id"], unique=False)
    op.create_table(
        "replier_sessions",
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("replier_id", _ID, nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("seen", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["replier_id"], ["repliers.replier_id"], name=op.f("fk_replier_sessions_replier_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_replier_sessions")),
    )
    op.create_index(op.f("ix_replier_sessions_replier_id"), "replier_sessions", ["replier_id"], unique=False)


def _make_sign_in() -> None:
    op.create_table(
        "sign_in_links",
        sa.Column("link_id", _ID, nullable=False),
        sa.Column("address_hash", _ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("browser", _ID, nullable=True),
        sa.Column("next", sa.Text(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT, nullable=False),
        sa.Column("used", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_sign_in_links")),
    )
    op.create_index(op.f("ix_sign_in_links_address_hash"), "sign_in_links", ["address_hash"], unique=False)
    op.create_index(op.f("ix_sign_in_links_made"), "sign_in_links", ["made"], unique=False)
    op.create_table(
        "oauth_states",
        sa.Column("state_id", _ID, nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("browser", _ID, nullable=False),
        sa.Column("next", sa.Text(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("used", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("state_id", name=op.f("pk_oauth_states")),
    )
    op.create_index(op.f("ix_oauth_states_made"), "oauth_states", ["made"], unique=False)
    op.create_table(
        "reply_drafts",
        sa.Column("draft_id", _ID, nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_reply_drafts")),
    )
    op.create_index(op.f("ix_reply_drafts_made"), "reply_drafts", ["made"], unique=False)


def _make_replies() -> None:
    op.create_table(
        "replies",
        sa.Column("reply_id", _ID, nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("replier_id", _ID, nullable=True),
        sa.Column("subject_kind", sa.String(length=16), nullable=False),
        sa.Column("subject", _ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("target", sa.JSON(), nullable=True),
        sa.Column("document_id", _ID, nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("holds", sa.JSON(), nullable=False),
        sa.Column("refusal", sa.String(length=16), nullable=True),
        sa.Column("refusal_words", sa.Text(), nullable=True),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("edited", _MOMENT, nullable=True),
        sa.Column("published", _MOMENT, nullable=True),
        sa.Column("ruled", sa.Boolean(), nullable=False),
        sa.Column("appealed", sa.Boolean(), nullable=False),
        sa.Column("appeal_words", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["replier_id"], ["repliers.replier_id"], name=op.f("fk_replies_replier_id")),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_replies")),
        sa.UniqueConstraint("reference", name=op.f("uq_replies_reference")),
    )
    op.create_index(op.f("ix_replies_made"), "replies", ["made"], unique=False)
    op.create_index(op.f("ix_replies_published"), "replies", ["published"], unique=False)
    op.create_index(op.f("ix_replies_replier_id_made"), "replies", ["replier_id", "made"], unique=False)
    op.create_index(op.f("ix_replies_state_made"), "replies", ["state", "made"], unique=False)
    op.create_index(op.f("ix_replies_subject_state"), "replies", ["subject", "state"], unique=False)


def _make_steps() -> None:
    op.create_table(
        "reply_events",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reply_id", _ID, nullable=False),
        sa.Column("when", _MOMENT, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", _ID, nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.reply_id"], name=op.f("fk_reply_events_reply_id")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_reply_events")),
    )
    op.create_index(op.f("ix_reply_events_reply_id"), "reply_events", ["reply_id"], unique=False)
    op.create_table(
        "reply_verdicts",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reply_id", _ID, nullable=False),
        sa.Column("when", _MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.reply_id"], name=op.f("fk_reply_verdicts_reply_id")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_reply_verdicts")),
    )
    op.create_index(op.f("ix_reply_verdicts_reply_id"), "reply_verdicts", ["reply_id"], unique=False)
    op.create_table(
        "reply_labels",
        sa.Column("reply_id", _ID, nullable=False),
        sa.Column("spam", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("when", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.reply_id"], name=op.f("fk_reply_labels_reply_id")),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_reply_labels")),
    )
    op.create_table(
        "reply_credits",
        sa.Column("reply_id", _ID, nullable=False),
        sa.Column("decision_id", _ID, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("when", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.decision_id"], name=op.f("fk_reply_credits_decision_id")),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.reply_id"], name=op.f("fk_reply_credits_reply_id")),
        sa.PrimaryKeyConstraint("reply_id", "decision_id", name=op.f("pk_reply_credits")),
    )
    op.create_index(op.f("ix_reply_credits_decision_id"), "reply_credits", ["decision_id"], unique=False)


def _make_beside() -> None:
    op.create_table(
        "reply_networks",
        sa.Column("reply_id", _ID, nullable=False),
        sa.Column("address_hash", _ID, nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.reply_id"], name=op.f("fk_reply_networks_reply_id")),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_reply_networks")),
    )
    op.create_index(op.f("ix_reply_networks_address_hash"), "reply_networks", ["address_hash"], unique=False)
    op.create_index(op.f("ix_reply_networks_until"), "reply_networks", ["until"], unique=False)
    op.create_table(
        "reply_shingles",
        sa.Column("shingle", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reply_id", _ID, nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.reply_id"], name=op.f("fk_reply_shingles_reply_id")),
        sa.PrimaryKeyConstraint("shingle", "reply_id", name=op.f("pk_reply_shingles")),
    )
    op.create_index(op.f("ix_reply_shingles_made"), "reply_shingles", ["made"], unique=False)
    op.create_index(op.f("ix_reply_shingles_reply_id"), "reply_shingles", ["reply_id"], unique=False)
    op.create_table(
        "reply_sources",
        sa.Column("reply_id", _ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("done", _MOMENT, nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.reply_id"], name=op.f("fk_reply_sources_reply_id")),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_reply_sources")),
    )
    op.create_table(
        "reply_mails",
        sa.Column("mail_id", _ID, nullable=False),
        sa.Column("replier_id", _ID, nullable=True),
        sa.Column("reply_id", _ID, nullable=True),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("template", sa.String(length=32), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("due", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["replier_id"], ["repliers.replier_id"], name=op.f("fk_reply_mails_replier_id")),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.reply_id"], name=op.f("fk_reply_mails_reply_id")),
        sa.PrimaryKeyConstraint("mail_id", name=op.f("pk_reply_mails")),
    )
    op.create_index(op.f("ix_reply_mails_due"), "reply_mails", ["due"], unique=False)
    op.create_index(op.f("ix_reply_mails_replier_id"), "reply_mails", ["replier_id"], unique=False)
    op.create_index(op.f("ix_reply_mails_reply_id"), "reply_mails", ["reply_id"], unique=False)
