"""The reports of one text, as one viewer may see them: what linking found to be copies (`link.copies`), with the first seen named.

Versions of one page are no copies of each other: of each page the version that was seen first stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from harmledger.addresses import name_host
from harmledger.domain import CopiedReport, CopyGroup, Viewer
from harmledger.store.access import may_see
from harmledger.store.incidents import find_copies_of, find_echoes_of
from harmledger.store.schema import CAPTURES, READINGS
from harmledger.store.seen import is_current, select_all
from harmledger.store.versions import find_first_versions
from harmledger.text.address import find_page

MOST_VIEWERS = 64
MOST_COPIES = 500
"""Reports of one text that are looked at."""


def find_copy_group(connection: Connection, viewer: Viewer, document: str) -> CopyGroup | None:
    """The reports of a report's text, itself among them; None where nobody else printed it."""
    echo = find_echoes_of(connection, [document]).get(document)
    original = echo.original_id if echo else document
    documents = sorted({original, document, *find_copies_of(connection, [original])})[:MOST_COPIES]
    if len(documents) < 2:
        return None
    earlier = find_first_versions(connection, viewer, documents)
    pages = {earlier.get(each, each) for each in documents}
    shown = sorted(document if earlier.get(document) == each else each for each in pages)
    reports = tuple(sorted(_reports(connection, viewer, shown), key=_first_seen))
    outlets = {(each.outlet or "").casefold() for each in reports}
    return CopyGroup(reports=reports, outlets=len(outlets)) if len(reports) > 1 else None


def _first_seen(report: CopiedReport) -> tuple[Any, ...]:
    published = report.published.isoformat() if report.published else "9"
    return published, report.fetched.isoformat() if report.fetched else "9", report.document_id


def _reports(connection: Connection, viewer: Viewer, documents: Iterable[str]) -> list[CopiedReport]:
    rows = connection.execute(_which(viewer), {"ids": list(documents)})
    return [
        CopiedReport(
            document_id=row.document_id,
            title=row.title,
            outlet=row.publisher or _publisher(row.source),
            published=row.published,
            fetched=row.fetched,
        )
        for row in rows
    ]


def _publisher(source: str | None) -> str | None:
    """The host of a page that doesn't say who publishes it; nothing of a file."""
    return name_host(source).removeprefix("www.") if source and find_page(source, None) else None


@lru_cache(maxsize=MOST_VIEWERS)
def _which(viewer: Viewer) -> Select[Any]:
    own = CAPTURES.c.document_id == READINGS.c.document_id
    told = (READINGS.c.document_id, READINGS.c.title, READINGS.c.publisher, READINGS.c.published)
    first = select(func.min(CAPTURES.c.fetched)).where(own).correlate(READINGS).scalar_subquery().label("fetched")
    source = select(func.min(CAPTURES.c.source)).where(own).correlate(READINGS).scalar_subquery().label("source")
    named = READINGS.c.document_id.in_(bindparam("ids", expanding=True))
    return select_all(*told, first, source).where(named, is_current(), may_see(viewer, READINGS.c.document_id))
