"""What writers are told of their replies."""

from __future__ import annotations

import pytest
from fake_replies import a_reply

from harmledger.domain import HoldReason, RefusalReason, ReplyState
from harmledger.reply.told import WAITS_ELSE, tell_writer


@pytest.mark.parametrize("hold", list(HoldReason))
def test_it_is_said_that_a_reply_waits_and_not_how_to_pass(hold: HoldReason) -> None:
    """What filter, trap, haste and copies made of it is told to nobody who could learn from it."""
    secret = {
        HoldReason.CHECKING,
        HoldReason.REPEATED,
        HoldReason.QUICK,
        HoldReason.UNSURE,
        HoldReason.FAILED,
        HoldReason.TRAPPED,
    }
    told = tell_writer(a_reply(holds=(hold,)))
    assert told.state is ReplyState.HELD
    assert told.why
    assert (told.why == WAITS_ELSE) is (hold in secret)


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_a_refusal_is_told_with_its_reason_and_words(reason: RefusalReason) -> None:
    """Each reason has a sentence, and the moderator's words follow it."""
    plain = tell_writer(a_reply(state=ReplyState.REFUSED, refusal=reason)).why
    assert (
        tell_writer(a_reply(state=ReplyState.REFUSED, refusal=reason, refusal_words="See above.")).why
        == f"{plain} See above."
    )


def test_spam_is_told_as_what_waits_or_was_refused() -> None:
    """Before a person ruled it waits, as anything else; afterwards it is refused."""
    waits = tell_writer(a_reply(state=ReplyState.SPAM, holds=(HoldReason.TRAPPED,)))
    assert (waits.state, waits.why) == (ReplyState.HELD, WAITS_ELSE)
    refused = tell_writer(a_reply(state=ReplyState.SPAM, ruled=True))
    assert refused.state is ReplyState.REFUSED
    assert "advertising" in refused.why


@pytest.mark.parametrize(("state", "why"), [(ReplyState.PUBLISHED, ""), (ReplyState.WITHDRAWN, "You took it back."), (ReplyState.ERASED, "It was erased.")])  # fmt: skip
def test_what_is_over_is_told(state: ReplyState, why: str) -> None:
    """What is public needs no reason."""
    assert tell_writer(a_reply(state=state)).why == why
