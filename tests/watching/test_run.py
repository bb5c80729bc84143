"""A run brings what listings name into the ledger: each page once, each failure with its reason, nobody asked more than they bear."""

from __future__ import annotations

import gzip
import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from attempts import list_attempts
from hostile_web import (
    QUICK,
    drip,
    endless,
    in_turn,
    packed,
    page,
    redirect,
    render_feed,
    render_sitemap,
    unless_known,
)
from watch_scene import FEED, TEXT, Scene, feed, opened, report

from harmledger.domain import (
    Asked,
    Fetched,
    FetchOutcome,
    Led,
    ListingKind,
    NotFetched,
    PageState,
)
from harmledger.store.watched import list_watched
from harmledger.watching import Tally


def test_what_a_listing_names_is_captured_read_and_kept(tmp_path: Path, database: str) -> None:
    """Each page once, with its claims, on either database; looked at again, nothing is asked twice."""
    with opened(tmp_path, database) as scene:
        urls = [f"https://news.example/2026/{n}" for n in range(5)]
        for n, url in enumerate(urls):
            scene.web[url] = report(n + 1)
        scene.web[FEED] = feed(*urls, urls[0] + "?utm_source=rss", urls[1].replace("https", "http"))
        tally = scene.watch()
        assert (tally.looks, tally.found, tally.read, tally.claims) == (1, 5, 5, 5)
        assert scene.captures() == Counter(urls)
        before = len(scene.web.hits)
        assert scene.watch() == Tally()
        assert len(scene.web.hits) == before


HOSTILE = {
    "https://there.example/1": (report(), FetchOutcome.CAPTURED),
    "https://there.example/packed": (packed(TEXT.format(4).encode()), FetchOutcome.CAPTURED),
    "https://there.example/moved": (redirect("https://there.example/now"), FetchOutcome.CAPTURED),
    "https://there.example/circle": (redirect("https://there.example/circle"), FetchOutcome.REDIRECTS),
    "https://there.example/inside": (redirect("http://169.254.169.254/latest"), FetchOutcome.FORBIDDEN_ADDRESS),
    "https://there.example/gone": (report(status="410 Gone"), FetchOutcome.GONE),
    "https://there.example/paid": (report(status="402 Payment Required"), FetchOutcome.REFUSED),
    "https://there.example/huge": (endless(), FetchOutcome.TOO_LARGE),
    "https://there.example/bomb": (packed(b"a" * 30_000_000), FetchOutcome.BOMB),
    "https://there.example/film": (page(b"\0", kind="video/mp4"), FetchOutcome.NO_PAGE),
    "https://there.example/picture": (page(b"\x89PNG\r\n\x1a\n" * 9), FetchOutcome.NO_PAGE),
    "https://there.example/feed": (feed("https://there.example/1"), FetchOutcome.NO_PAGE),
    "https://there.example/private/1": (report(), FetchOutcome.ROBOTS),
    "https://slow.example/1": (drip(report(), seconds=1), FetchOutcome.TIMED_OUT),
    "https://expired.example/1": (report(), FetchOutcome.BAD_TLS),
    "https://nobody.example/1": (None, FetchOutcome.NO_HOST),
    "https://broken.example/1": (report(status="500 Oops"), FetchOutcome.BROKEN),
    "https://busy.example/1": (report(status="429 Slow down", heads=["Retry-After: 7200"]), FetchOutcome.BUSY),
}


def test_each_page_is_collected_or_refused_as_it_should_be(scene: Scene) -> None:
    """Good pages are captured whatever else stands in the list; each failure is a line with its reason, and waits or is given up by its kind."""
    for url, (answer, _) in HOSTILE.items():
        if answer is not None:
            scene.web[url] = answer
    scene.web["https://there.example/now"] = report(9)
    scene.web["https://there.example/robots.txt"] = page("User-agent: *\nDisallow: /private", kind="text/plain")
    scene.web["https://slow.example/robots.txt"] = page("", kind="text/plain")
    scene.web.certificates["expired.example"] = "expired"
    scene.web[FEED] = feed(*HOSTILE)
    limits = replace(QUICK, wire_bytes=2_000_000)
    tally = scene.watch(fetches=scene.web.fetcher(limits=limits, now=scene.clock))
    assert {url: scene.outcomes(url) for url in HOSTILE} == {url: [outcome] for url, (_, outcome) in HOSTILE.items()}
    captured = [url for url, (_, outcome) in HOSTILE.items() if outcome is FetchOutcome.CAPTURED]
    assert scene.captures() == Counter(captured)
    assert tally.read == len(captured)
    given_up = sum(not outcome.brought and not outcome.retried for _, outcome in HOSTILE.values())
    assert scene.states() == {PageState.WAITING: len(HOSTILE) - given_up, PageState.GIVEN_UP: given_up}
    assert scene.asked("https://there.example/private/1") == 0
    assert scene.web.escaped == []


@pytest.mark.parametrize("name", ["feed", "sitemap", "index", "links"])
def test_every_kind_of_listing_leads_to_its_pages(scene: Scene, name: str) -> None:
    """Feeds, packed sitemaps, an index whose parts lie at other addresses, and pages of links."""
    urls = [f"https://news.example/2026/03/report-{n}" for n in range(4)]
    for url in urls:
        scene.web[url] = report()
    site = "https://news.example/"
    index = f"<sitemapindex><sitemap><loc>{site}a.xml.gz</loc></sitemap><sitemap><loc>{site}b.xml</loc></sitemap></sitemapindex>"
    scene.web[site + "a.xml.gz"] = page(gzip.compress(render_sitemap(urls[:2]).encode()), kind="application/gzip")
    scene.web[site + "b.xml"] = page(render_sitemap(urls[2:]), kind="application/xml")
    links = "".join(f'<a href="{url}">Report</a><a href="/about">About</a>' for url in urls)
    listings = {
        "feed": (ListingKind.FEED, feed(*urls)),
        "sitemap": (ListingKind.SITEMAP, page(gzip.compress(render_sitemap(urls).encode()), kind="application/x-gzip")),
        "index": (ListingKind.SITEMAP, page(index, kind="text/xml")),
        "links": (ListingKind.PAGE, page(f"<html><body>{links}</body></html>")),
    }
    kind, scene.web[FEED] = listings[name]
    scene.kind(kind)
    scene.watch()
    assert scene.captures() == Counter(urls)


def test_a_listing_is_asked_whether_it_changed(scene: Scene) -> None:
    """With what its server said the last time; unchanged, nothing is read of it, and it is due again after its interval."""
    scene.web["https://news.example/1"] = report()
    scene.web[FEED] = unless_known(feed("https://news.example/1"), etag='"v1"')
    scene.watch()
    scene.clock.now += timedelta(hours=1, minutes=7)
    tally = scene.watch()
    assert (tally.looks, tally.found) == (1, 0)
    assert scene.web.hits[-1].heads()["if-none-match"] == '"v1"'
    with scene.ledger.reading() as connection:
        (looked,) = list_watched(connection)
    assert (looked.outcome, looked.found, looked.tries) == ("unchanged", 1, 0)
    assert looked.due is not None
    assert timedelta(minutes=53) < looked.due - scene.clock.now < timedelta(minutes=67)


def test_a_listing_that_fails_says_why_and_is_looked_at_again(scene: Scene) -> None:
    """A page in place of a feed, then a server's fault, then the feed: told, waited for, and taken in the end."""
    scene.web["https://news.example/1"] = report()
    scene.web[FEED] = in_turn(
        page("<!doctype html><html><body>Log in</body></html>"),
        page("", status="500 Oops"),
        feed("https://news.example/1"),
    )
    told = []
    for _ in range(3):
        scene.watch()
        with scene.ledger.reading() as connection:
            (looked,) = list_watched(connection)
        told.append((looked.tries, looked.outcome))
        scene.clock.now += timedelta(hours=3)
    assert told == [(1, "no page"), (2, "broken"), (0, "captured")]
    assert scene.captures() == Counter(["https://news.example/1"])


def test_a_page_that_fails_on_the_way_is_tried_again_and_given_up_in_the_end(scene: Scene) -> None:
    """A busy server gets the time that it asks for; a broken one is given up after so many tries; both are in the log."""
    busy, broken = "https://busy.example/1", "https://broken.example/1"
    scene.web[busy] = in_turn(report(status="503 Busy", heads=["Retry-After: 7200"]), report())
    scene.web[broken] = report(status="500 Oops")
    scene.web[FEED] = feed(busy, broken)
    scene.patient(tries=3)
    for minutes in (0, 100, 60, 300, 3000):
        scene.clock.now += timedelta(minutes=minutes)
        scene.watch()
    assert scene.outcomes(busy)[:2] == [FetchOutcome.BUSY, FetchOutcome.CAPTURED]
    assert scene.outcomes(broken) == [FetchOutcome.BROKEN] * 3
    with scene.ledger.reading() as connection:
        first, second = list_attempts(connection, busy)[:2]
    assert second.started - first.started >= timedelta(hours=2)


def test_a_silent_edit_is_found_by_looking_again(scene: Scene) -> None:
    """After a day, a week, a month: what is as it was adds nothing, what was changed is a new capture, and so is what was put back."""
    same, edited, back = (f"https://news.example/{name}" for name in ("same", "edited", "back"))
    scene.web[same] = unless_known(report(2), etag='"a"')
    scene.web[edited] = in_turn(report(9), report(9), report(5))
    scene.web[back] = in_turn(report(9), report(5), report(9), report(9))
    scene.web[FEED] = feed(same, edited, back)
    scene.watch()
    for days in (1.2, 7, 30, 90):
        scene.clock.now += timedelta(days=days)
        scene.watch()
    captured, unchanged = FetchOutcome.CAPTURED, FetchOutcome.UNCHANGED
    assert scene.outcomes(same) == [captured, unchanged, unchanged, unchanged]
    assert scene.outcomes(edited) == [captured, unchanged, captured, unchanged]
    assert scene.outcomes(back) == [captured, captured, captured, unchanged]
    assert scene.captures() == Counter({same: 1, edited: 2, back: 3})
    assert scene.states() == {PageState.DONE: 3}


def test_a_page_that_dies_is_noted_and_its_capture_stays(scene: Scene) -> None:
    """Gone at its re-check: a line in the log, and what was captured is there as ever."""
    scene.web["https://news.example/1"] = in_turn(report(), page("", status="404 Not Found"))
    scene.web[FEED] = feed("https://news.example/1")
    scene.watch()
    scene.clock.now += timedelta(days=2)
    scene.watch()
    assert scene.outcomes("https://news.example/1") == [FetchOutcome.CAPTURED, FetchOutcome.GONE]
    assert scene.captures() == Counter(["https://news.example/1"])
    assert scene.states() == {PageState.GIVEN_UP: 1}


def test_a_host_is_asked_one_thing_at_a_time_with_its_pause_between(scene: Scene) -> None:
    """Across sources: the list's delay, or what robots.txt asks for where that is longer; robots.txt itself counts."""
    moments: list[datetime] = []
    fetcher = scene.web.fetcher(now=scene.clock)

    class Noting:
        def fetch(self, asked: Asked) -> Fetched | NotFetched:
            return self.step(asked)  # pyright: ignore[reportReturnType]  no robots.txt redirects here

        def step(self, asked: Asked | Led) -> Fetched | NotFetched | Led:
            if "news.example" in asked.url:
                moments.append(scene.clock.now)
            return fetcher.step(asked)

    urls = [f"https://news.example/{n}" for n in range(4)]
    for url in urls:
        scene.web[url] = report()
    scene.web[FEED] = feed(*urls[:2])
    scene.web[FEED + "2"] = feed(*urls[2:])
    scene.web["https://news.example/robots.txt"] = page("User-agent: *\nCrawl-delay: 20", kind="text/plain")
    (source,) = scene.watched.sources
    scene.watched = replace(scene.watched, sources=(source, replace(source, name="more", url=FEED + "2")))
    scene.patient(delay=timedelta(seconds=5))
    scene.watch(fetches=Noting())
    assert len(moments) == 7
    assert min(later - one for one, later in pairwise(moments)) >= timedelta(seconds=20)


def test_several_hosts_are_asked_at_once(scene: Scene) -> None:
    """While one host answers, another is asked: two that wait for one another both get their answer."""
    meeting = threading.Barrier(2, timeout=20)
    for host in ("a", "b"):
        scene.web[f"https://{host}.example/1"] = lambda _: (meeting.wait(), report())[1]
    scene.web[FEED] = feed("https://a.example/1", "https://b.example/1")
    scene.patient(hosts=2)
    tally = scene.watch(fetches=scene.web.fetcher(limits=replace(QUICK, idle_seconds=20, whole_seconds=30)), wait=lambda changed, seconds: changed.wait(seconds))  # fmt: skip
    assert tally.outcomes == {FetchOutcome.CAPTURED: 2}


def test_a_host_that_is_down_is_left_alone(scene: Scene) -> None:
    """After one page met nobody, the host's other pages wait rather than knock one after the other."""
    urls = [f"https://nobody.example/{n}" for n in range(50)]
    scene.web[FEED] = feed(*urls)
    asked: list[str] = []
    fetcher = scene.web.fetcher(now=scene.clock)

    class Noting:
        def fetch(self, asked_for: Asked) -> Fetched | NotFetched:
            return self.step(asked_for)  # pyright: ignore[reportReturnType]  as above

        def step(self, asked_for: Asked | Led) -> Fetched | NotFetched | Led:
            asked.append(asked_for.url)
            return fetcher.step(asked_for)

    scene.watch(fetches=Noting())
    assert sum("nobody.example" in url for url in asked) < 5
    assert scene.states() == {PageState.WAITING: 50}


@pytest.mark.parametrize("in_index", [False, True])
def test_patterns_days_and_bounds_choose_the_pages(scene: Scene, *, in_index: bool) -> None:
    """Only what a source includes, newest first, up to its bound at one look; the rest at the next, though the sitemap hasn't changed."""
    days = {f"https://news.example/war/{n}": f"2026-02-0{n}" for n in range(1, 6)}
    entries = "".join(f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>" for url, day in days.items())
    urls = f"<urlset>{entries}<url><loc>https://news.example/sport/1</loc></url></urlset>"
    at = "https://news.example/part.xml" if in_index else FEED
    scene.web[FEED] = page(
        f"<sitemapindex><sitemap><loc>{at}</loc><lastmod>2026-02-05</lastmod></sitemap></sitemapindex>"
    )
    scene.web[at] = unless_known(page(urls, kind="text/xml"), etag='"v1"')
    for url in days:
        scene.web[url] = report()
    scene.kind(ListingKind.SITEMAP, include=("/war/*",), most=2, since=datetime(2026, 2, 2, tzinfo=UTC))
    newest = sorted(days, reverse=True)
    for taken in (2, 4, 4):
        scene.watch()
        assert sorted(scene.captures(), reverse=True) == newest[:taken]
        scene.clock.now += timedelta(hours=2)


def test_pages_of_a_source_that_is_watched_no_more_are_left_until_another_names_them(scene: Scene) -> None:
    """Taken out of the list, a source's pages aren't fetched; named by another one, they are, and still once."""
    scene.web["https://news.example/1"] = page("", status="500 Oops")
    scene.web[FEED] = feed("https://news.example/1")
    scene.watch()
    scene.web["https://news.example/1"] = report()
    scene.web["https://other.example/feed"] = page(render_feed([]))
    (source,) = scene.watched.sources
    scene.watched = replace(scene.watched, sources=(replace(source, name="other", url="https://other.example/feed"),))
    scene.clock.now += timedelta(hours=2)
    scene.watch()
    assert not scene.captures()
    scene.web["https://other.example/feed"] = feed("https://news.example/1")
    scene.clock.now += timedelta(hours=2)
    scene.watch()
    assert scene.captures() == Counter(["https://news.example/1"])
