"""When to look again: how long after a failure, after a success, after a page was first captured. Pure: times in, times out.

Nothing is random. What spreads requests over time is a hash of whom they go to, so that a schedule can be told beforehand and tested.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from harmledger.domain import FetchOutcome, NotFetched, Patience, WatchedSource

OF_HOST = frozenset(
    {
        FetchOutcome.NO_HOST,
        FetchOutcome.NO_CONNECTION,
        FetchOutcome.TIMED_OUT,
        FetchOutcome.BAD_TLS,
        FetchOutcome.BUSY,
    }
)
"""Failures that the host's other pages would meet too: it is left alone for a while."""
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(days=1)
GROWTH = 4
"""Five minutes, twenty, eighty, five hours, then a day: most faults of servers are mended within one of these."""
SPREAD = 0.1
"""Share of an interval by which it is shortened or stretched, so that a hundred sources don't fall due at one second."""
HOST_PAUSE = timedelta(minutes=1)
"""How long a host that couldn't be reached is left alone first; doubled with each further failure."""
LONGEST_HOST_PAUSE = timedelta(hours=6)


def spread(interval: timedelta, *of: object) -> timedelta:
    """The interval, a little shorter or longer, the same for the same things."""
    chance = int.from_bytes(hashlib.sha256(repr(of).encode()).digest()[:4]) / 2**32
    return interval * (1 - SPREAD + 2 * SPREAD * chance)


def next_look(source: WatchedSource, key: str, *, tries: int, failed: NotFetched | None, now: datetime) -> datetime:
    """When a listing is due again: after its interval, later the more often it failed, never before the server wants it."""
    interval = source.every if failed is None else grown(source.every, tries - 1, most=max(LONGEST_PAUSE, source.every))
    due = now + spread(interval, key, now.timestamp())
    return max(due, now + _asked_pause(failed)) if failed else due


def next_try(key: str, failed: NotFetched, *, tries: int, patience: Patience, now: datetime) -> datetime | None:
    """When a page that failed so many times in a row is asked for again; None where it is given up."""
    if not failed.outcome.retried or tries >= patience.tries:
        return None
    lasts = failed.outcome is FetchOutcome.BAD_TLS  # certificates are renewed within days, not minutes
    pause = LONGEST_PAUSE if lasts else grown(FIRST_PAUSE, tries - 1, factor=GROWTH, most=LONGEST_PAUSE)
    return now + max(spread(pause, key, tries), _asked_pause(failed))


def next_recheck(key: str, *, visits: int, first: datetime, patience: Patience, now: datetime) -> datetime | None:
    """When a page that was fetched so many times is fetched again, to see whether it was changed; None where it has been often enough."""
    if visits > len(patience.rechecks):
        return None
    return max(first + spread(patience.rechecks[visits - 1], key, visits), now)


def host_pause(failed: NotFetched, *, failures: int) -> timedelta:
    """How long a host is left alone after so many failures in a row."""
    if failed.outcome not in OF_HOST:
        return timedelta()
    return max(grown(HOST_PAUSE, failures - 1, most=LONGEST_HOST_PAUSE), _asked_pause(failed))


def grown(interval: timedelta, times: int, *, factor: int = 2, most: timedelta) -> timedelta:
    """The interval, multiplied so many times, up to a bound."""
    return min(interval * factor ** min(max(times, 0), 20), most)


def _asked_pause(failed: NotFetched) -> timedelta:
    return min(timedelta(seconds=failed.retry_seconds or 0), LONGEST_PAUSE * 30)
