"""The home page: what is on it, what the address chooses, and what it tells nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from fakes import fixed_now
from sites import INCIDENTS, REPORTS, Served, sign_in
from sqlalchemy import delete
from starlette.testclient import TestClient

from harmledger.domain import Role, ShownIncident, Verdict, Whereabouts
from harmledger.review.decide import Said, SubjectKind
from harmledger.store import list_reports, open_ledger
from harmledger.store.decisions import add_decision
from harmledger.store.schema_shown import SHOWN, SHOWN_DOCUMENTS, SHOWN_FACETS, SHOWN_STATE, SHOWN_TERMS, SHOWN_TOUCHED
from harmledger.store.shown import keep_shown
from harmledger.web.front import current, home

pytestmark = pytest.mark.either_database

SHELLS, RAID, BOAT = INCIDENTS
CARD = re.compile(r'<h3><a href="/incidents/(\w+)" dir="auto">([^<]*)</a></h3>')


def titles(page: str) -> list[str]:
    return [unescape(title) for _, title in CARD.findall(page)]


def ids(page: str) -> dict[str, str]:
    return {title: incident for incident, title in CARD.findall(page)}


def show(served: Served, incidents: dict[str, dict[str, object]]) -> None:
    """Change what is shown of incidents, by their titles: as if their reports had said so."""
    known = ids(served.browser().get("/").text)
    with served.site.ledger.writing() as connection:
        for title, values in incidents.items():
            incident = known[title]
            told = {"where": None, "earliest": None, "latest": None, "terms": (), **values}
            nothing = dict.fromkeys(("killed", "injured", "grade", "first_published", "last_published"))
            counts = dict.fromkeys(("claims", "reports", "sources"), 1)
            shown = ShownIncident(incident_id=incident, title=title, copies=0, **counts, **nothing, **told)
            keep_shown(connection, [incident], [shown])
        connection.exec_driver_sql("UPDATE shown_state SET version = version + 1")
    forget(served)


def forget(served: Served) -> None:
    """As if nobody had looked yet: lists are else given as they were for the moment that it takes to make them anew."""
    served.site.kept.forget(None)
    served.site.made.forget()


def decide(served: Served, number: int, verdict: Verdict) -> None:
    with served.site.ledger.reading() as connection:
        claim = list(list_reports(connection))[number].record["claims"][0]["claim_id"]
    said = Said(subject=claim, kind=SubjectKind.CLAIM, verdict=verdict, who="Amal", reason="as it has it")
    add_decision(served.site.ledger, said, now=fixed_now())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [BOAT, SHELLS, RAID]),
        ("?from=2017-01-01", [BOAT, SHELLS]),
        ("?to=2017-05-05", [SHELLS, RAID]),
        ("?from=2017-05-05&to=2017-05-05", [SHELLS]),
        ("?country=IQ", [RAID]),
        ("?harm=injured", [BOAT]),
        ("?actor=syrian-government-forces", [SHELLS]),
        ("?claimant=trader&harm=killed", [RAID]),
        ("?claimant=trader&harm=injured", []),
        ("?box=38,35,40,37", [SHELLS]),
        ("?lacks=place", []),
        ("?from=&to=&country=&unknown=1", [BOAT, SHELLS, RAID]),
    ],
)
def test_the_address_chooses(browser: TestClient, query: str, found: list[str]) -> None:
    """Each filter leaves what it names, all of them together what all leave; the map's points are chosen likewise."""
    page = browser.get(f"/{query}")
    assert titles(page.text) == found
    assert f"<strong>{len(found)}</strong> incident" in page.text
    features = browser.get(f"/map.geojson{query}").json()["features"]
    assert sorted(each["properties"]["title"] for each in features) == sorted(found)


@pytest.mark.parametrize(
    "query",
    [
        "from=2017-02-30", "to=yesterday", "from=٢٠١٧-٠١-٠١", "box=1,2,3", "box=9,9,1,1", "box=nan,0,1,1", "lacks=claims",
        f"country={'x' * 999}", "after=2017", "before=' OR 1=1", "actor=%00",
    ],
)  # fmt: skip
def test_what_is_no_filter_is_refused(browser: TestClient, query: str) -> None:
    """What is in an address is read strictly."""
    assert browser.get(f"/?{query}").status_code == 400


def test_what_is_chosen_is_told_and_taken_back(browser: TestClient) -> None:
    """Each choice stands above the list in words, with a link that leaves the others; the form has them too."""
    page = unescape(browser.get("/?country=IQ&harm=killed").text)
    assert '<a href="/?harm=killed"><bdi>Country: Iraq</bdi>' in page
    assert '<a href="/?country=IQ"><bdi>Kind of harm: killed</bdi>' in page
    assert re.search(r'<option value="IQ" dir="auto" selected>Iraq \(1\)</option>', page)


def test_what_has_no_place_or_day_is_shown(served: Served) -> None:
    """It is in the list, last where it has no day, and counted with a link to its own list."""
    show(served, {BOAT: {}, RAID: {"earliest": date(2016, 1, 9), "latest": date(2016, 1, 9)}})
    browser = served.browser()
    page = browser.get("/").text
    assert titles(page) == [SHELLS, RAID, BOAT]
    assert "2 without a known place" in page
    assert "1 without a known day" in page
    assert titles(browser.get("/?lacks=place").text) == [RAID, BOAT]
    assert titles(browser.get("/?lacks=day").text) == [BOAT]
    assert len(browser.get("/map.geojson").json()["features"]) == 1


def test_the_list_goes_on_in_both_directions(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page by page nothing is in it twice or not at all, and the way back leads to the same."""
    monkeypatch.setattr(home, "ON_A_PAGE", 1)
    seen: list[str] = []
    path, ways = "/?harm=killed", []
    while path:
        page = browser.get(path).text
        seen += titles(page)
        ways.append(unescape(found[1]) if (found := re.search(r'rel="prev" href="([^"]+)"', page)) else "")
        path = unescape(found[1]) if (found := re.search(r'rel="next" href="([^"]+)"', page)) else ""
    assert seen == [SHELLS, RAID]
    assert ways[0] == ""
    assert titles(browser.get(ways[1]).text) == [SHELLS]


def test_the_drawings_lead_on_without_scripts(browser: TestClient) -> None:
    """The map's circles and the timeline's bars are links, and a bar leads to what began then."""
    page = unescape(browser.get("/").text)
    incidents = set(ids(page).values())
    assert set(re.findall(r'<a class="mark" href="/incidents/(\w+)">', page)) == incidents
    bars = re.findall(r'<a class="bar" href="([^"]+)">', page)
    assert [titles(browser.get(bar).text) for bar in bars] == [[RAID], [SHELLS], [BOAT]]


def test_incidents_at_one_point_are_one_circle_that_leads_to_them(served: Served) -> None:
    """Several at one place share a circle with their number; it leads to the list of just these."""
    place = Whereabouts(
        place_id="1", name="Hama", country="SY", admin1=None, lat=35.1, lon=36.7, radius_m=8000, precision="city"
    )
    show(served, {BOAT: {"where": place}, RAID: {"where": place}})
    page = unescape(served.browser().get("/").text)
    assert (way := re.search(r'<a class="mark several" href="(/\?box=[^"]+)"><title>2 incidents: \u2068Hama', page))
    assert set(titles(served.browser().get(way[1]).text)) == {BOAT, RAID}


def test_an_empty_ledger_has_a_home(tmp_path: Path, serve: Callable[..., Served]) -> None:
    """Where nothing is recorded yet the page says what will be here, and how."""
    open_ledger(tmp_path / "empty", now=fixed_now).close()
    served = Served(tmp_path / "empty", tmp_path / "site")
    page = served.browser().get("/").text
    served.site.close()
    assert "Nothing is recorded yet" in page
    assert '<details class="reading" open>' in page


def test_reports_that_arent_linked_yet_are_named(served: Served) -> None:
    """A ledger with reports and no incidents shows what was read, less what is closed."""
    served.add("Amal")
    served.close(served.documents()[1], "Amal")
    with served.site.ledger.writing() as connection:
        for table in (SHOWN_TERMS, SHOWN_FACETS, SHOWN_DOCUMENTS, SHOWN, SHOWN_TOUCHED):
            connection.execute(delete(table))
    page = served.browser().get("/").text
    assert "The first reports are here" in page
    assert re.findall(r'<a href="/reports/\w+" dir="auto">([^<]*)</a>', page) == ["Boat hit", "Army shells town"]


def test_a_ledger_that_was_never_looked_at_is_brought_up(served: Served) -> None:
    """A page brings up what is shown before it shows it, after decisions too, and says nothing of being behind."""
    with served.site.ledger.writing() as connection:
        for table in (SHOWN_TERMS, SHOWN_FACETS, SHOWN_DOCUMENTS, SHOWN, SHOWN_STATE):
            connection.execute(delete(table))
    browser = served.browser()
    assert len(titles(browser.get("/").text)) == len(REPORTS)
    decide(served, 1, Verdict.REJECT)
    forget(served)
    page = browser.get("/").text
    assert titles(page) == [BOAT, SHELLS]
    assert "as of" not in page


def test_what_is_behind_is_told(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a page can't wait for all that changed, it says as of when its figures are, and how many are behind."""
    monkeypatch.setattr(current, "MOST_AT_ONCE", 0)
    decide(served, 1, Verdict.REJECT)
    page = served.browser().get("/").text
    assert "What is shown is as of 2024-03-01 12:00 UTC" in page
    assert "1 incident has changed since" in page


# --- documents that only some may see --------------------------------------------------------------------------------


def test_counts_choices_and_drawings_tell_nothing_of_closed_documents(served: Served) -> None:
    """Neither total, filters, timeline, map nor points tell that there is a closed report, at once and for members alike; members find it apart."""
    served.add("Amal")
    member = served.browser()
    sign_in(member, "Amal")
    incident = ids(served.browser().get("/").text)[RAID]
    served.close(served.documents()[1], "Amal")
    public = served.browser()
    for browser in (public, member):
        page = browser.get("/").text.partition('<section class="beyond">')[0]
        for trace in (
            RAID,
            "Raid on market",
            "Mosul",
            "Iraq",
            incident,
            "January 2016",
            "trader",
            "<strong>3</strong>",
        ):
            assert trace not in page
        for path in ("/map.geojson", "/map.geojson?country=IQ", "/?country=IQ"):
            assert incident not in browser.get(path).text.partition('<section class="beyond">')[0]
    assert "beyond" not in public.get("/").text
    assert "Raid on market" in member.get("/").text.partition('<section class="beyond">')[2]


def test_others_than_members_see_nothing_beyond(served: Served) -> None:
    """Of a document kept to another group a reviewer sees no more than the public; a lead sees it."""
    served.add("Amal")
    served.close(served.documents()[1], "Amal")
    assert "beyond" not in served.signed_in("Bo", Role.REVIEWER).get("/").text
    assert "Raid on market" in served.signed_in("Cy", Role.LEAD).get("/").text
