"""Moderators rule, and nothing is public but by them or by a filter that took it for no spam."""

from __future__ import annotations

from typing import Any

import pytest
from fake_replies import SENTENCE, FakeJudge, People, within
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmledger.domain import (
    ModeratorVerdict,
    RefusalReason,
    ReplyKind,
    ReplyState,
    Target,
)
from harmledger.domain.spam import SpamDecision
from harmledger.errors import BadInput, HarmledgerError, Inconsistent, NotAllowed
from harmledger.replying import (
    appeal_reply,
    credit_within,
    erase_reply,
    list_events,
    list_labels,
    unblock_within,
    withdraw_reply,
)

HELD, PUBLISHED, REFUSED, SPAM = ReplyState.HELD, ReplyState.PUBLISHED, ReplyState.REFUSED, ReplyState.SPAM


@pytest.mark.parametrize(
    ("consent", "is_lead", "says_so", "public"),
    [(True, True, True, True), (False, True, True, False), (True, False, True, False), (True, True, False, False)],
)
def test_a_witness_account_is_public_only_by_a_lead_and_its_writer(
    people: People, *, consent: bool, is_lead: bool, says_so: bool, public: bool
) -> None:
    """The filter never publishes one; a lead does who says so, where its writer agreed."""
    sent = people.send(people.trusted(), kind=ReplyKind.WITNESS, consent=consent)
    assert sent.state is HELD
    if public:
        assert people.publish(sent.reply_id, is_lead=is_lead, publish_witness=says_so).state is PUBLISHED
        return
    with pytest.raises(NotAllowed):
        people.publish(sent.reply_id, is_lead=is_lead, publish_witness=says_so)
    assert people.state(sent.reply_id) is HELD


def test_consent_that_is_taken_back_by_an_edit_counts(people: People) -> None:
    """What was agreed to is what the last version says."""
    replier = people.join()
    sent = people.send(replier, kind=ReplyKind.WITNESS, consent=True)
    people.edit(sent.reply_id, replier.replier_id, consent=False)
    with pytest.raises(NotAllowed, match="didn't agree"):
        people.publish(sent.reply_id, is_lead=True, publish_witness=True)


def test_refusing_and_blocking_need_reasons(people: People) -> None:
    """A refusal one of the list, `other` and a block words."""
    sent = people.send(people.join())
    for verdict, more in (
        (ModeratorVerdict.REFUSE, {}),
        (ModeratorVerdict.REFUSE, {"reason": RefusalReason.OTHER, "words": "  "}),
        (ModeratorVerdict.REFUSE, {"reason": RefusalReason.ABUSE, "words": "x" * 1_001}),
        (ModeratorVerdict.BLOCK, {}),
    ):
        with pytest.raises(BadInput):
            people.rule(sent.reply_id, verdict, **more)
    assert [each.what for each in people.ask(list_events, sent.reply_id)] == ["send", "clear"]


def test_who_is_blocked_sends_no_more(people: People) -> None:
    """What waits is refused, what is public stays until somebody rules on it, and it can be taken back."""
    replier = people.join()
    public, held, other = (people.send(replier).reply_id for _ in range(3))
    people.publish(public)
    people.rule(held, ModeratorVerdict.BLOCK, words="threatens others")
    assert [people.state(each) for each in (public, held, other)] == [PUBLISHED, REFUSED, REFUSED]
    assert people.get(other).refusal is RefusalReason.BLOCKED
    with pytest.raises(NotAllowed, match="taken no longer"):
        people.send(replier)
    withdraw_reply(people.ledger, public, replier_id=replier.replier_id, now=people.now)
    within(people.ledger, unblock_within, held, who="Amal", now=people.now)
    people.send(replier)
    with pytest.raises(Inconsistent, match="isn't blocked"):
        within(people.ledger, unblock_within, held, who="Amal", now=people.now)


def test_a_witness_that_isnt_public_is_credited_nowhere(people: People) -> None:
    """Whoever reads the log of changes doesn't learn that there is one."""
    sent = people.send(people.join(), kind=ReplyKind.WITNESS)
    with pytest.raises(Inconsistent, match="credited nowhere"):
        within(people.ledger, credit_within, sent.reply_id, "f" * 64, who="Amal", now=people.now)


def test_each_step_is_noted(people: People) -> None:
    """Who did what, when, why, and how the reply stood then; steps are only added."""
    replier = people.trusted()
    sent = people.send(replier)
    people.later(minutes=1)
    people.edit(sent.reply_id, replier.replier_id)
    people.refuse(sent.reply_id, RefusalReason.ABUSE, words="No threats.")
    people.publish(sent.reply_id)
    steps = [
        (each.who, each.what, each.state.value, each.reason, each.words)
        for each in people.ask(list_events, sent.reply_id)
    ]
    assert steps == [
        ("writer", "send", "held", None, None),
        ("filter", "clear", "published", "ham", None),
        ("writer", "edit", "held", None, None),
        ("filter", "clear", "published", "ham", None),
        ("Amal", "refuse", "refused", "abuse", "No threats."),
        ("Amal", "publish", "published", None, None),
    ]
    assert [each.spam for each in people.ask(list_labels)][-1:] == [False]


ACTS = ("edit", "withdraw", "appeal", "erase", "publish", "refuse", "spam", "hold", "block", "unblock")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25)
@given(
    kind=st.sampled_from([ReplyKind.COMMENT, ReplyKind.CORRECTION, ReplyKind.WITNESS, ReplyKind.OFFICIAL]),
    acts=st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(SpamDecision), st.booleans()), max_size=8),
)
def test_nothing_is_public_without_a_clear_filter_or_a_moderator(
    people: People, kind: ReplyKind, acts: list[tuple[str, SpamDecision, bool]]
) -> None:
    """Whatever writer, filter and moderators do in whatever order, the last step of what is public is one of the two, and the log tells the state."""
    replier = people.trusted()
    people.later(days=2)
    target = Target(exact=SENTENCE) if kind is ReplyKind.CORRECTION else None
    decision, trap = (acts[0][1], acts[0][2]) if acts else (SpamDecision.HAM, False)
    sent = people.send(replier, kind=kind, target=target, judge=FakeJudge(decision), trap="x" * trap)
    for act, decision, trap in acts:
        try:
            _do(people, act, sent.reply_id, replier.replier_id, FakeJudge(decision), trap=trap, target=target)
        except HarmledgerError:
            continue
    reply, steps = people.get(sent.reply_id), people.ask(list_events, sent.reply_id)
    assert steps[-1].state is reply.state
    if reply.state is PUBLISHED:
        last = [each for each in steps if each.what not in {"block", "unblock"}][-1]
        assert (last.who, last.what) in {("filter", "clear"), ("Amal", "publish")}
        assert last.who == "Amal" or kind in {ReplyKind.COMMENT, ReplyKind.CORRECTION}
    assert (reply.published is not None) is (reply.state is PUBLISHED)


def _do(
    people: People, act: str, reply_id: str, replier_id: str, judge: FakeJudge, *, trap: bool, target: Target | None
) -> None:
    mine: dict[str, Any] = {"replier_id": replier_id, "now": people.now}
    match act:
        case "edit":
            people.edit(reply_id, replier_id, judge=judge, trap="x" * trap, target=target)
        case "withdraw":
            withdraw_reply(people.ledger, reply_id, **mine)
        case "appeal":
            appeal_reply(people.ledger, reply_id, "look again", **mine)
        case "erase":
            erase_reply(people.ledger, reply_id, **mine)
        case "unblock":
            within(people.ledger, unblock_within, reply_id, who="Amal", now=people.now)
        case _:
            people.rule(reply_id, ModeratorVerdict(act), reason=RefusalReason.ABUSE, words="so")
