"""The log of fetches is summed up by the last attempt at each address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from fakes import FIXED_NOW, fixed_now, load_fake, write_reports
from hostile_web import HostileWeb, in_turn, page

from harmledger.collecting import Collector
from harmledger.domain import Asked, FetchOutcome, NotFetched
from harmledger.pipeline import read_reports
from harmledger.store import Ledger, open_ledger
from harmledger.store.fetch_status import Host, count_held, list_failed, sum_up_fetches
from harmledger.store.fetches import note_not_fetched

F = FetchOutcome


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    yield opened
    opened.close()


def fail(ledger: Ledger, url: str, outcome: FetchOutcome, retry_seconds: float | None = None) -> None:
    result = NotFetched(
        asked=url, url=url, outcome=outcome, message=f"{url}: no.", status=None, started=FIXED_NOW, retry_seconds=retry_seconds
    )  # fmt: skip
    with ledger.writing() as connection:
        note_not_fetched(connection, result)


def test_an_empty_ledger_has_no_fetches(ledger: Ledger) -> None:
    """Nothing, told as nothing."""
    with ledger.reading() as connection:
        held, status = count_held(connection), sum_up_fetches(connection)
        assert list(list_failed(connection)) == []
    assert (held.documents, held.captures, held.from_web, held.by_media) == (0, 0, 0, {})
    assert (status.attempts, status.addresses, status.outcomes, status.hosts, status.last) == (0, 0, {}, (), ())


def test_an_address_counts_by_its_last_attempt(ledger: Ledger) -> None:
    """A failure that was mended is none any longer; those that fail most come first."""
    with HostileWeb() as web:
        web["https://a.example/1"] = in_turn(page(status="500 Broken"), page("<p>Two people were killed.</p>"))
        collector = Collector(fetches=web.fetcher(), ledger=ledger)
        for _ in range(2):
            collector.collect(Asked(url="https://a.example/1"))
    fail(ledger, "https://b.example:8443/1", F.GONE)
    fail(ledger, "https://b.example:8443/2", F.TIMED_OUT)
    fail(ledger, "https://b.example:8443/2", F.BUSY, 60.0)
    fail(ledger, "http://[broken", F.FORBIDDEN_ADDRESS)
    with ledger.reading() as connection:
        status = sum_up_fetches(connection)
        failed = list(list_failed(connection))
        at_b = [attempt.url for attempt in list_failed(connection, "B.example:8443")]
    assert (status.attempts, status.addresses) == (6, 4)
    assert status.outcomes == {F.CAPTURED: 1, F.GONE: 1, F.BUSY: 1, F.FORBIDDEN_ADDRESS: 1}
    assert status.hosts == (
        Host(host="b.example:8443", brought=0, failed={F.GONE: 1, F.BUSY: 1}),
        Host(host="http://[broken", brought=0, failed={F.FORBIDDEN_ADDRESS: 1}),
        Host(host="a.example", brought=1, failed={}),
    )
    assert [attempt.url for attempt in status.last][:2] == ["http://[broken", "https://b.example:8443/2"]
    assert [attempt.url for attempt in failed] == ["http://[broken", "https://b.example:8443/1", "https://b.example:8443/2"]  # fmt: skip
    assert failed[2].retry == FIXED_NOW + timedelta(seconds=60)
    assert at_b == ["https://b.example:8443/1", "https://b.example:8443/2"]


def test_what_is_held_is_told_by_how_it_came(ledger: Ledger, tmp_path: Path) -> None:
    """From files and from the web; what was filed and not read yet stands apart."""
    list(
        read_reports(
            [str(write_reports(tmp_path / "reports.jsonl", 2)), "no such file"],
            load=partial(load_fake, "1"),
            now=fixed_now,
            keeper=ledger,
        )
    )
    with HostileWeb() as web:
        web["https://a.example/1"] = page("<html><body><p>Two people were killed.</p></body></html>")
        Collector(fetches=web.fetcher(), ledger=ledger).collect(Asked(url="https://a.example/1"))
    with ledger.reading() as connection:
        held = count_held(connection)
    assert (held.documents, held.captures, held.from_web, held.unread, held.refused) == (3, 3, 1, 1, 1)
    assert held.by_media == {"line": 2, "html": 1}
