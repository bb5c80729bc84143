"""Search, as readers meet it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fakes import fixed_now, load_fake
from sites import Served
from starlette.testclient import TestClient

from harmledger.domain import Role
from harmledger.pipeline import read_reports
from harmledger.projecting import bring_up
from harmledger.review.enter import enter_victim
from harmledger.store.decisions import add_entered
from harmledger.store.index import MOST_WORDS
from harmledger.store.withheld import withhold
from harmledger.web.front import search

pytestmark = pytest.mark.either_database


def reports(page: str) -> list[str]:
    return re.findall(r'<a href="/reports/\w+" dir="auto">([^<]*)</a>', page)


def test_words_are_found_and_marked(browser: TestClient) -> None:
    """A report that has all the words is shown under its incident, by the sentence that holds most of them."""
    page = browser.get("/search", params={"q": "stalls BURNT"}).text
    assert reports(page) == ["Raid on market"]
    assert "The <mark>stalls</mark> <mark>burnt</mark> all night." in page
    assert re.search(r'<h2><a href="/incidents/\w+" dir="auto">People killed in Mosul, Iraq</a></h2>', page)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("civilians", 2),
        ("civilians -market", 1),
        ('"civilians were killed in mosul"', 1),
        ('"killed civilians"', 0),
        ("“stalls burnt”", 1),
        ('"stalls burnt', 1),
        ("Army OR boat", 0),
        ("title:army", 0),
        ("army*", 1),
        ("arm*", 0),
        ("NEAR(army town)", 0),
        ("' ; DROP TABLE search_words; --", 0),
        ("quay AND", 1),
        ("\\", 0),
        ("الموصل", 0),
        ("Nineveh", 0),
        ("Syrian government forces", 1),
    ],
)
def test_only_words_and_phrases_are_understood(browser: TestClient, asked: str, found: int) -> None:
    """Nothing of a database's query language is obeyed or breaks the page; signs between words count for nothing."""
    page = browser.get("/search", params={"q": asked})
    assert page.status_code == 200
    assert len(reports(page.text)) == found


def test_too_much_is_refused(browser: TestClient) -> None:
    """What nobody would type is told to be too much."""
    assert browser.get("/search", params={"q": "x" * 201}).status_code == 400
    assert browser.get("/search", params={"q": "army", "page": "26"}).status_code == 400
    assert browser.get("/search", params={"q": " ".join("abcdefghijklmnop")}).status_code == 200


def test_pages_lead_on(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found is read page by page, each once."""
    monkeypatch.setattr(search, "ON_A_PAGE", 1)
    first = browser.get("/search", params={"q": "civilians"}).text
    second = browser.get("/search", params={"q": "civilians", "page": "2"}).text
    assert len({*reports(first), *reports(second)}) == 2
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


def test_names_that_were_looked_up_are_found(browser: TestClient) -> None:
    """A report is found by what its words mean, and the page says that it isn't by its words."""
    page = browser.get("/search", params={"q": "government"}).text
    assert reports(page) == ["Army shells town"]
    assert "Found by its title, a place, or who speaks." in page


@pytest.mark.parametrize(
    "asked", ["الموصل", "المَوْصِل", "الأكشاك", "الاكشاك", "قتل مدنيون", '"مدنيون في الموصل"', "الموصـــل"]
)
def test_arabic_is_found_however_it_is_spelled(served: Served, tmp_path: Path, asked: str) -> None:
    """Vowel marks, hamzas and drawn-out letters, in the report or in what is asked, part no word from itself."""
    report = {"id": "ar", "title": "غارة على سوق", "text": "قُتِل مدنيون في المَوصِل.\nاحترقت الأكشاك طوال الليل.\n"}
    path = tmp_path / "arabic.jsonl"
    path.write_text(json.dumps(report), encoding="utf-8")
    ledger = served.site.ledger
    assert len(list(read_reports([str(path)], load=load_fake, now=fixed_now, keeper=ledger))) == 1
    bring_up(ledger, now=fixed_now)
    browser = served.browser()
    assert reports(browser.get("/search", params={"q": asked}).text) == ["غارة على سوق"]
    assert reports(browser.get("/search", params={"q": "الموصلي"}).text) == []


def test_closed_documents_are_found_by_who_may_see_them(served: Served) -> None:
    """The public finds nothing, a lead finds it, in no incident that is public."""
    served.add("Amal")
    served.close(served.documents()[1], "Amal")
    assert reports(served.browser().get("/search", params={"q": "stalls"}).text) == []
    page = served.signed_in("Cy", Role.LEAD).get("/search", params={"q": "stalls"}).text
    assert reports(page) == ["Raid on market"]
    assert "In no incident" in page


def test_withheld_names_are_neither_found_nor_shown(served: Served) -> None:
    """A victim's name that nobody released can't be searched for, and is blotted out of what is shown."""
    document = served.documents()[1]
    victim = enter_victim(
        document, None, quote="stalls", salt="0" * 32, names=["burnt ALL"], said={"status": "civilian"}, claims=[]
    )
    add_entered(served.site.ledger, victim, who="Bo", reason="", now=served.clock())
    browser = served.browser()
    assert reports(browser.get("/search", params={"q": "burnt"}).text) == []
    page = browser.get("/search", params={"q": "stalls"}).text
    assert "The <mark>stalls</mark> █████████ night." in page


def test_rulings_of_leads_hold_for_lists_map_and_search_at_once(served: Served) -> None:
    """A name that was shown a moment ago is on no page of the public from then on: list, map, points, search."""
    browser = served.browser()
    pages = {"Mosul": ("/", "/map.geojson", "/search?q=stalls"), "market": ("/search?q=stalls",)}
    for name, places in pages.items():
        assert all(name in browser.get(page).text for page in places)
        with served.site.ledger.writing() as writer:
            withhold(writer, name, who="Dee", reason="a person is called so", now=served.clock())
        assert all(name not in browser.get(page).text for page in places)
        assert reports(browser.get(f"/search?q={name}").text) == []
    assert len(reports(browser.get("/search?q=stalls").text)) == 1


def test_as_much_is_looked_through_as_is_searched() -> None:
    """A word that is found can be marked."""
    from harmledger.publish import sentences

    assert sentences.MOST_WORDS == MOST_WORDS
