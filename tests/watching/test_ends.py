"""However a run ends, what was filed is read, now or by the next run, and the next run goes on where it ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from attempts import list_attempts
from fakes import load_fake
from hostile_web import (
    page,
)
from sqlalchemy import select
from watch_scene import FEED, TEXT, Scene, feed, report

from harmledger.collect.fetch import Fetcher
from harmledger.domain import (
    Asked,
    Fetched,
    FetchOutcome,
    Led,
    NotFetched,
)
from harmledger.errors import NotAllowed, SourceFailed
from harmledger.pipeline import Reader
from harmledger.proving.forgetting import Forget, forget
from harmledger.store.schema import READINGS
from harmledger.store.schema_watch import FRONTIER
from harmledger.watching.lock import only_one


def named(scene: Scene, number: int) -> list[str]:
    urls = [f"https://news.example/{n}" for n in range(number)]
    for n, url in enumerate(urls):
        scene.web[url] = report(n + 1)
    scene.web[FEED] = feed(*urls)
    return urls


def test_a_run_that_is_stopped_finishes_what_it_began_and_the_next_goes_on(scene: Scene) -> None:
    """All that was fetched is read; what wasn't is fetched by the next run, and nothing twice."""
    urls = named(scene, 30)
    seen: list[object] = []

    def tell(news: object) -> None:
        seen.append(news)
        if len(seen) == 8:
            run.stop()

    run = scene.run(tell=tell)
    first = run.go()
    assert 0 < first.read < 30
    with scene.ledger.reading() as connection:
        assert connection.execute(select(FRONTIER.c.page_id).where(FRONTIER.c.capture_id.is_not(None))).all() == []
    second = scene.watch()
    assert first.read + second.read == 30
    assert Counter(hit.url for hit in scene.web.hits if hit.url in urls) == Counter(urls)


def test_a_run_ends_when_its_time_is_over(scene: Scene) -> None:
    """With much left to do, or with nothing."""
    named(scene, 30)
    scene.patient(delay=timedelta(seconds=10))
    scene.watch(once=False, until=scene.clock.now + timedelta(seconds=65))
    assert 0 < scene.captures().total() < 8
    assert scene.clock.now < datetime(2026, 3, 3, 12, 2, tzinfo=UTC)


def test_what_was_filed_and_not_read_is_read_when_a_run_begins(scene: Scene) -> None:
    """Where the engine was down: the bytes are kept, the next run reads them without asking anybody, in the encoding they came in."""
    url = "https://news.example/1"
    text = TEXT.format(7).replace("a medic", "Олена")
    scene.web[url] = page(text.encode("cp1251"), kind="text/html; charset=windows-1251")
    scene.web[FEED] = feed(url)
    assert scene.watch(load=load_down).not_read == 1
    before = len(scene.web.hits)
    assert scene.watch().read == 1
    assert len(scene.web.hits) == before
    with scene.ledger.reading() as connection:
        (record,) = connection.execute(select(READINGS.c.title, READINGS.c.document_id)).all()
        assert record
    assert scene.captures() == Counter([url])


class DownEngine:
    by = load_fake().engine.by

    def extract(self, _document: object) -> object:
        raise ConnectionError("nobody answers")


def load_down() -> Reader:
    return replace(load_fake(), engine=DownEngine())  # pyright: ignore[reportArgumentType]


def test_a_page_that_breaks_collecting_is_noted_and_the_run_goes_on(scene: Scene) -> None:
    """A fault of ours on one page costs that page, not the run."""
    urls = named(scene, 3)
    fetcher = scene.web.fetcher(now=scene.clock)

    class Breaking(Fetcher):
        def step(self, asked: Asked | Led) -> Fetched | NotFetched | Led:
            if asked.url == urls[1]:
                raise ZeroDivisionError("told to")
            return fetcher.step(asked)

    tally = scene.watch(fetches=Breaking(network=scene.web, guard=fetcher.guard, trust=scene.web.trust))
    assert scene.outcomes(urls[1]) == [FetchOutcome.GARBLED]
    assert tally.read == 2


def test_a_ledger_that_cant_be_written_ends_the_run(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run is over with the ledger's own sentence; the page is fetched another time."""
    named(scene, 3)

    def full(*_: object) -> None:
        raise SourceFailed("the ledger can't be used (disk full)", "ledger", "make room on the disk")

    with monkeypatch.context() as patch:
        patch.setattr(scene.ledger, "file", full)
        with pytest.raises(SourceFailed, match="disk full"):
            scene.watch()
    assert scene.watch().read == 3


def test_two_runs_dont_watch_into_one_ledger(tmp_path: Path) -> None:
    """The second is told so, and may begin once the first has ended."""
    with only_one(tmp_path), pytest.raises(NotAllowed, match="another run"), only_one(tmp_path):
        pass
    with only_one(tmp_path):
        pass


def test_what_was_forgotten_is_taken_from_nowhere_else(scene: Scene) -> None:
    """The same bytes at another address are refused in words, and not asked for again."""
    (url,) = named(scene, 1)
    scene.watch()
    with scene.ledger.reading() as connection:
        document = connection.execute(select(READINGS.c.document_id)).scalar_one()
    forget(scene.ledger, Forget(document=document, basis="law", reason="asked", who="a lead"), now=scene.clock)
    copy = "https://news.example/copy"
    scene.web[copy] = report(1)
    scene.web[FEED] = feed(url, copy)
    scene.clock.now += timedelta(days=1)
    scene.watch()
    scene.clock.now += timedelta(days=40)
    scene.watch()
    with scene.ledger.reading() as connection:
        (attempt,) = list_attempts(connection, copy)
    assert (attempt.outcome, attempt.document_id) == (FetchOutcome.NO_PAGE, None)
    assert "forgotten" in (attempt.message or "")
