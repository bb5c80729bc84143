"""The public replies that stand beside a page of the record. Nothing here is of whoever looks: these pages are kept for everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from harmledger.domain import Decision, OtherClaim, Reply, ReplySubject, ReplySubjectKind, Target
from harmledger.publish.decided import render_verdict
from harmledger.publish.marked import render_words
from harmledger.publish.redact import Withholding
from harmledger.reply.markdown import render_markdown
from harmledger.reply.notice import sum_up
from harmledger.replying import list_beside, list_led_to
from harmledger.web.record.text import ID_CHARS
from harmledger.web.replies.guard import takes_replies
from harmledger.web.visit import Visit

MOST = 200
"""Replies on one page."""
PATHS = {
    ReplySubjectKind.INCIDENT: "/incidents",
    ReplySubjectKind.CLAIM: "/claims",
    ReplySubjectKind.DOCUMENT: "/reports",
}
KIND_WORDS = {
    "correction": "Correction",
    "source": "Another source",
    "official": "Official response",
    "witness": "Witness account",
    "comment": "Comment",
}
Shown = dict[str, Any]
LedTo = Mapping[str, Sequence[tuple[Decision, bool]]]


def show_beside(visit: Visit, subject: ReplySubject, withholding: Withholding) -> Shown:
    """What the block of replies shows: one question to the ledger, and another where a reply led to a decision."""
    found = list_beside(visit.connection, subject, visit.viewer, most=MOST + 1)
    credited = [reply.reply_id for reply, led in found if led]
    led_to: LedTo = list_led_to(visit.connection, credited, visit.viewer) if credited else {}
    return {
        "every": [show_reply(reply, withholding, led_to.get(reply.reply_id, ())) for reply, _ in found[:MOST]],
        "more": len(found) > MOST,
        "form": f"{path_of(subject)}/reply",
        "open": takes_replies(visit),
        "notice": sum_up(visit.site.config),
    }


def show_reply(reply: Reply, withholding: Withholding, led_to: Sequence[tuple[Decision, bool]] = ()) -> Shown:
    """One reply for its readers, withheld names struck before its Markdown is read."""
    url = reply.url if reply.url and withholding.text(reply.url) == reply.url else None
    return {
        "reference": reply.reference,
        "pseudonym": withholding.text(reply.pseudonym),
        "kind": reply.kind.value,
        "kind_words": KIND_WORDS[reply.kind.value],
        "when": reply.published or reply.made,
        "edited": reply.edited,
        "html": Markup(render_markdown(withholding.text(reply.text))),  # noqa: S704  nh3 cleans it
        "url": url,
        "target": reply.target and show_target(reply.target, withholding),
        "led_to": [(render_verdict(each), undone) for each, undone in led_to if not isinstance(each.value, OtherClaim)],
    }


def show_target(target: Target, withholding: Withholding) -> Shown:
    """The words that a reply points at, and where they stand."""
    at = f"#c-{target.claim_id[:ID_CHARS]}" if target.claim_id else ""
    return {
        "exact": Markup(render_words(withholding.text(target.exact))),  # noqa: S704  the module escapes all of it
        "field": target.field,
        "href": f"/reports/{target.document_id}{at}" if target.document_id else None,
    }


def path_of(subject: ReplySubject) -> str:
    """The page of what is replied to."""
    return f"{PATHS[subject.kind]}/{subject.id}"
