"""What people do with an incident in a browser: click a figure, land on its sentence; with a keyboard, without JavaScript, on a phone."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from record_scene import Scene

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed (group dev)")
CHROMIUM = Path(os.environ.get("HARMLEDGER_CHROMIUM", "/usr/bin/chromium"))
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")


@pytest.fixture
def address(scene: Scene) -> Iterator[str]:
    """The site on a port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(scene.served.app, port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM))
        yield opened
        opened.close()


def test_a_figure_leads_to_its_sentence_without_scripts(browser: Any, address: str, scene: Scene) -> None:
    """A click on a mark of the picture opens the report at the sentence, which is highlighted and in view."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/incidents/{scene.incident}")
    page.locator(".strip a.mark").filter(has_text="9").first.click()
    page.wait_for_url(f"**/reports/{scene.documents['second']}#c-*")
    assert page.locator(".at:target mark").first.is_visible()
    assert "9 civilians" in page.locator(".at:target mark").first.inner_text()


def test_the_keyboard_reaches_every_mark(browser: Any, address: str, scene: Scene) -> None:
    """Marks are links in the order of reading, with a name that says the figure; Enter follows them."""
    page = browser.new_page()
    page.goto(f"{address}/incidents/{scene.incident}")
    mark = page.locator(".strip a.mark").first
    mark.focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").endswith("its sentence")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**#c-*")


@pytest.mark.parametrize(
    "path", ["/incidents/{0.incident}", "/incidents/{0.incident}/dossier", "/reports/{0.documents[first]}"]
)
def test_pages_fit_a_phone_and_offend_no_policy(browser: Any, address: str, scene: Scene, path: str) -> None:
    """Nothing is wider than the screen, the strict policy has nothing to refuse, and no request leaves for another host."""
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path.format(scene))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert complaints == []
    assert all(url.startswith(address) for url in asked)


def test_a_graphic_text_opens_at_a_click(browser: Any, address: str, scene: Scene) -> None:
    """It is folded behind its warning, and opened by whoever wants to read it."""
    page = browser.new_page()
    page.goto(f"{address}/reports/{scene.documents['first']}")
    text = page.locator(".text")
    assert not text.is_visible()
    page.locator("details.graphic summary").click()
    assert text.is_visible()
