"""What stands in each column of a reading's rows: the record whole, and beside it what is searched by."""

from __future__ import annotations

from typing import Any

from harmledger.domain import Dropped, Provenance, Reading, ResolvedClaim
from harmledger.ids import document_id, reading_id
from harmledger.publish.record import Record

Row = dict[str, Any]

MOST_PEOPLE = 10**10
"""More than live on earth: a larger figure is nonsense, kept whole in the record, and would overflow its column."""
_KEPT_ELSEWHERE = ("text", "capture")
"""Of a document's record: in their own tables."""
_UNSETTLED = ("confidence", "gloss")
"""Of a claim's record: no part of what makes two readings the same."""


def provenance_row(capture_id: str, came: Provenance) -> Row:
    """How a capture came; the records themselves lie in the blobs."""
    return {
        "capture_id": capture_id,
        "record_id": document_id(came.records),
        "bytes": len(came.records),
        "url": came.url,
        "status": came.status,
        "address": came.address,
        "by": came.by,
    }


def reading_row(reading: Reading, record: Record) -> Row:
    """Which document was read by what, and what that reader made of it."""
    document = {name: value for name, value in record["document"].items() if name not in _KEPT_ELSEWHERE}
    text_id = document_id(reading.document.text.encode(errors="surrogatepass"))
    found = (*map(_settled, record["claims"]), *record["statements"])
    return {
        "reading_id": reading_id(reading.document.document_id, reading.by, text_id, document, *found),
        "document_id": reading.document.document_id,
        "text_id": text_id,
        "engine": reading.by.engine,
        "version": reading.by.version,
        "given_id": document["id"],
        "title": document["title"],
        "publisher": document["publisher"],
        "language": document["language"],
        "published": reading.document.published.day,
        "record": document,
    }


def claim_row(record: Record, resolved: ResolvedClaim) -> Row:
    """A claim's record, what it is searched by, and why it was read so."""
    claim, place, when = resolved.claim, resolved.place, resolved.when
    return {
        "claim_id": resolved.claim_id,
        "harm": claim.harm.value,
        "low": _bounded(claim.count.low),
        "high": _bounded(claim.count.high),
        "kind": claim.victims and claim.victims.kind.value,
        "scope": claim.scope.value,
        "polarity": claim.polarity.value,
        "place_id": place and place.id,
        "country": place and place.country,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "earliest": when and when.earliest,
        "latest": when and when.latest,
        "actor_id": resolved.actor and resolved.actor.id,
        "claimant_id": resolved.attribution[-1].id if resolved.attribution else None,
        "confidence": claim.confidence,
        "record": record,
        "reasons": list(claim.reasons),
    }


def statement_row(record: Record) -> Row:
    """A statement's record and what it is searched by."""
    return {
        "statement_id": record["statement_id"],
        "kind": record["kind"],
        "speaker_id": record["speaker"]["id"],
        "target_id": record["target"] and record["target"]["id"],
        "record": record,
    }


def dropped_row(dropped: Dropped) -> Row:
    """Where a passage stands that gave nothing, and why."""
    return {"start": dropped.words.start, "end": dropped.words.end, "reason": dropped.reason}


def _settled(claim: Record) -> Record:
    """A claim's record less its confidence, which the last digit of a processor may change, and its gloss, which the rest gives."""
    return {name: value for name, value in claim.items() if name not in _UNSETTLED}


def _bounded(people: int | None) -> int | None:
    return people if people is None else min(people, MOST_PEOPLE)
