"""Reports as a search shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from harmledger.store.schema import READINGS, TEXTS


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
