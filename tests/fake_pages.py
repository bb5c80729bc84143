"""Pages that say something else when they are fetched again: captures of one address, filed as fetching files them."""

from __future__ import annotations

from datetime import UTC, datetime

from fakes import load_fake
from sqlalchemy import insert

from harmledger.domain import Capture, Exchange, Given, Media, Provenance
from harmledger.ids import capture_id, document_id
from harmledger.pipeline import read_report
from harmledger.publish.warc import render_records
from harmledger.store import Ledger
from harmledger.store.schema_fetched import FETCHES

ADDRESS = "https://news.example/2017/05/idlib"
BY = "harmledger 1"
REQUEST = b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
FILLER = (
    "The market lies between the river and the old bridge, and opens at dawn. Lorries bring water from the north, "
    "two hours away by road. Traders said that the stalls would open again before the end of the week. "
)


def report(*claims: str, title: str = "Shells fall on Idlib") -> str:
    """A report of these sentences among others that never change."""
    return f"{title}\n\n{' '.join(claims)} {FILLER}\n"


def said(number: int, harm: str = "killed", source: str = "a medic", place: str = "Idlib") -> str:
    return f"{number} civilians were {harm} by Syrian forces in {place} on May 5, 2017, {source} said."


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2017, 5, day, hour, tzinfo=UTC)


def capture_of(
    text: str, fetched: datetime, *, source: str = ADDRESS, title: str | None = "Shells fall on Idlib"
) -> Capture:
    content = text.encode()
    document = document_id(content)
    exchange = Exchange(
        url=source, request=REQUEST, head=HEAD, payload=content, address="93.184.216.34", started=fetched
    )
    records = render_records([exchange], by=BY, metadata={})
    return Capture(
        capture_id=capture_id(document, source, fetched),
        document_id=document,
        source=source,
        fetched=fetched,
        content=content,
        media=Media.TEXT,
        text=text,
        given=Given(title=title, published=at(6).date()),
        provenance=Provenance(records=records, url=source, status=200, address="93.184.216.34", by=BY),
    )


def fetch(ledger: Ledger, text: str, fetched: datetime, *, source: str = ADDRESS) -> str:
    """File what a fetch found, and note the fetch; gives the document's id. The same text again is a new capture where another stood between."""
    capture = capture_of(text, fetched, source=source)
    kept = ledger.keep(capture, read_report(capture, load_fake()))
    row = {
        "url": source,
        "started": fetched,
        "outcome": "captured",
        "document_id": capture.document_id,
        "capture_id": kept.document.capture_id,  # pyright: ignore[reportAttributeAccessIssue]
    }
    with ledger.writing() as writer:
        writer.execute(insert(FETCHES), row)
    return capture.document_id
