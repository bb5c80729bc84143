"""Reports as a search shows them, and those that came in last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from harmledger.domain import Viewer
from harmledger.store.access import may_see
from harmledger.store.schema import CLAIMS, READINGS, TEXTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A report's current reading in short, with its text."""

    document_id: str
    title: str | None
    publisher: str | None
    published: date | None
    text: str


def get_searched(connection: Connection, documents: Sequence[str]) -> list[Searched]:
    """Some reports; whoever shows them asked first whether they may be seen."""
    r = READINGS.c
    wanted = select(r.document_id, r.title, r.publisher, r.published, TEXTS.c.text).join(TEXTS)
    rows = connection.execute(wanted.where(r.document_id.in_(documents)).order_by(r.sequence)).mappings()
    last = {row["document_id"]: Searched(**row) for row in rows}
    return list(last.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A report that was read, and how many claims were found in it."""

    document_id: str
    title: str | None
    publisher: str | None
    published: date | None
    claims: int


def list_arrived(connection: Connection, viewer: Viewer, *, most: int) -> list[Arrived]:
    """The reports that were read last and may be seen."""
    r = READINGS.c
    last = select(func.max(r.sequence)).where(may_see(viewer, r.document_id)).group_by(r.document_id)
    claims = select(func.count()).where(CLAIMS.c.reading_id == r.reading_id).scalar_subquery().label("claims")
    wanted = select(r.document_id, r.title, r.publisher, r.published, claims).where(r.sequence.in_(last))
    rows = connection.execute(wanted.order_by(r.sequence.desc()).limit(most)).mappings()
    return [Arrived(**row) for row in rows]
