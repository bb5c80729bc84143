"""A reply as moderators' programs get it: in lists with how it stands, alone with all that is known of it. No address of anybody is in either."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from harmledger.domain import (
    HoldReason,
    ModeratorVerdict,
    RefusalReason,
    Replier,
    Reply,
    ReplyEvent,
    ReplyKind,
    ReplyState,
    TokenScope,
)
from harmledger.errors import NotFound
from harmledger.ids import plain
from harmledger.reply.lifecycle import ReplyAction, may
from harmledger.store.repliers import get_replier
from harmledger.store.reply_desk import READ_STATES, count_of_writer, list_verdicts
from harmledger.store.reply_lists import KEPT_STATES, list_events
from harmledger.store.reply_public import list_credited
from harmledger.web.api.params import ID, Schema
from harmledger.web.api.questions import absolute
from harmledger.web.api.replies import REPLY
from harmledger.web.api.schemas import ADDRESS, MOMENT, NUMBER, TEXT, WHOLE, YES_NO, many, maybe, one_of, shape
from harmledger.web.desk.reply_words import HOLDS
from harmledger.web.desk.told import leads
from harmledger.web.visit import Visit

UNBLOCK = ReplyAction.UNBLOCK.value
_SAME = ("reference", "kind", "subject", "pseudonym", "text", "target", "made", "edited", "published")
_STANDS = ("consent", "refusal", "refusal_words", "ruled", "appealed", "appeal_words", "version")
_WAITS = f"why it waits: {'; '.join(f'`{hold}`, {words}' for hold, words in HOLDS.items())}"
_STATE: Schema = {"type": "string", "enum": [state.value for state in READ_STATES]}
_SHOWN: dict[str, Schema] = {
    **{name: REPLY["properties"][name] for name in (*_SAME, "address")},
    "published": maybe(MOMENT),
    "state": _STATE,
    "holds": {**many(one_of(HoldReason)), "description": _WAITS},
    "consent": {**YES_NO, "description": "whether its writer agrees that it may be public; asked of witnesses"},
    "refusal": maybe(one_of(RefusalReason)),
    "refusal_words": maybe(TEXT),
    "ruled": {**YES_NO, "description": "whether a moderator decided on it since it was last sent or appealed"},
    "appealed": YES_NO,
    "appeal_words": maybe(TEXT),
    "version": {**WHOLE, "description": "grows with every step; a ruling names the one that was looked at"},
    "url": {**ADDRESS, "description": "its page at the desk"},
}
MODERATED = shape("A reply as moderators see it in a list.", **_SHOWN)
_VERDICT = shape(
    "What a filter said of it.", when=MOMENT, by=TEXT, decision=TEXT, score=maybe(NUMBER), failed=YES_NO, reason=maybe(TEXT)
)  # fmt: skip
_STEP = shape(
    "What was done of it, and by whom: `writer`, `filter`, or a moderator's name.",
    when=MOMENT, who=TEXT, what=one_of(ReplyAction), state=one_of(ReplyState), reason=maybe(TEXT), words=maybe(TEXT),
)  # fmt: skip
_WRITER = shape(
    "Who wrote it, by pseudonym; null once erased.",
    pseudonym=TEXT,
    since=MOMENT,
    blocked=maybe(MOMENT),
    blocked_reason=maybe(TEXT),
    others={"description": "how many of their other replies stand how", **shape(**dict.fromkeys(KEPT_STATES, WHOLE))},
)
_MAY: Schema = {"type": "string", "enum": [*(verdict.value for verdict in ModeratorVerdict), UNBLOCK]}
WHOLE_REPLY = shape(
    "A reply with all that moderators know of it.",
    **_SHOWN,
    writer=maybe(_WRITER),
    verdicts=many(_VERDICT),
    events={**many(_STEP), "description": "all steps, the first first"},
    led_to={**many(ID), "description": "decisions that it led to"},
    may={**many(_MAY), "description": "what can be ruled by this token as it stands now"},
)


def show_moderated(visit: Visit, reply: Reply) -> dict[str, Any]:
    """A reply as MODERATED has it."""
    said: Any = plain(reply)
    page = absolute(visit, f"/desk/replies/{reply.reference}")
    stands = {"state": reply.state.value, "holds": [hold.value for hold in reply.holds]}
    return {**{name: said[name] for name in (*_SAME, *_STANDS)}, **stands, "address": reply.url, "url": page}


def show_whole(visit: Visit, connection: Connection, reply: Reply) -> dict[str, Any]:
    """A reply as WHOLE_REPLY has it, by a connection that knows what was done just now."""
    writer = _find_writer(connection, reply)
    led_to = list_credited(connection, visit.viewer, [reply.reply_id]).get(reply.reply_id, [])
    return {
        **show_moderated(visit, reply),
        "writer": writer and _show_writer(connection, reply, writer),
        "verdicts": [plain(each) for each in list_verdicts(connection, reply.reply_id)],
        "events": [_show_step(each, led_to) for each in list_events(connection, reply.reply_id)],
        "led_to": led_to,
        "may": _list_may(visit, reply, writer),
    }


def _find_writer(connection: Connection, reply: Reply) -> Replier | None:
    try:
        return get_replier(connection, reply.replier_id) if reply.replier_id else None
    except NotFound:
        return None


def _show_writer(connection: Connection, reply: Reply, writer: Replier) -> dict[str, Any]:
    others = count_of_writer(connection, writer.replier_id, but=reply.reply_id)
    return {
        "pseudonym": writer.pseudonym,
        "since": writer.made.isoformat(),
        "blocked": writer.blocked and writer.blocked.isoformat(),
        "blocked_reason": writer.blocked_reason,
        "others": {state.value: others.get(state, 0) for state in KEPT_STATES},
    }


def _list_may(visit: Visit, reply: Reply, writer: Replier | None) -> list[str]:
    """What the account may rule of a reply, as it stands; nothing by a token that only reads."""
    if visit.token is None or not visit.token.scope.covers(TokenScope.MODERATE):
        return []
    now = visit.site.now()
    can = [each.value for each in ModeratorVerdict if each is not ModeratorVerdict.BLOCK and may(reply, ReplyAction(each.value), now=now)]  # fmt: skip
    if reply.kind is ReplyKind.WITNESS and not (leads(visit) and reply.consent):
        can = [each for each in can if each != ModeratorVerdict.PUBLISH.value]
    if leads(visit) and writer:
        can.append(UNBLOCK if writer.blocked else ModeratorVerdict.BLOCK.value)
    return can


def _show_step(step: ReplyEvent, led_to: list[str]) -> dict[str, Any]:
    """A step; to which decision it led is told to who may see that decision."""
    said: Any = plain(step)
    hidden = step.what == ReplyAction.CREDIT and step.reason not in led_to
    names = ("when", "who", "what", "state", "reason", "words")
    return {**{name: said[name] for name in names}, **({"reason": None} if hidden else {})}
