"""A redirect goes where the host that it leads to lets programs go, in that host's own turn, and is part of the page's one capture."""

from __future__ import annotations

import gzip
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from attempts import list_attempts
from hostile_web import in_turn, page, redirect
from sqlalchemy import select
from watch_scene import FEED, Scene, feed, report

from harmledger.domain import Asked, Fetched, FetchOutcome, Led, NotFetched, PageState
from harmledger.reach import parse_networks
from harmledger.store.schema_fetched import PROVENANCES
from harmledger.watching import turns
from harmledger.watching.visits import PUT_OFF

FAR, MOVED = "https://far.example/2026/1", "https://news.example/moved"


def test_where_a_page_leads_to_another_host_that_host_is_asked_first(scene: Scene) -> None:
    """Its robots.txt, then the page, which is one capture with all its hops; the host's own pause is kept, also between what leads there."""
    urls = [f"https://news.example/moved-{n}" for n in range(3)]
    for n, url in enumerate(urls):
        scene.web[url] = redirect(f"{FAR}{n}")
        scene.web[f"{FAR}{n}"] = report(n + 1)
    scene.web["https://far.example/robots.txt"] = page("User-agent: *\nCrawl-delay: 30", kind="text/plain")
    scene.web[FEED] = feed(*urls)
    moments: list[datetime] = []
    fetcher = scene.web.fetcher(now=lambda: scene.clock.now)

    class Noting:
        def fetch(self, asked: Asked) -> Fetched | NotFetched:
            return self.step(asked)  # pyright: ignore[reportReturnType]  no robots.txt redirects here

        def step(self, asked: Asked | Led) -> Fetched | NotFetched | Led:
            if "far.example" in asked.url:
                moments.append(scene.clock.now)
            return fetcher.step(asked)

    tally = scene.watch(fetches=Noting())
    assert tally.outcomes == {FetchOutcome.CAPTURED: 3}
    assert next(hit.url for hit in scene.web.hits if "far.example" in hit.url) == "https://far.example/robots.txt"
    assert scene.asked("https://far.example/robots.txt") == 1
    assert min(later - one for one, later in pairwise(moments)) >= timedelta(seconds=30)
    assert [scene.asked(url) for url in urls] == [1, 1, 1]
    assert scene.captures() == Counter(urls)
    with scene.ledger.reading() as connection:
        records = list(connection.execute(select(PROVENANCES.c.record_id)).scalars())
    for record in records:
        hops = gzip.decompress(scene.ledger.blobs.get(record)).count(b"WARC-Type: response")
        assert hops == 2


@pytest.mark.parametrize("path", ["/private/1", "/first/hop"])
def test_what_a_robots_txt_forbids_is_not_reached_by_a_redirect(scene: Scene, path: str) -> None:
    """Neither on another host nor on its own: the page is noted as forbidden, with where it leads, and never asked for."""
    scene.web["https://far.example/robots.txt"] = page("User-agent: *\nDisallow: /private", kind="text/plain")
    scene.web["https://far.example/first/hop"] = redirect("https://far.example/private/1")
    scene.web["https://far.example/private/1"] = report()
    scene.web[MOVED] = redirect(f"https://far.example{path}")
    scene.web[FEED] = feed(MOVED)
    scene.watch()
    assert scene.outcomes(MOVED) == [FetchOutcome.ROBOTS]
    assert scene.asked("https://far.example/private/1") == 0
    with scene.ledger.reading() as connection:
        (failed,) = list_attempts(connection, MOVED)
    assert "leads to https://far.example/private/1" in (failed.message or "")


def test_where_the_other_host_cant_be_asked_the_page_waits(scene: Scene) -> None:
    """Its robots.txt can't be had: nothing else is asked there, and the page is tried again, from its beginning."""
    scene.web["https://far.example/robots.txt"] = in_turn(page("", status="500 Oops"), page("", kind="text/plain"))
    scene.web[MOVED], scene.web[FAR] = redirect(FAR), report()
    scene.web[FEED] = feed(MOVED)
    scene.watch()
    assert (scene.outcomes(MOVED), scene.asked(FAR)) == ([FetchOutcome.BROKEN], 0)
    scene.clock.now += timedelta(hours=1)
    scene.watch()
    assert (scene.outcomes(MOVED)[1:], scene.asked(MOVED)) == ([FetchOutcome.CAPTURED], 2)


def test_no_redirect_asks_a_private_host_for_its_robots_txt(scene: Scene) -> None:
    """A page of the public internet leads nowhere within, though the list itself may."""
    scene.web[MOVED] = redirect("http://10.20.0.5/a/2")
    guard = replace(scene.web.fetcher().guard, private=parse_networks("10.20.0.0/16", "fetch_private"))
    scene.web[FEED] = feed(MOVED)
    scene.watch(fetches=scene.web.fetcher(now=scene.clock, guard=guard))
    assert scene.outcomes(MOVED) == [FetchOutcome.FORBIDDEN_ADDRESS]
    assert scene.web.escaped == []


def test_what_waits_for_other_hosts_is_bounded(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond it a page waits in the ledger instead, and is begun anew."""
    monkeypatch.setattr(turns, "LED_BYTES", 0)
    scene.web[MOVED], scene.web[FAR] = redirect(FAR), report()
    scene.web[FEED] = feed(MOVED)
    scene.watch()
    assert (scene.outcomes(MOVED), scene.states()) == ([], {PageState.WAITING: 1})
    monkeypatch.undo()
    scene.clock.now += PUT_OFF
    scene.watch()
    assert scene.outcomes(MOVED) == [FetchOutcome.CAPTURED]


def test_a_listing_may_lead_to_another_host(scene: Scene) -> None:
    """As pages may."""
    scene.web[FEED] = redirect("https://feeds.example/news")
    scene.web["https://feeds.example/news"] = feed("https://news.example/1")
    scene.web["https://news.example/1"] = report()
    assert scene.watch().read == 1
    assert scene.asked("https://feeds.example/robots.txt") == 1
