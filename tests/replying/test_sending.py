"""A reply is sent: looked at, kept, judged. Whatever fails holds it."""

from __future__ import annotations

from typing import Any

import pytest
from fake_replies import PLAIN, SENTENCE, FakeJudge, People, says

from harmledger.domain import (
    HoldReason,
    ModeratorVerdict,
    RefusalReason,
    ReplyKind,
    ReplyState,
    Target,
)
from harmledger.domain.spam import Sender, SpamDecision, SpamJudgement
from harmledger.errors import BadInput, NotAllowed
from harmledger.replying import (
    count_states,
    erase_reply,
    find_target,
)
from harmledger.replying.keeping import MOST_A_DAY, MOST_A_DAY_FROM

HELD, PUBLISHED, REFUSED, SPAM = ReplyState.HELD, ReplyState.PUBLISHED, ReplyState.REFUSED, ReplyState.SPAM


def test_the_first_three_wait_and_the_fourth_is_public(people: People) -> None:
    """Until three are public each waits for a moderator, however many were sent; what the filter then takes for no spam is public at once."""
    replier = people.join()
    for _ in range(3):
        waiting = [people.send(replier) for _ in range(2)]
        assert {each.state for each in waiting} == {HELD}
        people.publish(waiting[0].reply_id)
    fourth = people.send(replier)
    assert (fourth.state, fourth.why) == (PUBLISHED, "")
    assert people.get(fourth.reply_id).published == people.now


@pytest.mark.parametrize(
    ("judge", "state", "hold"),
    [
        (FakeJudge(), PUBLISHED, None),
        (FakeJudge(SpamDecision.SPAM), SPAM, None),
        (FakeJudge(SpamDecision.UNSURE), HELD, HoldReason.UNSURE),
        (lambda _: says(SpamDecision.UNSURE, failed=True), HELD, HoldReason.FAILED),
        (lambda _: SpamJudgement(verdicts=()), HELD, HoldReason.UNSURE),
        (lambda _: SpamJudgement(verdicts=(*says(SpamDecision.HAM).verdicts, *says(SpamDecision.UNSURE, failed=True).verdicts)), HELD, HoldReason.FAILED),
        (lambda _: None, HELD, HoldReason.FAILED),
        (lambda _: "ham", HELD, HoldReason.FAILED),
        (FakeJudge(raises=TimeoutError()), HELD, HoldReason.FAILED),
        (FakeJudge(raises=MemoryError()), HELD, HoldReason.FAILED),
    ],
)  # fmt: skip
def test_only_a_clear_answer_of_the_filter_passes(
    people: People, judge: Any, state: ReplyState, hold: HoldReason | None
) -> None:
    """What it can't tell, garbage, nothing and whatever it raises hold; spam waits to its writer."""
    sent = people.send(people.trusted(), judge=judge)
    assert people.state(sent.reply_id) is state
    assert people.get(sent.reply_id).holds == ((hold,) if hold else ())
    assert sent.state is (PUBLISHED if state is PUBLISHED else HELD)


def test_a_reply_is_kept_before_the_filter_is_asked(people: People) -> None:
    """Where a process dies while the filter thinks the reply waits for a moderator, and nothing of it is lost."""
    replier = people.trusted()

    def die() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        people.send(replier, judge=FakeJudge(meanwhile=die))
    assert people.ask(count_states)[HELD] == 1


@pytest.mark.parametrize("verdict", [ModeratorVerdict.REFUSE, ModeratorVerdict.HOLD, ModeratorVerdict.SPAM])
def test_a_moderator_who_rules_meanwhile_is_not_overruled(people: People, verdict: ModeratorVerdict) -> None:
    """A filter that answers after a moderator changes nothing."""
    replier = people.trusted()
    ruled: list[ReplyState] = []

    def rule() -> None:
        (waiting,) = (each for each in people.ask(list_all_held))
        ruled.append(people.rule(waiting, verdict, reason=RefusalReason.ABUSE).state)

    sent = people.send(replier, judge=FakeJudge(meanwhile=rule))
    assert people.state(sent.reply_id) is ruled[0]
    assert ruled[0] is not PUBLISHED


def list_all_held(connection: Any) -> list[str]:
    from harmledger.replying import list_queue

    return [each.reply_id for each in list_queue(connection)]


def test_a_filled_trap_is_spam_and_isnt_told(people: People) -> None:
    """The filter isn't asked, the writer sees a reply that waits, and no edit helps it out."""
    replier, judge = people.trusted(), FakeJudge()
    sent = people.send(replier, trap="https://buy.example.com", judge=judge)
    plain = people.send(people.join())
    assert (sent.state, people.state(sent.reply_id), judge.asked) == (HELD, SPAM, [])
    assert sent.why in {plain.why, "A moderator reads it."}
    assert people.edit(sent.reply_id, replier.replier_id, judge=judge).state is HELD
    assert (people.state(sent.reply_id), judge.asked) == (SPAM, [])


def test_the_filter_is_told_what_will_be_read_and_little_else(people: People) -> None:
    """Text, pseudonym and kind; what is said of the sender goes to it and is kept nowhere; a witness's account never leaves."""
    judge = FakeJudge()
    sender = Sender(address="198.51.100.7", agent="Agent of zanzarim", email="zanzarim@example.com")
    replier = people.join("Reader")
    people.send(replier, PLAIN, judge=judge, sender=sender, permalink="https://record.example.org/r")
    people.send(replier, kind=ReplyKind.WITNESS, judge=judge)
    first, second = judge.asked
    assert (first.text, first.name, first.kind, first.sender, first.stays_here) == (
        PLAIN,
        "Reader",
        "comment",
        sender,
        False,
    )
    assert second.stays_here
    people.ledger.close()
    for path in (people.folder / "ledger").iterdir():
        assert path.is_dir() or b"zanzarim" not in path.read_bytes()


@pytest.mark.parametrize("where", ["document", "claim", "incident"])
def test_a_correction_points_at_words_wherever_it_is_sent_from(people: People, where: str) -> None:
    """From a report's, a claim's and an incident's page the same sentence is the same words of the same claim."""
    sent = people.correct(people.join(), subject=getattr(people, where)())
    target = people.get(sent.reply_id).target
    assert target
    assert (target.exact, target.document_id, target.claim_id) == (SENTENCE, people.document().id, people.claim().id)
    with pytest.raises(BadInput, match="don't stand there"):
        people.correct(people.join(), subject=getattr(people, where)(), target=Target(exact="32 civilians"))


@pytest.mark.parametrize("field", ["truth", "low; DROP TABLE replies", "", "__class__"])
def test_only_values_of_claims_can_be_meant(people: People, field: str) -> None:
    """A field that no claim has is refused; one that it has needs no words."""
    with pytest.raises(BadInput):
        people.ask(find_target, people.claim(), Target(exact=SENTENCE, field=field))
    found = people.ask(find_target, people.claim(), Target(exact="", field="low"))
    assert (found.exact, found.claim_id) == (SENTENCE, people.claim().id)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "\x00" * 5, "\u202e\u200b", "[](" * 400_000, "\ud800"])
def test_hostile_texts_are_refused_and_not_kept(people: People, text: str) -> None:
    """A megabyte, nothing, and nothing that can be seen."""
    with pytest.raises(BadInput):
        people.send(people.join(), text)
    assert sum(people.ask(count_states).values()) == 0


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a\u202eb\x00c\ud800d", "'; DROP TABLE replies; --", "{{ 7*7 }} %s %(x)s", "[x](javascript:alert(1))"])  # fmt: skip
def test_hostile_words_are_kept_as_words(people: People, text: str) -> None:
    """Nothing in them does anything; what hides is left out."""
    sent = people.send(people.join(), text)
    kept = people.get(sent.reply_id).text
    assert kept == text.replace("\u202e", "").replace("\x00", "").replace("\ud800", "")


def test_copies_wait(people: People) -> None:
    """The same words, nearly the same, or from somebody else, within a week; later they are new."""
    one, other = people.trusted("One"), people.trusted("Other")
    text = people.fresh_text()
    assert people.send(one, text).state is PUBLISHED
    for copy in (text, text.upper(), text.replace("stood", "stood,")):
        assert HoldReason.REPEATED in people.get(people.send(other, copy).reply_id).holds
    people.later(days=8)
    assert people.send(other, text).state is PUBLISHED


def test_one_sends_so_many_a_day(people: People) -> None:
    """Counted in the ledger: erasing what was sent makes no room, the next day does."""
    replier = people.join()
    ids = [people.send(replier).reply_id for _ in range(MOST_A_DAY)]
    erase_reply(people.ledger, ids[0], replier_id=replier.replier_id, now=people.now)
    with pytest.raises(NotAllowed, match=f"{MOST_A_DAY} replies within a day"):
        people.send(replier)
    assert sum(people.ask(count_states).values()) == MOST_A_DAY
    people.later(days=1, seconds=1)
    people.send(replier)


def test_a_network_sends_so_many_a_day(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends from it."""
    monkeypatch.setattr("harmledger.replying.keeping.MOST_A_DAY_FROM", 3)
    assert MOST_A_DAY_FROM > 3
    for _ in range(3):
        people.send(people.join(), address_hash="n" * 64)
    with pytest.raises(NotAllowed, match="your network"):
        people.send(people.join(), address_hash="n" * 64)
    people.send(people.join(), address_hash="m" * 64)
