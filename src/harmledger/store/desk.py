"""What the review desk asks: which claims wait for a viewer, whose documents they stand in, which decisions may be seen.

Claims that nobody decided are sorted by the database, of which a ledger has many; those that somebody did are few, and the log tells how
they stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    RowMapping,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from harmledger.domain import Viewer
from harmledger.review.fields import Fields, entered_fields, read_fields
from harmledger.review.queue import ENTERED_CONFIDENCE, Waiting, weigh
from harmledger.store.access import may_see
from harmledger.store.entered import parse_entered
from harmledger.store.lookup import MOST_NAMED
from harmledger.store.overview import MOST_VIEWERS
from harmledger.store.schema import CLAIMS, DECISIONS, DOCUMENTS, ENTERED, LIGHTNESS, READINGS, VICTIMS

HEAVIER = 1e9
"""Than any claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A claim as the queue tells of it."""

    waiting: Waiting
    title: str | None
    quote: str
    harm: str
    low: int | None
    high: int | None
    place: str | None
    confidence: float | None
    """None where a person entered it."""
    weight: float

    @property
    def order(self) -> tuple[float, str]:
        """The weightiest first; of equal ones by their ids, so that everybody has the same order."""
        return -self.weight, self.waiting.claim_id


def list_untouched(
    connection: Connection,
    viewer: Viewer,
    *,
    most: int,
    skipped: int = 0,
    behind: Queued | None = None,
    but: Collection[str] = (),
) -> list[Queued]:
    """Claims of the current readings on which nobody decided anything, nor on their documents, the weightiest first.

    `behind`: only those that come after this one. `but` are claims to leave out.
    """
    asked = {"most": most + len(but), "skipped": skipped}
    asked |= (
        {"lightness": -behind.weight, "claim": behind.waiting.claim_id}
        if behind
        else {"lightness": -HEAVIER, "claim": ""}
    )
    found = [_queued(row) for row in connection.execute(_untouched(viewer), asked).mappings()]
    return [each for each in found if each.waiting.claim_id not in but][:most]


def count_untouched(connection: Connection, viewer: Viewer, *, most: int) -> int:
    """How many of these there are; counted no further than `most`."""
    return connection.execute(_count_untouched(viewer), {"most": most}).scalar_one()


def list_touched(connection: Connection, viewer: Viewer) -> list[Queued]:
    """Claims on which, or on whose documents, somebody decided something, and those that people entered; the weightiest first."""
    rows = [row for question in _touched(viewer) for row in connection.execute(question).mappings()]
    entered = connection.execute(select(ENTERED).where(may_see(viewer, ENTERED.c.document_id))).mappings()
    found = {each.waiting.claim_id: each for each in (*map(_queued, rows), *map(_queued_entered, entered))}
    return sorted(found.values(), key=lambda each: each.order)


def get_queued(connection: Connection, viewer: Viewer, claims: Sequence[str]) -> list[Queued]:
    """These claims, where they are current and may be seen."""
    found: list[Queued] = []
    for some in _by_hundreds(claims):
        read = _claims(viewer).where(CLAIMS.c.claim_id.in_(some))
        typed = select(ENTERED).where(ENTERED.c.entry_id.in_(some), may_see(viewer, ENTERED.c.document_id))
        found += map(_queued, connection.execute(read).mappings())
        found += map(_queued_entered, connection.execute(typed).mappings())
    return sorted(found, key=lambda each: each.order)


def find_home(connection: Connection, viewer: Viewer, claim: str) -> Waiting | None:
    """A claim of that whole id with its document; None where it isn't there or may not be seen."""
    read = select(CLAIMS.c.document_id).where(CLAIMS.c.claim_id == claim, may_see(viewer, CLAIMS.c.document_id))
    if document := connection.execute(read.limit(1)).scalar():
        return Waiting(document_id=document, claim_id=claim)
    typed = select(ENTERED.c.document_id).where(ENTERED.c.entry_id == claim, may_see(viewer, ENTERED.c.document_id))
    document = connection.execute(typed).scalar()
    return Waiting(document_id=document, claim_id=claim, entered=True) if document else None


def find_seen(connection: Connection, viewer: Viewer, documents: Sequence[str]) -> frozenset[str]:
    """Which of these documents, by their whole ids, may be seen."""
    own = DOCUMENTS.c.document_id
    asked = (select(own).where(own.in_(some), may_see(viewer, own)) for some in _by_hundreds(documents))
    return frozenset(document for question in asked for document in connection.execute(question).scalars())


def find_documents(connection: Connection, viewer: Viewer, subjects: Sequence[str]) -> dict[str, str]:
    """Of claims, entered claims, documents and victims, by their whole ids, the document that each stands in; only what may be seen."""
    found: dict[str, str] = {}
    for some in _by_hundreds(subjects):
        for subject, document in _HOMES:
            rows = connection.execute(select(subject, document).where(subject.in_(some), may_see(viewer, document)))
            found |= {row[0]: row[1] for row in rows}
    return found


def get_fields(connection: Connection, claims: Sequence[str]) -> dict[str, Fields]:
    """What was read or entered of these claims."""
    found: dict[str, Fields] = {}
    for some in _by_hundreds(claims):
        read = select(CLAIMS.c.claim_id, CLAIMS.c.record).where(CLAIMS.c.claim_id.in_(some))
        typed = select(ENTERED).where(ENTERED.c.entry_id.in_(some))
        found |= {row.claim_id: read_fields(row.record) for row in connection.execute(read)}
        found |= {row["entry_id"]: entered_fields(parse_entered(row)) for row in connection.execute(typed).mappings()}
    return found


def list_decision_ids(
    connection: Connection, viewer: Viewer, *, most: int, skipped: int, **wanted: str | None
) -> list[str]:
    """Decisions on what may be seen, the last first; only those of `who`, `verdict` and `subject`, where they are given."""
    seen = or_(*(exists().where(subject == DECISIONS.c.subject, may_see(viewer, d)) for subject, d in _HOMES))
    question = select(DECISIONS.c.decision_id).where(seen)
    for name, value in wanted.items():
        if value:
            question = question.where(DECISIONS.c[name] == value)
    last_first = question.order_by(DECISIONS.c.sequence.desc()).limit(most).offset(skipped)
    return list(connection.execute(last_first).scalars())


_HOMES: tuple[tuple[ColumnElement[str], ColumnElement[str]], ...] = (
    (CLAIMS.c.claim_id, CLAIMS.c.document_id),
    (ENTERED.c.entry_id, ENTERED.c.document_id),
    (DOCUMENTS.c.document_id, DOCUMENTS.c.document_id),
    (VICTIMS.c.victim_id, VICTIMS.c.document_id),
)
"""Where each kind of subject has its id, and its document's."""


# --- questions, built once a viewer ----------------------------------------------------------------------------------


_LIGHTNESS: ColumnElement[float] = literal_column(LIGHTNESS, Float)


def _claims(viewer: Viewer) -> Select[Any]:
    """Claims of current readings."""
    later = READINGS.alias("later")
    is_old = exists().where(later.c.document_id == READINGS.c.document_id, later.c.sequence > READINGS.c.sequence)
    of = (CLAIMS.c.claim_id, CLAIMS.c.document_id, CLAIMS.c.record, CLAIMS.c.confidence, READINGS.c.title)
    current = select(*of, (-_LIGHTNESS).label("weight")).join(READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id)
    return cast("Select[Any]", current.where(~is_old, may_see(viewer, CLAIMS.c.document_id)))


def _is_touched() -> ColumnElement[bool]:
    own, documents = DECISIONS.alias("own"), DECISIONS.alias("documents")
    return or_(
        exists().where(own.c.subject == CLAIMS.c.claim_id),
        exists().where(documents.c.subject == CLAIMS.c.document_id),
    )


def _is_behind() -> ColumnElement[bool]:
    """Beside the bound that the index is entered at, which alone would give equal ones again."""
    return or_(bindparam("lightness") < _LIGHTNESS, CLAIMS.c.claim_id > bindparam("claim"))


@lru_cache(maxsize=MOST_VIEWERS)
def _untouched(viewer: Viewer) -> Select[Any]:
    """The ids of the weightiest first, and only their rows whole: records are long."""
    chosen = (
        _claims(viewer)
        .with_only_columns(CLAIMS.c.claim_id, CLAIMS.c.reading_id, (-_LIGHTNESS).label("weight"))
        .where(~_is_touched(), bindparam("lightness") <= _LIGHTNESS, _is_behind())
        .order_by(_LIGHTNESS, CLAIMS.c.claim_id)
        .limit(bindparam("most"))
        .offset(bindparam("skipped"))
        .subquery()
    )
    of = (CLAIMS.c.claim_id, CLAIMS.c.document_id, CLAIMS.c.record, CLAIMS.c.confidence, READINGS.c.title)
    same = and_(CLAIMS.c.claim_id == chosen.c.claim_id, CLAIMS.c.reading_id == chosen.c.reading_id)
    whole = select(*of, chosen.c.weight).join(chosen, same).join(READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id)
    return cast("Select[Any]", whole.order_by(chosen.c.weight.desc(), CLAIMS.c.claim_id))


@lru_cache(maxsize=MOST_VIEWERS)
def _count_untouched(viewer: Viewer) -> Select[Any]:
    some = (
        _claims(viewer).with_only_columns(CLAIMS.c.claim_id).where(~_is_touched()).limit(bindparam("most")).subquery()
    )
    return cast("Select[Any]", select(func.count()).select_from(some))


@lru_cache(maxsize=MOST_VIEWERS)
def _touched(viewer: Viewer) -> tuple[Select[Any], Select[Any]]:
    """The claims' own decisions, and those on their documents: two questions, each by an index."""
    subjects = select(DECISIONS.c.subject)
    own, of_documents = (_claims(viewer).where(c.in_(subjects)) for c in (CLAIMS.c.claim_id, CLAIMS.c.document_id))
    return own, of_documents


# --- rows ------------------------------------------------------------------------------------------------------------


def _queued(row: RowMapping) -> Queued:
    record: Mapping[str, Any] = row["record"]
    place: Mapping[str, Any] = record["place"] or {}
    return Queued(
        waiting=Waiting(document_id=row["document_id"], claim_id=row["claim_id"]),
        title=row["title"],
        quote=record["quote"]["exact"],
        harm=record["harm"],
        low=record["count"]["low"],
        high=record["count"]["high"],
        place=place.get("name") or place.get("exact"),
        confidence=row["confidence"],
        weight=row["weight"],
    )


def _queued_entered(row: RowMapping) -> Queued:
    entered = parse_entered(row)
    people = entered.low if entered.high is None else entered.high
    return Queued(
        waiting=Waiting(document_id=entered.document_id, claim_id=entered.entry_id, entered=True),
        title=None,
        quote=entered.quote,
        harm=entered.harm.value,
        low=entered.low,
        high=entered.high,
        place=entered.place,
        confidence=None,
        weight=weigh(people, ENTERED_CONFIDENCE),
    )


def _by_hundreds(ids: Iterable[str]) -> Iterator[Sequence[str]]:
    every = list(dict.fromkeys(ids))
    return (every[start : start + MOST_NAMED] for start in range(0, len(every), MOST_NAMED))
