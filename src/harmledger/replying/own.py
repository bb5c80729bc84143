"""What a reply's writer does with it afterwards: withdraws, appeals, exports, erases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from harmledger.domain import HoldReason, Reply, ReplyState
from harmledger.reply.checks import check_appeal
from harmledger.reply.lifecycle import ReplyAction, advance, may
from harmledger.replying.keeping import WRITER
from harmledger.store.database import told_plainly
from harmledger.store.ledger import Ledger
from harmledger.store.repliers import erase_person, get_replier
from harmledger.store.replies import add_event, change_reply
from harmledger.store.reply_erasing import erase_words, export_rows
from harmledger.store.reply_lists import get_own, list_own


def withdraw_reply(ledger: Ledger, reply_id: str, *, replier_id: str, now: datetime) -> Reply:
    """Take a reply back; its words stay with its writer until they are erased.

    Raises:
        NotFound: there is none of one's own.
        Inconsistent: the reply stands so that this can't be done.
    """
    with told_plainly(ledger.where), ledger.writing() as connection:
        reply = get_own(connection, reply_id, replier_id)
        state = advance(reply, ReplyAction.WITHDRAW, now=now)
        withdrawn = change_reply(connection, reply, {"state": state, "holds": (), "published": None})
        add_event(connection, withdrawn, ReplyAction.WITHDRAW, who=WRITER, now=now)
    return withdrawn


def appeal_reply(ledger: Ledger, reply_id: str, words: str, *, replier_id: str, now: datetime) -> Reply:
    """Ask once that a refusal be looked at again: back to the queue, with these words.

    Raises:
        BadInput: there are no words, or too many.
        NotFound, Inconsistent: as above.
    """
    said = check_appeal(words)
    with told_plainly(ledger.where), ledger.writing() as connection:
        reply = get_own(connection, reply_id, replier_id)
        state = advance(reply, ReplyAction.APPEAL, now=now)
        columns = {
            "state": state,
            "holds": (HoldReason.APPEAL,),
            "appealed": True,
            "appeal_words": said,
            "ruled": False,
        }
        waiting = change_reply(connection, reply, columns)
        add_event(connection, waiting, ReplyAction.APPEAL, who=WRITER, now=now, words=said)
    return waiting


def erase_reply(ledger: Ledger, reply_id: str, *, replier_id: str, now: datetime) -> Reply:
    """Let no word of a reply stay: text, address, chosen words, labels, reasons and mails go; a tombstone stays.

    Raises:
        NotFound, Inconsistent: as above.
    """
    with told_plainly(ledger.where), ledger.writing() as connection:
        return _erase(connection, get_own(connection, reply_id, replier_id), now)


def erase_replier(ledger: Ledger, replier_id: str, *, now: datetime) -> int:
    """Erase all replies of a person, and the person; tells how many replies. Of who is blocked the keyed hash of who it is stays.

    Raises:
        NotFound: there is no such person.
    """
    with told_plainly(ledger.where), ledger.writing() as connection:
        replier = get_replier(connection, replier_id)
        mine = [reply for reply in list_own(connection, replier_id) if reply.state is not ReplyState.ERASED]
        for reply in mine:
            _erase(connection, reply, now)
        erase_person(connection, replier)
    return len(mine)


def export_of(connection: Connection, replier_id: str) -> Mapping[str, Any]:
    """All that is kept of a person, in JSON's own types.

    Raises:
        NotFound: there is no such person.
    """
    return export_rows(connection, get_replier(connection, replier_id))


def may_edit(reply: Reply, *, now: datetime) -> bool:
    """Whether its writer may still edit it."""
    return may(reply, ReplyAction.EDIT, now=now)


def may_appeal(reply: Reply) -> bool:
    """Whether its writer may appeal; there is no time limit."""
    return may(reply, ReplyAction.APPEAL, now=reply.made)


def _erase(connection: Connection, reply: Reply, now: datetime) -> Reply:
    advance(reply, ReplyAction.ERASE, now=now)
    erased = erase_words(connection, reply)
    add_event(connection, erased, ReplyAction.ERASE, who=WRITER, now=now)
    return erased
