"""Which state of a reply leads to which, by whom; and what must happen before one is public.

Comes in: a reply as it stands, and what is done. Goes out: the state that follows, or one sentence that says why that can't be. There are two ways
to `published` and no third: a moderator's ruling, or a filter that took it for no spam where nothing else holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from harmledger.domain import HoldReason, Reply, ReplyState
from harmledger.errors import Inconsistent

EDIT_FOR = timedelta(minutes=15)
"""So long after sending its writer may change a reply: time to mend a slip, not to put something else where readers answered."""


class ReplyAction(StrEnum):
    """A step of a reply, as its events name it."""

    SEND = "send"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    APPEAL = "appeal"
    ERASE = "erase"
    CLEAR = "clear"
    """The filter took it for no spam."""
    DOUBT = "doubt"
    """The filter couldn't tell, or failed."""
    SUSPECT = "suspect"
    """The filter, or the field that people don't see, took it for spam."""
    PUBLISH = "publish"
    REFUSE = "refuse"
    SPAM = "spam"
    HOLD = "hold"
    BLOCK = "block"
    """Of its writer; its state stays."""
    UNBLOCK = "unblock"
    CREDIT = "credit"
    """It led to a decision; its state stays."""


_D, _H, _P, _R, _S, _W, _E = ReplyState
_A = ReplyAction
_RULED: Mapping[ReplyAction, ReplyState] = {_A.PUBLISH: _P, _A.REFUSE: _R, _A.SPAM: _S, _A.HOLD: _H}
LEADS_TO: Mapping[ReplyState, Mapping[ReplyAction, ReplyState]] = {
    _D: {_A.SEND: _H},
    _H: {_A.EDIT: _H, _A.WITHDRAW: _W, _A.ERASE: _E, _A.CLEAR: _P, _A.DOUBT: _H, _A.SUSPECT: _S, _A.CREDIT: _H, **_RULED},
    _P: {_A.EDIT: _H, _A.WITHDRAW: _W, _A.ERASE: _E, _A.CREDIT: _P, _A.REFUSE: _R, _A.SPAM: _S, _A.HOLD: _H},
    _R: {_A.APPEAL: _H, _A.ERASE: _E, _A.CREDIT: _R, _A.PUBLISH: _P, _A.SPAM: _S, _A.HOLD: _H},
    _S: {_A.EDIT: _H, _A.WITHDRAW: _W, _A.APPEAL: _H, _A.ERASE: _E, _A.PUBLISH: _P, _A.REFUSE: _R, _A.SPAM: _S, _A.HOLD: _H},
    _W: {_A.ERASE: _E},
    _E: {},
}  # fmt: skip
"""What isn't here can't be. `clear` leads on only where nothing else holds the reply (see `advance`)."""
STICKY = frozenset({HoldReason.TRAPPED, HoldReason.QUICK, HoldReason.APPEAL, HoldReason.MODERATOR})
"""What holds a reply whatever its writer makes of it afterwards; a moderator alone lifts it."""
_DONE: Mapping[ReplyState, str] = {
    _D: "it was not sent yet",
    _H: "it waits",
    _P: "it is public",
    _R: "it was refused",
    _S: "it was taken for spam",
    _W: "its writer took it back",
    _E: "it was erased",
}


def advance(reply: Reply, action: ReplyAction, *, now: datetime) -> ReplyState:
    """The state that follows.

    Raises:
        Inconsistent: the reply stands so that this can't be done.
    """
    told = told_state(reply)
    if action is ReplyAction.EDIT and told is ReplyState.REFUSED:
        raise _cannot(reply, action, told)
    if action is ReplyAction.WITHDRAW and told is ReplyState.REFUSED:
        raise _cannot(reply, action, told)
    if action is ReplyAction.APPEAL and told is not ReplyState.REFUSED:
        raise _cannot(reply, action, told)
    if action is ReplyAction.APPEAL and reply.appealed:
        raise Inconsistent("it was looked at again already, and once is all", reply.reference, "send a new reply")
    follows = LEADS_TO[reply.state].get(action)
    if follows is None:
        raise _cannot(reply, action, told)
    if action is ReplyAction.EDIT and now - reply.made > EDIT_FOR:
        what = f"a reply can be edited for {EDIT_FOR.seconds // 60} minutes after it was sent"
        raise Inconsistent(what, reply.reference, "withdraw it, and send another")
    if action is ReplyAction.CLEAR and set(reply.holds) - {HoldReason.CHECKING}:
        return ReplyState.HELD
    return follows


def may(reply: Reply, action: ReplyAction, *, now: datetime) -> bool:
    """Whether `advance` lets it."""
    try:
        advance(reply, action, now=now)
    except Inconsistent:
        return False
    return True


def told_state(reply: Reply) -> ReplyState:
    """How it stands, to its writer: what no person has ruled to be spam waits, so that whoever sends spam doesn't learn what passes."""
    if reply.state is ReplyState.SPAM:
        return ReplyState.REFUSED if reply.ruled else ReplyState.HELD
    return reply.state


def sticky(holds: Iterable[HoldReason]) -> frozenset[HoldReason]:
    """Of what holds a reply, what an edit doesn't lift."""
    return STICKY & frozenset(holds)


def in_order(holds: Iterable[HoldReason]) -> tuple[HoldReason, ...]:
    """Each once, in the order of their enumeration."""
    found = frozenset(holds)
    return tuple(each for each in HoldReason if each in found)


def _cannot(reply: Reply, action: ReplyAction, told: ReplyState) -> Inconsistent:
    """Why not. To its writer it is what they are told that it is; moderators see the state itself, and for them both are alike here."""
    what = f"this reply can't be {_PAST[action]}: {_DONE[told]}"
    return Inconsistent(what, reply.reference, "look at it as it stands now")


_PAST: Mapping[ReplyAction, str] = {
    _A.SEND: "sent",
    _A.EDIT: "edited",
    _A.WITHDRAW: "withdrawn",
    _A.APPEAL: "appealed",
    _A.ERASE: "erased",
    _A.CLEAR: "cleared",
    _A.DOUBT: "held",
    _A.SUSPECT: "taken for spam",
    _A.PUBLISH: "published",
    _A.REFUSE: "refused",
    _A.SPAM: "taken for spam",
    _A.HOLD: "held",
    _A.BLOCK: "blocked",
    _A.UNBLOCK: "unblocked",
    _A.CREDIT: "credited",
}
