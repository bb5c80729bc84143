"""Which state leads to which: every state with every step, and no third way to the public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fake_replies import a_reply
from fakes import FIXED_NOW
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import HoldReason, Reply, ReplyState
from harmledger.errors import Inconsistent
from harmledger.reply.lifecycle import EDIT_FOR, ReplyAction, advance, in_order, may, sticky, told_state

COLUMNS = "send edit withdraw appeal erase clear doubt suspect publish refuse spam hold block unblock credit".split()
TABLE = """
draft      held .    .         .    .      .         .    .    .         .       .    .    . . .
held       .    held withdrawn .    erased published held spam published refused spam held . . held
published  .    held withdrawn .    erased .         .    .    .         refused spam held . . published
refused    .    .    .         held erased .         .    .    published .       spam held . . refused
spam       .    held withdrawn .    erased .         .    .    published refused spam held . . .
ruled-spam .    .    .         held erased .         .    .    published refused spam held . . .
withdrawn  .    .    .         .    erased .         .    .    .         .       .    .    . . .
erased     .    .    .         .    .      .         .    .    .         .       .    .    . . .
"""
"""What follows; a point: it can't be. Spam on which no person ruled waits, to its writer."""
CASES = [
    (row.split()[0], action, None if follows == "." else ReplyState(follows))
    for row in TABLE.strip().splitlines()
    for action, follows in zip(COLUMNS, row.split()[1:], strict=True)
]


def standing(name: str) -> Reply:
    ruled = name in {"ruled-spam", "refused"}
    return a_reply(state=ReplyState(name.removeprefix("ruled-")), ruled=ruled)


def test_the_table_is_whole() -> None:
    """No state and no step is left out."""
    assert {action for _, action, _ in CASES} == {action.value for action in ReplyAction}
    assert {name for name, *_ in CASES} - {"ruled-spam"} == {state.value for state in ReplyState}


@pytest.mark.parametrize(("name", "action", "follows"), CASES)
def test_a_step_leads_where_the_table_says(name: str, action: str, follows: ReplyState | None) -> None:
    """Each step leads to one state, or is refused in one sentence that names the reply."""
    reply = standing(name)
    assert may(reply, ReplyAction(action), now=FIXED_NOW) is (follows is not None)
    if follows is not None:
        assert advance(reply, ReplyAction(action), now=FIXED_NOW) is follows
        return
    with pytest.raises(Inconsistent, match=r"0123456789: .+; .+\.$"):
        advance(reply, ReplyAction(action), now=FIXED_NOW)


def test_words_can_be_mended_for_a_quarter_of_an_hour() -> None:
    """To the second, and counted from sending, whatever was edited since."""
    reply = a_reply(edited=FIXED_NOW + timedelta(minutes=14))
    assert may(reply, ReplyAction.EDIT, now=FIXED_NOW + EDIT_FOR)
    with pytest.raises(Inconsistent, match="15 minutes"):
        advance(reply, ReplyAction.EDIT, now=FIXED_NOW + EDIT_FOR + timedelta(seconds=1))


def test_one_appeals_once() -> None:
    """A second time is refused with that reason."""
    reply = a_reply(state=ReplyState.REFUSED, ruled=True, appealed=True)
    with pytest.raises(Inconsistent, match="once is all"):
        advance(reply, ReplyAction.APPEAL, now=FIXED_NOW)


@pytest.mark.parametrize("hold", [hold for hold in HoldReason if hold is not HoldReason.CHECKING])
def test_whatever_holds_a_reply_keeps_the_filter_from_passing_it(hold: HoldReason) -> None:
    """A filter that takes it for no spam publishes it only where nothing else holds it."""
    held = a_reply(holds=(HoldReason.CHECKING, hold))
    assert advance(held, ReplyAction.CLEAR, now=FIXED_NOW) is ReplyState.HELD


def test_spam_waits_to_its_writer_until_a_person_ruled() -> None:
    """Who sends spam learns nothing from the answer; who was ruled on is told, and may appeal."""
    assert told_state(a_reply(state=ReplyState.SPAM)) is ReplyState.HELD
    assert told_state(a_reply(state=ReplyState.SPAM, ruled=True)) is ReplyState.REFUSED
    told = "it waits"
    with pytest.raises(Inconsistent, match=told):
        advance(a_reply(state=ReplyState.SPAM), ReplyAction.APPEAL, now=FIXED_NOW)


@given(st.lists(st.tuples(st.sampled_from(ReplyAction), st.sampled_from(HoldReason)), max_size=30))
def test_only_a_clean_filter_or_a_moderator_publishes(steps: list[tuple[ReplyAction, HoldReason]]) -> None:
    """Whatever is done in whatever order: what is public was last published by a moderator, or cleared while nothing else held it."""
    reply = a_reply(state=ReplyState.DRAFT, holds=(HoldReason.CHECKING,))
    for action, hold in steps:
        before = reply
        if not may(reply, action, now=FIXED_NOW):
            continue
        state = advance(reply, action, now=FIXED_NOW)
        if state is ReplyState.PUBLISHED and before.state is not ReplyState.PUBLISHED:
            cleared = action is ReplyAction.CLEAR and set(before.holds) <= {HoldReason.CHECKING}
            assert action is ReplyAction.PUBLISH or cleared
        holds = in_order({*before.holds, hold}) if action in {ReplyAction.EDIT, ReplyAction.SEND} else ()
        reply = a_reply(state=state, holds=holds, ruled=action in {ReplyAction.REFUSE, ReplyAction.SPAM})


@given(st.frozensets(st.sampled_from(HoldReason)))
def test_an_edit_lifts_nothing_that_a_moderator_is_to_lift(holds: frozenset[HoldReason]) -> None:
    """A filled trap, haste, an appeal and a moderator's wish stay, and nothing is added."""
    asked = {HoldReason.TRAPPED, HoldReason.QUICK, HoldReason.APPEAL, HoldReason.MODERATOR}
    assert sticky(holds) == holds & asked
