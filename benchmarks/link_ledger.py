"""A ledger filled with made-up reports as reading leaves them, linked whole and then with a few reports more."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from link_world import load_months, tell_world
from sqlalchemy import Connection, Table, insert

from harmledger.domain import Telling
from harmledger.link.told import Told
from harmledger.linking import link_ledger
from harmledger.store import Ledger, open_ledger
from harmledger.store.schema import CAPTURES, CLAIMS, DOCUMENTS, READINGS, TEXTS

Row = dict[str, Any]
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 1000
LATER = 100
"""Reports that come in after the first linking: the last months' at random, as they are told."""


def run_ledger(size: int, folder: Path) -> Row:
    """Processor seconds of the first linking, which reads every report, of one with a hundred reports more, and of one again."""
    ledger = open_ledger(folder, now=lambda: NOW)
    world = list(tell_world(load_months(), size))
    file_reports(ledger, world[:-LATER])
    first = timed_link(ledger)
    file_reports(ledger, world[-LATER:])
    later, again = timed_link(ledger), timed_link(ledger, again=True)
    megabytes = sum(path.stat().st_size for path in folder.glob("ledger.sqlite*")) / 1024**2
    ledger.close()
    return {
        "first": first, f"after {LATER} reports more": later, "again": again, "ledger MB": round(megabytes),
        "reports": len(world),
    }  # fmt: skip


def timed_link(ledger: Ledger, *, again: bool = False) -> float:
    """Processor seconds of one linking."""
    start = time.process_time()
    link_ledger(ledger, now=lambda: NOW, again=again)
    return round(time.process_time() - start, 1)


def file_reports(ledger: Ledger, reports: Iterable[Told]) -> None:
    """Put reports into the ledger's tables, as far as linking looks at them."""
    waiting = iter(reports)
    while some := list(islice(waiting, BATCH)):
        with ledger.writing() as connection:
            _file(connection, some)


def _file(connection: Connection, reports: Iterable[Told]) -> None:
    rows: dict[Table, list[Row]] = {table: [] for table in (DOCUMENTS, CAPTURES, TEXTS, READINGS, CLAIMS)}
    for told in reports:
        for table, row in _rows(told):
            rows[table].append(row)
    for table, some in rows.items():
        connection.execute(insert(table), some)


def _rows(told: Told) -> Iterator[tuple[Table, Row]]:
    name, day = told.print.document_id, told.print.published
    iso = day and day.isoformat()
    sentences = [" ".join(sorted(t.words)) + "." for t in told.tellings]
    stories = [" ".join(sorted(t.report_words - t.words)) + "." for t in told.tellings]
    text = " ".join(f"{sentence} {story}" for sentence, story in zip(sentences, stories, strict=True))
    document = {
        "document_id": name, "language": "en", "published": iso, "published_earliest": iso, "published_latest": iso,
        "parts": [{"role": "body", "kind": None, "start": 0, "end": len(text)}],
    }  # fmt: skip
    yield DOCUMENTS, {"document_id": name, "media": "plain", "bytes": len(text), "filed": NOW}
    yield CAPTURES, {"capture_id": name, "document_id": name, "source": "made up", "fetched": NOW}
    yield TEXTS, {"text_id": name, "text": text}
    reading = {"reading_id": name, "document_id": name, "text_id": name, "engine": "made up", "version": "1"}
    yield READINGS, {**reading, "filed": NOW, "language": "en", "published": day, "record": document}
    numbered = ((t, s, claim, f) for t, s in zip(told.tellings, sentences, strict=True) for claim, f in _claims(t))
    for position, (telling, sentence, claim, figure) in enumerate(numbered):
        record = _claim(telling, claim, figure, {"exact": sentence, "start": text.find(sentence)})
        about = {"harm": record["harm"], "scope": "incident", "polarity": "asserted", "confidence": 1.0}
        key = {"claim_id": claim, "reading_id": name, "document_id": name, "position": position}
        yield CLAIMS, {**key, **about, "record": record, "reasons": []}


def _claims(telling: Telling) -> Iterator[tuple[str, Row]]:
    for claim, figure in zip(telling.claims, telling.figures, strict=True):
        yield claim, {"harm": figure.harm.value, "low": figure.low, "high": figure.high}


def _claim(telling: Telling, claim: str, figure: Row, quote: Row) -> Row:
    spot = telling.spot
    place = spot and {
        "exact": spot.name, "id": spot.id, "name": spot.name, "country": spot.country, "admin1": spot.admin1, "lat": spot.lat,
        "lon": spot.lon, "radius_m": spot.radius_km * 1000,
    }  # fmt: skip
    when = telling.earliest and telling.latest and telling.dated
    return {
        "claim_id": claim, "scope": "incident", "harm": figure["harm"], "quote": quote, "part_of": None,
        "count": {"low": figure["low"], "high": figure["high"]}, "place": place, "victims": None,
        "when": {"exact": "then", "earliest": str(telling.earliest), "latest": str(telling.latest)} if when else None,
        "actor": {"id": next(iter(telling.actors))} if telling.actors else None,
        "means": {"kind": next(iter(telling.means)).value} if telling.means else None,
    }  # fmt: skip
