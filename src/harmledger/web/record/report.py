"""A report's page: its text with everything marked that claims stand on, where it was captured, what read it; and the place of a claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import Forgotten, ReplySubject, ReplySubjectKind, Version
from harmledger.publish.graphic import is_graphic
from harmledger.publish.outlets import render_outlet
from harmledger.publish.record import Record
from harmledger.publish.redact import Withholding
from harmledger.resources.outlets import load_outlets
from harmledger.store.copies import find_copy_group
from harmledger.store.one_incident import find_document_of, list_incidents_of
from harmledger.store.one_report import WholeReport, get_whole_report
from harmledger.store.page_changes import list_changes_to
from harmledger.store.stamps import existed_by
from harmledger.store.versions import list_versions
from harmledger.store.withheld import load_withholding
from harmledger.web.access import check_document
from harmledger.web.cookies import YEAR_SECONDS
from harmledger.web.markup import report_node
from harmledger.web.record.cite import address_of
from harmledger.web.record.incident import whole_id
from harmledger.web.record.text import ID_CHARS, LaidOut, lay_out
from harmledger.web.record.versions import copy_record, version_records
from harmledger.web.replies.beside import show_beside
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit
from harmledger.web.words import is_address


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """A report as a visitor is shown it."""

    whole: WholeReport
    record: Record
    """As it stands, names struck."""
    redacted: bool
    withholding: Withholding
    laid_out: LaidOut


def report(visit: Visit) -> Response:
    """One report."""
    looked = look_at_report(visit, whole_id(visit))
    whole, record, withholding = looked.whole, looked.record, looked.withholding
    text: str = record["document"].get("text") or ""
    existed = existed_by(visit.connection, [each.capture_id for each in whole.captures])
    pages = list_versions(visit.connection, visit.viewer, whole.document_id)
    group = find_copy_group(visit.connection, visit.viewer, whole.document_id)
    subject = ReplySubject(kind=ReplySubjectKind.DOCUMENT, id=whole.document_id)
    return page(
        visit,
        "record/report.html",
        whole=whole,
        record=record,
        node=report_node(address_of(visit, "reports", whole.document_id), record["document"]),
        reasons=withholding.record(_reasons(whole, record)),
        redacted=looked.redacted,
        blocks=looked.laid_out.blocks,
        excerpts=looked.laid_out.excerpts,
        incidents=list_incidents_of(visit.connection, [claim["claim_id"] for claim in record["claims"]]),
        pages=[version_records(versions, whole.document_id) for versions in pages.values()],
        later=_later(pages.values(), whole.document_id),
        changed=[
            withholding.value(each) for each in list_changes_to(visit.connection, visit.viewer, whole.document_id)
        ],
        back_to={v.since: v.back_to for versions in pages.values() for v in versions},
        copied=group and copy_record(withholding.value(group), whole.document_id),
        graphic=is_graphic(text) and not visit.cookies.unwarned,
        captures=[
            {
                "fetched": each.fetched,
                "source": withholding.text(each.source),
                "existed": existed.get(each.capture_id),
            }
            for each in whole.captures
        ],
        source=None if whole.stone else _address(whole, withholding),
        outlet=_outlet(visit, whole),
        stone=_tell_stone(whole.stone, withholding),
        replies=show_beside(visit, subject, withholding),
    )


def look_at_report(visit: Visit, document: str) -> LookedAt:
    """The report of that whole id, laid out as far as the visitor may see it.

    Raises:
        HTTPException: 404, there is none, or it may not be seen.
    """
    check_document(visit, document)
    whole = get_whole_report(visit.connection, document)
    withholding = load_withholding(visit.connection)
    stands = _stands(visit, whole)
    record = withholding.record(stands)
    laid_out = lay_out(record, dropped=whole.dropped, all_of_it=sees_all(visit))
    return LookedAt(whole=whole, record=record, redacted=record != stands, withholding=withholding, laid_out=laid_out)


def claim(visit: Visit) -> Response:
    """On to the claim's sentence in its report."""
    wanted = whole_id(visit)
    document = find_document_of(visit.connection, visit.viewer, wanted)
    if document is None:
        raise HTTPException(404)
    return onward(f"/reports/{document}#c-{wanted[:ID_CHARS]}")


def choose_warnings(visit: Visit) -> Response:
    """Whether this browser is warned before graphic texts."""
    response = onward(visit.form.get("next", "/"))
    if visit.form.get("warnings") == "off":
        visit.cookies.set(response, "warnings", "off", seconds=YEAR_SECONDS)
    else:
        visit.cookies.end(response, "warnings")
    return response


def sees_all(visit: Visit) -> bool:
    """Texts may be others' copyright: the public sees excerpts unless the site is set otherwise, reviewers what they work on."""
    return visit.reviews or visit.site.config.site_texts == "whole"


def _stands(visit: Visit, whole: WholeReport) -> Record:
    """The record with its claims as they stand; of a document that no engine read, what people entered of it."""
    stands = visit.stands()
    if whole.reading:
        record = stands.report(whole.reading.record)
        standing = {claim["claim_id"] for claim in record["claims"]}
        rejected = [claim for claim in whole.reading.record["claims"] if claim["claim_id"] not in standing]
        claims = [{"standing": None, "gloss": None, **claim} for claim in record["claims"]]
        return {**record, "claims": claims, "rejected": rejected}
    blank = dict.fromkeys(("title", "author", "publisher", "language", "published", "text", "id"))
    document: Record = {**blank, "document_id": whole.document_id, "parts": [], "dropped": []}
    return stands.report({"document": document, "claims": [], "statements": [], "rejected": []})


def _reasons(whole: WholeReport, record: Record) -> Record:
    """Of each claim why it was read so; nothing of those that people entered."""
    known = whole.reading.reasons if whole.reading else {}
    return {claim["claim_id"]: known.get(claim["claim_id"], []) for claim in record["claims"]}


def _later(pages: Iterable[Sequence[Version]], document: str) -> Version | None:
    """The version that stands at the report's page since, where it is another one; None where it stands at any of its pages."""
    last = [versions[-1] for versions in pages]
    return last[0] if last and all(version.document_id != document for version in last) else None


def _outlet(visit: Visit, whole: WholeReport) -> dict[str, str] | None:
    """Who publishes where it was captured, as far as that is known, in a few neutral words."""
    outlets = load_outlets(visit.site.ledger.folder)
    found = next(filter(None, (outlets.find(capture.source) for capture in whole.captures)), None)
    return {"name": found.name, "told": render_outlet(found)} if found else None


def _tell_stone(stone: Forgotten | None, withholding: Withholding) -> Record | None:
    """When and why a report was forgotten; who decided so is no reader's business."""
    if stone is None:
        return None
    return {"when": stone.when, "basis": withholding.text(stone.basis), "reason": withholding.text(stone.reason)}


def _address(whole: WholeReport, withholding: Withholding) -> str | None:
    """Where the report can be read, if it came from the web, by an address that tells no withheld name."""
    found = (capture.source for capture in whole.captures if is_address(capture.source))
    return next((address for address in found if withholding.text(address) == address), None)
