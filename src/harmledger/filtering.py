"""Replies are judged by the filters that the settings switch on, and these learn from moderators: the composition of `reply`, `endpoint` and `store`.

labels ─▶ a model, learnt anew when enough of them are new ─▶ judges what comes in
a moderator contradicts a filter elsewhere ─▶ it is told, later where it can't be told now

The model is in memory alone: it is worked out of the labels, the same ones give the same model, and a reply that was erased is forgotten with the
next one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from harmledger.domain import Reply, ReplyKind, ReplyLabel
from harmledger.domain.spam import SpamDecision, SpamJudgement, Submission
from harmledger.endpoint.akismet import Akismet
from harmledger.errors import EngineFailed, NotFound
from harmledger.reply.learn import learn
from harmledger.reply.model import load_start_model
from harmledger.reply.spam import LocalFilter, SpamFilter, judge
from harmledger.store.ledger import Ledger
from harmledger.store.replies import get_reply
from harmledger.store.reply_tellings import note_not_told, note_told, take_tellings

LEARN_EVERY = 10
"""Labels that are new or gone before the model is learnt anew: a moderator's sitting."""
MOST_TOLD_AT_ONCE = 5
_LOG = logging.getLogger("harmledger.filtering")
Labels = frozenset[tuple[str, bool]]


class ReplyFilters:
    """All filters of a site; its `judge` is what `replying` is given."""

    def __init__(self, elsewhere: Akismet | None = None) -> None:
        self.elsewhere = elsewhere
        self._local = LocalFilter(load_start_model())
        self._learnt: Labels | None = None

    @property
    def model(self) -> str:
        """The name of the model that judges now."""
        return self._local.name

    def judge(self, submission: Submission, /) -> SpamJudgement:
        """What all of them make of it."""
        filters: list[SpamFilter] = [self._local]
        if self.elsewhere:
            filters.append(self.elsewhere)
        return judge(filters, submission)

    def take_in(self, labels: Sequence[ReplyLabel], *, at_once: bool = False) -> bool:
        """Learn anew where enough of the labels changed since (at the beginning, and `at_once`, where any did); whether it was."""
        known: Labels = frozenset((each.reply_id, each.spam) for each in labels)
        changed = len(known ^ (self._learnt or frozenset()))
        if not changed or not (self._learnt is None or at_once or changed >= LEARN_EVERY):
            return False
        said = [(each.text, SpamDecision.SPAM if each.spam else SpamDecision.HAM) for each in labels]
        self._local = LocalFilter(learn(load_start_model(), said))
        self._learnt = known
        return True


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
        submission = Submission(
            text=f"{reply.text}\n{reply.url}" if reply.url else reply.text,
            name=reply.pseudonym,
            kind=reply.kind.value,
            permalink=address_of(reply),
            stays_here=reply.kind is ReplyKind.WITNESS,
        )
        if not reply.text:  # it was erased since: nothing is left to tell
            return False
        (filter_.submit_spam if spam else filter_.submit_ham)(submission)
    except (EngineFailed, NotFound) as e:
        _LOG.warning("a filter elsewhere couldn't be told of a decision: %s", e.what)
        return False
    return True
