"""Claims that people entered and victims that reports name: tables of their own, never mixed with what an engine read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from harmledger.domain import Entered, Harm, MeansKind, Polarity, Scope, Sex, Victim, VictimGroup, VictimKind
from harmledger.errors import BadInput
from harmledger.ids import capture_id, document_id, plain
from harmledger.review.enter import identify_entered, identify_victim
from harmledger.store.adding import add_new
from harmledger.store.database import told_plainly
from harmledger.store.ledger import Ledger
from harmledger.store.lookup import MOST_NAMED, begins, only
from harmledger.store.schema import CAPTURES, DOCUMENTS, ENTERED, READINGS, TEXTS, VICTIMS

ATTACHED = "attached"
"""The form of a document that no engine reads: a PDF, a post saved as it was, a photograph."""


def attach_document(ledger: Ledger, content: bytes, *, source: str, now: datetime) -> str:
    """Keep the bytes of a document that only people read; its id. What the ledger has already is left as it is.

    Raises:
        BadInput: it is plain text, which `read` takes in.
    """
    document = document_id(content)
    with told_plainly(ledger.where), ledger.reading() as connection:
        known = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.document_id == document)).first()
    if known:
        return document
    if not content or _is_text(content):
        what = "this is a text" if content else "this is empty"
        raise BadInput(what, source, "read it into the ledger first: `harmledger read FILE`")
    ledger.keep_bytes(content)
    row = {"document_id": document, "media": ATTACHED, "bytes": len(content), "filed": now}
    capture = {"document_id": document, "source": source, "fetched": now}
    with told_plainly(ledger.where), ledger.writing() as connection:
        add_new(connection, DOCUMENTS, row)
        add_new(connection, CAPTURES, {**capture, "capture_id": capture_id(document, source, now)})
    return document


def document_text(connection: Connection, document: str) -> str | None:
    """The clean text of a document's current reading; None where none was read."""
    last = select(TEXTS.c.text).join(READINGS).where(READINGS.c.document_id == document)
    return connection.execute(last.order_by(READINGS.c.sequence.desc()).limit(1)).scalar()


def keep_entered(connection: Connection, entered: Entered | Victim) -> bool:
    """Add a row unless it is there; tells whether it was added."""
    if isinstance(entered, Victim):
        return add_new(connection, VICTIMS, _row(entered))
    return add_new(connection, ENTERED, {**_row(entered), "earliest": entered.earliest, "latest": entered.latest})


def get_entered(connection: Connection, entry: str) -> Entered | None:
    """The entered claim of that whole id, if there is one."""
    row = connection.execute(select(ENTERED).where(ENTERED.c.entry_id == entry)).mappings().first()
    return parse_entered(row) if row else None


def find_entered(connection: Connection, wanted: str) -> Entered | None:
    """The one entered claim whose id begins so, if there is one.

    Raises:
        BadInput: there are several.
    """
    found = connection.execute(select(ENTERED.c.entry_id).where(begins(ENTERED.c.entry_id, wanted))).scalars().all()
    return get_entered(connection, only(set(found), wanted, "claim")) if found else None


def list_entered(connection: Connection, document: str | None = None) -> Iterator[Entered]:
    """Every entered claim, or those of one document."""
    wanted = select(ENTERED).order_by(ENTERED.c.document_id, ENTERED.c.start, ENTERED.c.entry_id)
    chosen = wanted if document is None else wanted.where(ENTERED.c.document_id == document)
    return map(parse_entered, connection.execute(chosen).mappings())


def list_unread(connection: Connection, documents: Iterable[str]) -> list[str]:
    """Those of these documents that no engine read, in their order."""
    wanted = sorted(set(documents))
    read: set[str] = set()
    for start in range(0, len(wanted), MOST_NAMED):
        of = READINGS.c.document_id.in_(wanted[start : start + MOST_NAMED])
        read.update(connection.execute(select(READINGS.c.document_id).where(of)).scalars())
    return [document for document in wanted if document not in read]


def list_victims(connection: Connection) -> Iterator[Victim]:
    """Every victim with all that is known: whoever shows them asks the log first what may be shown."""
    rows = connection.execute(select(VICTIMS).order_by(VICTIMS.c.document_id, VICTIMS.c.start, VICTIMS.c.victim_id))
    return map(parse_victim, rows.mappings())


def find_changed_entry(connection: Connection, subject: str) -> str | None:
    """Why what was entered under an id is no longer that; None where it still is."""
    try:
        entered = connection.execute(select(ENTERED).where(ENTERED.c.entry_id == subject)).mappings().first()
        victim = connection.execute(select(VICTIMS).where(VICTIMS.c.victim_id == subject)).mappings().first()
        if not (entered or victim):
            return "what was entered is no longer there"
        held = identify_entered(parse_entered(entered)) if entered else victim and identify_victim(parse_victim(victim))
    except (ValueError, TypeError, SQLAlchemyError):
        held = None
    return None if held == subject else "what was entered was changed afterwards"


def parse_entered(row: Mapping[Any, Any]) -> Entered:
    """A row as an entered claim."""
    values: dict[str, Any] = dict(row)
    values |= {"harm": Harm(row["harm"]), "kind": VictimKind(row["kind"]), "scope": Scope(row["scope"])}
    values |= {"polarity": Polarity(row["polarity"]), "group": row["group"] and VictimGroup(row["group"])}
    values |= {"means": row["means"] and MeansKind(row["means"])}
    return Entered(**values)


def parse_victim(row: Mapping[Any, Any]) -> Victim:
    """A row as a victim."""
    values: dict[str, Any] = {**row, "names": tuple(row["names"]), "claims": tuple(row["claims"])}
    values |= {"sex": Sex(row["sex"]), "status": VictimKind(row["status"])}
    return Victim(**values)


def _row(entered: Entered | Victim) -> dict[str, Any]:
    row = plain(entered)
    assert isinstance(row, dict)  # noqa: S101  a dataclass becomes one
    return row


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode()
    except UnicodeDecodeError:
        return False
