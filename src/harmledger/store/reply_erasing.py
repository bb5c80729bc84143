"""What goes: words that their writer wants gone, and what is kept for a while only. And what is kept of a person, for that person.

Of an erased reply a row stays with its number, what it was to, when it was sent, and its steps without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, select, update

from harmledger.domain import Replier, Reply, ReplyState
from harmledger.ids import plain
from harmledger.reply.copies import WITHIN
from harmledger.store.instance_apps import APP_FOR
from harmledger.store.replies import change_reply, shred_deleted
from harmledger.store.reply_lists import list_own
from harmledger.store.schema_replies import (
    INSTANCE_APPS,
    OAUTH_STATES,
    REPLIER_IDENTITIES,
    REPLIER_SESSIONS,
    REPLY_CREDITS,
    REPLY_DRAFTS,
    REPLY_EVENTS,
    REPLY_LABELS,
    REPLY_MAILS,
    REPLY_NETWORKS,
    REPLY_SHINGLES,
    REPLY_SOURCES,
    REPLY_TELLINGS,
    REPLY_VERDICTS,
    SIGN_IN_LINKS,
)

DRAFT_FOR = timedelta(days=1)
"""So long what was typed waits for a sign-in."""
SIGN_IN_FOR = timedelta(days=1)
"""So long it is known that a link or a state was used: links count against the bound of an hour, and none is of use after."""
MAIL_FOR = timedelta(days=30)
"""So long a mail's row stays, sent or not."""
NO_WORDS: dict[str, Any] = {
    "state": ReplyState.ERASED,
    "text": "",
    "target": None,
    "url": None,
    "holds": (),
    "refusal_words": None,
    "appeal_words": None,
    "consent": False,
    "published": None,
}
_WITH_WORDS = (REPLY_LABELS, REPLY_NETWORKS, REPLY_SHINGLES, REPLY_SOURCES, REPLY_TELLINGS, REPLY_MAILS)


def erase_words(connection: Connection, reply: Reply) -> Reply:
    """Let no word of a reply stay.

    Raises:
        Inconsistent: somebody changed it meanwhile.
    """
    erased = change_reply(connection, reply, NO_WORDS)
    for table in _WITH_WORDS:
        connection.execute(delete(table).where(table.c.reply_id == reply.reply_id))
    for table, words in ((REPLY_EVENTS, "words"), (REPLY_VERDICTS, "reason")):
        connection.execute(update(table).where(table.c.reply_id == reply.reply_id).values({words: None}))
    return erased


def forget_old(connection: Connection, now: datetime) -> int:
    """Delete what is kept for a while only, where its time is over; tells how many rows. The site does it every hour, and `harmledger replies forget`."""
    shred_deleted(connection)
    over: tuple[tuple[Table, ColumnElement[bool]], ...] = (
        (REPLY_NETWORKS, REPLY_NETWORKS.c.until <= now),
        (REPLY_SHINGLES, REPLY_SHINGLES.c.made <= now - WITHIN),
        (REPLY_DRAFTS, REPLY_DRAFTS.c.made <= now - DRAFT_FOR),
        (SIGN_IN_LINKS, SIGN_IN_LINKS.c.made <= now - SIGN_IN_FOR),
        (OAUTH_STATES, OAUTH_STATES.c.made <= now - SIGN_IN_FOR),
        (REPLY_MAILS, REPLY_MAILS.c.made <= now - MAIL_FOR),
        (INSTANCE_APPS, INSTANCE_APPS.c.made <= now - APP_FOR),
    )
    unused = update(SIGN_IN_LINKS).where(SIGN_IN_LINKS.c.expires <= now, SIGN_IN_LINKS.c.address.is_not(None))
    connection.execute(unused.values(address=None))
    return sum(connection.execute(delete(table).where(when)).rowcount for table, when in over)


# --- what is kept of a person ----------------------------------------------------------------------------------------


def export_rows(connection: Connection, replier: Replier) -> dict[str, Any]:
    """All that is kept of a person, in JSON's own types: names of moderators, and hashes of what only the browser has, left out."""
    mine = replier.replier_id
    return {
        "person": plain(replier),
        "signs_in_by": _rows(connection, REPLIER_IDENTITIES, "replier_id", mine),
        "signed_in": _rows(connection, REPLIER_SESSIONS, "replier_id", mine, but=("session_id",)),
        "mails": _rows(connection, REPLY_MAILS, "replier_id", mine),
        "replies": [_export_reply(connection, reply) for reply in list_own(connection, mine)],
    }


def _export_reply(connection: Connection, reply: Reply) -> dict[str, Any]:
    beside = {
        "steps": _rows(connection, REPLY_EVENTS, "reply_id", reply.reply_id, but=("sequence",)),
        "filters": _rows(connection, REPLY_VERDICTS, "reply_id", reply.reply_id, but=("sequence",)),
        "told_elsewhere": _rows(connection, REPLY_TELLINGS, "reply_id", reply.reply_id),
        "teaches": _rows(connection, REPLY_LABELS, "reply_id", reply.reply_id, but=("who",)),
        "network": _rows(connection, REPLY_NETWORKS, "reply_id", reply.reply_id),
        "reading_queue": _rows(connection, REPLY_SOURCES, "reply_id", reply.reply_id, but=("done_by",)),
        "led_to": _rows(connection, REPLY_CREDITS, "reply_id", reply.reply_id, but=("who",)),
        "copies_known_by": [row["shingle"] for row in _rows(connection, REPLY_SHINGLES, "reply_id", reply.reply_id)],
    }
    for step in beside["steps"]:
        step["who"] = step["who"] if step["who"] in {"writer", "filter"} else "moderator"
    said: Any = plain(reply)
    return {**said, **beside}


def _rows(
    connection: Connection, table: Table, column: str, of: str, *, but: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Rows of a table, the columns that name what they are of left out."""
    rows = connection.execute(select(table).where(table.c[column] == of)).mappings()
    return [dict(_plain(row, {*but, "reply_id", "replier_id"})) for row in rows]


def _plain(row: Any, but: set[str]) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if name not in but:
            yield name, plain(value)
