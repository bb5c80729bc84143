"""Answers about versions of a page: which there are, what changed from one to another, and who else printed the text."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from harmledger.domain import ClaimChange, Passage, Version
from harmledger.ids import plain
from harmledger.publish.changed import comparison_record
from harmledger.store.copies import find_copy_group
from harmledger.store.versions import list_versions
from harmledger.web.api.params import ID, Asked, Param
from harmledger.web.api.questions import absolute, answer_page
from harmledger.web.api.schemas import (
    ADDRESS,
    DAY,
    DOCUMENT,
    MOMENT,
    TEXT,
    WHOLE,
    YES_NO,
    many,
    maybe,
    schema_of,
    shape,
)
from harmledger.web.record.versions import Changed, find_change, look_at_change
from harmledger.web.visit import Visit

Record = dict[str, Any]

SINCE_VERSION = Param(
    name="older", about="the id of an earlier version; the one before, where it isn't given", schema=ID
)
BACK_TO = {
    **maybe(MOMENT),
    "description": "where the page was put back: since when the same text had stood there before",
}
_VERSION = shape(
    "A text that stood at the page from a fetch on.", document_id=ID, since=MOMENT, back_to=BACK_TO, source=TEXT
)
_COPY = shape(
    document_id=ID, title=maybe(TEXT), outlet=maybe(TEXT), published=maybe(DAY), fetched=maybe(MOMENT), url=ADDRESS
)
WHOLE_DOCUMENT = shape(
    "A report, with the versions of its page and the other reports of its text, the first seen first.",
    **DOCUMENT["properties"],
    versions={"description": "of each page that changed, in order; empty where none did", **many(many(_VERSION))},
    copies=maybe(shape(outlets=WHOLE, first_seen=ID, reports=many(_COPY))),
)
CHANGED = shape(
    "Two versions of one page. Spans count code points of the clean texts; what is neither changed, gone nor added is the same.",
    older=ID,
    newer=ID,
    since={**MOMENT, "description": "the fetch that found it"},
    back_to=BACK_TO,
    words_changed={**YES_NO, "description": "else only markup changed, or what stands around the article"},
    same_reader={
        **YES_NO,
        "description": "whether one engine in one version read both; else claims may differ by that",
    },
    passages=many(schema_of(Passage)),
    claims=many(shape(**schema_of(ClaimChange)["properties"], told=TEXT)),
    claims_same=WHOLE,
    url=ADDRESS,
)


def history_record(visit: Visit, document: str) -> Record:
    """The versions of a report's page, and the other reports of its text, as far as they may be seen."""
    pages = list_versions(visit.connection, visit.viewer, document)
    group = find_copy_group(visit.connection, visit.viewer, document)
    told = [
        [
            {"document_id": v.document_id, "since": v.since.isoformat(), "back_to": _back_to(v), "source": v.source}
            for v in versions
        ]
        for versions in pages.values()
    ]
    return {
        "versions": told,
        "copies": group
        and {
            "outlets": group.outlets,
            "first_seen": group.first.document_id,
            "reports": [_copy(visit, plain(report)) for report in group.reports],
        },
    }


def _back_to(version: Version) -> str | None:
    return version.back_to and version.back_to.isoformat()


def _copy(visit: Visit, report: Any) -> Record:
    return {**report, "url": absolute(visit, f"/reports/{report['document_id']}")}


def get_changes(visit: Visit, asked: Asked) -> Response:
    """What changed, if the page was another before; names are struck before anything is compared, so that no stretch tells of one."""
    older = asked.get("older")
    found = look_at_change(visit, asked["id"], older) if older else find_change(visit, asked["id"], None)
    return answer_page(visit, [_changed(visit, found)] if found else [], None)


def _changed(visit: Visit, found: Changed) -> Record:
    url = absolute(visit, f"/reports/{found.compared.newer}/changes/{found.compared.older}")
    when = {"since": found.after.since.isoformat(), "back_to": _back_to(found.after)}
    return {**comparison_record(found.compared), **when, "url": url}
