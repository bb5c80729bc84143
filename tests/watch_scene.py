"""A test web, a ledger and a clock that passes when somebody waits: what watching is tested in."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from attempts import list_attempts
from fakes import load_fake
from hostile_web import (
    HostileWeb,
    page,
    render_feed,
)
from sqlalchemy import select

from harmledger.domain import (
    FetchOutcome,
    ListingKind,
    PageState,
    Patience,
    WatchedSource,
    WatchList,
)
from harmledger.store import Ledger, open_ledger
from harmledger.store.frontier import count_pages
from harmledger.store.schema import CAPTURES
from harmledger.watching import Run, Tally

FEED = "https://news.example/feed"
TEXT = "<html><body><article><p>{} civilians were killed by Syrian forces in Raqqa on May 5, 2017, a medic said.</p></article></body></html>"
NONE = timedelta()


class Clock:
    """Time that passes when somebody waits for it, and when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 3, 12, tzinfo=UTC)
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        return self.now

    def wait(self, _changed: threading.Condition, seconds: float) -> None:
        with self._lock:
            self.now += timedelta(seconds=seconds)


def report(count: int = 3, **more: object) -> bytes:
    return page(TEXT.format(count), **more)  # pyright: ignore[reportArgumentType]


def feed(*urls: str) -> bytes:
    return page(render_feed(urls), kind="application/rss+xml")


@dataclass
class Scene:
    """A test web, a ledger, and a clock; one host at a time unless told otherwise."""

    web: HostileWeb
    ledger: Ledger
    clock: Clock = field(default_factory=Clock)
    watched: WatchList = field(
        default_factory=lambda: WatchList(
            sources=(WatchedSource(name="news", kind=ListingKind.FEED, url=FEED, every=timedelta(hours=1)),),
            patience=Patience(delay=NONE, hosts=1),
        )
    )

    def watch(self, **more: object) -> Tally:
        return self.run(**more).go()

    def run(self, **more: object) -> Run:
        usual = {
            "fetches": self.web.fetcher(now=self.clock),
            "load": load_fake,
            "now": self.clock,
            "once": True,
            "wait": self.clock.wait,
        }
        return Run(ledger=self.ledger, watched=self.watched, **{**usual, **more})  # pyright: ignore[reportArgumentType]

    def kind(self, kind: ListingKind, **more: object) -> None:
        (source,) = self.watched.sources
        self.watched = replace(self.watched, sources=(replace(source, kind=kind, **more),))  # pyright: ignore[reportArgumentType]

    def patient(self, **more: object) -> None:
        self.watched = replace(self.watched, patience=replace(self.watched.patience, **more))  # pyright: ignore[reportArgumentType]

    def outcomes(self, url: str) -> list[FetchOutcome]:
        with self.ledger.reading() as connection:
            return [attempt.outcome for attempt in list_attempts(connection, url)]

    def captures(self) -> Counter[str]:
        with self.ledger.reading() as connection:
            return Counter(connection.execute(select(CAPTURES.c.source)).scalars())

    def states(self) -> dict[PageState, int]:
        with self.ledger.reading() as connection:
            return {state: number for state, number in count_pages(connection).items() if number}

    def asked(self, url: str) -> int:
        return sum(hit.url == url for hit in self.web.hits)


@contextmanager
def opened(folder: Path, database: str = "") -> Iterator[Scene]:
    clock = Clock()
    ledger = open_ledger(folder / "ledger", now=clock, database=database)
    with HostileWeb() as web:
        yield Scene(web, ledger, clock)
    ledger.close()
