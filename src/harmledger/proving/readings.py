"""Captures, texts, readings, claims and statements against their ids, their text, and one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from harmledger.domain import Finding
from harmledger.ids import capture_id, document_id
from harmledger.prove.ids import (
    columns_of_claim,
    columns_of_statement,
    differing,
    make_claim_id,
    make_reading_id,
    make_statement_id,
)
from harmledger.prove.quotes import find_misquoted, find_outside, find_uncovered
from harmledger.prove.row import Cells
from harmledger.proving.looking import FROM_BACKUP, Looking, Teller
from harmledger.store.forgetting import NO_TEXT
from harmledger.store.forgotten import STONE
from harmledger.store.raw_rows import RawRow
from harmledger.store.rows import MOST_PEOPLE
from harmledger.store.schema import CAPTURES, CLAIMS, DOCUMENTS, DROPPED, READINGS, STATEMENTS, TEXTS

_CAPTURES, _TEXTS, _READINGS = Teller("captures"), Teller("texts"), Teller("readings")
_QUOTES, _CLAIMS = Teller("quotes"), Teller("claims")
_OF_DOCUMENT = ("title", "publisher", "language", "published")
_NO_SHAPE = (KeyError, TypeError, AttributeError, ValueError)
"""What a record of another shape breaks with."""


def check_captures(looking: Looking) -> Iterator[Finding]:
    """Whether each capture's id is of its document, source and time; and each document's bytes are as many as its row says."""
    for row in looking.rows(CAPTURES):
        cells = row.cells
        if row.broken or (cells["capture_id"] in looking.gone.ids and STONE in cells["source"]):
            continue
        if capture_id(cells["document_id"], cells["source"], cells["fetched"]) != cells["capture_id"]:
            what = "its document, source or time was changed: its id is of others"
            yield _CAPTURES.fails("capture", row.key, CAPTURES.name, what, FROM_BACKUP)
    for row in looking.rows(DOCUMENTS):
        path = looking.ledger.blobs.path(row.key)
        if not row.broken and path.is_file() and (size := path.stat().st_size) != row.cells["bytes"]:
            what = f"its row tells of {row.cells['bytes']} bytes, and there are {size}"
            yield _CAPTURES.fails("document", row.key, DOCUMENTS.name, what, FROM_BACKUP)


def check_texts(looking: Looking) -> Iterator[Finding]:
    """Whether each clean text is what its id says."""
    for row in looking.rows(TEXTS):
        if not row.broken and document_id(row.cells["text"].encode(errors="surrogatepass")) != row.key:
            yield _TEXTS.fails("text", row.key, TEXTS.name, "it was changed: its id is of another", FROM_BACKUP)


def check_quotes(looking: Looking) -> Iterator[Finding]:
    """Whether each span of each claim and statement stands in its text word for word, and parts cover it."""
    texts: dict[str, str] = {}
    for row in looking.rows(READINGS):
        text = looking.texts.get(row.cells["text_id"])
        if row.broken or text is None:
            continue
        texts[row.cells["reading_id"]] = text
        yield from _told("reading", row.cells["reading_id"], READINGS.name, _uncovered(row.cells["record"], text))
    for table, kind in ((CLAIMS, "claim"), (STATEMENTS, "statement")):
        for row in looking.rows(table):
            if not row.broken and row.cells["reading_id"] in texts:
                why = _misquoted(row.cells["record"], texts[row.cells["reading_id"]])
                yield from _told(kind, row.cells[f"{kind}_id"], table.name, why)
    for row in looking.rows(DROPPED):
        if not row.broken and row.cells["reading_id"] in texts:
            why = find_outside(row.cells["start"], row.cells["end"], texts[row.cells["reading_id"]])
            yield from _told("dropped passage", row.key, DROPPED.name, why)


def check_claims(looking: Looking) -> Iterator[Finding]:
    """Whether claims and statements have the ids of their values, and their columns say what their records do."""
    for row in looking.rows(CLAIMS):
        if not row.broken:
            yield from _judge(row, CLAIMS.name, "claim")
    for row in looking.rows(STATEMENTS):
        if not row.broken:
            yield from _judge(row, STATEMENTS.name, "statement")


def check_readings(looking: Looking) -> Iterator[Finding]:
    """Whether each reading's id is of its document, its reader, its text, and all it found."""
    found = _found(looking)
    readings = [row for row in looking.rows(READINGS) if not row.broken]
    known = _readers(readings, found)
    for row in readings:
        cells, reading = row.cells, row.cells["reading_id"]
        if reading in looking.gone.ids and cells["text_id"] == NO_TEXT:
            continue
        readers = _by(found[reading]) or known[cells["engine"], cells["version"]]
        if not _is_made_of(cells, found[reading], readers):
            what = "something of it was changed, or a claim or statement of it is gone: its id is of others"
            yield _READINGS.fails("reading", reading, READINGS.name, what, FROM_BACKUP)
        for name in _beside(cells, _by(found[reading])):
            what = f"its column {name} doesn't say what its record does"
            yield _READINGS.fails("reading", reading, READINGS.name, what, FROM_BACKUP)


def _uncovered(record: Mapping[str, Any], text: str) -> Iterator[str]:
    try:
        yield from find_uncovered(record["parts"], text)
    except _NO_SHAPE as e:
        yield f"its record has another shape ({type(e).__name__})"


def _misquoted(record: Mapping[str, Any], text: str) -> Iterator[str]:
    try:
        yield from find_misquoted(record, text)
    except _NO_SHAPE as e:
        yield f"its record has another shape ({type(e).__name__})"


def _told(kind: str, id: str, where: str, why: Iterator[str]) -> Iterator[Finding]:
    return (_QUOTES.fails(kind, id, where, what, FROM_BACKUP) for what in why)


def _judge(row: RawRow, table: str, kind: str) -> Iterator[Finding]:
    record, own = row.cells["record"], row.cells[f"{kind}_id"]
    try:
        made = make_claim_id(record) if kind == "claim" else make_statement_id(record)
        columns = columns_of_claim(record, MOST_PEOPLE) if kind == "claim" else columns_of_statement(record)
    except _NO_SHAPE as e:
        yield _CLAIMS.fails(kind, own, table, f"its record has another shape ({type(e).__name__})", FROM_BACKUP)
        return
    if made not in {None, own} and not _has_cue(record):
        yield _CLAIMS.fails(kind, own, table, "its values were changed: its id is of others", FROM_BACKUP)
    for name in differing(columns, row.cells):
        what = f"its column {name} doesn't say what its record does"
        yield _CLAIMS.fails(kind, own, table, what, FROM_BACKUP)


def _has_cue(record: Mapping[str, Any]) -> bool:
    """Whether somebody says it: words of a day of saying may be in the id that the record doesn't tell."""
    speakers: Sequence[Mapping[str, Any]] = record["attribution"] if "attribution" in record else [record["speaker"]]
    return any(speaker["cue"] is not None for speaker in speakers)


def _found(looking: Looking) -> defaultdict[str, list[Mapping[str, Any]]]:
    """Of each reading what it found, in its order: claims, then statements."""
    found: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for table in (CLAIMS, STATEMENTS):
        rows = [row.cells for row in looking.rows(table) if not row.broken]
        for cells in sorted(rows, key=lambda cells: (cells["reading_id"], cells["position"])):
            found[cells["reading_id"]].append(cells["record"])
    return found


def _by(found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    first = found[0].get("by") if found else None
    return [first] if isinstance(first, dict) else []


def _readers(
    readings: Sequence[RawRow], found: Mapping[str, Sequence[Mapping[str, Any]]]
) -> defaultdict[tuple[str, str], list[Mapping[str, Any]]]:
    """The readers that are known of each engine and version: a reading that found nothing doesn't name its models."""
    known: defaultdict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in readings:
        for by in _by(found.get(row.cells["reading_id"], ())):
            of = known[row.cells["engine"], row.cells["version"]]
            if by not in of:
                of.append(by)
    return known


def _is_made_of(cells: Cells, found: Sequence[Mapping[str, Any]], readers: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the id is of these; where no reader is known it can't be told, and passes."""
    try:
        made = {make_reading_id(by, cells["text_id"], cells["record"], found) for by in readers}
        return not made or cells["reading_id"] in made
    except _NO_SHAPE:
        return False


def _beside(cells: Cells, by: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    record = cells["record"]
    for name in (*_OF_DOCUMENT, "document_id"):
        cell = cells[name]
        if (cell.isoformat() if hasattr(cell, "isoformat") else cell) != record.get(name):
            yield name
    if cells["given_id"] != record.get("id"):
        yield "given_id"
    for name in ("engine", "version"):
        if by and cells[name] != by[0].get(name):
            yield name
