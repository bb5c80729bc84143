"""What changed at a page: two versions of it side by side, sentence by sentence, and its versions in order.

Both versions are looked at as the visitor may see them: closed ones aren't there, names are struck before anything is compared, and where the site
shows excerpts alone, a sentence is shown where a claim stands on it or beside it, in either version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.comparing import compare_versions, get_versions
from harmledger.domain import ChangeKind, ClaimChange, Comparison, CopyGroup, Passage, Span, Version
from harmledger.publish.changed import NO_WORD, OTHER_READERS, render_field
from harmledger.publish.graphic import is_graphic
from harmledger.publish.marked import MarkedSpan, cover, render_marked
from harmledger.publish.record import Record
from harmledger.store.versions import list_versions
from harmledger.store.withheld import load_withholding
from harmledger.web.access import check_document
from harmledger.web.record.incident import WHOLE_ID, whole_id
from harmledger.web.record.text import ID_CHARS, find_shown
from harmledger.web.respond import page
from harmledger.web.visit import Visit

LONGEST_BESIDE = 1_000
"""Characters of what a claim's sentence became, or was before, that are shown beside it; a passage that is longer is shown as far as excerpts go."""
NOT_READ = "One of the two versions wasn't read yet, or was forgotten, so there is nothing to set side by side."
MOST_ROWS = 300
"""Passages on the page; of a text that was rewritten whole the rest is said in number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a row: words as HTML, a gap in their place, or nothing."""

    html: Markup | None = None
    hidden: int = 0
    """Characters that aren't shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A passage of both versions; or how many sentences are the same here."""

    kind: ChangeKind
    old: Side
    new: Side
    same: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Two versions of a page as a visitor is shown them."""

    versions: Sequence[Version]
    """All of the page's."""
    before: Version
    after: Version
    older: Record
    """Names struck."""
    newer: Record
    compared: Comparison
    redacted: bool


def changes(visit: Visit) -> Response:
    """What changed between a version of a page and an earlier one."""
    found = look_at_change(visit, whole_id(visit), visit.request.path_params.get("older"))
    withholding = load_withholding(visit.connection)
    rows = list(_rows(found, all_of_it=visit.reviews or visit.site.config.site_texts == "whole"))
    texts = "\n".join(record["document"]["text"] for record in (found.older, found.newer))
    return page(
        visit,
        "record/changes.html",
        older=found.older["document"],
        newer=found.newer["document"],
        since_old=found.before.since,
        since_new=found.after.since,
        back_to=found.after.back_to,
        versions=version_records(found.versions, found.newer["document"]["document_id"]),
        address=withholding.text(found.versions[-1].source),
        compared=found.compared,
        claims=[_claim(change, found) for change in found.compared.changed_claims],
        no_word=NO_WORD,
        other_readers=OTHER_READERS,
        rows=rows[:MOST_ROWS],
        more=len(rows) - MOST_ROWS,
        excerpts=any(side.hidden for row in rows for side in (row.old, row.new)),
        redacted=found.redacted,
        graphic=is_graphic(texts) and not visit.cookies.unwarned,
    )


def look_at_change(visit: Visit, newer: str, older: str | None) -> Changed:
    """A version of a page beside an earlier one, or beside the one before it.

    Raises:
        HTTPException: 404, one of them isn't there, may not be seen, wasn't read, or they are of no one page.
    """
    if (older is None or WHOLE_ID.fullmatch(older)) and (found := find_change(visit, newer, older)):
        return found
    raise HTTPException(404)


def find_change(visit: Visit, newer: str, older: str | None) -> Changed | None:
    """The same; None where the report isn't of a page that was such before.

    Raises:
        HTTPException: 404, the report isn't there or may not be seen, or one of the two wasn't read or was forgotten.
    """
    check_document(visit, newer)
    both = _find_both(list_versions(visit.connection, visit.viewer, newer).values(), newer, older)
    if both is None:
        return None
    versions, before, after = both
    records = get_versions(visit.stands(), before.document_id, newer)
    if records is None:
        raise HTTPException(404, NOT_READ)
    withholding = load_withholding(visit.connection)
    left, right = (withholding.record(record) for record in records)
    compared = compare_versions(left, right)
    redacted = (left, right) != records
    return Changed(
        versions=versions,
        before=before,
        after=after,
        older=left,
        newer=right,
        compared=compared,
        redacted=redacted,
    )


def version_records(versions: Sequence[Version], shown: str) -> list[Record]:
    """The versions as lists show them, each with the one before it."""
    before: list[Version | None] = [None, *versions[:-1]]
    return [
        {
            "document_id": version.document_id,
            "since": version.since,
            "back_to": version.back_to,
            "before": last and last.document_id,
            "is_shown": version.document_id == shown,
        }
        for version, last in zip(versions, before, strict=True)
    ]


def copy_record(group: CopyGroup, shown: str) -> Record:
    """The reports of one text as lists show them."""
    reports = [
        {
            "document_id": report.document_id,
            "title": report.title,
            "outlet": report.outlet,
            "published": report.published,
            "fetched": report.fetched,
            "is_first": report is group.first,
            "is_shown": report.document_id == shown,
        }
        for report in group.reports
    ]
    return {"outlets": group.outlets, "reports": reports}


def _find_both(
    pages: Iterable[Sequence[Version]], newer: str, older: str | None
) -> tuple[Sequence[Version], Version, Version] | None:
    """A page's versions, the earlier one of them that is asked for, and the newer one as it came after that."""
    for versions in pages:
        for at in reversed(range(1, len(versions))):
            earlier = versions[:at] if older else versions[at - 1 : at]
            found = [version for version in earlier if older in {None, version.document_id}]
            if versions[at].document_id == newer and found and older != newer:
                return versions, found[-1], versions[at]
    return None


def _claim(change: ClaimChange, found: Changed) -> Record:
    """A claim that changed, with where it stands on both sides."""
    return {
        "kind": change.kind.value,
        "figure": change.figure,
        "harm": change.harm.replace("_", " "),
        "fields": [render_field(field) for field in change.fields],
        "old": change.old and f"/reports/{found.compared.older}#c-{change.old[:ID_CHARS]}",
        "new": change.new and f"/reports/{found.compared.newer}#c-{change.new[:ID_CHARS]}",
    }


# --- rows ------------------------------------------------------------------------------------------------------------


class _Text:
    """One version's text, as far as it is shown."""

    def __init__(self, record: Record, *, all_of_it: bool) -> None:
        self.text: str = record["document"]["text"]
        self.shown = find_shown(record, all_of_it=all_of_it)
        quotes = (claim["quote"] for claim in record["claims"])
        self._claims = [(quote["start"], quote["end"]) for quote in quotes if quote["start"] is not None]

    def stands_on(self, span: Span | None) -> bool:
        """Whether a claim stands on some of it."""
        return span is not None and bool(cover(span.start, span.end, self._claims))

    def side(self, span: Span | None, marks: Sequence[Span], kind: str, *, whole: bool) -> Side:
        """What of a passage is shown, its changed words marked."""
        if span is None:
            return Side()
        whole = whole and span.end - span.start <= LONGEST_BESIDE
        stretches = [(span.start, span.end)] if whole else cover(span.start, span.end, self.shown)
        marked = [MarkedSpan(start=mark.start, end=mark.end, kind=kind) for mark in marks]
        pieces = [render_marked(self.text, marked, start, end) for start, end in stretches]
        hidden = span.end - span.start - sum(end - start for start, end in stretches)
        html = Markup(" […] ".join(pieces)) if pieces else None  # noqa: S704  the module escapes all of it
        return Side(html=html, hidden=hidden)


def _rows(found: Changed, *, all_of_it: bool) -> Iterator[Row]:
    """The passages that differ, in order, and between them how many sentences are the same."""
    old, new = (_Text(record, all_of_it=all_of_it) for record in (found.older, found.newer))
    same = 0
    for passage in found.compared.passages:
        if passage.kind is ChangeKind.SAME:
            same += 1
            continue
        yield from _unchanged(same)
        same = 0
        yield _row(passage, old, new)
    yield from _unchanged(same)


def _unchanged(same: int) -> Iterator[Row]:
    if same:
        yield Row(kind=ChangeKind.SAME, old=Side(), new=Side(), same=same)


def _row(passage: Passage, old: _Text, new: _Text) -> Row:
    whole = old.stands_on(passage.old) or new.stands_on(passage.new)
    return Row(
        kind=passage.kind,
        old=old.side(passage.old, passage.gone, "gone", whole=whole),
        new=new.side(passage.new, passage.added, "added", whole=whole),
    )
