"""Whether a reply is spam: every filter is asked, and whatever fails holds the reply.

Comes in: filters and a submission. Goes out: a judgement with every filter's verdict and reason. How long a filter may take is its own to bound;
one that stops by raising TimeoutError, or anything else, has failed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, cast

from harmledger.domain import Reply, ReplyKind, Sender, SpamDecision, SpamJudgement, SpamVerdict, Submission
from harmledger.reply.model import SpamModel
from harmledger.reply.normal import MOST_CHARS

TOLD_CHARS = 200
"""Characters of a failure's own words that moderators see."""


class SpamFilter(Protocol):
    """Says of a submission what it takes it for."""

    @property
    def name(self) -> str: ...
    def judge(self, submission: Submission) -> SpamVerdict: ...


def make_submission(reply: Reply, *, permalink: str, sender: Sender | None = None) -> Submission:
    """A reply as filters see it; who wrote a witness account, or what, is told to none elsewhere."""
    return Submission(
        text=f"{reply.text}\n{reply.url}" if reply.url else reply.text,
        name=reply.pseudonym,
        kind=reply.kind.value,
        permalink=permalink,
        stays_here=reply.kind is ReplyKind.WITNESS,
        sender=sender or Sender(),
    )


def judge(filters: Iterable[SpamFilter], submission: Submission) -> SpamJudgement:
    """What all filters make of a submission; one that fails is a verdict as well, and not one that passes."""
    return SpamJudgement(verdicts=tuple(_ask(each, submission) for each in filters))


def _ask(one: SpamFilter, submission: Submission) -> SpamVerdict:
    by = type(one).__name__
    try:
        by = one.name
        verdict = cast("object", one.judge(submission))
    except Exception as e:  # noqa: BLE001  the reply outlives its filters; the failure is its reason to be held
        return failed(by, f"failed ({type(e).__name__}: {e})")
    return verdict if isinstance(verdict, SpamVerdict) else failed(by, "failed (it gave no verdict)")


def failed(by: str, reason: str) -> SpamVerdict:
    """The verdict of a filter that couldn't find out."""
    told = "".join(c if c.isprintable() else " " for c in reason)
    return SpamVerdict(decision=SpamDecision.UNSURE, by=by, reason=" ".join(told.split())[:TOLD_CHARS], failed=True)


class LocalFilter:
    """Judges by a model that was learnt here; tells nobody."""

    def __init__(self, model: SpamModel) -> None:
        self._model = model

    @property
    def name(self) -> str:
        return f"local {self._model.name}"

    def judge(self, submission: Submission) -> SpamVerdict:
        """What the text looks like; one too long to be read whole, or without a word, is never taken for ham."""
        score = self._model.score(submission.text)
        decision, reason = self._decide(score, submission.text)
        return SpamVerdict(decision=decision, by=self.name, reason=reason, score=score)

    def _decide(self, score: float, text: str) -> tuple[SpamDecision, str]:
        shown = f"{score:.2f}"
        if score >= self._model.spam_from:
            return SpamDecision.SPAM, f"looks like spam ({shown})"
        if len(text) > MOST_CHARS:
            return SpamDecision.UNSURE, f"too long to be read whole ({len(text):,} signs)"
        if not any(c.isalpha() for c in text):
            return SpamDecision.UNSURE, "has no word in it"
        if score >= self._model.ham_below:
            return SpamDecision.UNSURE, f"may be spam ({shown})"
        return SpamDecision.HAM, f"doesn't look like spam ({shown})"
