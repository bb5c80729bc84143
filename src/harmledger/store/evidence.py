"""What is kept of each capture beside its document: where its records lie, and who made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from harmledger.domain import Media
from harmledger.store.schema import CAPTURES, DOCUMENTS
from harmledger.store.schema_fetched import PROVENANCES

MOST_NAMED = 500
_EVIDENCE = (
    select(
        CAPTURES, DOCUMENTS.c.media, PROVENANCES.c.record_id, PROVENANCES.c.url, PROVENANCES.c.status, PROVENANCES.c.by
    )
    .join(DOCUMENTS, DOCUMENTS.c.document_id == CAPTURES.c.document_id)
    .join(PROVENANCES, PROVENANCES.c.capture_id == CAPTURES.c.capture_id, isouter=True)
    .where(CAPTURES.c.document_id.in_(bindparam("ids", expanding=True)))
    .order_by(CAPTURES.c.fetched, CAPTURES.c.capture_id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One capture, and where what proves it lies."""

    capture_id: str
    document_id: str
    source: str
    fetched: datetime
    media: Media
    record_id: str | None
    """Of the blob that its WARC records are; none where it came as a file."""
    url: str | None
    status: int | None
    by: str | None


def list_evidence(connection: Connection, documents: Sequence[str]) -> list[Evidence]:
    """Every capture of these documents, the earliest first within each some hundred of them."""
    found: list[Evidence] = []
    for start in range(0, len(documents), MOST_NAMED):
        rows = connection.execute(_EVIDENCE, {"ids": list(documents[start : start + MOST_NAMED])})
        found.extend(map(_evidence, rows))
    return found


def _evidence(row: Row[Any]) -> Evidence:
    return Evidence(
        capture_id=row.capture_id,
        document_id=row.document_id,
        source=row.source,
        fetched=row.fetched,
        media=Media(row.media),
        record_id=row.record_id,
        url=row.url,
        status=row.status,
        by=row.by,
    )
