"""Data for search engines: what it says, and that a browser under the site's policy neither runs nor minds it."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest
import uvicorn
from sites import Served

from harmledger.config import Config
from harmledger.web.markup import dataset_node, incident_node, report_node

CHROMIUM = Path(os.environ.get("HARMLEDGER_CHROMIUM", "/usr/bin/chromium"))
PLACE = {"exact": "Raqqa", "name": None, "country": "SY", "lat": 35.95, "lon": 39.0}


def test_an_incident_says_when_and_where_and_no_figure() -> None:
    """Figures belong beside who gives them; what isn't known is left out."""
    days = {"earliest": "2017-05-05", "latest": None}
    node = incident_node("https://x.example/i", title="A", days=days, place=PLACE, reports=["https://x.example/r"])
    assert node == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "A",
        "url": "https://x.example/i",
        "startDate": "2017-05-05",
        "location": {
            "@type": "Place",
            "name": "Raqqa",
            "address": {"@type": "PostalAddress", "addressCountry": "SY"},
            "geo": {"@type": "GeoCoordinates", "latitude": 35.95, "longitude": 39.0},
        },
        "subjectOf": [{"@type": "Report", "url": "https://x.example/r"}],
    }
    assert "ClaimReview" not in str(node)


def test_what_is_not_known_is_left_out() -> None:
    """A report without title, day or outlet, and a site without publisher or licence."""
    blank = dict.fromkeys(("title", "published", "language", "author", "publisher"))
    assert report_node("a", blank) == {"@context": "https://schema.org", "@type": "Report", "url": "a"}
    assert {"license", "publisher", "url"}.isdisjoint(dataset_node(Config()))


@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")
def test_the_policy_lets_data_be(made_world: Path, tmp_path: Path) -> None:
    """In a browser the page has its data, nothing of it is run, and the console stays silent."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed (group dev)")
    served = Served(made_world, tmp_path / "site")
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(served.app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        with sync_api.sync_playwright() as play:
            browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
            page = browser.new_page()
            told: list[str] = []
            page.on("console", lambda message: told.append(message.text))
            page.goto(f"http://127.0.0.1:{listener.getsockname()[1]}/data")
            data = page.locator('script[type="application/ld+json"]').text_content()
            browser.close()
    finally:
        server.should_exit = True
        thread.join()
    assert '"Dataset"' in (data or "")
    assert told == []
