"""What a reply's writer is told of it, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from harmledger.domain import HoldReason, Receipt, RefusalReason, Reply, ReplyState
from harmledger.reply.lifecycle import told_state

WAITS: Mapping[HoldReason, str] = {
    HoldReason.WITNESS: "Witness accounts are read by a moderator. They aren't public unless you agreed to it and a lead moderator decides so.",
    HoldReason.OFFICIAL: "A moderator finds out who speaks for an office before its answer is public.",
    HoldReason.APPEAL: "A moderator looks at it again.",
    HoldReason.MODERATOR: "A moderator wants to look into it before it is public.",
    HoldReason.NAMES: "A moderator reads it, since it may name a person.",
    HoldReason.FIRST: "A moderator reads everybody's first three replies.",
}
"""The first that holds is told; of the others it is not said which, so that nobody learns how to pass."""
WAITS_ELSE = "A moderator reads it."
REFUSED: Mapping[RefusalReason, str] = {
    RefusalReason.OFF_TOPIC: "It isn't about what it replies to.",
    RefusalReason.ABUSE: "It attacks, threatens or demeans people.",
    RefusalReason.PERSONAL_DATA: "It tells of a person what could harm them.",
    RefusalReason.UNCHECKABLE: "Nothing in it can be checked.",
    RefusalReason.REPEATED: "It was said before.",
    RefusalReason.ADVERTISING: "It advertises something.",
    RefusalReason.UNLAWFUL: "To publish it would be against the law.",
    RefusalReason.BLOCKED: "Replies of yours are taken no longer.",
    RefusalReason.OTHER: "A moderator refused it.",
}
REFUSED_ELSE = "A moderator took it for advertising or something else that is sent around."
_GONE: Mapping[ReplyState, str] = {
    ReplyState.PUBLISHED: "",
    ReplyState.WITHDRAWN: "You took it back.",
    ReplyState.ERASED: "It was erased.",
}


def tell_writer(reply: Reply) -> Receipt:
    """How a reply stands, as its writer is told: its state, and why in a sentence."""
    state = told_state(reply)
    return Receipt(reply_id=reply.reply_id, reference=reply.reference, state=state, why=_why(reply, state))


def _why(reply: Reply, state: ReplyState) -> str:
    if state is ReplyState.HELD:
        return next((words for hold, words in WAITS.items() if hold in reply.holds), WAITS_ELSE)
    if state is not ReplyState.REFUSED:
        return _GONE.get(state, "")
    because = REFUSED[reply.refusal] if reply.refusal else REFUSED_ELSE
    return f"{because} {reply.refusal_words}" if reply.refusal_words else because
