"""A filter elsewhere is told where moderators contradicted it, behind the pages: the composition of `endpoint` and `store`.

a moderator rules otherwise (replying.moderating) ─▶ it waits ─▶ the filter hears it, or is told later
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from harmledger.domain import Reply
from harmledger.endpoint.akismet import Akismet
from harmledger.errors import EngineFailed, NotFound
from harmledger.reply.spam import make_submission
from harmledger.store.ledger import Ledger
from harmledger.store.replies import get_reply
from harmledger.store.reply_tellings import note_not_told, note_told, take_tellings

MOST_TOLD_AT_ONCE = 5
_LOG = logging.getLogger("harmledger.filtering")


def tell_elsewhere(
    ledger: Ledger, filter_: Akismet, address_of: Callable[[Reply], str], *, now: Callable[[], datetime]
) -> int:
    """Tell the filter elsewhere what moderators contradicted it in; tells how often it heard. What it doesn't hear is told later."""
    with ledger.writing() as writer:
        tellings = take_tellings(writer, now(), most=MOST_TOLD_AT_ONCE)
    heard = 0
    for reply_id, spam in tellings:
        told = _tell(ledger, filter_, reply_id, spam=spam, address_of=address_of)
        with ledger.writing() as writer:
            if told:
                note_told(writer, reply_id, spam=spam)
            else:
                note_not_told(writer, reply_id, now=now())
        heard += told
    return heard


def _tell(ledger: Ledger, filter_: Akismet, reply_id: str, *, spam: bool, address_of: Callable[[Reply], str]) -> bool:
    try:
        with ledger.reading() as connection:
            reply = get_reply(connection, reply_id)
        submission = make_submission(reply, permalink=address_of(reply))
        if not reply.text:  # it was erased since: nothing is left to tell
            return False
        (filter_.submit_spam if spam else filter_.submit_ham)(submission)
    except (EngineFailed, NotFound) as e:
        _LOG.warning("a filter elsewhere couldn't be told of a decision: %s", e.what)
        return False
    return True
