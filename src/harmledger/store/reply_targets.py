"""What may be replied to, and which words of it may be pointed at: of what the viewer may see, as it is shown to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection

from harmledger.domain import Entered, ReplySubject, ReplySubjectKind, Viewer
from harmledger.errors import NotFound
from harmledger.publish.redact import Withholding
from harmledger.reply.targets import Passage
from harmledger.store.access import sees_document
from harmledger.store.entered import document_text, get_entered, list_entered
from harmledger.store.lookup import get_claims, get_reports
from harmledger.store.one_incident import find_document_of, find_incident, sees_any_of
from harmledger.store.withheld import load_withholding

_ID = re.compile("[0-9a-f]{64}")


def check_subject(connection: Connection, subject: ReplySubject, viewer: Viewer) -> None:
    """Make sure that it is there and may be seen; one that isn't there and one that is closed are answered alike.

    Raises:
        NotFound: it isn't, or may not be.
    """
    if _ID.fullmatch(subject.id) is None or not _sees(connection, subject, viewer):
        raise NotFound("there is nothing to reply to", subject.kind, "open it again from the list")


def list_passages(connection: Connection, subject: ReplySubject, viewer: Viewer) -> Iterator[Passage]:
    """Words that a correction may point at: the claims' sentences first, then the text they stand in. Withheld names are struck."""
    struck = load_withholding(connection)
    match subject.kind:
        case ReplySubjectKind.CLAIM:
            yield from _of_claims(connection, [subject.id], struck)
            document = find_document_of(connection, viewer, subject.id)
            yield from _of_text(connection, document or "", subject.id, struck)
        case ReplySubjectKind.DOCUMENT:
            yield from _of_report(connection, subject.id, struck)
            yield from _of_text(connection, subject.id, None, struck)
        case ReplySubjectKind.INCIDENT:
            filed = find_incident(connection, viewer, subject.id)
            yield from _of_claims(connection, filed.incident.claims if filed else (), struck)


def _sees(connection: Connection, subject: ReplySubject, viewer: Viewer) -> bool:
    match subject.kind:
        case ReplySubjectKind.DOCUMENT:
            return sees_document(connection, viewer, subject.id)
        case ReplySubjectKind.CLAIM:
            return find_document_of(connection, viewer, subject.id) is not None
        case ReplySubjectKind.INCIDENT:
            return sees_any_of(connection, viewer, subject.id)


def _of_claims(connection: Connection, claims: tuple[str, ...] | list[str], struck: Withholding) -> Iterator[Passage]:
    records = {record["claim_id"]: record for _, record in get_claims(connection, claims)}
    for claim in claims:
        if record := records.get(claim):
            quote = record["quote"]
            yield Passage(
                document_id=record["document_id"],
                claim_id=claim,
                text=struck.text(quote["exact"]),
                start=quote["start"],
            )
        elif entered := get_entered(connection, claim):
            yield _of_entered(entered, struck)


def _of_report(connection: Connection, document: str, struck: Withholding) -> Iterator[Passage]:
    for filed in get_reports(connection, [document]):
        for record in filed.record["claims"]:
            quote = record["quote"]
            text = struck.text(quote["exact"])
            yield Passage(document_id=document, claim_id=record["claim_id"], text=text, start=quote["start"])
    for entered in list_entered(connection, document):
        yield _of_entered(entered, struck)


def _of_entered(entered: Entered, struck: Withholding) -> Passage:
    text = struck.text(entered.quote)
    return Passage(document_id=entered.document_id, claim_id=entered.entry_id, text=text, start=entered.start)


def _of_text(connection: Connection, document: str, claim: str | None, struck: Withholding) -> Iterator[Passage]:
    if text := document_text(connection, document):
        yield Passage(document_id=document, claim_id=claim, text=struck.text(text), start=0)
