"""Beside a report stands who publishes where it was captured, on its page and for programs, in neutral words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import fixed_now, load_fake
from record_scene import words_of
from sites import Served

from harmledger.collect import open_reports
from harmledger.domain import Capture
from harmledger.ids import capture_id
from harmledger.pipeline import read_captures

pytestmark = pytest.mark.either_database

KNOWN, UNKNOWN = "https://www.pravda.com.ua/news/1", "https://gazette.example/1"


def read_from(served: Served, folder: Path, url: str) -> str:
    """A report that came from an address; gives its document's id."""
    path = folder / "report.txt"
    path.write_text(
        f"Army shells town\n\n3 civilians were killed in Raqqa on May 5, 2017, a medic said.\n\n{url}\n",
        encoding="utf-8",
    )
    (capture,) = open_reports([str(path)], now=fixed_now)
    assert isinstance(capture, Capture)
    capture = replace(capture, source=url, capture_id=capture_id(capture.document_id, url, capture.fetched))
    (outcome,) = read_captures([capture], load=load_fake)
    served.site.ledger.keep(outcome.capture, outcome.result)
    return capture.document_id


def test_a_known_outlet_is_named_and_an_unknown_one_isnt(served: Served, tmp_path: Path) -> None:
    """What it is, where, and whose; of an address that nobody knows nothing is said."""
    browser = served.browser()
    known, unknown = (read_from(served, tmp_path, url) for url in (KNOWN, UNKNOWN))
    page = words_of(browser.get(f"/reports/{known}").text)
    assert "Published at an address of Ukrainska Pravda (online, Ukraine, privately owned)." in page
    assert "Published at an address of" not in browser.get(f"/reports/{unknown}").text
    told = browser.get(f"/api/v1/documents/{known}").json()["outlet"]
    assert (told["id"], told["kind"], told["country"], told["ownership"]) == (
        "ukrainska-pravda",
        "online",
        "UA",
        "private",
    )
    assert browser.get(f"/api/v1/documents/{unknown}").json()["outlet"] is None
