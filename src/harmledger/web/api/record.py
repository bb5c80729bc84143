"""Answers of the record: documents, claims, statements, entries, names, decisions, references. Each is asked for as its viewer may see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.store import listed
from harmledger.web.api import records
from harmledger.web.api.params import Asked
from harmledger.web.api.questions import answer, answer_page
from harmledger.web.visit import Visit

Rows = Sequence[Any]
T = TypeVar("T")


def _page(visit: Visit, asked: Asked, rows: Rows, id: str, items: Sequence[Any]) -> Response:
    full = len(rows) == asked["limit"]
    return answer_page(visit, items, getattr(rows[-1], id) if full else None)


def _found(row: T | None) -> list[T]:
    if row is None:
        raise HTTPException(404)
    return [row]


# --- documents -------------------------------------------------------------------------------------------------------


def list_documents(visit: Visit, asked: Asked) -> Response:
    """A page of documents, without their texts."""
    rows = listed.list_documents(visit.connection, visit.viewer, asked)
    return _page(visit, asked, rows, "document_id", records.document_records(visit, rows))


def get_document(visit: Visit, asked: Asked) -> Response:
    """One document."""
    rows = _found(listed.find_document(visit.connection, visit.viewer, asked["id"]))
    text = listed.get_text(visit.connection, rows[0].text_id) if records.shows_texts(visit) else None
    return answer(visit, records.document_records(visit, rows, text)[0])


# --- claims, statements, entries -------------------------------------------------------------------------------------


def list_claims(visit: Visit, asked: Asked) -> Response:
    """A page of claims, or of their quotes."""
    shape = asked["as"]
    rows = listed.list_claims(visit.connection, visit.viewer, _filters(asked))
    items = records.claim_records(visit.connection, visit.viewer, rows)
    return _page(visit, asked, rows, "claim_id", _shaped(items, shape, "claim"))


def get_claim(visit: Visit, asked: Asked) -> Response:
    """One claim, or its quote."""
    rows = _found(listed.find_claim(visit.connection, visit.viewer, asked["id"]))
    return answer(visit, _shaped(records.claim_records(visit.connection, visit.viewer, rows), asked["as"], "claim")[0])


def list_statements(visit: Visit, asked: Asked) -> Response:
    """A page of statements, or of their quotes."""
    rows = listed.list_statements(visit.connection, visit.viewer, _filters(asked))
    items = records.statement_records(rows)
    return _page(visit, asked, rows, "statement_id", _shaped(items, asked["as"], "statement"))


def get_statement(visit: Visit, asked: Asked) -> Response:
    """One statement, or its quote."""
    rows = _found(listed.find_statement(visit.connection, visit.viewer, asked["id"]))
    return answer(visit, _shaped(records.statement_records(rows), asked["as"], "statement")[0])


def list_entries(visit: Visit, asked: Asked) -> Response:
    """A page of claims that people wrote down."""
    rows = listed.list_entries(visit.connection, visit.viewer, asked)
    return _page(visit, asked, rows, "entry_id", records.entry_records(visit.connection, visit.viewer, rows))


def get_entry(visit: Visit, asked: Asked) -> Response:
    """One of them."""
    rows = _found(listed.find_entry(visit.connection, visit.viewer, asked["id"]))
    return answer(visit, records.entry_records(visit.connection, visit.viewer, rows)[0])


def list_annotations(visit: Visit, asked: Asked) -> Response:
    """The quotes of a document's claims and statements."""
    _found(listed.find_document(visit.connection, visit.viewer, asked["id"]))
    of = {"document": asked["id"], "limit": _ALL}
    claims = records.claim_records(
        visit.connection, visit.viewer, listed.list_claims(visit.connection, visit.viewer, of)
    )
    said = records.statement_records(listed.list_statements(visit.connection, visit.viewer, of))
    items = [*_shaped(claims, "annotations", "claim"), *_shaped(said, "annotations", "statement")]
    return answer(visit, {"items": items, "next": None})


_ALL = 10_000
"""No report has more."""


def _filters(asked: Asked) -> Asked:
    return {name: value for name, value in asked.items() if name != "as"}


def _shaped(items: Sequence[Any], shape: str, noun: str) -> list[Any]:
    return [records.annotation(item, noun) for item in items] if shape == "annotations" else list(items)


# --- names -----------------------------------------------------------------------------------------------------------


def list_names(of: str) -> Callable[[Visit, Asked], Response]:
    """A page of claimants, actors or places."""
    render = records.place_record if of == "places" else records.named_record

    def ask(visit: Visit, asked: Asked) -> Response:
        rows = listed.list_named(visit.connection, visit.viewer, of, asked)
        return _page(visit, asked, rows, "id", [render(row) for row in rows])

    return ask


def get_name(of: str) -> Callable[[Visit, Asked], Response]:
    """One of them."""
    render = records.place_record if of == "places" else records.named_record

    def ask(visit: Visit, asked: Asked) -> Response:
        return answer(visit, render(_found(listed.find_named(visit.connection, visit.viewer, of, asked["id"]))[0]))

    return ask


# --- decisions and references ----------------------------------------------------------------------------------------


def list_decisions(visit: Visit, asked: Asked) -> Response:
    """A page of decisions."""
    rows = listed.list_decisions(visit.connection, visit.viewer, asked)
    return _page(visit, asked, rows, "decision_id", records.decision_records(visit, rows))


def get_decision(visit: Visit, asked: Asked) -> Response:
    """One decision."""
    rows = _found(listed.find_decision(visit.connection, visit.viewer, asked["id"]))
    return answer(visit, records.decision_records(visit, rows)[0])


def list_references(visit: Visit, asked: Asked) -> Response:
    """A page of recorders' data sets."""
    found = listed.list_sets(visit.connection, asked)
    full = len(found) == asked["limit"]
    last = found[-1].reference.reference_id if full else None
    return answer_page(visit, [records.reference_record(each) for each in found], last)


def get_reference(visit: Visit, asked: Asked) -> Response:
    """One of them."""
    every = listed.list_sets(visit.connection, {"limit": _ALL})
    found = next((each for each in every if each.reference.reference_id == asked["id"]), None)
    if found is None:
        raise HTTPException(404)
    return answer(visit, records.reference_record(found))
