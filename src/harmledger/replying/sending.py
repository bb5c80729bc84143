"""A reply is sent or edited: looked at, kept, judged.

It is kept before the filter is asked, outside of any transaction: a filter may take its time, hang or break, and the reply waits.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from harmledger.domain import Receipt, Reply, Sent, Written
from harmledger.errors import Inconsistent, SourceFailed
from harmledger.reply.lifecycle import ReplyAction, advance
from harmledger.reply.told import tell_writer
from harmledger.replying.judged import Judge, Judged, ask_judge, follow_all
from harmledger.replying.keeping import Incoming, keep_all, keep_edited, look
from harmledger.store.database import told_plainly
from harmledger.store.ledger import Ledger
from harmledger.store.reply_lists import get_own
from harmledger.store.together import Together


class Sending:
    """Takes replies into a ledger; those that come at the same time are kept together, and what their judgements lead to as well."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._keeping = Together[Incoming, Reply](partial(keep_all, ledger))
        self._following = Together[Judged, Reply](partial(follow_all, ledger))

    def send(self, sent: Sent, *, judge: Judge, now: datetime) -> Receipt:
        """Keep a reply, and have it judged. `now` is when it came in.

        Raises:
            BadInput: it can't be a reply: too long, without words, its target doesn't stand there, its address is none; says what to change.
            NotFound: what it replies to isn't there, or may not be seen.
            NotAllowed: its writer is blocked, or sends too many. Nothing is kept then.
            SourceFailed: it couldn't be kept just now.
        """
        looked = look(self._ledger, sent.subject, sent.kind, sent.written)
        reply = self._keeping.write(Incoming(sent=sent, looked=looked, now=now))
        return tell_writer(self._have_judged(reply, sent.written, judge=judge, now=now))

    def edit(self, reply_id: str, written: Written, *, replier_id: str, judge: Judge, now: datetime) -> Receipt:
        """Replace a reply's words within 15 minutes of sending; it is looked at and judged as a new one.

        Raises:
            BadInput, NotFound, NotAllowed: as for a new one; also what is somebody else's is not found.
            Inconsistent: it is too late, the reply stands so that it can't be edited, or it was changed meanwhile.
        """
        ledger = self._ledger
        with ledger.reading() as connection:
            before = get_own(connection, reply_id, replier_id)
            advance(before, ReplyAction.EDIT, now=now)
        looked = look(ledger, before.subject, before.kind, written)
        with told_plainly(ledger.where), ledger.writing() as connection:
            reply = keep_edited(connection, before, written, looked, now=now)
        return tell_writer(self._have_judged(reply, written, judge=judge, now=now))

    def _have_judged(self, reply: Reply, written: Written, *, judge: Judge, now: datetime) -> Reply:
        """The reply after the filter was asked; as it was kept where that can't be noted."""
        judgement = ask_judge(judge, reply, written)
        try:
            return self._following.write(Judged(reply=reply, judgement=judgement, now=now))
        except (SourceFailed, Inconsistent):
            return reply
