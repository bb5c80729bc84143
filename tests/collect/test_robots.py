"""A host's robots.txt is asked for once a day, and what it says is kept to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hostile_web import Hit, HostileWeb, page, redirect

from harmledger.collect.robots import AGAIN, KEPT, LONGEST_DELAY, Robots, parse_rules

AT = "https://news.example/robots.txt"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def text(content: str | bytes, status: str = "200 OK") -> bytes:
    return page(content, kind="text/plain", status=status)


@pytest.mark.parametrize(
    ("rules", "url", "allowed"),
    [
        ("User-agent: *\nDisallow: /private", "/private/1", False),
        ("User-agent: *\nDisallow: /private", "/news/1", True),
        ("User-agent: *\nDisallow: /\nUser-agent: harmledger\nDisallow: /drafts", "/news/1", True),
        ("User-agent: harmledger\nDisallow: /", "/news/1", False),
        ("User-agent: *\nDisallow: /*.php$", "/a.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/a.php?x", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", True),
        ("<html>nothing here</html>", "/news/1", True),
        ("", "/news/1", True),
        (b"\x00\xff" * 100, "/news/1", True),
    ],
)
def test_rules_are_kept(rules: str | bytes, url: str, *, allowed: bool) -> None:
    """Wildcards, the longest rule and our own name count; what isn't understood forbids nothing."""
    with HostileWeb() as web:
        web[AT] = text(rules)
        asked = Robots(web.fetcher(), Clock()).ask(f"https://news.example{url}")
    assert asked.allows(f"https://news.example{url}") is allowed


@pytest.mark.parametrize(
    ("status", "allowed"),
    [("404 Not Found", True), ("403 Forbidden", True), ("401 Unauthorized", True), ("500 Oops", False), ("503 Busy", False), ("429 Slow", False)],
)  # fmt: skip
def test_none_there_forbids_nothing_and_none_to_be_had_forbids_all(status: str, *, allowed: bool) -> None:
    """RFC 9309: unavailable (4xx) allows; unreachable (5xx), and a host that wants to be left alone, allow nothing now."""
    with HostileWeb() as web:
        web[AT] = text("", status)
        rules = Robots(web.fetcher(), Clock()).ask("https://news.example/1")
    assert rules.allows("https://news.example/1") is allowed
    assert (rules.failed is None) is allowed


def test_a_redirect_is_followed_and_no_host_is_now_not() -> None:
    """Rules may lie elsewhere; a host that isn't there says nothing."""
    with HostileWeb() as web:
        web[AT] = redirect("https://www.news.example/robots.txt")
        web["https://www.news.example/robots.txt"] = text("User-agent: *\nDisallow: /")
        assert not Robots(web.fetcher(), Clock()).ask("https://news.example/1").allows("https://news.example/1")
        assert Robots(web.fetcher(), Clock()).ask("https://nobody.example/1").failed is not None


def test_it_is_asked_once_a_day_and_sooner_where_it_failed() -> None:
    """What was had holds for a day, what was not for minutes; each scheme and host has its own."""
    clock = Clock()
    with HostileWeb() as web:
        web[AT] = text("")
        robots = Robots(web.fetcher(), clock)
        robots.ask("https://news.example/1")
        assert robots.find("https://news.example/2") is not None
        assert robots.find("https://sport.news.example/2") is None
        clock.now += KEPT
        assert robots.find("https://news.example/2") is None
        web[AT] = text("", "500 Oops")
        robots.ask("https://news.example/1")
        clock.now += AGAIN - timedelta(seconds=1)
        assert robots.find("https://news.example/1") is not None
        clock.now += timedelta(seconds=1)
        assert robots.find("https://news.example/1") is None


@pytest.mark.parametrize(("said", "kept"), [("7", 7), ("0.5", 0.5), ("100000", LONGEST_DELAY.total_seconds()), ("-3", 0), ("nan", 0), ("soon", 0)])  # fmt: skip
def test_the_pause_asked_for_is_kept_up_to_a_bound(said: str, kept: float) -> None:
    """Crawl-delay counts, as long as it lets anything be read at all."""
    with HostileWeb() as web:
        web[AT] = text(f"User-agent: *\nCrawl-delay: {said}")
        assert Robots(web.fetcher(), Clock()).ask("https://news.example/1").delay.total_seconds() == kept


def test_only_so_much_is_read() -> None:
    """What lies beyond half a megabyte, and a rule that is cut in two there, says nothing."""
    lines = b"# " + b"x" * 97 + b"\n"
    rules = parse_rules(b"User-agent: *\nDisallow: /a\n" + lines * 5120 + b"Disallow: /b\n")
    assert not rules.can_fetch("https://news.example/a", "harmledger")
    assert rules.can_fetch("https://news.example/b", "harmledger")


def test_it_is_asked_by_our_name() -> None:
    """The name that rules may use is the one that requests bear."""
    seen: list[Hit] = []
    with HostileWeb() as web:
        web[AT] = lambda hit: (seen.append(hit), text(""))[1]
        Robots(web.fetcher(), Clock()).ask("https://news.example/1")
    assert seen[0].heads()["user-agent"].startswith("harmledger/")
