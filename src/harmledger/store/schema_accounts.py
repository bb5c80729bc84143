"""The tables of accounts: who may sign in, what they may see, and what was done.

Beside the record's own tables, since rows here may change and go: a session ends, a person leaves a group. Only the audit is ever added to.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from harmledger.store.schema import DOCUMENTS, METADATA, Moment

_ID = String(64)

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("account_id", _ID, primary_key=True, comment="chance"),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True, comment="the name as it is compared"),
    Column("role", String(16), nullable=False),
    Column("password_hash", Text, nullable=False, comment="argon2id, with its parameters and salt"),
    Column("totp_secret", Text, comment="base32; counts only once totp_since is set"),
    Column("totp_since", Moment),
    Column("totp_last", Integer, comment="the last time step whose code was used: none is taken twice"),
    Column("made", Moment, nullable=False),
    Column("disabled", Moment),
)

RECOVERY_CODES = Table(
    "recovery_codes",
    METADATA,
    Column("code_hash", _ID, primary_key=True, comment="keyed hash; a code is 50 random bits"),
    Column("account_id", _ID, ForeignKey(ACCOUNTS.c.account_id), nullable=False, index=True),
    Column("used", Moment),
)

PASSKEYS = Table(
    "passkeys",
    METADATA,
    Column("credential_id", Text, primary_key=True, comment="base64url; the authenticator's name for it"),
    Column("account_id", _ID, ForeignKey(ACCOUNTS.c.account_id), nullable=False, index=True),
    Column("name", Text, nullable=False, comment="what its person calls it"),
    Column("public_key", Text, nullable=False, comment="COSE, base64url; of no use to who reads it"),
    Column("sign_count", Integer, nullable=False, comment="a copy of an authenticator that counts is told by it"),
    Column("made", Moment, nullable=False),
    Column("used", Moment),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("session_id", _ID, primary_key=True, comment="SHA-256 of the token, which only the browser has"),
    Column("account_id", _ID, ForeignKey(ACCOUNTS.c.account_id), nullable=False, index=True),
    Column("made", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("proved", Moment, nullable=False, comment="when the password was last given"),
    Column("agent", Text, nullable=False),
)

API_TOKENS = Table(
    "api_tokens",
    METADATA,
    Column("token_id", _ID, primary_key=True, comment="chance; names the token, and opens nothing"),
    Column(
        "account_id", _ID, ForeignKey(ACCOUNTS.c.account_id), nullable=False, index=True, comment="for whom it acts"
    ),
    Column("token_hash", _ID, nullable=False, unique=True, comment="SHA-256 of the token, which only its program has"),
    Column("name", Text, nullable=False, comment="what its person calls it"),
    Column("scope", String(32), nullable=False),
    Column("made", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("last_used", Moment, comment="to the minute"),
    Column("revoked", Moment),
)

GROUPS = Table(
    "access_groups",
    METADATA,
    Column("group_id", _ID, primary_key=True, comment="chance"),
    Column("name", Text, nullable=False, unique=True),
    Column("made", Moment, nullable=False),
)

MEMBERSHIPS = Table(
    "memberships",
    METADATA,
    Column("account_id", _ID, ForeignKey(ACCOUNTS.c.account_id), primary_key=True),
    Column("group_id", _ID, ForeignKey(GROUPS.c.group_id), primary_key=True),
)

DOCUMENT_GROUPS = Table(
    "document_groups",
    METADATA,
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), primary_key=True),
    Column("group_id", _ID, ForeignKey(GROUPS.c.group_id), primary_key=True, comment="only its members see it"),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("sequence", Integer, primary_key=True, comment="order of happening"),
    Column("when", Moment, nullable=False),
    Column("who", Text, comment="the account's name then; null: nobody was signed in"),
    Column("what", String(32), nullable=False, index=True),
    Column("subject", Text),
    Column("address", String(32), comment="keyed hash of the network address"),
    Column("outcome", String(32), nullable=False),
    Column("token_id", _ID, comment="the token by which a program did it; null: a person did"),
)

ASSIGNMENTS = Table(
    "assignments",
    METADATA,
    Column("subject", _ID, primary_key=True, comment="a claim, an entered claim or a document: one assignment each"),
    Column("document_id", _ID, ForeignKey(DOCUMENTS.c.document_id), nullable=False),
    Column("account_id", _ID, ForeignKey(ACCOUNTS.c.account_id), nullable=False, index=True, comment="who reviews it"),
    Column("given_by", _ID, ForeignKey(ACCOUNTS.c.account_id), nullable=False),
    Column("given", Moment, nullable=False, comment="it no longer counts some days later"),
)
