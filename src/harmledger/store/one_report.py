"""One report of the site: its text, every capture of it, every reading, and what a reading looked at in vain.

Whoever asks has made sure that the document may be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from harmledger.domain import Forgotten
from harmledger.errors import NotFound
from harmledger.store.forgotten import find_tombstone
from harmledger.store.lookup import Filed, get_report
from harmledger.store.schema import CAPTURES, DOCUMENTS, DROPPED, READINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """One fetch of a document."""

    capture_id: str
    source: str
    fetched: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBy:
    """One reading of a document."""

    reading_id: str
    engine: str
    version: str
    filed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedPassage:
    """A passage that an engine looked at in vain, and why it gave nothing."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeReport:
    """All that the ledger holds of one report."""

    document_id: str
    media: str
    bytes: int
    filed: datetime
    reading: Filed | None
    """The current one; None where no engine read it."""
    captures: Sequence[Captured]
    readings: Sequence[ReadBy]
    """The current one first."""
    dropped: Sequence[DroppedPassage]
    stone: Forgotten | None
    """That it was forgotten, and why; None where it wasn't."""


_CAPTURES_OF = (
    select(CAPTURES)
    .where(CAPTURES.c.document_id.in_(bindparam("ids", expanding=True)))
    .order_by(CAPTURES.c.fetched, CAPTURES.c.capture_id)
)


def get_whole_report(connection: Connection, document: str) -> WholeReport:
    """The report of that whole id.

    Raises:
        NotFound: there is none.
    """
    row = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.document_id == document)).first()
    if row is None:
        raise NotFound("no document in the ledger is called so", document, "give its whole id")
    readings = _readings(connection, document)
    return WholeReport(
        document_id=document,
        media=row.media,
        bytes=row.bytes,
        filed=row.filed,
        reading=get_report(connection, document) if readings else None,
        captures=_captures(connection, document),
        readings=readings,
        dropped=_dropped(connection, readings[0].reading_id) if readings else (),
        stone=find_tombstone(connection, document),
    )


def list_captures(connection: Connection, documents: Sequence[str]) -> dict[str, list[Captured]]:
    """Every capture of these documents, the first of each first."""
    found: dict[str, list[Captured]] = {document: [] for document in documents}
    for r in connection.execute(_CAPTURES_OF, {"ids": list(documents)}):
        found[r.document_id].append(Captured(capture_id=r.capture_id, source=r.source, fetched=r.fetched))
    return found


def _captures(connection: Connection, document: str) -> Sequence[Captured]:
    return list_captures(connection, [document])[document]


def _readings(connection: Connection, document: str) -> Sequence[ReadBy]:
    wanted = select(READINGS.c.reading_id, READINGS.c.engine, READINGS.c.version, READINGS.c.filed)
    rows = connection.execute(wanted.where(READINGS.c.document_id == document).order_by(READINGS.c.sequence.desc()))
    return [ReadBy(reading_id=r.reading_id, engine=r.engine, version=r.version, filed=r.filed) for r in rows]


def _dropped(connection: Connection, reading: str) -> Sequence[DroppedPassage]:
    rows = connection.execute(select(DROPPED).where(DROPPED.c.reading_id == reading).order_by(DROPPED.c.position))
    return [DroppedPassage(start=r.start, end=r.end, reason=r.reason) for r in rows]
