"""What an incident is called, and how many speak of it: the same on its page and wherever it is listed."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from record_scene import EVENT, read_of_one_event, words_of
from sites import Served

from harmledger.store.front import get_shown

pytestmark = pytest.mark.either_database


def test_card_and_page_tell_the_same(served: Served, tmp_path: Path) -> None:
    """Title, sources and copies, though two copies' original tells of another event: they are one source and one copy of it."""
    texts = {**EVENT, "again": f"{EVENT['copy']} \n"}
    incident = read_of_one_event(served, tmp_path, texts, apart="first")
    browser = served.browser()
    page = words_of(browser.get(f"/incidents/{incident}").text)
    home = browser.get("/?country=SY&from=2017-05-15&to=2017-05-15").text
    title, card = re.findall(
        rf'<h3><a href="/incidents/{incident}" dir="auto">(.*?)</a></h3>(.*?)</li>', home, re.DOTALL
    )[0]
    assert "3 sources, 1 copy · 4 claims" in page
    assert "4 claims in 4 reports, 1 of them a copy" in words_of(card)
    with served.site.ledger.reading() as connection:
        shown = get_shown(connection, [incident])[incident]
    assert (shown.sources, shown.copies, shown.reports) == (3, 1, 4)
    assert title == shown.title
    assert unescape(title) in unescape(page)


def test_a_headline_that_takes_a_side_is_no_incidents_title(served: Served, tmp_path: Path) -> None:
    """Wherever an incident is called by a name, it isn't by the words of one report's headline."""
    told = "civilians were killed by Syrian forces in Idlib on May 15, 2017,"
    texts = {
        "first": f"Butchers of the regime slaughter innocents\n\n7 {told} the Syrian Observatory for Human Rights said.\n",
        "second": f"Butchers strike again\n\n9 {told} the White Helmets said. Homes burnt in the north.\n",
    }
    incident = read_of_one_event(served, tmp_path, texts)
    browser = served.browser()
    ((place,),) = served.ask("SELECT DISTINCT place_id FROM claims JOIN incident_claims USING (claim_id) WHERE incident_id = :it", it=incident)  # fmt: skip
    link = re.compile(rf'<a [^>]*href="[^"]*/incidents/{incident}"[^>]*>(.*?)</a>', re.DOTALL)
    for path in ("/", "/search?q=slaughter", f"/places/{place}", "/actors/syrian-government-forces", "/claimants/sohr"):
        called = link.findall(browser.get(path).text)
        assert called, path
        assert not [words for words in called if "utchers" in words], path
    points = [each["properties"] for each in browser.get("/map.geojson").json()["features"]]
    assert [each["title"] for each in points if each["href"] == f"/incidents/{incident}"] == [
        "People killed in Idlib, Syria"
    ]
    feed = browser.get("/feed.atom").text
    assert "<title>People killed in Idlib, Syria</title>" in feed
    assert "utchers" not in feed
    assert re.findall("<h1[^>]*>(.*?)</h1>", browser.get(f"/incidents/{incident}").text) == [
        "People killed in Idlib, Syria"
    ]
