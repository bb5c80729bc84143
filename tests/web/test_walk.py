"""What somebody does who has heard of a report: find its incident on the home page, click a figure, read the sentence. With scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import CHROMIUM, WAIT_MS, listening_at, opened
from sites import INCIDENTS, make_ledger

from harmledger.config import Config
from harmledger.web.app import make_app

pytest.importorskip("playwright.sync_api", reason="playwright isn't installed (group dev)")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")
TITLE, INCIDENT = "Raid on market", INCIDENTS[1]
SENTENCE = "31 civilians were killed in Mosul on January 9, 2016, a trader said."


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = make_ledger(tmp_path_factory.mktemp("walked"))
    with listening_at(make_app(Config(ledger=str(folder), site_rate=0))) as at:
        yield at


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with opened() as browser:
        yield browser


@pytest.fixture
def walk(address: str, chromium: Any) -> Iterator[Any]:
    """A page at the home, as a browser of these settings opens it."""
    contexts: list[Any] = []

    def begin(**settings: Any) -> Any:
        contexts.append(chromium.new_context(**settings))
        page = contexts[-1].new_page()
        page.set_default_timeout(WAIT_MS)
        page.goto(address)
        return page

    yield begin
    for context in contexts:
        context.close()


def read_the_figure(page: Any) -> None:
    """From an incident's page to the sentence of its figure, which is marked and in view."""
    page.wait_for_url("**/incidents/*")
    page.locator(".strip a.mark").first.click()
    page.wait_for_url("**/reports/*#c-*")
    assert page.locator("h1").inner_text() == TITLE
    place = page.locator(":target")
    assert SENTENCE in place.inner_text()
    assert place.locator("mark").count()
    top, height = place.bounding_box()["y"], page.viewport_size["height"]
    assert 0 <= top < height


def test_from_the_list_of_what_is_on_the_map_to_the_sentence(walk: Any) -> None:
    """With scripts, the map lists what lies in view; its incident leads to the figure, and the figure to its sentence."""
    page = walk()
    page.wait_for_selector("#map[data-map=ready]", state="attached")
    page.click("details.in-view summary")
    page.locator("#in-view a", has_text=INCIDENT).click()
    read_the_figure(page)


def test_from_the_drawn_map_to_the_sentence_without_scripts(walk: Any) -> None:
    """A circle of the drawing is a link to its incident; the rest of the way is plain links too."""
    page = walk(java_script_enabled=False)
    page.locator(f"#map svg a:has-text('{INCIDENT}'), #map svg a[aria-label*='{INCIDENT}']").first.click()
    read_the_figure(page)


def test_from_the_list_to_the_sentence_by_keyboard_on_a_phone(walk: Any) -> None:
    """The link past the map, the incident's title and the figure's mark are enough."""
    page = walk(viewport={"width": 390, "height": 844})
    page.locator("#list ~ ul a", has_text=INCIDENT).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/*")
    page.locator(".strip a.mark").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/*#c-*")
    assert SENTENCE in page.locator(":target").inner_text()
