"""Kept pages: which are forgotten when something is new, and that none is older than the request for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sites import Served
from starlette.responses import PlainTextResponse, Response

from harmledger.domain import Verdict
from harmledger.review.decide import Said, SubjectKind
from harmledger.store.changes import SHOWN_PAGES, Marks, News
from harmledger.store.decisions import add_decision, read_log, verify_log
from harmledger.store.subjects import list_claims
from harmledger.web import kept as kept_module
from harmledger.web.fresh import Fresh
from harmledger.web.kept import Kept, KeptPage, pack
from harmledger.web.made import Made


class Maker:
    """Makes pages that tell how many were made."""

    def __init__(self) -> None:
        self.made = 0

    async def __call__(self) -> KeptPage | Response:
        self.made += 1
        return pack(PlainTextResponse(f"page {self.made}"))


def ask(kept: Kept, make: Any, *keys: str, about: Callable[[str], str | None] = lambda _: None) -> list[str]:
    """The pages of some keys, one after the other."""

    async def all_of_them() -> list[str]:
        found = [await kept.get((key,), about=about(key), make=make) for key in keys]
        return [bytes(page.plain() if isinstance(page, KeptPage) else page.body).decode() for page in found]

    return asyncio.run(all_of_them())


def test_what_is_touched_is_made_anew_and_so_is_what_is_about_anything() -> None:
    """A decision leaves the pages of other incidents kept; lists and its own page are made anew."""
    kept, make = Kept(), Maker()
    about = {"/": None, "/a": "a", "/b": "b"}.__getitem__
    assert ask(kept, make, "/", "/a", "/b", about=about) == ["page 1", "page 2", "page 3"]
    kept.forget(frozenset({"a", "x"}))
    assert ask(kept, make, "/", "/a", "/b", about=about) == ["page 4", "page 5", "page 3"]
    kept.forget(None)
    assert ask(kept, make, "/b", about=about) == ["page 6"]


def test_a_page_that_was_begun_before_something_was_new_is_kept_for_nobody() -> None:
    """It may show what was before; one about something else is kept."""
    kept = Kept()

    async def overtaken() -> KeptPage | Response:
        kept.forget(frozenset({"a"}))
        return pack(PlainTextResponse("old"))

    for about, kept_page in (("a", "page 1"), (None, "page 1"), ("b", "old")):
        assert ask(kept, overtaken, f"/{about}", about=lambda _, of=about: of) == ["old"]
        assert ask(kept, Maker(), f"/{about}", about=lambda _, of=about: of) == [kept_page]


def test_lists_are_made_anew_no_more_often_than_every_few_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often something new is told, a page of lists is given as it is until it is some seconds old; then it follows."""

    async def visits() -> None:
        kept, make = Kept(), Maker()

        async def ask_once() -> str:
            kept.forget(frozenset({SHOWN_PAGES}))
            page = await kept.get(("/",), about=SHOWN_PAGES, make=make)
            await asyncio.sleep(0.01)
            assert isinstance(page, KeptPage)
            return page.plain().decode()

        assert [await ask_once() for _ in range(5)] == ["page 1"] * 5
        assert make.made == 1
        monkeypatch.setattr(kept_module, "LISTS_SECONDS", 0.0)
        assert [await ask_once(), await ask_once()] == ["page 1", "page 2"]

    asyncio.run(visits())


def test_lists_are_given_until_they_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for a list of incidents in short waits for none: the old one is given while one making of a new one runs. What was
    closed is gone at once.
    """
    monkeypatch.setattr(kept_module, "LISTS_SECONDS", 0.0)

    async def visits() -> None:
        kept, make = Kept(), Maker()

        async def ask_once() -> str:
            page = await kept.get(("/",), about=SHOWN_PAGES, make=make)
            assert isinstance(page, KeptPage)
            return page.plain().decode()

        assert await ask_once() == "page 1"
        kept.forget(frozenset({SHOWN_PAGES}))
        assert [await ask_once(), await ask_once()] == ["page 1", "page 1"]
        await asyncio.sleep(0.01)
        assert (await ask_once(), make.made) == ("page 2", 2)
        kept.forget(frozenset({"a"}))
        assert await ask_once() == "page 2"
        kept.forget(None)
        assert await ask_once() == "page 3"

    asyncio.run(visits())


def test_kept_pages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ones not asked for longest go first, and what was forgotten takes no room."""
    monkeypatch.setattr(kept_module, "MOST_BYTES", 5 * kept_module.OWN_BYTES)
    kept, make = Kept(), Maker()
    ask(kept, make, *"abcdefgh")
    assert 0 < kept._size <= 5 * kept_module.OWN_BYTES
    assert len(kept._pages) < 8
    assert ask(kept, make, "h") == ["page 8"]
    kept.forget(frozenset())
    assert (kept._size, len(kept._pages)) == (0, 0)
    assert not any(kept._about.values())


class SlowServer:
    """A ledger that must be asked in a thread, and tells how often it was."""

    quick = False

    def __init__(self) -> None:
        self.asked, self.may_answer = 0, threading.Semaphore(0)

    def look(self) -> News | None:
        self.asked += 1
        assert self.may_answer.acquire(timeout=60)
        return News(marks=Marks(), touched=None)


def test_requests_at_one_time_ask_a_server_once() -> None:
    """Those that came while it was being asked wait for the next asking, all for the same one: no page is older than its request."""
    server = SlowServer()

    async def visits() -> None:
        fresh = Fresh(server, Kept(), Made())
        first = asyncio.create_task(fresh.look())
        await asyncio.sleep(0.01)
        later = [asyncio.create_task(fresh.look()) for _ in range(9)]
        await asyncio.sleep(0.01)
        assert server.asked == 1
        server.may_answer.release()
        await first
        assert not any(each.done() for each in later)
        server.may_answer.release()
        await asyncio.gather(*later)
        assert server.asked == 2

    asyncio.run(visits())


def test_a_server_that_fails_is_asked_again_by_the_next() -> None:
    """Whoever waited is told; nobody waits for ever."""

    class Broken(SlowServer):
        def look(self) -> News | None:
            self.asked += 1
            raise ZeroDivisionError

    server = Broken()

    async def visits() -> None:
        fresh = Fresh(server, Kept(), Made())
        for number in (1, 2):
            with pytest.raises(ZeroDivisionError):
                await fresh.look()
            assert server.asked == number

    asyncio.run(visits())


@pytest.mark.either_database
def test_two_reviewers_who_decide_at_once_lose_nothing(served: Served) -> None:
    """Every decision of both stands in one unbroken chain, and the site answers all the while."""
    with served.site.ledger.reading() as connection:
        claims = [waiting.claim_id for waiting in list_claims(connection)]
    begin, times = threading.Barrier(3), 8
    failed: list[Exception] = []

    def review(who: str) -> None:
        begin.wait()
        try:
            for n in range(times):
                said = Said(
                    subject=claims[n % len(claims)],
                    kind=SubjectKind.CLAIM,
                    verdict=Verdict.HOLD,
                    who=who,
                    reason=f"{n}",
                )
                add_decision(served.site.ledger, said, now=served.clock())
        except Exception as e:  # noqa: BLE001  told below, in the thread of the test
            failed.append(e)

    threads = [threading.Thread(target=review, args=(who,)) for who in ("Amal", "Bo")]
    for thread in threads:
        thread.start()
    begin.wait()
    browser = served.browser()
    answers = {browser.get("/").status_code for _ in range(10)}
    for thread in threads:
        thread.join()
    assert (failed, answers) == ([], {200})
    with served.site.ledger.reading() as connection:
        assert sorted(each.who for each in read_log(connection)) == ["Amal"] * times + ["Bo"] * times
        assert isinstance(verify_log(connection), tuple)
