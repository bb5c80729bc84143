"""A ledger in which there is a row of everything that `verify` looks at, sealed; and what goes round it to change it. All reports are invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fakes import FIXED_NOW, fixed_now, load_fake
from sqlalchemy import insert
from worlds import RECORDED, make_world

from harmledger.domain import (
    Audited,
    Capture,
    Exchange,
    Finding,
    Given,
    Media,
    Provenance,
    Reading,
    ReferenceSet,
    Refused,
    Weight,
)
from harmledger.ids import capture_id, document_id, reference_id
from harmledger.linking import link_ledger
from harmledger.pipeline import read_report
from harmledger.projecting import bring_up
from harmledger.proving.sealing import seal
from harmledger.proving.verify import verify
from harmledger.publish.warc import render_records
from harmledger.store import Ledger, add_reference, get_ledger
from harmledger.store.audit import add_audited
from harmledger.store.changes import note_change
from harmledger.store.schema_accounts import ACCOUNTS, GROUPS
from harmledger.store.schema_fetched import FETCHES
from harmledger.store.stamps import make_root
from harmledger.store.withheld import withhold

URL = "https://news.example/market/zaynab-at-her-oven"
PAGE = (
    "<html><head><title>Oven street</title></head><body><article><h1>Oven street</h1>"
    "<p>9 civilians were killed by Syrian forces in Raqqa on May 7, 2017, a baker said. Flour hung in the quillonberg air.</p>"
    "</article></body></html>"
)
RARE = "quillonberg"
"""Stands in that page's text, and nowhere else."""
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
REQUEST = b"GET /market/zaynab-at-her-oven HTTP/1.1\r\nHost: news.example\r\n\r\n"


def make_proved(folder: Path, database: str = "", *, sealed: bool = True) -> Path:
    """The world of `worlds`, a page that came over the web, a refusal, a withheld name, an account; all of it shown, and sealed."""
    at = make_world(folder, database)
    ledger = get_ledger(at, now=fixed_now, database=database)
    fetched = fetch_page()
    assert isinstance(ledger.keep(fetched, read_report(fetched, load_fake())), Reading)
    ledger.keep(
        None,
        Refused(source="nothing.html", id=None, kind="BadInput", message="nothing.html: it is empty; give another."),
    )
    link_ledger(ledger, now=fixed_now)
    with ledger.writing() as connection:
        _fill(connection, fetched)
    reference = ReferenceSet(
        reference_id=reference_id("known", "b" * 64, "CC0", "Somebody (2021)"),
        name="known",
        recorder="airwars",
        content_id="b" * 64,
        licence="CC0",
        citation="Somebody (2021)",
        added=FIXED_NOW,
    )
    with ledger.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reference_incidents")
        connection.exec_driver_sql("DELETE FROM reference_sets")
    add_reference(ledger, reference, RECORDED)
    bring_up(ledger, now=fixed_now)
    with ledger.writing() as connection:
        assert make_root(connection, (), now=FIXED_NOW)
    if sealed:
        assert seal(ledger, now=FIXED_NOW)
    ledger.close()
    return at


def fetch_page(url: str = URL, page: str = PAGE) -> Capture:
    """A page as if it had come over the web."""
    content = page.encode()
    exchange = Exchange(
        url=url, request=REQUEST, head=HEAD, payload=content, address="93.184.216.34", started=FIXED_NOW
    )
    records = render_records([exchange], by="harmledger 1", metadata={})
    document = document_id(content)
    return Capture(
        capture_id=capture_id(document, url, FIXED_NOW),
        document_id=document,
        source=url,
        fetched=FIXED_NOW,
        content=content,
        media=Media.HTML,
        text=page,
        given=Given(),
        provenance=Provenance(records=records, url=url, status=200, address="93.184.216.34", by="harmledger 1"),
    )


def _fill(connection: object, fetched: Capture) -> None:
    from sqlalchemy import Connection

    assert isinstance(connection, Connection)
    withhold(connection, "Nobodyatall", who="a lead", reason="asked for", now=FIXED_NOW)
    note_change(connection, "close-document", fetched.document_id)
    add_audited(
        connection, Audited(when=FIXED_NOW, who="amal", what="sign-in", subject=None, address="a" * 32, outcome="done")
    )
    account = {"account_id": "c" * 32, "name": "amal", "folded": "amal", "role": "reviewer", "password_hash": "none"}
    connection.execute(insert(ACCOUNTS), {**account, "made": FIXED_NOW})
    connection.execute(insert(GROUPS), {"group_id": "d" * 32, "name": "desk", "made": FIXED_NOW})
    fetch = {"url": URL, "started": FIXED_NOW, "seconds": 0.5, "outcome": "new", "status": 200, "message": "as asked"}
    came = {
        "document_id": fetched.document_id,
        "capture_id": fetched.capture_id,
        "etag": '"1"',
        "last_modified": "today",
    }
    connection.execute(insert(FETCHES), {**fetch, **came, "retry": FIXED_NOW})


def find(at: Path, database: str = "", *, only: Sequence[str] = ()) -> list[Finding]:
    """What `verify` finds."""
    ledger = get_ledger(at, now=fixed_now, database=database)
    try:
        return list(verify(ledger, only=only))
    finally:
        ledger.close()


def find_failing(at: Path, database: str = "", *, only: Sequence[str] = ()) -> list[Finding]:
    """What of it fails."""
    return [finding for finding in find(at, database, only=only) if finding.weight is Weight.FAILS]


def open_proved(at: Path, database: str = "") -> Ledger:
    return get_ledger(at, now=fixed_now, database=database)
