"""What a ledger holds, by document and by claim: the questions that the command line and later the site ask.

Of a document's readings the one filed last is current; the older ones stand beside it, and are named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
)

from harmledger.errors import BadInput, NotFound
from harmledger.publish.gloss import render_gloss
from harmledger.publish.record import Record
from harmledger.store.schema import CAPTURES, CLAIMS, READINGS, STATEMENTS, TEXTS

SHOWN_CHOICES = 5
"""How many of several matches are named in a message."""
MOST_NAMED = 500
"""Ids in one question: SQLite takes a thousand at the least."""
_NOT_STATED = ("id", "title", "author", "publisher", "language", "published", "published_from", "published_earliest")
UNREAD: Record = {**dict.fromkeys((*_NOT_STATED, "published_latest")), "parts": [], "dropped": []}
"""The record of a document that no engine reads."""
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_READ = select(READINGS, TEXTS.c.text).join(TEXTS).where(READINGS.c.document_id.in_(_IDS)).order_by(READINGS.c.sequence)
_CAPTURES_OF = select(CAPTURES).where(CAPTURES.c.document_id.in_(_IDS)).order_by(CAPTURES.c.fetched)
_CLAIMS_OF, _STATEMENTS_OF = (
    select(*columns).where(columns[0].in_(_IDS)).order_by(position)
    for columns, position in (
        ((CLAIMS.c.reading_id, CLAIMS.c.claim_id, CLAIMS.c.record, CLAIMS.c.reasons), CLAIMS.c.position),
        ((STATEMENTS.c.reading_id, STATEMENTS.c.record), STATEMENTS.c.position),
    )
)
"""Built once: building a question takes longer than the ledger takes to answer it."""
_HEXADECIMAL = re.compile("[0-9a-f]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One reading in the ledger: its record, its claims' reasons, and what else read the same document."""

    reading_id: str
    record: Record
    reasons: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Of each claim, by its id, why it was read so."""
    beside: tuple[str, ...] = ()
    """Engine and version of the document's other readings, latest first."""


def list_reports(connection: Connection) -> Iterator[Filed]:
    """The current reading of every document, in the order of filing."""
    last = select(func.max(READINGS.c.sequence)).group_by(READINGS.c.document_id)
    current = select(READINGS.c.reading_id).where(READINGS.c.sequence.in_(last)).order_by(READINGS.c.sequence)
    for reading in connection.execute(current).scalars().all():
        yield _filed(connection, reading)


def get_report(connection: Connection, wanted: str) -> Filed:
    """The current reading of the one document whose id begins so, or that its giver calls so.

    Raises:
        NotFound: there is none.
        BadInput: there are several.
    """
    rows = _of_document(connection, wanted)
    document = only({row.document_id for row in rows}, wanted, "document")
    return _filed(connection, next(row.reading_id for row in rows if row.document_id == document))


def get_document(connection: Connection, document: str) -> Record:
    """The record of the document of that whole id, by its current reading; of one that only people read, what is known of it."""
    last = select(READINGS.c.record, TEXTS.c.text).join(TEXTS).where(READINGS.c.document_id == document)
    row = connection.execute(last.order_by(READINGS.c.sequence.desc()).limit(1)).first()
    known = row.record if row else {**UNREAD, "document_id": document}
    return {**known, "capture": _first_capture(connection, document), "text": row.text if row else ""}


def get_reports(connection: Connection, documents: Sequence[str]) -> list[Filed]:
    """The current readings of these documents, by their whole ids; what no engine read has none."""
    every = [filed for some in _parts(documents) for filed in _filed_each(connection, some)]
    found = {filed.record["document"]["document_id"]: filed for filed in every}
    return [found[document] for document in documents if document in found]


def get_claim(connection: Connection, wanted: str) -> tuple[str, Filed]:
    """The whole id of the one claim whose id begins so, and the latest reading that has it.

    Raises:
        NotFound: there is none.
        BadInput: there are several.
    """
    having = select(CLAIMS.c.claim_id, CLAIMS.c.reading_id).join(READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id)
    rows = connection.execute(
        having.where(begins(CLAIMS.c.claim_id, wanted)).order_by(READINGS.c.sequence.desc())
    ).all()
    claim = only({row.claim_id for row in rows}, wanted, "claim")
    return claim, _filed(connection, next(row.reading_id for row in rows if row.claim_id == claim))


def get_claims(connection: Connection, wanted: Sequence[str]) -> list[tuple[Record, Record]]:
    """Of each claim its document's record, less its text, and its own, by the latest reading that has it."""
    rows = (
        connection.execute(
            select(CLAIMS.c.claim_id, CLAIMS.c.record, READINGS.c.record.label("document"))
            .join(READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id)
            .where(CLAIMS.c.claim_id.in_(wanted[start : start + MOST_NAMED]))
            .order_by(READINGS.c.sequence)
        )
        for start in range(0, len(wanted), MOST_NAMED)
    )
    latest = {row.claim_id: (row.document, row.record) for some in rows for row in some}
    return list(latest.values())


def _of_document(connection: Connection, wanted: str) -> Sequence[Row[str, str]]:
    named = or_(begins(READINGS.c.document_id, wanted), READINGS.c.given_id == wanted)
    last_first = READINGS.c.sequence.desc()
    return connection.execute(
        select(READINGS.c.document_id, READINGS.c.reading_id).where(named).order_by(last_first)
    ).all()


def begins(column: Column[str], wanted: str) -> ColumnElement[bool]:
    """Ids that begin so: a range of the index; nothing where it can't begin an id."""
    prefix = wanted.lower()
    return and_(column >= prefix, column < prefix + "g") if _HEXADECIMAL.fullmatch(prefix) else false()


def only(ids: set[str], wanted: str, what: str, *, listed: str = "show") -> str:
    """The one id that was found.

    Raises:
        NotFound: none was.
        BadInput: several were.
    """
    if not ids:
        raise NotFound(
            f"no {what} in the ledger is called so", wanted, f"list what there is with `harmledger {listed}`"
        )
    if len(ids) > 1:
        some = ", ".join(sorted(ids)[:SHOWN_CHOICES])
        raise BadInput(
            f"{len(ids)} {what}s begin so ({some}{', …' * (len(ids) > SHOWN_CHOICES)})",
            wanted,
            "give more letters of it",
        )
    return ids.pop()


def _filed(connection: Connection, reading: str) -> Filed:
    of = select(READINGS.c.document_id).where(READINGS.c.reading_id == reading)
    return _filed_each(connection, connection.execute(of).scalars().all(), reading=reading)[0]


def _filed_each(connection: Connection, documents: Sequence[str], *, reading: str | None = None) -> list[Filed]:
    """The current readings of documents, or a certain one, with all that they found: four questions, however many they are."""
    every = connection.execute(_READ, {"ids": documents}).all()
    rows = list({row.document_id: row for row in every if reading in {None, row.reading_id}}.values())
    readings = [row.reading_id for row in rows]
    documents = [row.document_id for row in rows]
    claims, statements = (_by_reading(connection, question, readings) for question in (_CLAIMS_OF, _STATEMENTS_OF))
    captures = _first_captures(connection, documents)
    return [
        Filed(
            reading_id=row.reading_id,
            record={
                "document": {**row.record, "capture": captures[row.document_id], "text": row.text},
                "claims": [_glossed(claim.record, row.language) for claim in claims[row.reading_id]],
                "statements": [statement.record for statement in statements[row.reading_id]],
            },
            reasons={claim.claim_id: claim.reasons for claim in claims[row.reading_id]},
            beside=tuple(_named(o) for o in reversed(every) if _is_beside(o, row)),
        )
        for row in rows
    ]


def _glossed(claim: Record, language: str | None) -> Record:
    """A claim's record; one that was filed before records had a gloss gets it."""
    return claim if "gloss" in claim else {**claim, "gloss": render_gloss(claim, language)}


def _by_reading(connection: Connection, question: Select[Any], readings: Sequence[str]) -> dict[str, list[Row[Any]]]:
    found: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(question, {"ids": readings}):
        found[row.reading_id].append(row)
    return found


def _first_capture(connection: Connection, document: str) -> Record:
    return _first_captures(connection, [document])[document]


def _first_captures(connection: Connection, documents: Sequence[str]) -> dict[str, Record]:
    first: dict[str, Record] = {}
    for row in connection.execute(_CAPTURES_OF, {"ids": documents}):
        told = {"capture_id": row.capture_id, "source": row.source, "fetched": row.fetched.isoformat()}
        first.setdefault(row.document_id, told)
    return first


def _is_beside(other: Row[Any], reading: Row[Any]) -> bool:
    return other.document_id == reading.document_id and other.reading_id != reading.reading_id


def _named(reading: Row[Any]) -> str:
    return f"{reading.engine} {reading.version}, filed {reading.filed:%Y-%m-%d}"


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + MOST_NAMED] for start in range(0, len(ids), MOST_NAMED))
