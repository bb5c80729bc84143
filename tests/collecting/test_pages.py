"""A page is in the ledger, with how it came and its line in the log, before anybody reads it; what doesn't come is a line with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from attempts import list_attempts
from fakes import fixed_now, load_fake
from hostile_web import HostileWeb, in_turn, page, redirect, unless_known
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from harmledger.collect.fetch import Fetcher
from harmledger.collecting import Collector
from harmledger.domain import Asked, FetchOutcome, Reading, Refused
from harmledger.pipeline import read_reports
from harmledger.reach import Guard
from harmledger.store import Ledger, open_ledger
from harmledger.store.fetches import ask_again, find_last_page
from harmledger.store.schema import CAPTURES, DOCUMENTS, READINGS
from harmledger.store.schema_fetched import FETCHES, PROVENANCES

ALONE = Fetcher(guard=Guard(resolve=lambda *_: []))
"""Knows no name."""
URL = "https://news.example/a"
REPORT = (
    "<html><body><p>{} civilians were killed by Syrian forces in Raqqa on May 3, 2017, a medic said.</p></body></html>"
)


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    yield opened
    opened.close()


@pytest.fixture
def web() -> Iterator[HostileWeb]:
    with HostileWeb() as opened:
        yield opened


def counts(ledger: Ledger) -> tuple[int, ...]:
    """Documents, captures, provenances, lines of the log."""
    with ledger.reading() as connection:
        return tuple(connection.scalar(select(func.count()).select_from(t)) or 0 for t in (DOCUMENTS, CAPTURES, PROVENANCES, FETCHES))  # fmt: skip


def outcomes(ledger: Ledger, url: str = URL) -> list[FetchOutcome]:
    with ledger.reading() as connection:
        return [attempt.outcome for attempt in list_attempts(connection, url)]


def test_a_page_is_filed_before_it_is_read(ledger: Ledger, web: HostileWeb) -> None:
    """Its bytes, its capture, the records of how it came and the line of the log are there, and no reading."""
    web[URL] = page(REPORT.format(10))
    collected = Collector(fetches=web.fetcher(), ledger=ledger).collect(Asked(url=URL))
    assert (collected.outcome, counts(ledger)) == (FetchOutcome.CAPTURED, (1, 1, 1, 1))
    capture = collected.capture
    assert capture is not None
    assert capture.provenance is not None
    assert ledger.blobs.get(capture.document_id) == REPORT.format(10).encode()
    with ledger.reading() as connection:
        (came,) = connection.execute(select(PROVENANCES)).mappings()
        last = list_attempts(connection, URL)[-1]
        assert connection.scalar(select(func.count()).select_from(READINGS)) == 0
    assert ledger.blobs.get(came["record_id"]) == capture.provenance.records
    assert last is not None
    assert (last.document_id, last.capture_id, last.status) == (capture.document_id, capture.capture_id, 200)


def test_reading_breaks_and_the_page_stays(ledger: Ledger, web: HostileWeb) -> None:
    """What nobody can read today is evidence all the same."""
    web[URL] = page("<html><body><p>BREAK the engine, which knows no better.</p></body></html>")
    take = Collector(fetches=web.fetcher(), ledger=ledger).take
    (result,) = read_reports([URL], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger, take_page=take)
    assert isinstance(result, Refused)
    assert counts(ledger) == (1, 1, 1, 1)


def test_the_same_bytes_again_are_the_first_capture(ledger: Ledger, web: HostileWeb) -> None:
    """Unchanged, with a line of its own in the log; nothing else is added."""
    web[URL] = page(REPORT.format(10))
    collector = Collector(fetches=web.fetcher(), ledger=ledger)
    first, again = (collector.collect(Asked(url=f"{URL}#{n}")) for n in range(2))
    assert again.outcome is FetchOutcome.UNCHANGED
    assert first.capture is not None
    assert again.capture is not None
    assert (first.capture.capture_id, first.capture.given) == (again.capture.capture_id, again.capture.given)
    assert (counts(ledger), outcomes(ledger)) == ((1, 1, 1, 2), [FetchOutcome.CAPTURED, FetchOutcome.UNCHANGED])


def test_a_page_that_changes_and_changes_back_is_a_change_each_time(ledger: Ledger, web: HostileWeb) -> None:
    """Three changes, two documents, three captures: that it was put back is kept as it came, as the first was; what comes as before adds none."""
    web[URL] = in_turn(*(page(REPORT.format(number)) for number in (10, 12, 10, 10)))
    collector = Collector(fetches=web.fetcher(), ledger=ledger)
    found = [collector.collect(Asked(url=URL)) for _ in range(4)]
    assert [each.outcome for each in found] == [*[FetchOutcome.CAPTURED] * 3, FetchOutcome.UNCHANGED]
    assert counts(ledger) == (2, 3, 3, 4)
    ids = [each.capture.capture_id for each in found if each.capture]
    assert (len(set(ids)), ids[3]) == (3, ids[2])
    with ledger.reading() as connection:
        kept = dict(connection.execute(select(PROVENANCES.c.capture_id, PROVENANCES.c.record_id)).all())
    for each in found[:3]:
        assert each.capture is not None
        assert each.capture.provenance is not None
        assert ledger.blobs.get(kept[each.capture.capture_id]) == each.capture.provenance.records


def test_what_the_server_says_of_a_page_is_asked_with_the_next_time(ledger: Ledger, web: HostileWeb) -> None:
    """Also after it said that nothing changed, and after a failure between."""
    good = unless_known(page(REPORT.format(10)), etag='"1"')
    web[URL] = in_turn(good, good, page(status="500 Internal Server Error"), good)
    collector = Collector(fetches=web.fetcher(), ledger=ledger)
    for _ in range(4):
        with ledger.reading() as connection:
            asked = ask_again(connection, URL)
        collector.collect(asked)
    assert [hit.heads().get("if-none-match") for hit in web.hits] == [None, '"1"', '"1"', '"1"']
    assert outcomes(ledger) == [FetchOutcome.CAPTURED, FetchOutcome.UNCHANGED, FetchOutcome.BROKEN, FetchOutcome.UNCHANGED]  # fmt: skip
    with ledger.reading() as connection:
        pages = [attempt.document_id for attempt in list_attempts(connection, URL)]
        last = find_last_page(connection, URL)
    assert pages[0] == pages[1] == pages[3] != pages[2] is None
    assert last is not None
    assert last.etag == '"1"'


@pytest.mark.parametrize(
    ("answer", "outcome", "retries"),
    [
        (page(status="404 Not Found"), FetchOutcome.GONE, False),
        (page(status="429 Too Many Requests", heads=["Retry-After: 60"]), FetchOutcome.BUSY, True),
        (redirect("http://10.0.0.1/"), FetchOutcome.FORBIDDEN_ADDRESS, False),
        (page("<rss><channel/></rss>", kind="application/rss+xml"), FetchOutcome.NO_PAGE, False),
        (page(b"\x89PNG\r\n", kind="image/png"), FetchOutcome.NO_PAGE, False),
    ],
    ids=["gone", "busy", "forbidden", "a feed", "a picture"],
)
def test_each_failure_is_a_line_with_its_reason(
    ledger: Ledger, web: HostileWeb, answer: bytes, outcome: FetchOutcome, retries: bool
) -> None:
    """Nothing else of it is in the ledger, and the report is refused by the same sentence."""
    web[URL] = answer
    refused = Collector(fetches=web.fetcher(), ledger=ledger).take(URL)
    assert isinstance(refused, Refused)
    with ledger.reading() as connection:
        last = list_attempts(connection, URL)[-1]
        assert find_last_page(connection, URL) is None
    assert last is not None
    assert (last.outcome, last.message, last.document_id) == (outcome, refused.message, None)
    assert (last.retry is not None, last.outcome.retried) == (outcome is FetchOutcome.BUSY, retries)
    assert counts(ledger) == (0, 0, 0, 1)


def test_without_a_ledger_nothing_is_noted(web: HostileWeb) -> None:
    """A page is fetched to be read."""
    web[URL] = page(REPORT.format(10))
    collected = Collector(fetches=web.fetcher()).collect(Asked(url=URL))
    assert collected.capture is not None
    assert collected.capture.source == URL


def test_addresses_are_read_in_their_place_among_files(ledger: Ledger, web: HostileWeb, tmp_path: Path) -> None:
    """In the order given, a failure in its place; and a page's reading names its address."""
    path = tmp_path / "a.txt"
    path.write_text("11 civilians were killed in Homs on May 4, 2017, a medic said.")
    web[URL] = page(REPORT.format(10))
    take = Collector(fetches=web.fetcher(), ledger=ledger).take
    sources = [str(path), URL, "https://nobody.example/", "file:///etc/passwd", str(path)]
    results = list(read_reports(sources, load=partial(load_fake, "1"), now=fixed_now, keeper=ledger, take_page=take))
    assert [result.source if isinstance(result, Refused) else result.document.source for result in results] == sources
    assert [isinstance(result, Reading) for result in results] == [True, True, False, False, True]


def test_a_run_that_ends_while_it_files_leaves_all_or_nothing(
    ledger: Ledger, web: HostileWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A capture without its line in the log would be fetched, and told, twice."""
    web[URL] = page(REPORT.format(10))
    collector = Collector(fetches=web.fetcher(), ledger=ledger)

    def stopped(*_: object, **__: object) -> FetchOutcome:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("harmledger.collecting.pages.note_captured", stopped)
        with pytest.raises(KeyboardInterrupt):
            collector.collect(Asked(url=URL))
    assert counts(ledger) == (0, 0, 0, 0)
    assert collector.collect(Asked(url=URL)).outcome is FetchOutcome.CAPTURED
    assert counts(ledger) == (1, 1, 1, 1)


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=60)
    | st.sampled_from(
        ["http://[broken", "https://news.example/\udcff", "http://a\0b/", "#", "http://x#[", "//[", "http://]/"]
    )
)
def test_whatever_is_asked_for_is_noted(noted: Ledger, url: str) -> None:
    """An address that is none breaks neither the run nor the log."""
    refused = Collector(fetches=ALONE, ledger=noted).take(url)
    assert isinstance(refused, Refused)
    noted.keep(None, refused)
    with noted.reading() as connection:
        (last,) = connection.execute(select(FETCHES.c.message).order_by(FETCHES.c.sequence.desc()).limit(1)).scalars()
    assert last == refused.message


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def noted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    database = "" if request.param == "sqlite" else request.getfixturevalue("server").make_database()
    opened = open_ledger(tmp_path_factory.mktemp("noted") / "ledger", now=fixed_now, database=database)
    yield opened
    opened.close()
