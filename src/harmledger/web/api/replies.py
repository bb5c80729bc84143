"""Replies for programs: those that are public, as they are on their pages. What waits, is refused or was taken back is told by nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import Reply, ReplyKind, ReplySubjectKind
from harmledger.errors import NotFound
from harmledger.ids import plain
from harmledger.store.reply_lists import get_published
from harmledger.store.reply_public import list_credited, list_for_programs
from harmledger.web.api.params import AFTER, DAY, ID, REFERENCE, Asked, Param, one_kind
from harmledger.web.api.questions import absolute, answer, answer_page
from harmledger.web.api.schemas import ADDRESS, MOMENT, TEXT, WHOLE, many, maybe, one_of, shape
from harmledger.web.visit import Visit

KIND = Param(name="reply", about="what kind of reply", schema=one_kind(ReplyKind))
SINCE = Param(name="public_since", about="public since that day or later, as 2024-05-01", schema=DAY)
AFTER_REPLY = replace(AFTER, schema=REFERENCE)
REPLY = shape(
    "What somebody wrote of the record. It stands beside the record: no reply changes a figure, and nobody vouches for what it says.",
    reference=TEXT,
    kind=one_of(ReplyKind),
    subject=shape(kind=one_of(ReplySubjectKind), id=ID),
    pseudonym=TEXT,
    text={**TEXT, "description": "Markdown; to be shown as words, or made safe first"},
    target=maybe(
        shape(
            "The words that it points at.",
            exact=TEXT,
            start=maybe(WHOLE),
            end=maybe(WHOLE),
            field=maybe(TEXT),
            document_id=maybe(ID),
            claim_id=maybe(ID),
        )
    ),
    address=maybe({**TEXT, "description": "which further report it names"}),
    made=MOMENT,
    edited=maybe(MOMENT),
    published=MOMENT,
    led_to={**many(ID), "description": "decisions that it led to; of each, `after` says whether it was undone"},
    url=ADDRESS,
)


def list_replies(visit: Visit, asked: Asked) -> Response:
    """A page of public replies."""
    since = datetime.combine(asked["public_since"], time(), UTC) if "public_since" in asked else None
    kind = ReplyKind(asked["reply"]) if "reply" in asked else None
    subject, after = asked.get("subject"), asked.get("after", "")
    found = list_for_programs(
        visit.connection, visit.viewer, subject=subject, kind=kind, since=since, after=after, most=asked["limit"]
    )
    full = len(found) == asked["limit"]
    return answer_page(visit, _records(visit, found), found[-1].reference if full else None)


def get_reply(visit: Visit, asked: Asked) -> Response:
    """One public reply."""
    try:
        reply = get_published(visit.connection, asked["id"], visit.viewer)
    except NotFound as e:
        raise HTTPException(404) from e
    return answer(visit, _records(visit, [reply])[0])


def _records(visit: Visit, replies: Iterable[Reply]) -> list[dict[str, Any]]:
    replies = list(replies)
    led = list_credited(visit.connection, visit.viewer, [reply.reply_id for reply in replies])
    return [_record(visit, reply, led.get(reply.reply_id, [])) for reply in replies]


def _record(visit: Visit, reply: Reply, led_to: list[str]) -> dict[str, Any]:
    said: Any = plain(reply)
    same = ("reference", "kind", "subject", "pseudonym", "text", "target", "made", "edited", "published")
    page = absolute(visit, f"/replies/{reply.reference}")
    return {**{name: said[name] for name in same}, "address": reply.url, "led_to": led_to, "url": page}
