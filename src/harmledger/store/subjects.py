"""What a decision may be of, found by the beginning of its id; and all claims that may be decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, select

from harmledger.review.decide import SubjectKind
from harmledger.review.fields import Fields, entered_fields, read_fields
from harmledger.review.fold import State
from harmledger.review.queue import Unclaimed, Waiting
from harmledger.store.entered import list_entered
from harmledger.store.lookup import SHOWN_CHOICES, begins, only
from harmledger.store.schema import CAPTURES, CLAIMS, DOCUMENTS, DROPPED, ENTERED, READINGS, VICTIMS

_TABLES = (
    (SubjectKind.CLAIM, CLAIMS.c.claim_id),
    (SubjectKind.ENTRY, ENTERED.c.entry_id),
    (SubjectKind.DOCUMENT, DOCUMENTS.c.document_id),
    (SubjectKind.VICTIM, VICTIMS.c.victim_id),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something that people decide of."""

    id: str
    kind: SubjectKind


def find_subject(connection: Connection, wanted: str) -> Subject:
    """The one claim, document or victim whose id begins so, or the document that its giver calls so.

    Raises:
        NotFound: there is none.
        BadInput: there are several.
    """
    found = {
        Subject(id=each, kind=kind)
        for kind, column in _TABLES
        for each in connection.execute(
            select(column).where(begins(column, wanted)).distinct().limit(SHOWN_CHOICES + 1)
        ).scalars()
    }
    found |= {Subject(id=each, kind=SubjectKind.DOCUMENT) for each in _called(connection, wanted)}
    if len(found) != 1:
        only({subject.id for subject in found}, wanted, "claim, document or victim")
    return found.pop()


def find_claim(connection: Connection, wanted: str) -> str:
    """The whole id of the one claim, read or entered, whose id begins so.

    Raises:
        NotFound: there is none.
        BadInput: there are several.
    """
    columns = (CLAIMS.c.claim_id, ENTERED.c.entry_id)
    found = (select(each).where(begins(each, wanted)).distinct().limit(SHOWN_CHOICES + 1) for each in columns)
    return only({claim for ids in found for claim in connection.execute(ids).scalars()}, wanted, "claim")


def find_document(connection: Connection, wanted: str) -> str:
    """The whole id of the one document whose id begins so, or that its giver, or the file it came from, is called.

    Raises:
        NotFound: there is none.
        BadInput: there are several.
    """
    beginning = connection.execute(select(DOCUMENTS.c.document_id).where(begins(DOCUMENTS.c.document_id, wanted)))
    return only({*beginning.scalars(), *_called(connection, wanted)}, wanted, "document")


def list_claims(connection: Connection) -> Iterator[Waiting]:
    """Every claim of the current readings in the order of filing, then those that people entered."""
    last = select(func.max(READINGS.c.sequence)).group_by(READINGS.c.document_id)
    of_current = select(CLAIMS.c.document_id, CLAIMS.c.claim_id).join(
        READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id
    )
    current = of_current.where(READINGS.c.sequence.in_(last)).order_by(READINGS.c.sequence, CLAIMS.c.position)
    for row in connection.execute(current):
        yield Waiting(document_id=row.document_id, claim_id=row.claim_id)
    for entered in list_entered(connection):
        yield Waiting(document_id=entered.document_id, claim_id=entered.entry_id, entered=True)


def list_unclaimed(connection: Connection, state: State) -> list[Unclaimed]:
    """The documents whose current reading has no claim, in the order of filing, then those that only people read."""
    claimed = {each.document_id for each in list_entered(connection) if state.is_entered(each.entry_id)}
    last = select(func.max(READINGS.c.sequence)).group_by(READINGS.c.document_id)
    vain = select(func.count()).where(DROPPED.c.reading_id == READINGS.c.reading_id).scalar_subquery()
    found = exists().where(CLAIMS.c.reading_id == READINGS.c.reading_id)
    read = select(READINGS.c.document_id, vain.label("dropped")).where(READINGS.c.sequence.in_(last), ~found)
    rows = [(row.document_id, row.dropped) for row in connection.execute(read.order_by(READINGS.c.sequence))]
    unread = select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.document_id.not_in(select(READINGS.c.document_id)))
    rows += [(document, 0) for document in connection.execute(unread.order_by(DOCUMENTS.c.document_id)).scalars()]
    return [Unclaimed(document_id=d, dropped=n, claimed=d in claimed) for d, n in rows]


def list_dropped(connection: Connection, document: str) -> list[tuple[int, int, str]]:
    """The passages of a document's current reading that gave nothing: where each stands, and why."""
    last = select(func.max(READINGS.c.sequence)).where(READINGS.c.document_id == document).scalar_subquery()
    of = select(DROPPED.c.start, DROPPED.c.end, DROPPED.c.reason).join(READINGS).where(READINGS.c.sequence == last)
    return [(row.start, row.end, row.reason) for row in connection.execute(of.order_by(DROPPED.c.position))]


def list_fields(connection: Connection) -> dict[str, Fields]:
    """What was read or entered of every claim, by its id."""
    rows = connection.execute(select(CLAIMS.c.claim_id, CLAIMS.c.record))
    read = {row.claim_id: read_fields(row.record) for row in rows}
    return read | {entered.entry_id: entered_fields(entered) for entered in list_entered(connection)}


def _called(connection: Connection, wanted: str) -> set[str]:
    given = select(READINGS.c.document_id).where(READINGS.c.given_id == wanted)
    source = select(CAPTURES.c.document_id).where(CAPTURES.c.source == wanted)
    return {*connection.execute(given).scalars(), *connection.execute(source).scalars()}
