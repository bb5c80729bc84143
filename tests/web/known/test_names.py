"""Pages of claimants, actors and places."""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from fakes import fixed_now, load_fake
from sites import Served
from starlette.testclient import TestClient
from worlds import HOSTILE

from harmledger.pipeline import read_reports
from harmledger.store.schema import CLAIMS

pytestmark = pytest.mark.either_database


def test_claimants_are_listed_with_how_much_they_say(reader: TestClient) -> None:
    """Everybody whom the registry knows and claims name, the most often named first, each with a page."""
    page = reader.get("/claimants").text
    found = re.findall(r'href="/claimants/([\w-]+)"', page)
    assert found == ["sohr", "airwars", "white-helmets"]
    assert all(reader.get(f"/claimants/{each}").status_code == 200 for each in found)


def test_a_ministry_is_called_by_its_name(world: Served, reader: TestClient, tmp_path: Path) -> None:
    """A state's ministry, which no list of names has, is shown as people call it, with a page; its claims lead there."""
    report = tmp_path / "ministry.txt"
    text = "Toll\n\n8 civilians were killed in Basra on May 9, 2016, the Iraqi Health Ministry said.\n"
    report.write_text(text, encoding="utf-8")
    for _ in read_reports([str(report)], load=partial(load_fake, "1"), now=fixed_now, keeper=world.site.ledger):
        pass
    assert "<bdi>Iraqi Health Ministry</bdi>" in reader.get("/claimants").text
    assert "<h1><bdi>Iraqi Health Ministry</bdi></h1>" in reader.get("/claimants/iraq-health-ministry").text
    with world.site.ledger.reading() as connection:
        claim = connection.exec_driver_sql("SELECT claim_id FROM claims WHERE claimant_id = 'iraq-health-ministry'")
        place = reader.get(f"/claims/{claim.scalar_one()}").headers["location"]
    assert 'href="/claimants/iraq-health-ministry"' in reader.get(place).text


def test_a_claimants_figures_lie_beside_others(reader: TestClient) -> None:
    """Of three figures of one incident the claimant's is lower than one and overlaps the other, as a person corrected it; each leads to its sentence."""
    page = reader.get("/claimants/sohr").text
    tally = re.findall(r"<strong>(\d)</strong> times? (\w+)", page)
    assert tally == [("1", "lower"), ("1", "the"), ("0", "higher")]
    assert re.search(r"<bdi>Syria Civil Defence</bdi> 12</a>", page)
    assert re.search(r"<bdi>Airwars</bdi> 7–9</a>", page)
    assert "nothing here says who is right" in page


def test_nobody_is_rated(reader: TestClient) -> None:
    """No page of a name has a word that ranks its claims by truth."""
    for path in ("/claimants", "/claimants/sohr", "/actors", "/actors/syrian-government-forces"):
        assert not re.search(r"\b(accura\w+|reliab\w+|credib\w+|score|rating)\b", reader.get(path).text, re.IGNORECASE)


def test_every_claim_leads_to_its_sentence(reader: TestClient) -> None:
    """All claims of a claimant stand on its page as their reports have them, with the way to where they stand."""
    page = reader.get("/claimants/sohr").text
    for claim in reader.get("/api/v1/claims?claimant=sohr").json()["items"]:
        assert f"/reports/{claim['document_id']}#c-{claim['claim_id'][:10]}" in page


def test_an_actors_page_tells_who_blames_it(reader: TestClient) -> None:
    """By whom, how often, and in which incidents; it is no finding, and says so."""
    page = reader.get("/actors/syrian-government-forces").text
    assert re.findall(r'href="/claimants/([\w-]+)"', page) == ["sohr", "white-helmets"]
    (incident,) = reader.get("/api/v1/incidents?actor=syrian-government-forces").json()["items"]
    assert f'href="/incidents/{incident["incident_id"]}"' in page
    assert "It is no finding" in page


def test_a_place_is_named_in_both_scripts(world: Served, tmp_path: Path) -> None:
    """As reports call it; the incidents there are listed."""
    reader = world.browser()
    ((claim,),) = world.ask("SELECT min(claim_id) FROM claims WHERE place_id = '172955'")
    world.change_records(CLAIMS, lambda record: record["place"].update(exact="الرقة"), claim_id=claim)
    page = reader.get("/places/172955").text
    assert "<bdi>الرقة</bdi>" in page
    assert "<bdi>Raqqa</bdi>" in page
    assert page.count('href="/incidents/') == 1


def test_hostile_titles_are_letters(world: Served, reader: TestClient) -> None:
    """A place's name that holds markup is shown as it is written, in the titles of incidents too; a report's title is none."""
    world.change_records(CLAIMS, lambda record: record["place"] and record["place"].update(name=HOSTILE))
    places = [place for (place,) in world.ask("SELECT DISTINCT place_id FROM claims WHERE place_id IS NOT NULL")]
    pages = [reader.get(f"/places/{place}").text for place in places]
    titles = [
        title for page in pages for title in re.findall(r'<h3><a href="/incidents/\w+" dir="auto">(.*?)</a>', page)
    ]
    assert titles
    assert all(f" in {HOSTILE}, " in unescape(title) for title in titles)
    for page in pages:
        assert HOSTILE not in page
        assert "<script>alert" not in page


@pytest.mark.parametrize("path", ["/claimants/nobody", "/actors/nobody", "/places/0", "/places/x'--", "/claimants/%2e%2e", "/claimants/sohr?after=x"])  # fmt: skip
def test_what_nobody_named_has_no_page(reader: TestClient, path: str) -> None:
    """Neither has what no id can be."""
    assert reader.get(path).status_code in {400, 404}


def test_long_lists_of_claims_lead_on(world: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of claims names the page that follows, and nothing is passed over."""
    monkeypatch.setattr("harmledger.web.known.names.ON_A_PAGE", 1)
    reader = world.browser()
    first = reader.get("/claimants/sohr").text
    onward = re.search(r'href="(/claimants/sohr\?after=\w+)#claims"', first)
    assert onward
    second = reader.get(onward[1]).text
    quotes = [re.findall(r'<p dir="auto">(.*?)</p>', page) for page in (first, second)]
    assert [len(found) for found in quotes] == [1, 1]
    assert quotes[0] != quotes[1]
