"""What forgetting a document does to rows: its words go from every table, ids and hashes stay, so that chains still hold.

A reading stays as a row of an empty text; claims, statements and what people entered of it go. Of decisions about these the reason and the value
are emptied, and the tombstone keeps the hash of what is left. All in one transaction, which the caller holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, insert, or_, select, update

from harmledger.addresses import normalize_address
from harmledger.domain import Held, PageState
from harmledger.ids import document_id, watched_id
from harmledger.publish.redact import Withholding
from harmledger.review.chain import hash_row, parse_decision
from harmledger.review.fold import fold
from harmledger.store.adding import add_new
from harmledger.store.entered import document_text
from harmledger.store.forgotten import STONE, strip_source
from harmledger.store.incidents import count_standing, find_homes, last_decisions, last_linking
from harmledger.store.index import find_naming
from harmledger.store.lookup import MOST_NAMED, UNREAD
from harmledger.store.replies import shred_deleted
from harmledger.store.schema import (
    CAPTURES,
    CLAIMS,
    DECISIONS,
    DROPPED,
    ENTERED,
    INCIDENT_CLAIMS,
    LINKED,
    LINKINGS,
    LINKS,
    MARKS,
    READINGS,
    STATEMENTS,
    TELLINGS,
    TEXTS,
    TOLD,
    VICTIMS,
    WORD_COUNTS,
)
from harmledger.store.schema_accounts import ASSIGNMENTS
from harmledger.store.schema_fetched import FETCHES, PROVENANCES
from harmledger.store.schema_replies import REPLIES, REPLY_DRAFTS, REPLY_MAILS
from harmledger.store.schema_shown import PAGE_CHANGES
from harmledger.store.schema_watch import FRONTIER
from harmledger.store.told import ALL_REPORTS, load_counts, load_told

NO_TEXT = document_id(b"")
"""The id of the empty text, which is what a forgotten reading is of."""
NO_WORDS = ""
"""What a decision's reason becomes."""
WEIGHTS = "forgotten"
"""What a linking is called that only takes claims out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What hangs on some documents."""

    held: Held
    names: Sequence[str]
    """Of victims whom nobody released: they are withheld wherever else they stand."""
    replies: int
    """That stand on it, and may quote it."""


def find_same_text(connection: Connection, document: str) -> list[str]:
    """Other documents with the same clean text, word for word."""
    texts = select(READINGS.c.text_id).where(READINGS.c.document_id == document, READINGS.c.text_id != NO_TEXT)
    same = select(READINGS.c.document_id).distinct().where(READINGS.c.text_id.in_(texts))
    return sorted(connection.execute(same.where(READINGS.c.document_id != document)).scalars())


def find_hanging(connection: Connection, documents: Sequence[str]) -> Found:
    """All that the ledger holds of some documents."""
    of_reading = select(READINGS.c.sequence, READINGS.c.reading_id, READINGS.c.text_id)
    readings = _rows(connection, of_reading, READINGS.c.document_id, documents)
    claims = _ids(connection, CLAIMS.c.claim_id, CLAIMS.c.document_id, documents)
    victims = _ids(connection, VICTIMS.c.victim_id, VICTIMS.c.document_id, documents)
    entered = [*_ids(connection, ENTERED.c.entry_id, ENTERED.c.document_id, documents), *victims]
    captures = _ids(connection, CAPTURES.c.capture_id, CAPTURES.c.document_id, documents)
    records = _ids(connection, PROVENANCES.c.record_id, PROVENANCES.c.capture_id, captures)
    texts = {r.text_id for r in readings} - {NO_TEXT}
    shared = {
        row.text_id
        for row in _rows(connection, select(READINGS.c.text_id, READINGS.c.document_id), READINGS.c.text_id, texts)
        if row.document_id not in documents
    }
    held = Held(
        documents=tuple(documents),
        captures=tuple(captures),
        blobs=(*documents, *records),
        texts=tuple(sorted(texts - shared)),
        readings=tuple(r.reading_id for r in readings),
        sequences=tuple(r.sequence for r in readings),
        claims=tuple(claims),
        statements=tuple(_ids(connection, STATEMENTS.c.statement_id, STATEMENTS.c.document_id, documents)),
        entered=tuple(entered),
    )
    return Found(held=held, names=_unreleased(connection, victims), replies=_count_replies(connection, held))


def list_elsewhere(connection: Connection, names: Iterable[str], documents: Collection[str]) -> list[str]:
    """Those of some names that other reports hold."""
    found: list[str] = []
    for name in names:
        alone = Withholding((name,))
        others = sorted(find_naming(connection, [name]) - set(documents))
        texts = (document_text(connection, each) or "" for each in others)
        if any(alone.text(text) != text for text in texts):
            found.append(name)
    return found


def erase_hanging(connection: Connection, held: Held, *, now: datetime) -> Held:
    """Take away all words that hang on what is held; gives it with the decisions that lost theirs."""
    shred_deleted(connection)
    decisions = tuple(_empty_decisions(connection, {*held.documents, *held.claims, *held.entered}))
    _unlink(connection, held, now)
    for table, column, ids in _deleted(held):
        for some in _some(ids):
            connection.execute(delete(table).where(table.c[column].in_(some)))
    _blank_readings(connection, held)
    for some in _some(held.texts):
        connection.execute(delete(TEXTS).where(TEXTS.c.text_id.in_(some)))
    _blank_sources(connection, held)
    _blank_replies(connection, held)
    return replace(held, decisions=decisions)


def set_readings_aside(connection: Connection, document: str) -> list[str]:
    """Give a forgotten document's empty readings other ids, so that the same may be read again; gives these."""
    of = select(READINGS.c.sequence, READINGS.c.reading_id).where(
        READINGS.c.document_id == document, READINGS.c.text_id == NO_TEXT
    )
    renamed: list[str] = []
    for sequence, reading in connection.execute(of).all():
        renamed.append(document_id(f"{STONE} {sequence} {reading}".encode()))
        connection.execute(update(READINGS).where(READINGS.c.sequence == sequence).values(reading_id=renamed[-1]))
    return renamed


def _deleted(held: Held) -> Iterator[tuple[Table, str, Sequence[Any]]]:
    """The rows that go whole: table, column, and what stands in it."""
    for table in (CLAIMS, STATEMENTS, DROPPED):
        yield table, "reading_id", held.readings
    for table in (TOLD, TELLINGS, MARKS):
        yield table, "sequence", held.sequences
    yield ENTERED, "entry_id", held.entered
    yield VICTIMS, "victim_id", held.entered
    yield LINKS, "left_claim", held.claims
    yield LINKS, "right_claim", held.claims
    yield ASSIGNMENTS, "document_id", held.documents
    yield PAGE_CHANGES, "older_id", held.documents
    yield PAGE_CHANGES, "newer_id", held.documents


def _empty_decisions(connection: Connection, subjects: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Take the words out of what was decided about these; gives each id and the hash of what is left."""
    for row in _rows(connection, select(DECISIONS), DECISIONS.c.subject, subjects):
        left = {**row._mapping, "reason": NO_WORDS, "value": _without_words(row.value)}  # noqa: SLF001  SQLAlchemy's own name for it
        mine = update(DECISIONS).where(DECISIONS.c.sequence == row.sequence)
        connection.execute(mine.values(reason=left["reason"], value=left["value"]))
        yield row.decision_id, hash_row(left)


def _without_words(value: str | None) -> str | None:
    """Another claim's id stays; a field's corrected value goes."""
    return value if value is None or '"claim_id"' in value else '{"field": "low", "value": null}'


def _unlink(connection: Connection, held: Held, now: datetime) -> None:
    """A linking that takes the claims out of their incidents, and their words out of the counts."""
    homes = find_homes(connection, [*held.claims, *held.entered])
    words = {word for _, told in load_told(connection, _current(connection, held)) for word in told.words}
    if not (homes or words):
        return
    linking = last_linking(connection) + 1
    claims, incidents, _ = count_standing(connection)
    row = {"linking": linking, "filed": now, "weights": WEIGHTS, "decisions": last_decisions(connection)}
    emptied = _count_emptied(connection, homes)
    connection.execute(insert(LINKINGS), {**row, "claims": claims - len(homes), "incidents": incidents - emptied})
    if homes:
        out = [{"claim_id": claim, "linking": linking, "incident_id": None} for claim in homes]
        connection.execute(insert(INCIDENT_CLAIMS), out)
    counts = load_counts(connection, [*words, ALL_REPORTS]) if words else {}
    left = {word: counts[word] - 1 for word in (*words, ALL_REPORTS) if word in counts}
    for some in _some([word for word, n in left.items() if n <= 0 and word != ALL_REPORTS]):
        connection.execute(delete(WORD_COUNTS).where(WORD_COUNTS.c.word.in_(some)))
    if kept := [{"word": w, "linking": linking, "reports": n} for w, n in left.items() if n > 0 or w == ALL_REPORTS]:
        connection.execute(insert(WORD_COUNTS), kept)


def _current(connection: Connection, held: Held) -> list[int]:
    """Of the readings those that counts of words are of: the last of each document, where some linking was of it."""
    linked = {row.sequence for row in _rows(connection, select(LINKED), LINKED.c.sequence, held.sequences)}
    of = _rows(connection, select(READINGS.c.document_id, READINGS.c.sequence), READINGS.c.sequence, linked)
    last = {row.document_id: row.sequence for row in sorted(of, key=lambda row: row.sequence)}
    return sorted(last.values())


def _count_emptied(connection: Connection, homes: dict[str, str]) -> int:
    """How many incidents hold no other claims."""
    ever = _rows(connection, select(INCIDENT_CLAIMS.c.claim_id), INCIDENT_CLAIMS.c.incident_id, homes.values())
    now = find_homes(connection, {row.claim_id for row in ever})
    held = {incident for claim, incident in now.items() if claim not in homes}
    return len(set(homes.values()) - held)


def _blank_readings(connection: Connection, held: Held) -> None:
    add_new(connection, TEXTS, {"text_id": NO_TEXT, "text": ""})
    nothing = dict.fromkeys(("given_id", "title", "publisher", "language", "published"))
    for document in held.documents:
        record = {**UNREAD, "document_id": document}
        mine = update(READINGS).where(READINGS.c.document_id == document)
        connection.execute(mine.values(**nothing, text_id=NO_TEXT, record=record))


def _blank_sources(connection: Connection, held: Held) -> None:
    for capture in held.captures:
        source = connection.execute(select(CAPTURES.c.source).where(CAPTURES.c.capture_id == capture)).scalar_one()
        address = strip_source(source, capture)
        _leave_alone(connection, source, address)
        connection.execute(update(CAPTURES).where(CAPTURES.c.capture_id == capture).values(source=address))
        connection.execute(update(PROVENANCES).where(PROVENANCES.c.capture_id == capture).values(url=address))
    nothing = dict.fromkeys(("message", "etag", "last_modified"))
    for some in _some(held.documents):
        of = select(FETCHES.c.sequence, FETCHES.c.url, FETCHES.c.document_id).where(FETCHES.c.document_id.in_(some))
        for row in connection.execute(of).all():
            mine = update(FETCHES).where(FETCHES.c.sequence == row.sequence)
            connection.execute(mine.values(**nothing, url=strip_source(row.url, row.document_id)))


def _leave_alone(connection: Connection, source: str, address: str) -> None:
    """A watched page that was forgotten keeps its place among the known ones, without words, and is not fetched again."""
    page = normalize_address(source)
    gone = {"url": address, "title": None, "capture_id": None, "state": PageState.DONE.value, "due": None}
    if page is not None:
        connection.execute(update(FRONTIER).where(FRONTIER.c.page_id == watched_id(page)).values(gone))


def _blank_replies(connection: Connection, held: Held) -> None:
    """The words that replies point at go; what their writers wrote is theirs, and is looked at by a person."""
    for some in _some(held.documents):
        mine = REPLIES.c.document_id.in_(some)
        mails = select(REPLIES.c.reply_id).where(mine)
        connection.execute(delete(REPLY_MAILS).where(REPLY_MAILS.c.reply_id.in_(mails)))
        connection.execute(update(REPLIES).where(mine).values(target=None, version=REPLIES.c.version + 1))
    drafts = connection.execute(select(REPLY_DRAFTS.c.draft_id, REPLY_DRAFTS.c.body)).all()
    about = {*held.documents, *held.claims, *held.entered}
    for draft in (row.draft_id for row in drafts if any(each in str(row.body) for each in about)):
        connection.execute(delete(REPLY_DRAFTS).where(REPLY_DRAFTS.c.draft_id == draft))


def _count_replies(connection: Connection, held: Held) -> int:
    about = [*held.documents, *held.claims, *held.entered]
    found = {
        reply
        for some in _some(about)
        for reply in connection.execute(
            select(REPLIES.c.reply_id).where(or_(REPLIES.c.document_id.in_(some), REPLIES.c.subject.in_(some)))
        ).scalars()
    }
    return len(found)


def _unreleased(connection: Connection, victims: Sequence[str]) -> list[str]:
    rows = sorted(_rows(connection, select(DECISIONS), DECISIONS.c.subject, victims), key=lambda row: row.sequence)
    state = fold(parse_decision(row._mapping) for row in rows)  # noqa: SLF001  as above
    of = _rows(connection, select(VICTIMS.c.victim_id, VICTIMS.c.names), VICTIMS.c.victim_id, victims)
    return [name for row in of if not state.is_released(row.victim_id) for name in row.names]


def _ids(connection: Connection, column: Column[str], where: Column[str], wanted: Iterable[str]) -> list[str]:
    return sorted({row[0] for row in _rows(connection, select(column), where, wanted)})


def _rows(connection: Connection, question: Any, column: Column[Any], wanted: Iterable[Any]) -> list[Any]:
    """The rows in which a column is one of many values, so many at a time as may be asked for."""
    return [row for some in _some(wanted) for row in connection.execute(question.where(column.in_(some)))]


def _some(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = iter(sorted(set(values)))
    while some := list(islice(ordered, MOST_NAMED)):
        yield some
