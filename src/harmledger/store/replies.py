"""Replies as they are kept: each step is taken from the version it was made of, and noted.

Two who act at once take turns (see `database`), and the second one finds the version changed: it is told, and nothing is overwritten.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from harmledger.domain import (
    HoldReason,
    RefusalReason,
    Reply,
    ReplyEvent,
    ReplyKind,
    ReplyState,
    ReplySubject,
    ReplySubjectKind,
    Target,
)
from harmledger.domain.spam import SpamVerdict
from harmledger.errors import Inconsistent, NotFound
from harmledger.ids import plain
from harmledger.reply.checks import clean_text
from harmledger.store.accounts import ID_BYTES
from harmledger.store.changes import REPLY, note_change
from harmledger.store.schema_replies import (
    REPLIERS,
    REPLIES,
    REPLY_EVENTS,
    REPLY_LABELS,
    REPLY_NETWORKS,
    REPLY_SHINGLES,
    REPLY_SOURCES,
    REPLY_VERDICTS,
)

Row = dict[str, Any]
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that nobody takes for one another when they are read out. Source: Douglas Crockford, Base 32."""
REFERENCE_LETTERS = 10
"""Fifty bits of chance: none is guessed, and none is met twice in a ledger's life."""
MOST_FILTER_CHARS = 1_000
NETWORK_FOR = timedelta(days=30)
"""So long the keyed hash of a reply's network address is kept."""
_SHREDS = "writes over what it deletes"
_REPLY_ID = re.compile(f"[0-9a-f]{{{2 * ID_BYTES}}}")
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
ALL = select(REPLIES, REPLIERS.c.pseudonym).outerjoin(REPLIERS, REPLIERS.c.replier_id == REPLIES.c.replier_id)
"""Every reply with its writer's pseudonym."""
_ADD, _ADD_EVENT, _ADD_VERDICT = insert(REPLIES), insert(REPLY_EVENTS), insert(REPLY_VERDICTS)
_ADD_NETWORK, _ADD_SHINGLE = insert(REPLY_NETWORKS), insert(REPLY_SHINGLES)
"""Built once: to build a statement takes as long as to ask SQLite, and these are asked with every reply."""


def new_reply(values: dict[str, Any], *, pseudonym: str, now: datetime) -> tuple[Reply, Row]:
    """A new one, which waits, and its row for `add_replies`; `values` are columns of it, `pseudonym` its writer's."""
    ids = {"reply_id": secrets.token_hex(ID_BYTES), "reference": make_reference()}
    beginning = {"made": now, "state": ReplyState.HELD.value, "ruled": False, "appealed": False, "version": 1}
    row = {**dict.fromkeys(REPLIES.c.keys()), **_row(values), **ids, **beginning}
    return reply_of({**row, "pseudonym": pseudonym}), row


def add_replies(connection: Connection, rows: Sequence[Row]) -> None:
    """Keep new ones."""
    connection.execute(_ADD, rows)


def make_reference() -> str:
    """By what people speak of a reply."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(REFERENCE_LETTERS))


def get_reply(connection: Connection, wanted: str) -> Reply:
    """The reply of that id or reference. Whoever shows it asks who may see it.

    Raises:
        NotFound: there is none.
    """
    reference = wanted[: 4 * ID_BYTES].upper().translate(_READ_AS)
    is_id = _REPLY_ID.fullmatch(wanted) is not None
    known = ALL.where(REPLIES.c.reply_id == wanted if is_id else REPLIES.c.reference == reference)
    row = connection.execute(known).mappings().first() if is_id or set(reference) <= set(CROCKFORD) else None
    if row is None:
        raise NotFound("there is no such reply", "its number", "check it")
    return reply_of(row)


def change_reply(connection: Connection, reply: Reply, values: dict[str, Any]) -> Reply:
    """Set columns of a reply, if it is still the version that is given; where it becomes public or no longer is, pages are told.

    Raises:
        Inconsistent: somebody changed it meanwhile.
    """
    shred_deleted(connection)
    mine = update(REPLIES).where(REPLIES.c.reply_id == reply.reply_id, REPLIES.c.version == reply.version)
    if connection.execute(mine.values(**_row(values), version=reply.version + 1)).rowcount != 1:
        what = "somebody changed this reply meanwhile: look at it as it stands now"
        raise Inconsistent(what, reply.reference, "decide again")
    changed = _changed(reply, values)
    if ReplyState.PUBLISHED in {reply.state, changed.state}:
        note_change(connection, REPLY, reply.subject.id)
    return changed


def _changed(reply: Reply, values: dict[str, Any]) -> Reply:
    """The reply as it stands now, without asking for it again: columns and fields are called the same."""
    changed = replace(reply, **values, version=reply.version + 1)
    return replace(changed, pseudonym="") if changed.state is ReplyState.ERASED else changed


def add_event(connection: Connection, reply: Reply, what: str, *, who: str, now: datetime, **said: str | None) -> None:
    """Note a step; `reason` and `words` may be said. The reply is as it stands afterwards."""
    add_events(connection, [event_row(reply, what, who=who, now=now, **said)])


def event_row(reply: Reply, what: str, *, who: str, now: datetime, **said: str | None) -> Row:
    """A step as `add_events` takes it."""
    row = {"reply_id": reply.reply_id, "when": now, "who": who, "what": what, "state": reply.state.value}
    return {**row, "reason": None, "words": None, **said}


def add_events(connection: Connection, rows: Sequence[Row]) -> None:
    """Note steps, in their order."""
    if rows:
        connection.execute(_ADD_EVENT, rows)


def add_verdicts(connection: Connection, said: Iterable[tuple[str, Iterable[SpamVerdict], datetime]]) -> None:
    """Keep what filters said, of which reply and when; their words may be a stranger's, who answered in their place."""
    rows = [
        {"reply_id": reply_id, "when": now, "decision": each.decision.value, "score": each.score, "failed": each.failed}
        | {"by": clean_text(each.by[:MOST_FILTER_CHARS]), "reason": clean_text(each.reason[:MOST_FILTER_CHARS])}
        for reply_id, verdicts, now in said
        for each in verdicts
    ]
    if rows:
        connection.execute(_ADD_VERDICT, rows)


def set_label(connection: Connection, reply: Reply, *, spam: bool | None, who: str, now: datetime) -> None:
    """Keep what a moderator's decision teaches; of several the last. None: nothing, and what was learnt before is taken back."""
    connection.execute(delete(REPLY_LABELS).where(REPLY_LABELS.c.reply_id == reply.reply_id))
    if spam is not None:
        row = {"reply_id": reply.reply_id, "spam": spam, "text": reply.text, "who": who, "when": now}
        connection.execute(insert(REPLY_LABELS), row)


# --- what stands beside a reply --------------------------------------------------------------------------------------


def keep_networks(connection: Connection, came: Sequence[tuple[Reply, str]]) -> None:
    """Note from which network each of these came, for a while."""
    rows = [
        {
            "reply_id": reply.reply_id,
            "address_hash": address_hash,
            "made": reply.made,
            "until": reply.made + NETWORK_FOR,
        }
        for reply, address_hash in came
    ]
    if rows:
        connection.execute(_ADD_NETWORK, rows)


def keep_shingles(connection: Connection, known: Sequence[tuple[Reply, Iterable[int], datetime]]) -> None:
    """Note by what copies of replies are known, and when; what was noted of an earlier version goes."""
    for reply, _, _ in known:
        if reply.version > 1:
            connection.execute(delete(REPLY_SHINGLES).where(REPLY_SHINGLES.c.reply_id == reply.reply_id))
    rows = [
        {"shingle": each, "reply_id": reply.reply_id, "made": now}
        for reply, shingles, now in known
        for each in shingles
    ]
    connection.execute(_ADD_SHINGLE, rows)


def keep_sources(connection: Connection, named: Iterable[tuple[Reply, datetime]]) -> None:
    """Put the addresses that replies name in the reading queue, or what they named before off it; one that was read stays so."""
    for reply, now in named:
        known = connection.execute(select(REPLY_SOURCES).where(REPLY_SOURCES.c.reply_id == reply.reply_id)).first()
        if known and known.url == reply.url:
            continue
        connection.execute(delete(REPLY_SOURCES).where(REPLY_SOURCES.c.reply_id == reply.reply_id))
        if reply.url:
            connection.execute(insert(REPLY_SOURCES), {"reply_id": reply.reply_id, "url": reply.url, "made": now})


def finish_source(connection: Connection, reply_id: str, *, who: str, now: datetime) -> None:
    """Take an address off the reading queue.

    Raises:
        NotFound: it isn't on it.
    """
    waiting = update(REPLY_SOURCES).where(REPLY_SOURCES.c.reply_id == reply_id, REPLY_SOURCES.c.done.is_(None))
    if connection.execute(waiting.values(done=now, done_by=who)).rowcount != 1:
        raise NotFound("this isn't on the reading queue", reply_id[:10], "list it with `harmledger replies sources`")


# --- rows ------------------------------------------------------------------------------------------------------------


def reply_of(row: Mapping[Any, Any]) -> Reply:
    """A reply of a row of `ALL`."""
    state, target = ReplyState(row["state"]), row["target"]
    same = ("reply_id", "reference", "replier_id", "text", "url", "consent", "refusal_words", "made", "edited")
    later = ("published", "ruled", "appealed", "appeal_words", "version")
    return Reply(
        **{name: row[name] for name in (*same, *later)},
        pseudonym=row["pseudonym"] if row["pseudonym"] and state is not ReplyState.ERASED else "",
        subject=ReplySubject(kind=ReplySubjectKind(row["subject_kind"]), id=row["subject"]),
        kind=ReplyKind(row["kind"]),
        target=Target(**target) if target else None,
        state=state,
        holds=tuple(map(HoldReason, row["holds"])),
        refusal=RefusalReason(row["refusal"]) if row["refusal"] else None,
    )


def event_of(row: RowMapping) -> ReplyEvent:
    """A step of a row of `reply_events`."""
    values = {name: row[name] for name in ReplyEvent.__slots__ if name != "state"}
    return ReplyEvent(**values, state=ReplyState(row["state"]))


def shred_deleted(connection: Connection) -> None:
    """Have SQLite write over what this connection deletes: words that were erased are in no free part of the file either."""
    if connection.dialect.name == "sqlite" and not connection.info.get(_SHREDS):
        connection.exec_driver_sql("PRAGMA secure_delete = ON").close()
        connection.info[_SHREDS] = True


def _row(values: dict[str, Any]) -> dict[str, Any]:
    """Columns of a reply, targets and reasons in JSON's own types."""
    row = {name: each if isinstance(each, datetime) else plain(each) for name, each in values.items()}
    if (
        "target" in values and values.get("state") is not ReplyState.ERASED
    ):  # who may not see it isn't told of that either
        target: Target | None = values["target"]
        row["document_id"] = target and target.document_id
    return row
