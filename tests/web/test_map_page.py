"""The map in a browser: Debian's Chromium, drawing without a graphics card, under the site's strict policy."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from browsing import CHROMIUM, WAIT_MS
from static_server import serve

from harmledger.domain import Mark
from harmledger.publish.map import draw_map
from harmledger.resources.outline import load_outline

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed (group dev)")
SOFTWARE_WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
READY = "#map[data-map=ready]"
CENTRES = ((36.2, 37.1), (33.5, 36.3), (15.4, 44.2), (31.4, 34.4), (48.0, 37.8), (15.6, 32.5), (36.3, 43.1))

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(),
    reason=f"no Chromium at {CHROMIUM} (Debian's package `chromium`; or name one in HARMLEDGER_CHROMIUM)",
)


def feature(number: int, lat: float = 36.2, lon: float = 37.1, **properties: object) -> dict[str, Any]:
    told = {
        "id": f"i{number}",
        "title": f"Strike {number}",
        "href": f"/incidents/i{number}",
        "radius_m": 5000,
        **properties,
    }
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": told}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def scattered(count: int) -> dict[str, Any]:
    chance = random.Random(3)
    around = (chance.choice(CENTRES) for _ in range(count))
    return collection(
        *(feature(n, chance.gauss(lat, 0.9), chance.gauss(lon, 1.2)) for n, (lat, lon) in enumerate(around))
    )


def page_with_map() -> str:
    mark = Mark(incident_id="i1", title="Strike 1", href="/incidents/i1", lat=36.2, lon=37.1, radius_m=5000)
    return (
        '<!doctype html><html lang="en"><head><title>Map</title><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/static/vendor/maplibre-gl.css"><link rel="stylesheet" href="/static/map.css">'
        '<script type="module" src="/static/map.js"></script></head><body>'
        f'<div id="map" data-source="/incidents.geojson" data-list="in-view">{draw_map([mark], load_outline(), title="Incidents").svg}</div>'
        '<div id="in-view"></div></body></html>'
    )


class Visit:
    """A page being read: what it asked for, and what it complained of."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, query: str = "") -> Visit:
        self.page.goto(f"{self.address}/{query}")
        self.page.wait_for_selector(READY, state="attached", timeout=WAIT_MS)
        return self

    def in_view(self, words: str) -> None:
        self.page.get_by_role("status").filter(has_text=words).wait_for(timeout=WAIT_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SOFTWARE_WEBGL)
        yield browser
        browser.close()


@contextmanager
def visit(browser: Any, incidents: dict[str, Any], **context: Any) -> Iterator[Visit]:
    with serve(
        {"/": page_with_map(), "/incidents.geojson": incidents, "/incidents/i1": "<title>Strike 1</title>"}
    ) as address:
        opened = browser.new_context(viewport={"width": 1000, "height": 640}, reduced_motion="reduce", **context)
        yield Visit(opened.new_page(), address)
        opened.close()


def test_thousands_of_incidents_are_usable(browser: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """6,677 incidents are drawn as groups and counted in the list; no request leaves for another host, the policy is not offended."""
    with visit(browser, scattered(6677)) as visited:
        began = time.perf_counter()
        visited.open()
        took = time.perf_counter() - began
        visited.in_view("6,677 incidents in view")
        with capsys.disabled():
            print(f"\n6,677 incidents usable after {took:.1f} s ", end="")
        assert [url for url in visited.asked if not url.startswith((visited.address, "data:"))] == []
        assert visited.complaints == []


def test_a_click_opens_the_incident(browser: Any) -> None:
    """A click on an incident shows its title with a link to its page."""
    with visit(browser, collection(feature(1))) as visited:
        visited.open().page.locator("canvas.maplibregl-canvas").click()
        link = visited.page.locator(".maplibregl-popup a")
        link.click()
        visited.page.wait_for_url("**/incidents/i1")


def test_incidents_at_one_point_are_listed_together(browser: Any) -> None:
    """A group that no nearer view parts opens as a list of all that it holds."""
    with visit(browser, collection(*(feature(number) for number in range(3)))) as visited:
        visited.open().page.locator("canvas.maplibregl-canvas").click()
        visited.page.locator(".maplibregl-popup li").nth(2).wait_for()
        assert sorted(visited.page.locator(".maplibregl-popup li").all_inner_texts()) == [
            "Strike 0",
            "Strike 1",
            "Strike 2",
        ]


def test_hostile_incidents_stay_words(browser: Any) -> None:
    """A title is never markup, and a link that runs something or leads elsewhere is none."""
    hostile = collection(
        feature(1, title="<img src=x onerror=alert(1)>", href="javascript:alert(1)"),
        feature(2, lat=40, href="https://elsewhere.example/"),
        feature(3, lat=42, href="//elsewhere.example/"),
    )
    with visit(browser, hostile) as visited:
        visited.open().in_view("3 incidents in view")
        assert "<img src=x onerror=alert(1)>" in visited.page.locator("#in-view li").all_inner_texts()
        assert visited.page.locator("#in-view a, #in-view img").count() == 0


def test_the_keyboard_is_enough(browser: Any) -> None:
    """The map is reached by tab and moved by keys, and what is then in view is a list of links."""
    with visit(browser, collection(feature(1, lat=33), feature(2, lat=36), feature(3, lat=39))) as visited:
        visited.open().in_view("3 incidents in view")
        visited.page.keyboard.press("Tab")
        assert visited.page.evaluate("document.activeElement.className").startswith("maplibregl-canvas")
        for _ in range(3):
            visited.page.keyboard.press("+")
            visited.page.wait_for_timeout(500)
        visited.in_view("1 incident in view")
        link = visited.page.locator("#in-view a")
        link.focus()
        assert link.inner_text() == "Strike 2"


def test_the_map_follows_the_filters_in_the_url(browser: Any) -> None:
    """The page's query goes with the request for incidents, at first and whenever it has changed."""
    with visit(browser, collection(feature(1))) as visited:
        visited.open("?country=SY&means=air")
        assert f"{visited.address}/incidents.geojson?country=SY&means=air" in visited.asked
        with visited.page.expect_request("**/incidents.geojson?country=YE"):
            visited.page.evaluate(
                "history.pushState(null, '', '?country=YE'); document.dispatchEvent(new Event('htmx:after:history:update'))"
            )


def test_both_themes(browser: Any) -> None:
    """The reader's preferred scheme chooses the style, a change of it is followed, and the page's own choice goes before it."""
    with visit(browser, collection(feature(1)), color_scheme="dark") as visited:
        visited.open()
        assert f"{visited.address}/static/style-dark.json" in visited.asked
        with visited.page.expect_request("**/static/style-light.json"):
            visited.page.emulate_media(color_scheme="light")
        with visited.page.expect_request("**/static/style-dark.json"):
            visited.page.evaluate("document.documentElement.dataset.theme = 'dark'")


def test_without_javascript_the_drawing_is_the_map(browser: Any) -> None:
    """The server's drawing is seen, and its circles lead to their incidents."""
    with visit(browser, collection(feature(1)), java_script_enabled=False) as visited:
        visited.page.goto(visited.address)
        assert visited.page.locator(".drawn-map").is_visible()
        visited.page.locator(".drawn-map a circle").click()
        visited.page.wait_for_url("**/incidents/i1")


def test_without_webgl_the_drawing_stays(browser: Any) -> None:
    """Where the browser can't draw the map, the server's drawing is what readers see."""
    with visit(browser, collection(feature(1))) as visited:
        visited.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
        with visited.page.expect_console_message(lambda message: message.text.startswith("map:")):
            visited.page.goto(visited.address)
        assert visited.page.locator(".drawn-map").is_visible()
        assert visited.page.locator(".map-canvas").count() == 0
