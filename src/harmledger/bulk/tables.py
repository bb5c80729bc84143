"""The four tables that bulk reading writes: their columns as data, from which come the Parquet schema and the docs.

A column is never renamed, retyped or taken away while `FORM` stands; new ones come last. `record` holds the whole claim record as `read` prints it,
so nothing is lost in the columns before it, which are there to be searched by.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from harmledger.collect.decode import decode_bytes
from harmledger.collect.lines import parse_line
from harmledger.domain import Capture, Media, Reading, Refused
from harmledger.errors import HarmledgerError
from harmledger.publish.record import Record, render_record
from harmledger.publish.sheet import flatten_claim
from harmledger.publish.wording import render_json

FORM = 1
"""Of the tables: counted up when a column changes what it means."""
Row = dict[str, Any]


class Type(StrEnum):
    """Arrow's names."""

    STRING = "string"
    INTEGER = "int64"
    NUMBER = "float64"
    DAY = "date32[day]"
    TIME = "timestamp[us, tz=UTC]"
    BYTES = "binary"


class Column(NamedTuple):
    """One column, and what it says."""

    name: str
    about: str
    type: Type = Type.STRING


class Table(NamedTuple):
    """One table, a folder of part files."""

    name: str
    about: str
    columns: tuple[Column, ...]


_INTEGER, _NUMBER, _DAY = Type.INTEGER, Type.NUMBER, Type.DAY
_PART = (
    Column("input", "the input that it came in: a path or an address"),
    Column("position", "which of the input's reports it is, from 0; passed-over ones count", _INTEGER),
)

DOCUMENTS = Table(
    "documents",
    "One row a report that was read and in which a claim or a statement was found, with its bytes as they came.",
    (
        *_PART,
        Column("document_id", "SHA-256 of `content`"),
        Column("capture_id", "of this fetch of it"),
        Column("source", "the address or path that it was fetched from"),
        Column(
            "fetched", "when it was; of reports without a time of their own, when the bulk reading began", Type.TIME
        ),
        Column("id", "the giver's own id"),
        Column("title", "the report's"),
        Column("publisher", "as its page says"),
        Column("language", "ISO 639-1"),
        Column("published", "the likeliest day", _DAY),
        Column("claims", "how many claims it holds", _INTEGER),
        Column("statements", "how many statements", _INTEGER),
        Column("media", "html, text or line (of JSON lines or a row of Parquet)"),
        Column("content", "its bytes as they came", Type.BYTES),
        Column("text", "its text, where its bytes alone don't tell in what encoding they are"),
        Column("given", "what its giver said of it beside its text, as JSON"),
        Column("records", "the archive's own records of it, as WARC; none where it came otherwise", Type.BYTES),
        Column("came", "which address answered with what, as JSON; none where it came otherwise"),
        Column("record", "the document of the claim record, with its clean text, as JSON"),
    ),
)
CLAIMS = Table(
    "claims",
    "One row a claim: the columns of `read --format csv`, and the whole claim record.",
    (
        *_PART,
        Column("document_id", "of its report"),
        Column("source", "where that was fetched from"),
        Column("published", "when that was published", _DAY),
        Column("claim_id", "hash of what was read"),
        Column("count", "the words that count"),
        Column("low", "lower bound; empty: open", _INTEGER),
        Column("high", "upper bound; empty: open", _INTEGER),
        Column("hedge", "how the words bound it"),
        Column("harm", "killed, injured, killed_or_injured, missing, detained or displaced"),
        Column("victims", "the words for those harmed"),
        Column("kind", "civilian, combatant, mixed or unknown"),
        Column("group", "such as children; empty: nobody says"),
        Column("scope", "incident, part or cumulative"),
        Column("part_of", "the claim that this one is a part of"),
        Column("place", "the words for where"),
        Column("place_name", "the gazetteer's name"),
        Column("place_id", "its id there"),
        Column("country", "ISO 3166-1 alpha-2"),
        Column("admin1", "first-order division"),
        Column("lat", "WGS 84", _NUMBER),
        Column("lon", "WGS 84", _NUMBER),
        Column("place_precision", "Airwars' list, finest first"),
        Column("radius_m", "metres around the point within which it can have been", _INTEGER),
        Column("when", "the words for when"),
        Column("earliest", "the first day on which it can have been", _DAY),
        Column("latest", "the last", _DAY),
        Column("when_precision", "how exactly the words say when"),
        Column("actor", "the words for who is said to have done it"),
        Column("actor_id", "the registry's slug"),
        Column("actor_name", "the registry's name"),
        Column("certainty", "stated, suspected, claimed or denied"),
        Column("means", "such as airstrike"),
        Column("claimant", "the words for who says so; empty: the outlet itself"),
        Column("claimant_id", "the registry's slug"),
        Column("claimant_name", "the registry's name"),
        Column("claimant_type", "what kind of source"),
        Column("via", "those between the outlet and the claimant, outermost first"),
        Column("polarity", "asserted, denied or questioned"),
        Column("confidence", "how likely it is right, 0 to 1", _NUMBER),
        Column("engine", "what read it"),
        Column("engine_version", "of that"),
        Column("quote", "the sentence"),
        Column("start", "of the count in the clean text, in code points", _INTEGER),
        Column("end", "of the count", _INTEGER),
        Column("gloss", "in English, where the report isn't"),
        Column("record", "the whole claim record, as JSON"),
    ),
)
STATEMENTS = Table(
    "statements",
    "One row a statement that is no count, in reports that were read.",
    (
        *_PART,
        Column("document_id", "of its report"),
        Column("statement_id", "hash of what was read"),
        Column("kind", "condemn, deny, accuse, admit, call_for, express_concern or claim"),
        Column("speaker", "the words for who says it"),
        Column("speaker_id", "the registry's slug"),
        Column("target", "the words for whom it is about"),
        Column("quote", "the sentence"),
        Column("record", "the whole statement record, as JSON"),
    ),
)
DROPPED = Table(
    "dropped",
    "One row a report that gave nothing, or a passage that was looked at in vain, with the reason.",
    (
        *_PART,
        Column("source", "the address or path that it was fetched from"),
        Column("document_id", "of a passage's report"),
        Column("what", "report or passage"),
        Column("stage", "screen: not worth reading; collect, read: can't be; extract: nothing found"),
        Column("kind", "of what couldn't be read, the kind of error"),
        Column("reason", "in words"),
        Column("exact", "the passage"),
        Column("start", "of the passage in the clean text", _INTEGER),
        Column("end", "of it", _INTEGER),
    ),
)
TABLES = (DOCUMENTS, CLAIMS, STATEMENTS, DROPPED)
TOLD = Table(
    "told",
    "One row a report with claims: what linking takes of it, kept so that it is told once.",
    (
        Column("document_id", "of the report"),
        Column("record", "its tellings, as JSON"),
        Column("shingles", "hashes of its sequences of five words, by which copies are known", Type.BYTES),
    ),
)
INCIDENTS = Table(
    "incidents",
    "One row an incident: the claims that tell of one event.",
    (
        Column("incident_id", "minted from its founding claim"),
        Column("founding_claim", "of the report published first"),
        Column("claims", "how many tell of it", _INTEGER),
        Column("documents", "in how many reports", _INTEGER),
        Column("sources", "in how many that copy no other", _INTEGER),
    ),
)
MEMBERS = Table(
    "members",
    "One row a claim that is in an incident; claims that count several events are in none.",
    (
        Column("claim_id", "of the claim"),
        Column("incident_id", "which it tells of"),
        Column("document_id", "of its report"),
        Column("original_id", "of the report that this one copies, else its own"),
    ),
)
COPIES = Table(
    "copies",
    "One row a report that copies an earlier one's text.",
    (
        Column("document_id", "the copy"),
        Column("original_id", "the first published of them"),
        Column("shared", "of the shorter text's sequences of five words", _NUMBER),
    ),
)
LINKED = (INCIDENTS, MEMBERS, COPIES)
"""What `link` writes, one file each."""

MOST_INTEGER = 2**63 - 1
"""A larger figure is nonsense: it stands whole in the record."""


def reading_rows(capture: Capture, reading: Reading, at: Row) -> Iterator[tuple[Table, Row]]:
    """A reading's rows, in order; `at` says in which input, and where in it."""
    record = render_record(reading)
    document = {**at, "document_id": capture.document_id, "source": capture.source}
    if reading.claims or reading.statements:
        yield DOCUMENTS, {**document, **_document_row(capture, reading, record["document"])}
    else:
        yield (
            DROPPED,
            {**document, "what": "report", "stage": "extract", "reason": "no claim and no statement was found"},
        )
    published = reading.document.published.day
    for claim in record["claims"]:
        yield CLAIMS, {**document, "published": published, **_claim_row(claim)}
    for statement in record["statements"]:
        yield STATEMENTS, {**document, **_statement_row(statement)}
    for dropped in reading.dropped:
        words = {"exact": dropped.words.exact, "start": dropped.words.start, "end": dropped.words.end}
        yield DROPPED, {**document, "what": "passage", "stage": "extract", "reason": dropped.reason, **words}


def refused_row(refused: Refused, at: Row, stage: str) -> Row:
    """The row of a report that gave nothing."""
    kind = None if stage == "screen" else refused.kind
    return {**at, "source": refused.source, "what": "report", "stage": stage, "kind": kind, "reason": refused.message}


def _document_row(capture: Capture, reading: Reading, record: Record) -> Row:
    came = capture.provenance
    given = capture.given
    known = {"id": given.id, "title": given.title, "published": given.published, "captured": given.captured}
    return {
        "capture_id": capture.capture_id,
        "fetched": capture.fetched,
        **{name: record[name] for name in ("id", "title", "publisher", "language")},
        "published": reading.document.published.day,
        "claims": len(reading.claims),
        "statements": len(reading.statements),
        "media": capture.media.value,
        "content": capture.content,
        "text": None if _tells_itself(capture) else capture.text,
        "given": render_json({name: _plain(value) for name, value in known.items()}),
        "records": came and came.records,
        "came": came and render_json({name: getattr(came, name) for name in ("url", "status", "address", "by")}),
        "record": render_json(record),
    }


def _tells_itself(capture: Capture) -> bool:
    """Whether the bytes alone give the same text again."""
    try:
        return decode_kept(capture.content, capture.media, capture.source) == capture.text
    except HarmledgerError:
        return False


def decode_kept(content: bytes, media: Media, source: str) -> str:
    """The text of a report's bytes, as far as they tell it themselves.

    Raises:
        BadInput: they don't.
    """
    return parse_line(content, where=source).text if media is Media.LINE else decode_bytes(content, where=source)


def _claim_row(claim: Record) -> Row:
    row = flatten_claim(claim)
    row |= {name: row[name] and date.fromisoformat(row[name]) for name in ("earliest", "latest")}
    row |= {name: row[name] and min(row[name], MOST_INTEGER) for name in ("low", "high")}
    return {**row, "record": render_json(claim)}


def _statement_row(statement: Record) -> Row:
    return {
        "statement_id": statement["statement_id"],
        "kind": statement["kind"],
        "speaker": statement["speaker"]["exact"],
        "speaker_id": statement["speaker"]["id"],
        "target": statement["target"] and statement["target"]["exact"],
        "quote": statement["quote"]["exact"],
        "record": render_json(statement),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
