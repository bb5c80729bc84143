"""When is looked again follows from what happened, and not from chance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import FetchOutcome, ListingKind, NotFetched, Patience, WatchedSource
from harmledger.watching.timing import SPREAD, host_pause, next_look, next_recheck, next_try, spread

NOW = datetime(2026, 3, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def failed(outcome: FetchOutcome, retry_seconds: float | None = None) -> NotFetched:
    told = {"asked": "https://news.example/1", "url": "https://news.example/1", "message": "no", "status": None}
    return NotFetched(**told, outcome=outcome, started=NOW, retry_seconds=retry_seconds)


@given(st.integers(0, 10**6), st.text())
def test_an_interval_is_spread_by_a_tenth_and_always_alike(seconds: int, key: str) -> None:
    """The same thing falls due at the same moment in every run, within a tenth of what was asked for."""
    interval = timedelta(seconds=seconds)
    assert abs(spread(interval, key) - interval) <= SPREAD * interval
    assert spread(interval, key) == spread(interval, key)


def test_a_hundred_sources_dont_fall_due_at_once() -> None:
    """Of a hundred that were looked at together, no ten are due in one minute of thirty."""
    dues = sorted(next_look(source(), f"{n}", tries=0, failed=None, now=NOW) for n in range(100))
    assert all(later - due > timedelta() for due, later in zip(dues, dues[10:], strict=False))
    assert dues[-1] - dues[0] > 4 * MINUTE


def source() -> WatchedSource:
    return WatchedSource(name="a", kind=ListingKind.FEED, url="https://news.example/rss", every=30 * MINUTE)


@pytest.mark.parametrize("outcome", [outcome for outcome in FetchOutcome if not outcome.brought])
def test_failures_are_retried_by_their_kind(outcome: FetchOutcome) -> None:
    """What failed on the way is tried again, a little later each time, and given up in the end; what is decided isn't."""
    dues = [next_try("k", failed(outcome), tries=n, patience=Patience(tries=4), now=NOW) for n in range(1, 5)]
    assert dues[-1] is None
    if not outcome.retried:
        assert dues == [None] * 4
    else:
        later = [due for due in dues if due]
        assert len(later) == 3
        assert min(later) - NOW > 4 * MINUTE


def test_pauses_grow_fourfold_up_to_a_day() -> None:
    """Five minutes, twenty, eighty, five hours, a day."""
    dues = [
        next_try("k", failed(FetchOutcome.BROKEN), tries=n, patience=Patience(tries=9), now=NOW) for n in range(1, 8)
    ]
    minutes = [(due - NOW) / MINUTE for due in dues if due]
    assert minutes == pytest.approx([5, 20, 80, 320, 1280, 1440, 1440], rel=SPREAD)


@pytest.mark.parametrize("asked", [10.0, 7200.0, 10.0**9])
def test_a_server_that_names_a_time_gets_it(asked: float) -> None:
    """Retry-After is waited for, up to a month; never less than our own pause."""
    busy = failed(FetchOutcome.BUSY, asked)
    due = next_try("k", busy, tries=1, patience=Patience(), now=NOW)
    assert due is not None
    assert min(asked, 86400 * 30) <= (due - NOW).total_seconds() <= 86400 * 30 or asked == 10.0
    assert host_pause(busy, failures=1) >= min(timedelta(seconds=min(asked, 86400 * 30)), timedelta(days=30))
    assert next_look(source(), "k", tries=1, failed=busy, now=NOW) >= due - timedelta(hours=1)


def test_a_failing_listing_is_looked_at_ever_more_seldom_and_never_given_up() -> None:
    """Its interval doubles with each failure, up to a day."""
    dues = [next_look(source(), "k", tries=n, failed=failed(FetchOutcome.GONE), now=NOW) - NOW for n in range(1, 30)]
    assert dues[0] / MINUTE == pytest.approx(30, rel=SPREAD)
    assert dues[2] / MINUTE == pytest.approx(120, rel=SPREAD)
    assert dues[-1] / MINUTE == pytest.approx(1440, rel=SPREAD)


def test_a_host_that_is_down_is_left_alone_for_longer_and_longer() -> None:
    """A minute, two, four, up to six hours; a page that is gone says nothing of its host."""
    pauses = [host_pause(failed(FetchOutcome.NO_CONNECTION), failures=n) / MINUTE for n in (1, 2, 3, 30)]
    assert pauses == [1, 2, 4, 360]
    assert not host_pause(failed(FetchOutcome.GONE), failures=3)


def test_rechecks_are_counted_from_the_first_capture() -> None:
    """After one, seven and thirty days; then no more."""
    patience = Patience()
    dues = [next_recheck("k", visits=n, first=NOW, patience=patience, now=NOW) for n in range(1, 5)]
    assert [(due - NOW).days if due else None for due in dues][3] is None
    assert [due and (due - NOW) / timedelta(days=1) for due in dues[:3]] == pytest.approx([1, 7, 30], rel=SPREAD)
    late = next_recheck("k", visits=1, first=NOW, patience=patience, now=NOW + timedelta(days=5))
    assert late == NOW + timedelta(days=5)
