"""Filters learn from what moderators decide, and a filter elsewhere is told where it was wrong; nothing is lost by one that fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fake_replies import FakeJudge, People, make_people
from fakes import FIXED_NOW

from harmledger.domain import ModeratorVerdict, ReplyKind, ReplyLabel, ReplyState
from harmledger.domain.spam import SpamDecision, SpamJudgement, SpamVerdict, Submission
from harmledger.errors import EngineFailed
from harmledger.filtering import tell_elsewhere
from harmledger.replying import Judging, erase_reply
from harmledger.store.reply_mails import PAUSES
from harmledger.store.schema_replies import REPLY_TELLINGS


class FakeElsewhere:
    """A filter elsewhere, that remembers what it is told."""

    def __init__(self, *, fails: bool = False) -> None:
        self.told: list[tuple[str, Submission]] = []
        self.fails = fails

    def submit_spam(self, submission: Submission) -> None:
        self._hear("spam", submission)

    def submit_ham(self, submission: Submission) -> None:
        self._hear("ham", submission)

    def _hear(self, what: str, submission: Submission) -> None:
        if self.fails:
            raise EngineFailed("no answer came", "spam filter akismet", "try again")
        self.told.append((what, submission))


def akismet_says(decision: SpamDecision) -> FakeJudge:
    """A judge that says what Akismet would."""
    verdict = SpamVerdict(decision=decision, by="akismet", reason="told to")

    class Judge(FakeJudge):
        def __call__(self, submission: Submission, /) -> SpamJudgement:
            self.asked.append(submission)
            return SpamJudgement(verdicts=(verdict,))

    return Judge()


@pytest.fixture
def people(tmp_path: Path, database: str) -> Iterator[People]:
    made = make_people(tmp_path, database)
    yield made
    made.ledger.close()


def tell(people: People, elsewhere: FakeElsewhere) -> int:
    other: Any = elsewhere
    return tell_elsewhere(
        people.ledger, other, lambda reply: f"https://here/{reply.subject.id}", now=lambda: people.now
    )


def waiting(people: People) -> list[tuple[bool, str, int]]:
    rows = people.ask(lambda connection: connection.execute(REPLY_TELLINGS.select()).all())
    return [(row.spam, row.state, row.tries) for row in rows]


@pytest.mark.parametrize("spam", [True, False])
def test_a_filter_that_was_wrong_is_told_once(people: People, spam: bool) -> None:
    """With the text, the pseudonym and the page, and nothing of the sender."""
    judge = akismet_says(SpamDecision.HAM if spam else SpamDecision.SPAM)
    sent = people.send(people.join("Reader"), "The bridge stood all week.", judge=judge)
    people.rule(sent.reply_id, ModeratorVerdict.SPAM) if spam else people.publish(sent.reply_id)
    elsewhere = FakeElsewhere()
    assert (tell(people, elsewhere), tell(people, elsewhere)) == (1, 0)
    ((what, submission),) = elsewhere.told
    assert what == ("spam" if spam else "ham")
    assert (submission.text, submission.name) == ("The bridge stood all week.", "Reader")
    assert submission.permalink == f"https://here/{people.document().id}"
    assert submission.sender.address == submission.sender.email == ""


def test_a_filter_that_was_right_or_not_asked_is_told_nothing(people: People) -> None:
    """Where nothing elsewhere is switched on, no row waits."""
    right = people.send(people.join(), judge=akismet_says(SpamDecision.HAM))
    unasked = people.send(people.join())
    for each in (right, unasked):
        people.publish(each.reply_id)
    people.rule(unasked.reply_id, ModeratorVerdict.SPAM)
    assert waiting(people) == []


def test_who_changes_their_mind_corrects_what_was_told(people: People) -> None:
    """Before it was told nothing is; afterwards the contrary is."""
    sent = people.send(people.join(), judge=akismet_says(SpamDecision.HAM))
    people.rule(sent.reply_id, ModeratorVerdict.SPAM)
    people.publish(sent.reply_id)
    assert waiting(people) == []
    people.rule(sent.reply_id, ModeratorVerdict.SPAM)
    elsewhere = FakeElsewhere()
    tell(people, elsewhere)
    people.publish(sent.reply_id)
    tell(people, elsewhere)
    assert [what for what, _ in elsewhere.told] == ["spam", "ham"]


def test_what_isnt_heard_is_told_later_and_given_up_in_the_end(people: People) -> None:
    """It is tried again after growing pauses; the ruling stands whatever becomes of that."""
    sent = people.send(people.join(), judge=akismet_says(SpamDecision.HAM))
    people.rule(sent.reply_id, ModeratorVerdict.SPAM)
    silent = FakeElsewhere(fails=True)
    assert tell(people, silent) == 0
    assert tell(people, FakeElsewhere()) == 0
    people.later(minutes=2)
    assert waiting(people) == [(True, "waiting", 1)]
    for pause in PAUSES:
        people.now += pause + timedelta(minutes=1)
        tell(people, silent)
    assert waiting(people) == [(True, "failed", len(PAUSES) + 1)]
    assert people.state(sent.reply_id) is ReplyState.SPAM


def test_of_erased_replies_nothing_is_told(people: People) -> None:
    """The row goes with the words."""
    who = people.join()
    sent = people.send(who, judge=akismet_says(SpamDecision.HAM))
    people.rule(sent.reply_id, ModeratorVerdict.SPAM)
    erase_reply(people.ledger, sent.reply_id, replier_id=who.replier_id, now=people.now)
    assert waiting(people) == []
    assert tell(people, FakeElsewhere()) == 0


def test_witness_accounts_are_told_nobody(people: People) -> None:
    """However a moderator rules, the submission says that it stays here, and Akismet refuses to send such."""
    sent = people.send(people.join(), kind=ReplyKind.WITNESS, judge=akismet_says(SpamDecision.HAM))
    people.rule(sent.reply_id, ModeratorVerdict.SPAM)
    elsewhere = FakeElsewhere()
    tell(people, elsewhere)
    assert all(submission.stays_here for _, submission in elsewhere.told)


def labels(ham: int, spam: int) -> list[ReplyLabel]:
    """Labels of texts that differ."""
    texts = [(f"The count of the {n} wounded on the door of ward {n} was lower", False) for n in range(ham)]
    texts += [(f"Win {n} coins at http://casino{n}.example now now", True) for n in range(spam)]
    return [
        ReplyLabel(reply_id=f"{n:032x}", text=text, spam=is_spam, when=FIXED_NOW)
        for n, (text, is_spam) in enumerate(texts)
    ]


def test_the_same_labels_give_the_same_judge() -> None:
    """Learnt anew from what there is; without anything new nothing is done."""
    judging, other = Judging(), Judging()
    assert judging.learn(labels(6, 6))
    assert not judging.learn(labels(6, 6))
    other.learn(labels(6, 6))
    asked = Submission(text="Win coins at http://casino.example now")
    assert judging(asked) == other(asked)
    assert "+12" in judging(asked).verdicts[0].by


def test_a_filter_elsewhere_that_breaks_holds() -> None:
    """Both are asked; what one can't tell isn't passed by the other."""

    class Broken:
        name = "akismet"

        def judge(self, submission: Submission) -> SpamVerdict:
            raise TimeoutError(submission.text)

    broken: Any = Broken()
    judgement = Judging([broken])(Submission(text="The count on the door of the ward was lower."))
    assert judgement.decision is not SpamDecision.HAM
    assert len(judgement.verdicts) == 2
