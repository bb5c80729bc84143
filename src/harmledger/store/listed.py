"""Lists of the record, a page at a time in the order of ids, filtered, as one viewer may see them.

Pages follow one another by the last id that was given, which says nothing of what lies between: not even that something does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, bindparam, exists, func, or_, select, true

from harmledger.domain import Decision, Entered, Viewer
from harmledger.review.chain import parse_decision
from harmledger.store.access import may_see, may_see_claim
from harmledger.store.entered import parse_entered
from harmledger.store.incidents import linked_now
from harmledger.store.overview import MOST_VIEWERS
from harmledger.store.references import Listed, list_references
from harmledger.store.schema import (
    CAPTURES,
    CLAIMS,
    DECISIONS,
    DOCUMENTS,
    ENTERED,
    INCIDENT_CLAIMS,
    INCIDENTS,
    READINGS,
    STATEMENTS,
    TEXTS,
    VICTIMS,
)
from harmledger.store.seen import is_current, may_see_member, select_all

Asked = Mapping[str, Any]
"""Values of the filters, with `after` and `limit`."""
Found = Sequence[Row[Any]]
KEPT_READY = MOST_VIEWERS * 8
"""Questions kept built: a viewer asks few combinations of filters."""


def _means() -> ColumnElement[Any]:
    return CLAIMS.c.record["means"]["kind"].as_string()


_SAYS: Mapping[str, ColumnElement[bool]] = {
    "country": CLAIMS.c.country == bindparam("country"),
    "from": func.coalesce(CLAIMS.c.latest, CLAIMS.c.earliest) >= bindparam("from"),
    "to": func.coalesce(CLAIMS.c.earliest, CLAIMS.c.latest) <= bindparam("to"),
    "harm": CLAIMS.c.harm == bindparam("harm"),
    "kind": CLAIMS.c.kind == bindparam("kind"),
    "scope": CLAIMS.c.scope == bindparam("scope"),
    "polarity": CLAIMS.c.polarity == bindparam("polarity"),
    "actor": CLAIMS.c.actor_id == bindparam("actor"),
    "claimant": CLAIMS.c.claimant_id == bindparam("claimant"),
    "place": CLAIMS.c.place_id == bindparam("place"),
    "means": _means() == bindparam("means"),
    "document": CLAIMS.c.document_id == bindparam("document"),
    "incident": CLAIMS.c.claim_id.in_(
        select(INCIDENT_CLAIMS.c.claim_id).where(INCIDENT_CLAIMS.c.incident_id == bindparam("incident"), linked_now())
    ),
}
"""What a filter asks of a claim."""


def _says(names: frozenset[str]) -> ColumnElement[bool]:
    return and_(true(), *(_SAYS[name] for name in sorted(names & _SAYS.keys())))


def _run(connection: Connection, question: Select[Any], asked: Asked) -> Found:
    return connection.execute(question, {"after": "", **asked}).all()


def _names(asked: Asked) -> frozenset[str]:
    return frozenset(asked) - {"after", "limit"}


def _paged(question: Select[Any], id: ColumnElement[Any]) -> Select[Any]:
    return question.where(id > bindparam("after")).order_by(id).limit(bindparam("limit"))


# --- claims and statements -------------------------------------------------------------------------------------------


def list_claims(connection: Connection, viewer: Viewer, asked: Asked) -> Found:
    """(claim_id, document_id, record, language) of the claims of current readings."""
    return _run(connection, _claims(viewer, _names(asked)), asked)


@lru_cache(maxsize=KEPT_READY)
def _claims(viewer: Viewer, names: frozenset[str]) -> Select[Any]:
    current = select_all(CLAIMS.c.claim_id, CLAIMS.c.document_id, CLAIMS.c.record, READINGS.c.language).join(
        READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id
    )
    return _paged(current.where(is_current(), may_see(viewer, CLAIMS.c.document_id), _says(names)), CLAIMS.c.claim_id)


def find_claim(connection: Connection, viewer: Viewer, claim: str) -> Row[Any] | None:
    """The same of one claim, by the latest reading that has it."""
    having = select_all(CLAIMS.c.claim_id, CLAIMS.c.document_id, CLAIMS.c.record, READINGS.c.language).join(READINGS)
    one = having.where(CLAIMS.c.claim_id == claim, may_see(viewer, CLAIMS.c.document_id))
    return connection.execute(one.order_by(READINGS.c.sequence.desc()).limit(1)).first()


_STATES: Mapping[str, ColumnElement[bool]] = {
    "statement": STATEMENTS.c.kind == bindparam("statement"),
    "claimant": STATEMENTS.c.speaker_id == bindparam("claimant"),
    "actor": STATEMENTS.c.target_id == bindparam("actor"),
    "document": STATEMENTS.c.document_id == bindparam("document"),
}


def list_statements(connection: Connection, viewer: Viewer, asked: Asked) -> Found:
    """(statement_id, document_id, record) of the statements of current readings."""
    return _run(connection, _statements(viewer, _names(asked)), asked)


@lru_cache(maxsize=KEPT_READY)
def _statements(viewer: Viewer, names: frozenset[str]) -> Select[Any]:
    of = STATEMENTS.c
    current = select_all(of.statement_id, of.document_id, of.record).join(
        READINGS, READINGS.c.reading_id == of.reading_id
    )
    said = (_STATES[name] for name in sorted(names))
    return _paged(current.where(is_current(), may_see(viewer, of.document_id), *said), of.statement_id)


def find_statement(connection: Connection, viewer: Viewer, statement: str) -> Row[Any] | None:
    """The same of one statement."""
    of = STATEMENTS.c
    having = select_all(of.statement_id, of.document_id, of.record).join(
        READINGS, READINGS.c.reading_id == of.reading_id
    )
    one = having.where(of.statement_id == statement, may_see(viewer, of.document_id))
    return connection.execute(one.order_by(READINGS.c.sequence.desc()).limit(1)).first()


def list_entries(connection: Connection, viewer: Viewer, asked: Asked) -> list[Entered]:
    """Claims that people entered."""
    of = select(ENTERED).where(may_see(viewer, ENTERED.c.document_id))
    said = [ENTERED.c[name if name != "document" else "document_id"] == asked[name] for name in _names(asked)]
    rows = connection.execute(_paged(of.where(*said), ENTERED.c.entry_id), {"after": "", **asked}).mappings()
    return [parse_entered(row) for row in rows]


def find_entry(connection: Connection, viewer: Viewer, entry: str) -> Entered | None:
    """One of them."""
    of = select(ENTERED).where(ENTERED.c.entry_id == entry, may_see(viewer, ENTERED.c.document_id))
    row = connection.execute(of).mappings().first()
    return parse_entered(row) if row else None


def incidents_of(connection: Connection, claims: Sequence[str]) -> dict[str, str]:
    """Of each of these claims the incident that it is linked to now."""
    of = select(INCIDENT_CLAIMS.c.claim_id, INCIDENT_CLAIMS.c.incident_id)
    rows = connection.execute(of.where(INCIDENT_CLAIMS.c.claim_id.in_(claims), linked_now()))
    return {row.claim_id: row.incident_id for row in rows if row.incident_id}


# --- documents and incidents -----------------------------------------------------------------------------------------


def list_documents(connection: Connection, viewer: Viewer, asked: Asked) -> Found:
    """(document_id, media, filed, record, engine, version) of documents by their current readings; nothing for what no engine reads."""
    return _run(connection, _documents(viewer, _names(asked)), asked)


@lru_cache(maxsize=KEPT_READY)
def _documents(viewer: Viewer, names: frozenset[str]) -> Select[Any]:
    question = _document_columns().where(may_see(viewer, DOCUMENTS.c.document_id))
    if "language" in names:
        question = question.where(READINGS.c.language == bindparam("language"))
    if told := names - {"language"}:
        question = question.where(exists().where(CLAIMS.c.reading_id == READINGS.c.reading_id, _says(told)))
    return _paged(question, DOCUMENTS.c.document_id)


def _document_columns() -> Select[Any]:
    of, read = DOCUMENTS.c, READINGS.c
    current = and_(read.document_id == of.document_id, is_current())
    columns = select_all(of.document_id, of.media, of.filed, read.record, read.engine, read.version, read.text_id)
    return columns.outerjoin_from(DOCUMENTS, READINGS, current)


def find_document(connection: Connection, viewer: Viewer, document: str) -> Row[Any] | None:
    """The same of one document."""
    one = _document_columns().where(DOCUMENTS.c.document_id == document, may_see(viewer, DOCUMENTS.c.document_id))
    return connection.execute(one).first()


def get_text(connection: Connection, text: str | None) -> str | None:
    """A clean text by its id."""
    return connection.execute(select(TEXTS.c.text).where(TEXTS.c.text_id == text)).scalar() if text else None


def list_captures(connection: Connection, documents: Sequence[str]) -> dict[str, Row[Any]]:
    """The first capture of each of these documents."""
    of = select(CAPTURES).where(CAPTURES.c.document_id.in_(documents))
    return {row.document_id: row for row in connection.execute(of.order_by(CAPTURES.c.fetched.desc()))}


def list_incident_ids(connection: Connection, viewer: Viewer, asked: Asked) -> list[str]:
    """Incidents of which the viewer may see a claim that says all that is asked."""
    return [row.incident_id for row in _run(connection, _incidents(viewer, _names(asked)), asked)]


@lru_cache(maxsize=KEPT_READY)
def _incidents(viewer: Viewer, names: frozenset[str]) -> Select[Any]:
    held = and_(INCIDENT_CLAIMS.c.incident_id == INCIDENTS.c.incident_id, linked_now())
    if names:
        claim = and_(CLAIMS.c.claim_id == INCIDENT_CLAIMS.c.claim_id, may_see(viewer, CLAIMS.c.document_id))
        telling = exists().where(held, claim, _says(names))
    else:
        telling = exists().where(held, may_see_member(viewer))
    return _paged(select(INCIDENTS.c.incident_id).where(telling), INCIDENTS.c.incident_id)


# --- names -----------------------------------------------------------------------------------------------------------

_NAMED = {"claimants": CLAIMS.c.claimant_id, "actors": CLAIMS.c.actor_id, "places": CLAIMS.c.place_id}


def list_named(connection: Connection, viewer: Viewer, of: str, asked: Asked) -> Found:
    """(id, claims, reports, earliest, latest) of claimants, actors or places that claims of current readings name; of places more."""
    return _run(connection, _named(viewer, of, _names(asked)), asked)


@lru_cache(maxsize=KEPT_READY)
def _named(viewer: Viewer, of: str, names: frozenset[str]) -> Select[Any]:
    grouped = select(*_named_columns(of)).join(READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id)
    seen = grouped.where(is_current(), may_see(viewer, CLAIMS.c.document_id), _says(names))
    return _paged(seen.group_by(_NAMED[of]), _NAMED[of])


def _named_columns(of: str) -> list[ColumnElement[Any]]:
    columns: list[ColumnElement[Any]] = [
        _NAMED[of].label("id"),
        func.count().label("claims"),
        func.count(CLAIMS.c.document_id.distinct()).label("reports"),
        func.min(CLAIMS.c.earliest).label("earliest"),
        func.max(CLAIMS.c.latest).label("latest"),
    ]
    if of == "places":
        place = CLAIMS.c.record["place"]
        columns += [func.min(CLAIMS.c[name]).label(name) for name in ("country", "lat", "lon")]
        columns += [func.min(place[name].as_string()).label(name) for name in ("name", "gazetteer", "admin1")]
    return columns


def find_named(connection: Connection, viewer: Viewer, of: str, id: str) -> Row[Any] | None:
    """The same of one of them."""
    return connection.execute(_one_named(viewer, of), {"id": id}).first()


@lru_cache(maxsize=KEPT_READY)
def _one_named(viewer: Viewer, of: str) -> Select[Any]:
    grouped = select(*_named_columns(of)).join(READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id)
    seen = grouped.where(is_current(), may_see(viewer, CLAIMS.c.document_id), _NAMED[of] == bindparam("id"))
    return seen.group_by(_NAMED[of])


# --- decisions and references ----------------------------------------------------------------------------------------


def list_decisions(connection: Connection, viewer: Viewer, asked: Asked) -> list[Decision]:
    """Decisions on what may be seen."""
    rows = connection.execute(_decisions(viewer, _names(asked)), {"after": "", **asked}).mappings()
    return [parse_decision(row) for row in rows]


@lru_cache(maxsize=KEPT_READY)
def _decisions(viewer: Viewer, names: frozenset[str]) -> Select[Any]:
    said = (DECISIONS.c[name] == bindparam(name) for name in sorted(names))
    return _paged(select(DECISIONS).where(may_see_decision(viewer), *said), DECISIONS.c.decision_id)


def find_decision(connection: Connection, viewer: Viewer, decision: str) -> Decision | None:
    """One of them."""
    of = select(DECISIONS).where(DECISIONS.c.decision_id == decision, may_see_decision(viewer))
    row = connection.execute(of).mappings().first()
    return parse_decision(row) if row else None


def list_decided(connection: Connection, viewer: Viewer, subjects: Sequence[str]) -> list[Decision]:
    """The decisions of these subjects that may be seen, in the order of the log."""
    of = select(DECISIONS).where(DECISIONS.c.subject.in_(subjects), may_see_decision(viewer))
    return [parse_decision(row) for row in connection.execute(of.order_by(DECISIONS.c.sequence)).mappings()]


_OTHER_CLAIM = '{"claim_id": "'
"""How a value begins that names another claim; its id follows."""


def may_see_decision(viewer: Viewer) -> ColumnElement[bool]:
    """Of a row of `decisions`: what it is of may be seen, and the claim that it names too."""
    if viewer.sees_all:
        return true()
    of = DECISIONS.c
    other = func.substr(of.value, len(_OTHER_CLAIM) + 1, 64)
    names_none = or_(of.value.is_(None), ~of.value.startswith(_OTHER_CLAIM, autoescape=True))
    return and_(_may_see_subject(viewer, of.subject), or_(names_none, _may_see_subject(viewer, other)))


def _may_see_subject(viewer: Viewer, subject: ColumnElement[Any]) -> ColumnElement[bool]:
    def stands_in(table: Table, named: str) -> ColumnElement[bool]:
        own = table.alias()
        return exists().where(own.c[named] == subject, may_see(viewer, own.c.document_id))

    return or_(
        may_see_claim(viewer, subject),
        *(
            stands_in(table, named)
            for table, named in ((ENTERED, "entry_id"), (DOCUMENTS, "document_id"), (VICTIMS, "victim_id"))
        ),
    )


def list_sets(connection: Connection, asked: Asked) -> list[Listed]:
    """Versions of recorders' data sets; they are nobody's documents."""
    found = sorted(list_references(connection), key=lambda listed: listed.reference.reference_id)
    return [each for each in found if each.reference.reference_id > asked.get("after", "")][: asked["limit"]]
