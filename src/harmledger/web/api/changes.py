"""The feed of changes: what happened since a cursor that this site gave.

A cursor is signed: it holds ids, and whoever made up one to see whether the site knows it would learn what only members may.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.store import history
from harmledger.store.history import Change, ChangeKind, Place
from harmledger.web.api.params import Asked
from harmledger.web.api.questions import absolute, answer
from harmledger.web.api.schemas import ADDRESS, MOMENT, TEXT, YES_NO, many, maybe, one_of, shape
from harmledger.web.visit import Visit

SIGNED_CHARS = 32
_RESOURCES = {
    ChangeKind.DOCUMENT_FILED: "documents",
    ChangeKind.READING_FILED: "documents",
    ChangeKind.DECISION_MADE: "decisions",
    ChangeKind.CLAIM_MOVED: "claims",
    ChangeKind.REFERENCE_ADDED: "references",
    ChangeKind.REPLY_PUBLISHED: "replies",
    ChangeKind.REPLY_GONE: "replies",
}
"""Where what changed is read; incidents stand under `incidents`."""
CHANGES = shape(
    changes=many(
        shape(
            "One thing that happened; `onward` is where it leads: a decision's subject, the incident that an incident or a claim went to, what a reply is to.",
            kind=one_of(ChangeKind),
            when=MOMENT,
            id=TEXT,
            onward=maybe(TEXT),
            url=ADDRESS,
        )
    ),
    cursor={**TEXT, "description": "give it as `since` to go on from here"},
    more={**YES_NO, "description": "whether more is there already"},
)


def list_changes(visit: Visit, asked: Asked) -> Response:
    """What follows the cursor."""
    since = _read_cursor(visit, asked.get("since"))
    most = asked["limit"]
    found, place = history.list_changes(visit.connection, visit.viewer, since, most=most)
    told = [_change_record(visit, change) for change in found]
    return answer(visit, {"changes": told, "cursor": _cursor(visit, place), "more": len(found) == most})


def _change_record(visit: Visit, change: Change) -> Mapping[str, Any]:
    resource = _RESOURCES.get(change.kind, "incidents")
    return {
        "kind": change.kind.value,
        "when": change.when.isoformat(),
        "id": change.id,
        "onward": change.onward,
        "url": absolute(visit, f"/api/v1/{resource}/{change.id}"),
    }


def _cursor(visit: Visit, place: Place) -> str:
    text = json.dumps(dict(place), separators=(",", ":"), sort_keys=True)
    signed = f"{visit.site.sign('changes', text)[:SIGNED_CHARS]}{text}"
    return base64.urlsafe_b64encode(signed.encode()).decode().rstrip("=")


def _read_cursor(visit: Visit, cursor: str | None) -> Place:
    """The place that a cursor of this site names.

    Raises:
        HTTPException: 404, it is none of this site's.
    """
    if cursor is None:
        return {}
    try:
        signed = base64.urlsafe_b64decode(f"{cursor}{'=' * (-len(cursor) % 4)}").decode()
    except ValueError:  # no base64, or no UTF-8
        signed = ""
    signature, text = signed[:SIGNED_CHARS], signed[SIGNED_CHARS:]
    expected = visit.site.sign("changes", text)[:SIGNED_CHARS]
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        raise HTTPException(404, "This cursor isn't one of this site's. Begin without `since`.")
    return json.loads(text)
