"""Home and search in a browser: Debian's Chromium under the site's own policy, with scripts and without."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from browsing import CHROMIUM, SOFTWARE_WEBGL, WAIT_MS
from sites import INCIDENTS, REPORTS, make_ledger

from harmledger.config import Config
from harmledger.web.app import make_app
from harmledger.web.front import points

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed (group dev)")
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(),
    reason=f"no Chromium at {CHROMIUM} (Debian's package `chromium`; or name one in HARMLEDGER_CHROMIUM)",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site on the small ledger listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make_app(Config(ledger=str(make_ledger(tmp_path_factory.mktemp("browsed"))), site_rate=0))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(SOFTWARE_WEBGL))
        yield browser
        browser.close()


@contextmanager
def reading(chromium: Any, *, scripts: bool = True, size: dict[str, int] = WIDE) -> Generator[tuple[Any, list[str]]]:
    """A page, and what it complained of or asked of others."""
    context = chromium.new_context(viewport=size, java_script_enabled=scripts)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if "://127.0.0.1:" in asked.url else complaints.append(asked.url))
    page.set_default_timeout(WAIT_MS)
    yield page, complaints
    context.close()


def test_the_map_shows_what_the_filters_leave(address: str, chromium: Any) -> None:
    """With a script the map comes in the drawing's place, with as many incidents as the address asks for; nothing is asked of others."""
    with reading(chromium) as (page, complaints):
        for query, found in (("", len(REPORTS)), ("?country=IQ", 1)):
            page.goto(f"{address}/{query}")
            page.wait_for_selector("#map[data-map=ready]", state="attached")
            page.wait_for_selector(
                f"#in-view [role=status]:text-is('{found} incident{'s' * (found > 1)} in view')", state="attached"
            )
        assert [words for words in complaints if not words.startswith("data:")] == []


def test_coming_nearer_parts_cells(address: str, chromium: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more incidents than are sent one by one the map shows all of them in cells, and whoever comes nearer sees the single ones there."""
    monkeypatch.setattr(points, "MOST_SINGLE", 1)
    monkeypatch.setattr(points, "MOST_CELLS", 1)
    with reading(chromium) as (page, complaints):
        page.goto(f"{address}/?from=2000-01-01")
        status = "#in-view [role=status]:text-is('{}')"
        page.wait_for_selector(status.format(f"{len(REPORTS)} incidents in view"), state="attached")
        assert page.locator("#in-view a").all_text_contents()[0].endswith(f"near it: {len(REPORTS)} incidents")
        page.goto(f"{address}/?from=2000-01-01&box=38,35,44,37")
        page.wait_for_selector(status.format("2 incidents in view"), state="attached")
        page.locator(".maplibregl-canvas").focus()
        with page.expect_request("**/map.geojson?*view=*"):
            for _ in range(3):
                page.keyboard.press("ArrowLeft")
                page.wait_for_timeout(400)
        assert [words for words in complaints if not words.startswith("data:")] == []


def test_filters_and_timeline_work_without_scripts(address: str, chromium: Any) -> None:
    """Somebody without scripts finds an incident by the form, takes the choice back, and follows a bar."""
    with reading(chromium, scripts=False) as (page, complaints):
        page.goto(address)
        page.click("summary:has-text('Choose by')")
        page.select_option("select[name=country]", "YE")
        page.click("button:has-text('Show these')")
        assert page.locator(".incident h3").all_inner_texts() == [INCIDENTS[2]]
        page.click(".chosen a")
        assert page.locator(".incident").count() == len(REPORTS)
        page.locator(".timeline .bar").first.click()
        assert page.locator(".incident h3").all_inner_texts() == [INCIDENTS[1]]
        assert complaints == []


def test_a_keyboard_searches(address: str, chromium: Any) -> None:
    """Typing and Enter are enough to come to the sentence."""
    with reading(chromium, size=PHONE) as (page, complaints):
        page.goto(f"{address}/search")
        page.focus("#q")
        page.keyboard.type("stalls")
        page.keyboard.press("Enter")
        page.wait_for_selector("mark")
        assert page.locator("mark").all_inner_texts() == ["stalls"]
        assert complaints == []


@pytest.mark.parametrize("path", ["/", "/?country=IQ&harm=killed", "/search?q=civilians"])
def test_pages_fit_a_phone(address: str, chromium: Any, path: str) -> None:
    """Nothing stands out to the side."""
    with reading(chromium, size=PHONE) as (page, _):
        page.goto(f"{address}{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
