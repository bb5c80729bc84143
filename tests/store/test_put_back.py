"""A page that says again what it said before is captured again; what comes as it was, or is filed twice, is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from fake_pages import at, capture_of, report, said
from fakes import FIXED_NOW, fixed_now, load_fake
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from harmledger.bundling import BundleAsked, make_bundle
from harmledger.collect import open_reports
from harmledger.domain import PUBLIC, Capture, Finding, Reading, Weight
from harmledger.linking import link_ledger
from harmledger.pipeline import read_report
from harmledger.projecting import bring_up
from harmledger.proving.forgetting import Forget, forget
from harmledger.proving.verify import verify
from harmledger.standing import EVERYTHING
from harmledger.store import Ledger, open_ledger
from harmledger.store.evidence import list_evidence
from harmledger.store.page_changes import list_changes_to
from harmledger.store.schema import CAPTURES
from harmledger.store.schema_fetched import PROVENANCES
from harmledger.store.schema_shown import SHOWN

ONE, TWO = report(said(15)), report(said(12))
TURNS = ((6, ONE), (7, TWO), (8, ONE))


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    yield opened
    opened.close()


def keep(ledger: Ledger, capture: Capture) -> Reading:
    kept = ledger.keep(capture, read_report(capture, load_fake()))
    assert isinstance(kept, Reading)
    return kept


ADDRESSES = {"1": "https://news.example/1", "2": "http://news.example/1?utm_source=feed"}


@pytest.mark.parametrize(
    ("filed", "kept"),
    [
        ("A0 A1", "A0"),
        ("A0 B1 A2", "A0 B1 A2"),
        ("A0 B1 A2 A3", "A0 B1 A2"),
        ("A0 B1 A2 B3 C4 A5", "A0 B1 A2 B3 C4 A5"),
        ("A0 B2 A1", "A0 B2"),
        ("A0 B2 A3 A1", "A0 B2 A3"),
        ("A0 B1 A0 B1", "A0 B1"),
        ("A0 B1 A2 A0 B1 A2", "A0 B1 A2"),
    ],
)
def test_a_page_that_is_put_back_is_captured_again(ledger: Ledger, filed: str, kept: str) -> None:
    """Text and day of each exchange: what another text was kept before is kept, whenever it is filed, and nothing twice."""
    for each in filed.split():
        keep(ledger, capture_of(each[0], at(6 + int(each[1]))))
    assert kept_captures(ledger) == kept.split()


def kept_captures(ledger: Ledger) -> list[str]:
    with ledger.reading() as connection:
        rows = connection.execute(select(CAPTURES).order_by(CAPTURES.c.fetched)).all()
        proven = connection.scalar(select(func.count()).select_from(PROVENANCES))
    assert proven == len(rows)
    return [f"{ledger.blobs.get(row.document_id).decode()}{row.fetched.day - 6}" for row in rows]


def test_a_page_is_one_however_its_address_is_written(ledger: Ledger) -> None:
    """What stood there between may have been fetched by another of its addresses."""
    for day, (text, source) in enumerate(["A1", "B2", "A1", "A2"]):
        keep(ledger, capture_of(text, at(6 + day), source=ADDRESSES[source]))
    assert kept_captures(ledger) == ["A0", "B1", "A2", "A3"]


def test_a_file_that_is_read_again_tells_nothing_of_a_page(ledger: Ledger) -> None:
    """Two texts that files hold of one address, read in turn as often as somebody likes, are two captures."""
    for day, text in enumerate("ABAB"):
        keep(ledger, replace(capture_of(text, at(6 + day)), provenance=None))
    with ledger.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(CAPTURES)) == 2


def test_a_reading_names_the_capture_it_is_of(ledger: Ledger) -> None:
    """The last up to its own: what was put back, and then came as before, is of the capture that found it put back."""
    kept = [keep(ledger, capture_of(text, at(6 + day))) for day, text in enumerate("ABAA")]
    assert [reading.document.fetched.day for reading in kept] == [6, 7, 8, 8]


def test_what_an_archive_tells_of_a_page_later_is_shown(ledger: Ledger) -> None:
    """A capture that no fetch of ours is behind takes a figure back, too, and is a change in lists."""
    for text, day in ((ONE, 6), (TWO, 7)):
        keep(ledger, capture_of(text, at(day)))
    link_ledger(ledger, now=fixed_now)
    bring_up(ledger, now=fixed_now)
    assert shown(ledger) == [12]
    back = keep(ledger, capture_of(ONE, at(8))).document.document_id
    bring_up(ledger, now=fixed_now)
    assert shown(ledger) == [15]
    with ledger.reading() as connection:
        (change,) = list_changes_to(connection, PUBLIC, back)
    assert change.since == at(8)


def shown(ledger: Ledger) -> list[int]:
    with ledger.reading() as connection:
        return list(connection.execute(select(SHOWN.c.killed_low)).scalars())


def test_all_that_came_is_proven_bundled_and_forgotten(ledger: Ledger, tmp_path: Path) -> None:
    """Each exchange is held by `verify`, stands in a bundle that gives it back, and goes with the document that is forgotten; what went from the
    ledger is no change of the page.
    """
    one, two, _ = (keep(ledger, capture_of(text, at(day))).document.document_id for day, text in TURNS)
    link_ledger(ledger, now=fixed_now)
    assert find_failing(ledger) == []
    records = list_records(ledger)
    assert (len(records), len(set(records.values()))) == (3, 3)
    with ledger.reading() as connection:
        asked = BundleAsked(incidents=[], made=FIXED_NOW)
        assert make_bundle(ledger, connection, asked, tmp_path / "b.wacz").captures == 3
    back = [taken for taken in open_reports([str(tmp_path / "b.wacz")], now=fixed_now) if isinstance(taken, Capture)]
    assert {taken.capture_id for taken in back} == records.keys()
    other = open_ledger(tmp_path / "other", now=fixed_now)
    for capture in back:
        keep(other, capture)
    assert list_records(other).keys() == records.keys()
    other.close()
    forget(ledger, Forget(document=one, basis="GDPR", reason="asked", who="a lead"), now=fixed_now)
    left = {record for record in records.values() if ledger.blobs.path(record).exists()}
    with ledger.reading() as connection:
        (kept,) = (e.record_id for e in list_evidence(connection, [two]))
        assert list_changes_to(connection, EVERYTHING, one) == list_changes_to(connection, EVERYTHING, two) == []
    assert left == {kept}
    assert find_failing(ledger) == []


def list_records(ledger: Ledger) -> dict[str, str]:
    """Of each capture the records of how it came."""
    with ledger.reading() as connection:
        return {row.capture_id: row.record_id for row in connection.execute(select(PROVENANCES))}


def find_failing(ledger: Ledger) -> list[Finding]:
    return [finding for finding in verify(ledger) if finding.weight is Weight.FAILS]


@settings(max_examples=30, deadline=None)
@given(st.text("ABC", min_size=1, max_size=8))
def test_each_run_of_one_text_is_a_capture(noted: Ledger, texts: str) -> None:
    """However long a text stands, it is captured once each time that it comes; all of it filed anew, in any order, adds nothing."""
    source = f"https://news.example/{texts}"
    captures = [capture_of(text, at(6 + day), source=source) for day, text in enumerate(texts)]
    for capture in (*captures, *captures, *reversed(captures)):
        keep(noted, capture)
    with noted.reading() as connection:
        found = connection.scalar(select(func.count()).where(CAPTURES.c.source == source))
    assert found == len(list(groupby(texts)))


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path_factory.mktemp("noted"), now=fixed_now)
    yield opened
    opened.close()
