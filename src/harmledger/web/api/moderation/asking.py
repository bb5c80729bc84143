"""What moderators' programs look at: the queue and the other lists, one reply, the reading queue, the counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from harmledger.domain import QueuedSource, ReplyKind, ReplyState, ReplySubjectKind
from harmledger.store.reply_desk import (
    READ_STATES,
    Wanted,
    count_appeals,
    count_corrected,
    count_desk,
    get_seen,
    list_in_order,
    list_seen_sources,
)
from harmledger.web.api.moderation.shapes import show_moderated, show_whole
from harmledger.web.api.params import AFTER, ID, REFERENCE, Asked, Param
from harmledger.web.api.questions import absolute, answer, answer_page
from harmledger.web.api.schemas import ADDRESS, MOMENT, TEXT, WHOLE, one_of, shape
from harmledger.web.visit import Visit

STATE = Param(
    name="state",
    about="how they stand",
    schema={"type": "string", "enum": [state.value for state in READ_STATES], "default": ReplyState.HELD.value},
)
APPEALS = Param(
    name="appeals",
    about="`only`: those whose writer asks to look again and on which nobody ruled since; `none`: all others",
    schema={"type": "string", "enum": ["only", "none"]},
)
AFTER_NUMBER = replace(AFTER, schema=REFERENCE)
SOURCE = shape(
    "An address that a reply names, to be read by a person; nothing of it was fetched.",
    reference=TEXT,
    address=TEXT,
    subject=shape(kind=one_of(ReplySubjectKind), id=ID),
    state={**one_of(ReplyState), "description": "of the reply"},
    made=MOMENT,
    url={**ADDRESS, "description": "the reply's page at the desk"},
)
COUNTS = shape(
    "Replies to what this account may see.",
    states=shape(**dict.fromkeys(READ_STATES, WHOLE)),
    appeals={**WHOLE, "description": "of those held, which wait since their writer asks to look again"},
    corrections={**WHOLE, "description": "corrections that no decision answered yet"},
    sources={**WHOLE, "description": "addresses on the reading queue"},
)


def list_replies(visit: Visit, asked: Asked) -> Response:
    """A page of replies in a state, the oldest first."""
    wanted = Wanted(
        state=ReplyState(asked["state"]),
        kind=ReplyKind(asked["reply"]) if "reply" in asked else None,
        subject=asked.get("subject"),
        appeals=asked["appeals"] == "only" if "appeals" in asked else None,
    )
    most = asked["limit"]
    found = list_in_order(visit.connection, visit.viewer, wanted, after=asked.get("after"), most=most)
    last = found[-1].reference if len(found) == most else None
    return answer_page(visit, [show_moderated(visit, reply) for reply in found], last)


def get_reply(visit: Visit, asked: Asked) -> Response:
    """One reply with all that is known of it."""
    reply = get_seen(visit.connection, visit.viewer, asked["id"])
    return answer(visit, show_whole(visit, visit.connection, reply))


def list_sources(visit: Visit, asked: Asked) -> Response:
    """A page of the reading queue, in the order of the replies' numbers: what is taken off between two pages moves none."""
    every = sorted(list_seen_sources(visit.connection, visit.viewer), key=lambda each: each.reference)
    found = [each for each in every if each.reference > asked.get("after", "")][: asked["limit"]]
    last = found[-1].reference if len(found) == asked["limit"] else None
    return answer_page(visit, [_show_source(visit, each) for each in found], last)


def get_counts(visit: Visit, _asked: Asked) -> Response:
    """How much there is to do."""
    connection, viewer = visit.connection, visit.viewer
    counts = {
        "states": {state.value: number for state, number in count_desk(connection, viewer).items()},
        "appeals": count_appeals(connection, viewer),
        "corrections": count_corrected(connection, viewer),
        "sources": len(list_seen_sources(connection, viewer)),
    }
    return answer(visit, counts)


def _show_source(visit: Visit, source: QueuedSource) -> dict[str, Any]:
    return {
        "reference": source.reference,
        "address": source.url,
        "subject": {"kind": source.subject.kind.value, "id": source.subject.id},
        "state": source.state.value,
        "made": source.made.isoformat(),
        "url": absolute(visit, f"/desk/replies/{source.reference}"),
    }
