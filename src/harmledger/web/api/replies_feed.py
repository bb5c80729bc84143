"""The Atom feed of public replies: all of them, or those to one incident and its claims."""

from __future__ import annotations

import re

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import Reply, ReplySubject, ReplySubjectKind
from harmledger.store.reply_lists import list_public, list_published
from harmledger.web.api.feed import ENTRIES, FeedEntry, FeedHead, answer_feed
from harmledger.web.visit import Visit

PATH = "/replies/feed.atom"
SUMMARY_CHARS = 500
_ID = re.compile("[0-9a-f]{64}")


def show_replies_feed(visit: Visit) -> Response:
    """The fifty that became public last."""
    incident = visit.request.query_params.get("incident")
    if incident is None:
        replies = list_published(visit.connection, visit.viewer, most=ENTRIES)
    elif _ID.fullmatch(incident):
        subject = ReplySubject(kind=ReplySubjectKind.INCIDENT, id=incident)
        replies = [*reversed(list_public(visit.connection, subject, visit.viewer))][:ENTRIES]
    else:
        raise HTTPException(400, "`incident` is the whole id of one.")
    path = f"{PATH}?incident={incident}" if incident else PATH
    about = f"incident {incident[:10]}" if incident else "the record"
    head = FeedHead(
        path=path, urn=f"urn:harmledger:replies{':' + incident if incident else ''}", title=f"harmledger: replies to {about}",
        page=f"/incidents/{incident}" if incident else "/",
    )  # fmt: skip
    return answer_feed(visit, [_entry(reply) for reply in replies], head)


def _entry(reply: Reply) -> FeedEntry:
    words = " ".join(reply.text.split())
    cut = f"{words[:SUMMARY_CHARS]} …" if len(words) > SUMMARY_CHARS else words
    assert reply.published is not None  # noqa: S101  only public ones are listed
    return FeedEntry(
        id=f"urn:harmledger:reply:{reply.reference}",
        title=f"{reply.pseudonym or 'somebody'}: {reply.kind} to {reply.subject.kind} {reply.subject.id[:10]}",
        updated=reply.published,
        path=f"/replies/{reply.reference}",
        summary=cut,
    )
