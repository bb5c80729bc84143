"""What a reply's writer does with it afterwards: edits, appeals, withdraws; nobody else can."""

from __future__ import annotations

import pytest
from fake_replies import FakeJudge, People

from harmledger.domain import (
    HoldReason,
    ModeratorVerdict,
    RefusalReason,
    ReplyState,
)
from harmledger.domain.spam import SpamDecision
from harmledger.errors import BadInput, HarmledgerError, Inconsistent, NotAllowed, NotFound
from harmledger.replying import (
    appeal_reply,
    erase_reply,
    get_own,
    may_appeal,
    may_edit,
    tell_writer,
    withdraw_reply,
)
from harmledger.replying.keeping import MOST_EDITS

HELD, PUBLISHED, REFUSED, SPAM = ReplyState.HELD, ReplyState.PUBLISHED, ReplyState.REFUSED, ReplyState.SPAM


def test_an_edited_reply_is_judged_anew(people: People) -> None:
    """A public one waits while it is looked at again, and is spam where it has become that."""
    replier = people.trusted()
    sent = people.send(replier)
    judge = FakeJudge(SpamDecision.SPAM)
    judge.meanwhile = lambda: seen.append(people.state(sent.reply_id))
    seen: list[ReplyState] = []
    assert people.edit(sent.reply_id, replier.replier_id, "Buy it now", judge=judge).state is HELD
    assert (seen, people.state(sent.reply_id), judge.asked[0].text) == ([HELD], SPAM, "Buy it now")
    assert people.get(sent.reply_id).published is None


def test_an_edit_is_held_to_all_rules_of_sending(people: People) -> None:
    """Lengths, links, targets, names and blocks count as before; nothing is changed by what is refused."""
    replier = people.trusted()
    sent = people.send(replier)
    before = people.get(sent.reply_id)
    for text in ("a" * 3_001, "", "https://a.example.com " * 4):
        with pytest.raises(BadInput):
            people.edit(sent.reply_id, replier.replier_id, text)
    assert people.get(sent.reply_id) == before
    assert people.edit(sent.reply_id, replier.replier_id, "Kotek Welles was there").state is HELD
    people.rule(sent.reply_id, ModeratorVerdict.BLOCK, words="names people")
    with pytest.raises(HarmledgerError):
        people.edit(sent.reply_id, replier.replier_id)


def test_edits_end(people: People) -> None:
    """After a quarter of an hour, and after ten."""
    replier = people.join()
    sent = people.send(replier)
    for _ in range(MOST_EDITS):
        people.edit(sent.reply_id, replier.replier_id)
    with pytest.raises(NotAllowed, match="10 times"):
        people.edit(sent.reply_id, replier.replier_id)
    late = people.send(replier)
    assert may_edit(people.get(late.reply_id), now=people.now)
    people.later(minutes=15, seconds=1)
    assert not may_edit(people.get(late.reply_id), now=people.now)
    with pytest.raises(Inconsistent, match="15 minutes"):
        people.edit(late.reply_id, replier.replier_id)


def test_of_an_edit_and_a_ruling_one_is_told(people: People) -> None:
    """Who edits what a moderator ruled on meanwhile is told, and the ruling stands."""
    replier = people.join()
    sent = people.send(replier)
    seen = people.get(sent.reply_id).version
    people.edit(sent.reply_id, replier.replier_id)
    with pytest.raises(Inconsistent, match="changed meanwhile"):
        people.rule(sent.reply_id, ModeratorVerdict.PUBLISH, version=seen)
    people.refuse(sent.reply_id)
    with pytest.raises(Inconsistent, match="it was refused"):
        people.edit(sent.reply_id, replier.replier_id)


def test_others_replies_are_not_found(people: People) -> None:
    """Whatever is tried of somebody else's, it is answered as what isn't there."""
    owner, other = people.join(), people.join()
    reply_id = people.send(owner).reply_id
    them = {"replier_id": other.replier_id, "now": people.now}
    for act in (
        lambda: people.edit(reply_id, other.replier_id),
        lambda: withdraw_reply(people.ledger, reply_id, **them),
        lambda: appeal_reply(people.ledger, reply_id, "look again", **them),
        lambda: erase_reply(people.ledger, reply_id, **them),
        lambda: people.ask(get_own, reply_id, other.replier_id),
        lambda: people.ask(get_own, people.get(reply_id).reference, ""),
    ):
        with pytest.raises(NotFound, match="no such reply"):
            act()


def test_a_refusal_is_looked_at_again_once(people: People) -> None:
    """With the writer's words; what a moderator then refuses again stays refused."""
    replier = people.trusted()
    sent = people.send(replier)
    refused = people.refuse(sent.reply_id, words="Where is that?")
    assert may_appeal(refused)
    assert tell_writer(refused).why == "It isn't about what it replies to. Where is that?"
    again = appeal_reply(people.ledger, sent.reply_id, "It is in line 3", replier_id=replier.replier_id, now=people.now)
    assert (again.state, again.holds, again.appeal_words) == (HELD, (HoldReason.APPEAL,), "It is in line 3")
    final = people.refuse(sent.reply_id)
    assert not may_appeal(final)
    with pytest.raises(Inconsistent, match="once is all"):
        appeal_reply(people.ledger, sent.reply_id, "again", replier_id=replier.replier_id, now=people.now)


def test_what_was_withdrawn_can_only_be_erased(people: People) -> None:
    """Nobody publishes what its writer took back."""
    replier = people.trusted()
    sent = people.send(replier)
    withdraw_reply(people.ledger, sent.reply_id, replier_id=replier.replier_id, now=people.now)
    for verdict in (ModeratorVerdict.PUBLISH, ModeratorVerdict.REFUSE, ModeratorVerdict.SPAM, ModeratorVerdict.HOLD):
        with pytest.raises(Inconsistent, match="its writer took it back"):
            people.rule(sent.reply_id, verdict, reason=RefusalReason.ABUSE)
    assert (
        erase_reply(people.ledger, sent.reply_id, replier_id=replier.replier_id, now=people.now).state
        is ReplyState.ERASED
    )
