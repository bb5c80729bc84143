"""What people write of the record becomes replies, and replies become public or not: the composition of `reply` and `store`.

what was written ─▶ looked at (reply.checks) ─▶ kept, held ─▶ judged (a filter, given) ─▶ public only where nothing holds it
                                                                 └─▶ a moderator's ruling ─▶ public, refused, spam, held

Whatever fails holds. A reply is kept before the filter is asked, and every step is taken from the version it was made of: nothing is lost
when a filter hangs, a process dies or two act at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from harmledger.domain import (
    PUBLIC,
    HoldReason,
    QueuedSource,
    Receipt,
    Reply,
    ReplyCredit,
    ReplyEvent,
    ReplyLabel,
    ReplyState,
    ReplySubject,
    Ruling,
    Sent,
    Target,
    Viewer,
    Written,
)
from harmledger.domain.spam import SpamJudgement, Submission
from harmledger.store.ledger import Ledger


class Judge(Protocol):
    """The filter. Whatever it raises holds the reply; what takes too long is the caller's to bound."""

    def __call__(self, submission: Submission, /) -> SpamJudgement: ...


# --- by who writes ---------------------------------------------------------------------------------------------------


def send_reply(ledger: Ledger, sent: Sent, *, judge: Judge, now: datetime) -> Receipt:
    """Keep a reply, and have it judged. `now` is when it came in.

    Raises:
        BadInput: it can't be a reply: too long, without words, its target doesn't stand there, its address is none; says what to change.
        NotFound: what it replies to isn't there, or may not be seen.
        NotAllowed: its writer is blocked, or sends too many. Nothing is kept then.
    """
    raise NotImplementedError


def edit_reply(
    ledger: Ledger, reply_id: str, written: Written, *, replier_id: str, judge: Judge, now: datetime
) -> Receipt:
    """Replace a reply's words within 15 minutes of sending; it is looked at and judged as a new one.

    Raises:
        BadInput, NotFound, NotAllowed: as for a new one; also what is somebody else's is not found.
        Inconsistent: it is too late, or the reply stands so that it can't be edited.
    """
    raise NotImplementedError


def withdraw_reply(ledger: Ledger, reply_id: str, *, replier_id: str, now: datetime) -> Reply:
    """Take a reply back; its words stay with its writer until they are erased.

    Raises:
        NotFound, Inconsistent: as above.
    """
    raise NotImplementedError


def appeal_reply(ledger: Ledger, reply_id: str, words: str, *, replier_id: str, now: datetime) -> Reply:
    """Ask once that a refusal be looked at again: back to the queue, with these words.

    Raises:
        BadInput: there are no words, or too many.
        NotFound, Inconsistent: as above.
    """
    raise NotImplementedError


def erase_reply(ledger: Ledger, reply_id: str, *, replier_id: str, now: datetime) -> Reply:
    """Let no word of a reply stay: text, address, chosen words, labels, reasons and mails go; a tombstone stays.

    Raises:
        NotFound, Inconsistent: as above.
    """
    raise NotImplementedError


def erase_replier(ledger: Ledger, replier_id: str, *, now: datetime) -> int:
    """Erase all replies of a person, and the person; tells how many replies. Of who is blocked the keyed hash of who it is stays.

    Raises:
        NotFound: there is no such person.
    """
    raise NotImplementedError


def export_of(connection: Connection, replier_id: str) -> Mapping[str, Any]:
    """All that is kept of a person, in JSON's own types.

    Raises:
        NotFound: there is no such person.
    """
    raise NotImplementedError


def tell_writer(reply: Reply) -> Receipt:
    """How a reply stands, as its writer is told: its state, and why in a sentence."""
    raise NotImplementedError


def may_edit(reply: Reply, *, now: datetime) -> bool:
    """Whether its writer may still edit it."""
    raise NotImplementedError


def may_appeal(reply: Reply) -> bool:
    """Whether its writer may appeal."""
    raise NotImplementedError


# --- by moderators ---------------------------------------------------------------------------------------------------


def moderate(ledger: Ledger, reply_id: str, ruling: Ruling, *, now: datetime) -> Reply:
    """Decide of a reply; keeps what that teaches the filter.

    Raises:
        BadInput: a reason is missing.
        NotFound: there is no such reply.
        NotAllowed: a witness account is published by a lead alone, who says so, and where its writer agreed.
        Inconsistent: the reply stands so that this can't be decided, or was changed since the moderator saw it.
    """
    raise NotImplementedError


def credit(ledger: Ledger, reply_id: str, decision_id: str, *, who: str, now: datetime) -> None:
    """Note that a correction led to a decision.

    Raises:
        NotFound: there is no such reply or decision.
        Inconsistent: the reply is no correction, was withdrawn or erased, or this is noted already.
    """
    raise NotImplementedError


def finish_source(ledger: Ledger, reply_id: str, *, who: str, now: datetime) -> None:
    """Take an address off the reading queue.

    Raises:
        NotFound: it isn't on it.
    """
    raise NotImplementedError


# --- what there is ---------------------------------------------------------------------------------------------------


def get_reply(connection: Connection, wanted: str) -> Reply:
    """The reply of that id or reference. Whoever shows it asks who may see it.

    Raises:
        NotFound: there is none.
    """
    raise NotImplementedError


def get_own(connection: Connection, wanted: str, replier_id: str) -> Reply:
    """The same, of one's own alone: others' are not found.

    Raises:
        NotFound: there is none.
    """
    raise NotImplementedError


def get_published(connection: Connection, wanted: str, viewer: Viewer = PUBLIC) -> Reply:
    """The same, of what is public and stands on what the viewer may see.

    Raises:
        NotFound: there is none.
    """
    raise NotImplementedError


def list_own(connection: Connection, replier_id: str) -> Sequence[Reply]:
    """All replies of a person, the last first."""
    raise NotImplementedError


def list_public(connection: Connection, subject: ReplySubject, viewer: Viewer = PUBLIC) -> Sequence[Reply]:
    """The public replies to one incident, claim or document, the first first; of an incident or document its claims' too.

    Raw: names that are withheld since stand in them. Whoever shows them passes text, pseudonym, address and target through the
    `Withholding` (`store.withheld.load_withholding`), and the text through `reply.markdown.render_markdown` after that.
    """
    raise NotImplementedError


def list_published(
    connection: Connection, viewer: Viewer = PUBLIC, *, before: tuple[datetime, str] | None = None, most: int = 50
) -> Sequence[Reply]:
    """Public replies to anything the viewer may see, the last first, for feeds and lists; `before` is the last one's (published, reply_id). Raw, as above."""
    raise NotImplementedError


def list_queue(
    connection: Connection,
    *,
    states: Collection[ReplyState] = (ReplyState.HELD,),
    hold: HoldReason | None = None,
    skipped: int = 0,
    most: int = 50,
) -> Sequence[Reply]:
    """What waits for a moderator: appeals first, then what nobody has ruled on, the oldest first."""
    raise NotImplementedError


def list_events(connection: Connection, reply_id: str) -> Sequence[ReplyEvent]:
    """A reply's steps, in order."""
    raise NotImplementedError


def list_sources(connection: Connection) -> Sequence[QueuedSource]:
    """The reading queue: addresses that replies which wait or are public name, the oldest first. None is fetched."""
    raise NotImplementedError


def list_labels(connection: Connection) -> Sequence[ReplyLabel]:
    """What moderators' decisions teach the filter, the oldest first."""
    raise NotImplementedError


def credits_of(connection: Connection, subjects: Collection[str]) -> Sequence[ReplyCredit]:
    """Replies that led to decisions on these claims, entries or documents, for the record's log of changes."""
    raise NotImplementedError


def count_states(connection: Connection) -> Mapping[ReplyState, int]:
    """How many replies stand how; of every state, also where there is none. Public."""
    raise NotImplementedError


def forget_old(connection: Connection, now: datetime) -> int:
    """Delete what is kept for a while only, where its time is over: network hashes, drafts, links, states of sign-in, sent mails."""
    raise NotImplementedError


def find_target(connection: Connection, subject: ReplySubject, target: Target, viewer: Viewer = PUBLIC) -> Target:
    """Where the chosen words stand, with the document and claim in which they do.

    Raises:
        NotFound: what is replied to isn't there, or may not be seen.
        BadInput: the words don't stand there, or there is no such value.
    """
    raise NotImplementedError
