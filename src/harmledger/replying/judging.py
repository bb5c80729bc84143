"""The filters that replies are judged by: the local one, which learns from moderators, and those elsewhere that the settings switch on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harmledger.domain import ReplyLabel
from harmledger.domain.spam import SpamDecision, SpamJudgement, Submission
from harmledger.reply.learn import learn
from harmledger.reply.model import load_start_model
from harmledger.reply.spam import LocalFilter, SpamFilter, judge


class Judging:
    """The judge of a site. Learning puts another model in the place of the one before, while replies are judged."""

    def __init__(self, elsewhere: Iterable[SpamFilter] = ()) -> None:
        self.elsewhere: Sequence[SpamFilter] = tuple(elsewhere)
        self._start = load_start_model()
        self._local = LocalFilter(self._start)
        self._learnt: tuple[tuple[str, bool], ...] = ()

    def __call__(self, submission: Submission, /) -> SpamJudgement:
        """What all filters make of a reply."""
        return judge((self._local, *self.elsewhere), submission)

    def learn(self, labels: Iterable[ReplyLabel]) -> bool:
        """Learn anew from moderators' decisions, the oldest first; tells whether they were others than the last time."""
        known = [(label.text, SpamDecision.SPAM if label.spam else SpamDecision.HAM) for label in labels]
        said = tuple((text, label is SpamDecision.SPAM) for text, label in known)
        if said == self._learnt:
            return False
        self._local = LocalFilter(learn(self._start, known))
        self._learnt = said
        return True
