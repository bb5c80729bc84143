"""The tables of replies: who replies, what they wrote, and what became of it.

Beside the record's own tables: words here go when their writer wants it. Of an erased reply a row without words stays, and its steps.
Network addresses, names at providers and tokens lie here as hashes alone; a mail address only where mail is to be sent to it.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from harmledger.store.schema import DECISIONS, Moment
from harmledger.store.schema_shown import METADATA

__all__ = [
    "INSTANCE_APPS",
    "METADATA",
    "OAUTH_STATES",
    "REPLIERS",
    "REPLIER_IDENTITIES",
    "REPLIER_SESSIONS",
    "REPLIES",
    "REPLY_CREDITS",
    "REPLY_DRAFTS",
    "REPLY_EVENTS",
    "REPLY_LABELS",
    "REPLY_MAILS",
    "REPLY_NETWORKS",
    "REPLY_SHINGLES",
    "REPLY_SOURCES",
    "REPLY_TELLINGS",
    "REPLY_VERDICTS",
    "SIGN_IN_LINKS",
]

_ID = String(64)

REPLIERS = Table(
    "repliers",
    METADATA,
    Column("replier_id", _ID, primary_key=True, comment="chance"),
    Column("pseudonym", Text, nullable=False, comment="what is shown; empty once they erased themselves"),
    Column("made", Moment, nullable=False),
    Column("blocked", Moment),
    Column("blocked_by", Text, comment="the moderator's name then"),
    Column("blocked_reason", Text),
    Column("notify", Boolean, nullable=False, comment="wants mail when a reply's state changes"),
)

REPLIER_IDENTITIES = Table(
    "replier_identities",
    METADATA,
    Column("subject_hash", _ID, primary_key=True, comment="keyed hash of the provider and its name for the person"),
    Column("provider", Text, nullable=False, comment="mail, or a provider's name in the settings"),
    Column("replier_id", _ID, ForeignKey(REPLIERS.c.replier_id), nullable=False, index=True),
    Column("address", Text, comment="only where mails are wanted; null otherwise"),
    Column("made", Moment, nullable=False),
)

REPLIER_SESSIONS = Table(
    "replier_sessions",
    METADATA,
    Column("session_id", _ID, primary_key=True, comment="SHA-256 of the token, which only the browser has"),
    Column("replier_id", _ID, ForeignKey(REPLIERS.c.replier_id), nullable=False, index=True),
    Column("provider", Text, nullable=False),
    Column("made", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
)

SIGN_IN_LINKS = Table(
    "sign_in_links",
    METADATA,
    Column("link_id", _ID, primary_key=True, comment="SHA-256 of the token, which only the mail has"),
    Column("address_hash", _ID, nullable=False, index=True, comment="keyed hash"),
    Column("address", Text, comment="null once the link is used or has expired"),
    Column("browser", _ID, comment="SHA-256 of the seed of the browser that asked"),
    Column("next", Text, nullable=False, comment="path of this site"),
    Column("made", Moment, nullable=False, index=True),
    Column("expires", Moment, nullable=False),
    Column("used", Moment),
    Column("joins", _ID, comment="who adds this address as a way of theirs to sign in; null: it signs in"),
)

OAUTH_STATES = Table(
    "oauth_states",
    METADATA,
    Column("state_id", _ID, primary_key=True, comment="SHA-256 of the state"),
    Column("provider", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("verifier", Text, nullable=False, comment="of PKCE"),
    Column("browser", _ID, nullable=False, comment="SHA-256 of the seed of the browser that asked"),
    Column("next", Text, nullable=False, comment="path of this site"),
    Column("made", Moment, nullable=False, index=True),
    Column("used", Moment),
    Column("joins", _ID, comment="who adds this account as a way of theirs to sign in; null: it signs in"),
)

INSTANCE_APPS = Table(
    "instance_apps",
    METADATA,
    Column("app_id", _ID, primary_key=True, comment="keyed hash of the instance and of the address to come back to"),
    Column("sealed", Text, nullable=False, comment="how this site is known there, encrypted with the site's key"),
    Column("made", Moment, nullable=False, index=True),
    Column("used", Moment, nullable=False, index=True, comment="the one not used for longest goes first"),
)

REPLY_DRAFTS = Table(
    "reply_drafts",
    METADATA,
    Column("draft_id", _ID, primary_key=True, comment="hash of the browser's seed: nobody else finds it"),
    Column("body", JSON, nullable=False, comment="what was typed, to survive the sign-in; gone after a day"),
    Column("made", Moment, nullable=False, index=True),
)

REPLIES = Table(
    "replies",
    METADATA,
    Column("reply_id", _ID, primary_key=True, comment="chance"),
    Column("reference", String(16), nullable=False, unique=True, comment="chance, in letters that people can read out"),
    Column("replier_id", _ID, ForeignKey(REPLIERS.c.replier_id), comment="null: its writer was erased"),
    Column("subject_kind", String(16), nullable=False),
    Column("subject", _ID, nullable=False, comment="an incident, a claim, an entered claim or a document"),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False, comment="Markdown; empty once erased"),
    Column("target", JSON(none_as_null=True), comment="the words that a correction points at; null once erased"),
    Column(
        "document_id",
        _ID,
        comment="in which these words stand: who may not see it sees no reply to it, nor that one was erased",
    ),
    Column("url", Text, comment="null once erased"),
    Column("consent", Boolean, nullable=False, comment="its writer agrees that it may be public"),
    Column("state", String(16), nullable=False),
    Column("holds", JSON, nullable=False, comment="why it waits"),
    Column("refusal", String(16)),
    Column("refusal_words", Text, comment="the moderator's; null once erased"),
    Column("made", Moment, nullable=False, index=True),
    Column("edited", Moment),
    Column("published", Moment, index=True, comment="null where it isn't public"),
    Column("ruled", Boolean, nullable=False, comment="a moderator decided on it"),
    Column("appealed", Boolean, nullable=False, comment="once only"),
    Column("appeal_words", Text, comment="null once erased"),
    Column("version", Integer, nullable=False, comment="grows with every step; no step is taken from an older one"),
    Index(None, "subject", "state"),
    Index(None, "state", "made"),
    Index(None, "replier_id", "made"),
)

REPLY_EVENTS = Table(
    "reply_events",
    METADATA,
    Column("sequence", Integer, primary_key=True, comment="order of happening"),
    Column("reply_id", _ID, ForeignKey(REPLIES.c.reply_id), nullable=False, index=True),
    Column("when", Moment, nullable=False),
    Column("who", Text, nullable=False, comment="writer, filter, or the moderator's name then"),
    Column("what", String(16), nullable=False),
    Column("state", String(16), nullable=False, comment="how it stood afterwards"),
    Column("reason", String(64)),
    Column("words", Text, comment="null once the reply is erased; all else is only added to"),
)

REPLY_VERDICTS = Table(
    "reply_verdicts",
    METADATA,
    Column("sequence", Integer, primary_key=True, comment="order of asking"),
    Column("reply_id", _ID, ForeignKey(REPLIES.c.reply_id), nullable=False, index=True),
    Column("when", Moment, nullable=False),
    Column("by", Text, nullable=False, comment="the filter's name and version"),
    Column("decision", String(16), nullable=False),
    Column("score", Float, comment="how likely it is spam, where the filter says so"),
    Column("failed", Boolean, nullable=False),
    Column("reason", Text, comment="null once the reply is erased"),
)

REPLY_LABELS = Table(
    "reply_labels",
    METADATA,
    Column("reply_id", _ID, ForeignKey(REPLIES.c.reply_id), primary_key=True),
    Column("spam", Boolean, nullable=False),
    Column("text", Text, nullable=False, comment="what was judged; the row goes when the reply is erased"),
    Column("who", Text, nullable=False),
    Column("when", Moment, nullable=False),
)

REPLY_NETWORKS = Table(
    "reply_networks",
    METADATA,
    Column("reply_id", _ID, ForeignKey(REPLIES.c.reply_id), primary_key=True),
    Column("address_hash", _ID, nullable=False, index=True, comment="keyed hash of the network address"),
    Column("made", Moment, nullable=False),
    Column("until", Moment, nullable=False, index=True, comment="then the row is deleted"),
)

REPLY_SHINGLES = Table(
    "reply_shingles",
    METADATA,
    Column(
        "shingle",
        BigInteger,
        primary_key=True,
        autoincrement=False,
        comment="hash of words in a row: copies share them",
    ),
    Column("reply_id", _ID, ForeignKey(REPLIES.c.reply_id), primary_key=True, index=True),
    Column(
        "made",
        Moment,
        nullable=False,
        index=True,
        comment="the row is deleted a week later, or when the reply is erased",
    ),
)

REPLY_SOURCES = Table(
    "reply_sources",
    METADATA,
    Column("reply_id", _ID, ForeignKey(REPLIES.c.reply_id), primary_key=True),
    Column("url", Text, nullable=False, comment="to be read by a person; the row goes when the reply is erased"),
    Column("made", Moment, nullable=False),
    Column("done", Moment, comment="when somebody took it off the reading queue"),
    Column("done_by", Text),
)

REPLY_CREDITS = Table(
    "reply_credits",
    METADATA,
    Column("reply_id", _ID, ForeignKey(REPLIES.c.reply_id), primary_key=True),
    Column("decision_id", _ID, ForeignKey(DECISIONS.c.decision_id), primary_key=True, index=True),
    Column("who", Text, nullable=False),
    Column("when", Moment, nullable=False),
)

REPLY_MAILS = Table(
    "reply_mails",
    METADATA,
    Column("mail_id", _ID, primary_key=True, comment="chance"),
    Column("replier_id", _ID, ForeignKey(REPLIERS.c.replier_id), index=True, comment="null: of a sign-in"),
    Column("reply_id", _ID, ForeignKey(REPLIES.c.reply_id), index=True),
    Column("to", Text, nullable=False),
    Column("template", String(32), nullable=False),
    Column("told", JSON, nullable=False, comment="what the template is filled with"),
    Column("state", String(16), nullable=False, comment="waiting, sent, or failed"),
    Column("tries", Integer, nullable=False),
    Column("made", Moment, nullable=False),
    Column("due", Moment, nullable=False, index=True, comment="not tried before"),
)

REPLY_TELLINGS = Table(
    "reply_tellings",
    METADATA,
    Column("reply_id", _ID, ForeignKey(REPLIES.c.reply_id), primary_key=True),
    Column("spam", Boolean, nullable=False, comment="what a filter elsewhere is told that the reply was"),
    Column("state", String(16), nullable=False, comment="waiting, told, or failed"),
    Column("tries", Integer, nullable=False),
    Column("due", Moment, nullable=False, index=True, comment="not tried before"),
)
