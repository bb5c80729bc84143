"""Replies are kept, and wait, before any filter is asked: what was written is looked at, and held against what was sent before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from harmledger.domain import Reply, ReplyKind, ReplySubject, Sent, Target, Written
from harmledger.errors import HarmledgerError, NotAllowed
from harmledger.reply.checks import Known, check_written, find_holds
from harmledger.reply.copies import WITHIN, least_shared, shingle
from harmledger.reply.lifecycle import ReplyAction, advance, in_order, sticky
from harmledger.replying.pointing import find_target
from harmledger.store.database import told_plainly
from harmledger.store.ledger import Ledger
from harmledger.store.replies import (
    add_events,
    add_replies,
    change_reply,
    event_row,
    keep_networks,
    keep_shingles,
    keep_sources,
    new_reply,
)
from harmledger.store.reply_bounds import Asked, WriterNow, ask_of_writer, count_steps
from harmledger.store.reply_targets import check_subject
from harmledger.store.withheld import load_naming

A_DAY = timedelta(days=1)
MOST_A_DAY = 20
"""Replies of one person: who has more to say to a record says it in longer ones, or writes to its publisher."""
MOST_A_DAY_FROM = 200
"""From one network: a newsroom, a camp or a mobile network shares an address."""
MOST_EDITS = 10
"""Each asks the filter again."""
WRITER = "writer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was written, looked at."""

    text: str
    url: str | None
    target: Target | None
    named: bool
    shingles: frozenset[int]
    """By what copies of it are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A reply that is to be kept."""

    sent: Sent
    looked: Looked
    now: datetime


def look(ledger: Ledger, subject: ReplySubject, kind: ReplyKind, written: Written) -> Looked:
    """What was written as it will be kept, held against what may be seen.

    Raises:
        BadInput, NotFound: it can't be a reply, or not to this.
    """
    text, url = check_written(kind, written)
    with ledger.reading() as connection:
        check_subject(connection, subject, written.viewer)
        target = written.target and find_target(connection, subject, written.target, written.viewer)
        naming = load_naming(connection)
    said = f"{text}\n{url or ''}"
    shingles = shingle(f"{text} {url or ''}")
    return Looked(text=text, url=url, target=target, named=naming.text(said) != said, shingles=shingles)


# --- new ones, those that came together in one transaction -----------------------------------------------------------


class _Before:
    """What those before it in the same transaction sent: they are in the ledger once all are."""

    def __init__(self) -> None:
        self._sent: Counter[str] = Counter()
        self._shingles: list[frozenset[int]] = []

    def add(self, incoming: Incoming) -> None:
        self._sent.update((incoming.sent.replier_id, incoming.sent.address_hash or ""))
        self._shingles.append(incoming.looked.shingles)

    def beside(self, writer: WriterNow, incoming: Incoming) -> WriterNow:
        """What is known of a writer, with these."""
        shingles = incoming.looked.shingles
        copies = any(len(shingles & each) >= least_shared(shingles) for each in self._shingles)
        return replace(
            writer,
            sent=writer.sent + self._sent[incoming.sent.replier_id],
            sent_from=writer.sent_from + (self._sent[incoming.sent.address_hash] if incoming.sent.address_hash else 0),
            repeated=writer.repeated or copies,
        )


def keep_all(ledger: Ledger, incoming: Sequence[Incoming]) -> Sequence[Reply | HarmledgerError]:
    """Keep replies in one transaction, each of which waits from now on; of one that isn't kept, why.

    Raises:
        SourceFailed: the ledger can't be written; none is kept.
    """
    with told_plainly(ledger.where), ledger.writing() as connection:
        before, became = _Before(), list[Reply | HarmledgerError]()
        rows: list[dict[str, Any]] = []
        for one in incoming:
            try:
                reply, row = _make(before.beside(_ask(connection, one), one), one)
            except HarmledgerError as e:
                became.append(e)
                continue
            before.add(one)
            rows.append(row)
            became.append(reply)
        if rows:
            _keep(connection, incoming, became, rows)
    return became


def _make(writer: WriterNow, one: Incoming) -> tuple[Reply, dict[str, Any]]:
    _check_bounds(writer)
    sent, looked = one.sent, one.looked
    columns: dict[str, Any] = {
        "replier_id": sent.replier_id,
        "subject_kind": sent.subject.kind,
        "subject": sent.subject.id,
        "kind": sent.kind,
        "holds": find_holds(sent.kind, looked.text, sent.written, _known(writer, looked), now=one.now),
        **_said(sent.written, looked),
    }
    return new_reply(columns, pseudonym=writer.pseudonym, now=one.now)


def _keep(
    connection: Connection,
    incoming: Sequence[Incoming],
    became: Sequence[Reply | HarmledgerError],
    rows: Sequence[dict[str, Any]],
) -> None:
    kept = [(reply, one) for reply, one in zip(became, incoming, strict=True) if isinstance(reply, Reply)]
    add_replies(connection, rows)
    keep_networks(connection, [(reply, one.sent.address_hash) for reply, one in kept if one.sent.address_hash])
    keep_shingles(connection, [(reply, one.looked.shingles, one.now) for reply, one in kept])
    keep_sources(connection, [(reply, one.now) for reply, one in kept if reply.url])
    add_events(connection, [event_row(reply, ReplyAction.SEND, who=WRITER, now=one.now) for reply, one in kept])


def _ask(connection: Connection, one: Incoming) -> WriterNow:
    return ask_of_writer(
        connection, one.sent.replier_id, _asked(one.looked, one.now), address_hash=one.sent.address_hash
    )


# --- edited ----------------------------------------------------------------------------------------------------------


def keep_edited(connection: Connection, before: Reply, written: Written, looked: Looked, *, now: datetime) -> Reply:
    """The new words over the old ones; what holds a reply whatever its writer does goes on holding it.

    Raises:
        NotAllowed: its writer is blocked, or edits too often.
        Inconsistent: it was changed meanwhile.
    """
    writer = ask_of_writer(connection, before.replier_id or "", _asked(looked, now), but=before.reply_id)
    _check_writer(writer)
    if count_steps(connection, before.reply_id, ReplyAction.EDIT) >= MOST_EDITS:
        what = f"a reply is edited {MOST_EDITS} times at most"
        raise NotAllowed(what, before.reference, "withdraw it, and send another")
    holds = {*find_holds(before.kind, looked.text, written, _known(writer, looked), now=now), *sticky(before.holds)}
    state = advance(before, ReplyAction.EDIT, now=now)
    columns: dict[str, Any] = {
        "state": state,
        "holds": in_order(holds),
        "edited": now,
        "published": None,
        "ruled": False,
    }
    reply = change_reply(connection, before, {**columns, **_said(written, looked)})
    keep_shingles(connection, [(reply, looked.shingles, now)])
    keep_sources(connection, [(reply, now)])
    add_events(connection, [event_row(reply, ReplyAction.EDIT, who=WRITER, now=now)])
    return reply


# --- both ------------------------------------------------------------------------------------------------------------


def _asked(looked: Looked, now: datetime) -> Asked:
    least = least_shared(looked.shingles)
    return Asked(since=now - A_DAY, copies_since=now - WITHIN, shingles=looked.shingles, least=least)


def _check_writer(writer: WriterNow) -> None:
    if writer.is_blocked:
        what = "replies of yours are taken no longer"
        raise NotAllowed(what, "your reply", "what you sent can still be withdrawn, exported and erased")


def _check_bounds(writer: WriterNow) -> None:
    """Counted in the ledger, so that no restart forgets it; quicker floods are the site's to stop."""
    _check_writer(writer)
    if writer.sent >= MOST_A_DAY:
        raise NotAllowed(f"you sent {MOST_A_DAY} replies within a day", "your reply", "send it tomorrow")
    if writer.sent_from >= MOST_A_DAY_FROM:
        what = f"{MOST_A_DAY_FROM} replies came from your network within a day"
        raise NotAllowed(what, "your reply", "send it tomorrow")


def _said(written: Written, looked: Looked) -> dict[str, Any]:
    return {"text": looked.text, "url": looked.url, "target": looked.target, "consent": written.consent}


def _known(writer: WriterNow, looked: Looked) -> Known:
    return Known(published=writer.published, repeated=writer.repeated, named=looked.named)
