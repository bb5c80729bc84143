"""An incident's page: every figure leads to its sentence, copies are one source, rules say what they go by, and old ids lead on."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from types import SimpleNamespace
from typing import cast

import pytest
from record_scene import Scene, words_of
from sites import sign_in

from harmledger.domain import Correction, Harm, RecordedFigure, RecordedIncident, ReferenceSet, Role, Rule, Verdict
from harmledger.store import add_reference
from harmledger.store.withheld import lift, withhold
from harmledger.web.record.cite import cite
from harmledger.web.visit import Visit

pytestmark = pytest.mark.either_database

LINK = re.compile(r'href="/reports/([0-9a-f]{64})#((?:c|s)-[0-9a-f]{10})"')


def test_every_figure_leads_to_its_sentence(scene: Scene) -> None:
    """Each link of a figure leads to a report that has the anchor, on a mark."""
    links = set(LINK.findall(scene.page()))
    assert {document for document, _ in links} == set(scene.documents.values())
    for document, anchor in links:
        page = scene.browser.get(f"/reports/{document}").text
        assert re.search(f'id="{anchor}">(<span class="at" id="[^"]*">)*<mark class="(claim|statement)">', page)


def test_the_headline_says_what_where_and_when(scene: Scene) -> None:
    """A reader knows at once which event it is, and how many speak of it."""
    words = words_of(scene.page())
    assert "in Idlib" in words
    assert "15 May 2017" in words
    assert "3 sources, 1 copy · 4 claims" in words


def test_copies_are_folded(scene: Scene) -> None:
    """A copied report counts once, in the picture, the table and the list of reports."""
    page = scene.page()
    assert words_of(page).count("1 source, 1 copy") == 4  # a mark and its title, the table, the list
    assert page.count('class="plot strip"') == 3


def test_rules_are_switched_and_say_what_they_go_by(scene: Scene) -> None:
    """Every named rule has its range; the one chosen by `?rule=` says which claims it used and why it left out others."""
    page = scene.page(f"?rule={Rule.CONSERVATIVE.value}")
    assert all(f'href="?rule={rule.value}#rules"' in page for rule in Rule)
    assert "a copy of" in page
    assert 'href="?rule=conservative#rules" aria-current="true"' in page
    assert scene.page() != page


@pytest.mark.parametrize("rule", ["", "none", "range'", "RANGE", "<b>"])
def test_a_rule_that_is_none_is_refused(scene: Scene, rule: str) -> None:
    """What is in an address is read strictly."""
    assert scene.browser.get(f"/incidents/{scene.incident}", params={"rule": rule}).status_code == 400


@pytest.mark.parametrize("tail", ["", "/dossier"])
def test_only_whole_ids_of_what_may_be_seen_are_found(scene: Scene, tail: str) -> None:
    """Beginnings of ids, other letters and ids of nothing are all answered alike."""
    answers = {
        (answer.status_code, re.sub("[0-9a-f]{10,}", "", answer.text))
        for wanted in (scene.incident[:10], "f" * 64, scene.incident.upper(), f"{scene.incident}0")
        for answer in [scene.browser.get(f"/incidents/{wanted}{tail}")]
    }
    assert {status for status, _ in answers} == {404}


def test_what_people_decided_is_told_apart(scene: Scene) -> None:
    """A corrected figure is a person's, and square; a rejected one is marked; the log tells both with their reasons, and names reviewers only to those who review."""
    scene.decide("second", Verdict.CORRECT, value=Correction(field="low", value=4))
    scene.decide("evil", Verdict.REJECT)
    page = scene.page()
    assert "by a person" in page
    assert "<rect" in page or 'class="range bar"' in page
    assert "rejected by a reviewer" in page
    assert "correct low to 4" in page
    assert "as &lt;b&gt;I&lt;/b&gt; saw" in page
    assert "Amal Q." not in page
    assert "Amal Q." not in scene.page(browser=scene.served.signed_in("Reader", Role.READER))
    assert "Amal Q." in scene.page(browser=scene.served.signed_in("Bo"))


def test_hostile_words_stay_words_in_pictures_and_marks(scene: Scene) -> None:
    """Markup in a report or its title is shown as words, on every page that shows it."""
    for page in (scene.page(), scene.page("/dossier"), scene.report("evil")):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "alert(1)" in unescape(page)


def test_an_id_that_was_merged_away_leads_on(scene: Scene) -> None:
    """Whoever follows an old address comes to where its claims are now, by 301, however many mergers later."""
    old, older = other_incidents(scene)
    move(scene, older, old)
    move(scene, old, scene.incident)
    for tail in ("", "/dossier"):
        answer = scene.browser.get(f"/incidents/{old}{tail}")
        assert (answer.status_code, answer.headers["location"]) == (301, f"/incidents/{scene.incident}{tail}")
    assert scene.browser.get(f"/incidents/{older}").headers["location"] == f"/incidents/{old}"
    assert "another incident was merged into this one" in scene.page()


def test_an_incident_that_was_split_says_where_its_parts_are(scene: Scene) -> None:
    """An incident that keeps claims links its parts; one that keeps none is a page that names them all."""
    one, other = other_incidents(scene)
    point(scene, scene.incident, one, "split")
    assert f'href="/incidents/{one}"' in scene.page()
    point(scene, other, one, "split")
    move(scene, other, scene.incident, why="split")
    answer = scene.browser.get(f"/incidents/{other}")
    assert answer.status_code == 200
    assert f'href="/incidents/{one}"' in answer.text
    assert f'href="/incidents/{scene.incident}"' in answer.text


def test_nothing_of_a_closed_report_shows_on_its_incident(scene: Scene) -> None:
    """Its figures, quotes, stances, counts and moves are gone for whoever may not see it; where all are closed there is nothing, and no old id leads there."""
    scene.served.add("Amal", Role.READER)
    old, _ = other_incidents(scene)
    move(scene, old, scene.incident)
    scene.served.close(scene.documents["second"], "Amal")
    for tail in ("", "/dossier"):
        page = scene.page(tail)
        assert "teacher" not in page
        assert scene.claims["second"][:10] not in page
        assert scene.documents["second"] not in page
    member = scene.served.browser()
    sign_in(member, "Amal")
    assert "teacher" in scene.page(browser=member)
    for name in ("first", "copy", "evil"):
        scene.served.close(scene.documents[name], "Amal")
    for other in all_of(scene, scene.incident):
        scene.served.close(other, "Amal")
    assert scene.browser.get(f"/incidents/{scene.incident}").status_code == 404
    assert scene.browser.get(f"/incidents/{old}").status_code == 404


def test_withheld_names_are_nowhere(scene: Scene) -> None:
    """A name that is withheld is on no page and in no quote or title, at once; lifted, it is there again."""
    assert "medic" in scene.page()
    with scene.served.site.ledger.writing() as writer:
        number = withhold(writer, "MÉDIC", who="Amal", reason="asked", now=scene.served.clock())
        withhold(writer, "karim haddad", who="Amal", reason="asked", now=scene.served.clock())
    for page in (
        scene.page(),
        scene.page("/dossier"),
        scene.report("first"),
        scene.report("first", scene.served.signed_in("Bo")),
    ):
        assert "medic" not in words_of(page).replace("medical", "").lower()
        assert "Haddad" not in page
        assert "█████" in page
        assert "edacted" in page
    with scene.served.site.ledger.writing() as writer:
        lift(writer, number, who="Amal", reason="allowed", now=scene.served.clock())
    assert "medic said" in scene.report("first")


def test_only_where_something_is_struck_it_is_said(scene: Scene) -> None:
    """A page from which no name was struck says nothing of withheld names, though the ledger has some."""
    with scene.served.site.ledger.writing() as writer:
        withhold(writer, "Nobody Nowhere", who="Amal", reason="asked", now=scene.served.clock())
    for page in (scene.page(), scene.page("/dossier"), scene.report("first")):
        assert "withheld here" not in page


def test_recorders_stand_beside_with_their_terms_and_no_more(scene: Scene) -> None:
    """Of a recorder's incident its code, days, range, grade, licence and citation show; its place, parties and notes don't."""
    recorded = RecordedIncident(
        code="REC-1", earliest=date(2017, 5, 15), latest=date(2017, 5, 15), place="Secretplace", country="SY", admin1="Idlib",
        lat=35.93, lon=36.63, radius_m=5000, belligerents=("Secret Party",), means="airstrike", grade="Fair",
        figures=(RecordedFigure(harm=Harm.KILLED, low=7, high=9),),
    )  # fmt: skip
    told = {
        "name": "a set",
        "recorder": "airwars",
        "content_id": "c" * 64,
        "licence": "CC BY <4>",
        "citation": "Cite me",
    }
    add_reference(
        scene.served.site.ledger, ReferenceSet(reference_id="d" * 64, added=scene.served.clock(), **told), [recorded]
    )
    words = unescape(words_of(scene.page()))
    assert "REC-1, 15 May 2017: killed 7–9; graded Fair by the recorder" in words
    assert "Licence: CC BY <4>. Cite as: Cite me" in words
    assert "Secret" not in words


def test_a_dossier_holds_everything_and_leads_nowhere(scene: Scene) -> None:
    """On paper: all quotes, every capture with its hash, the address, the day it was made; no navigation, no form."""
    page = scene.page("/dossier")
    words = words_of(page)
    assert all(document in page for document in scene.documents.values())
    assert "7 civilians were killed by Syrian forces" in words
    assert "captured 2024-03-01 12:00 UTC from event.jsonl" in words
    assert f"/incidents/{scene.incident}" in words
    assert "Made2024-03-01 12:00 UTC" in words
    assert not re.search("<(nav|form|header|footer)", page)


def test_it_can_be_cited(scene: Scene) -> None:
    """As a sentence and as BibTeX, with the address that stays and the day of its last change."""
    words = unescape(words_of(scene.page()))
    assert f"harmledger {version()}. http://record.example.org/incidents/{scene.incident}" in words
    assert f"@misc{{harmledger-{scene.incident[:10]}," in words
    assert "as of 2024-03-01" in words


def test_nothing_breaks_out_of_bibtex(scene: Scene) -> None:
    """A title can't close its braces, give a command or begin another entry."""
    visit = cast("Visit", SimpleNamespace(site=scene.served.site))
    made = cite(visit, "a" * 64, "}}\n@misc{x, title={\\input{/etc/passwd}}, # % $", None)
    (title,) = re.findall(r"title = \{\{(.*)\}\},\n", made.bibtex)
    assert not re.search(r"[{}\\#%$\n]", title)


def test_the_page_is_kept_and_made_anew_when_somebody_decides(scene: Scene) -> None:
    """It is the same for everybody, and follows the ledger."""
    tag = scene.browser.get(f"/incidents/{scene.incident}").headers["etag"]
    assert scene.browser.get(f"/incidents/{scene.incident}", headers={"If-None-Match": tag}).status_code == 304
    scene.decide("first", Verdict.ACCEPT)
    assert scene.browser.get(f"/incidents/{scene.incident}", headers={"If-None-Match": tag}).status_code == 200


# --- what linkings do, written by hand -------------------------------------------------------------------------------


def version() -> str:
    from harmledger import __version__

    return __version__


def other_incidents(scene: Scene) -> list[str]:
    """Two incidents of other reports."""
    wanted = "SELECT DISTINCT incident_id FROM incident_claims WHERE incident_id <> :it ORDER BY 1"
    return [row[0] for row in scene.served.ask(wanted, it=scene.incident)][:2]


def all_of(scene: Scene, incident: str) -> set[str]:
    wanted = (
        "SELECT DISTINCT c.document_id FROM claims c JOIN incident_claims i USING (claim_id) WHERE i.incident_id = :it"
    )
    return {row[0] for row in scene.served.ask(wanted, it=incident)} - set(scene.documents.values())


def move(scene: Scene, old: str, onward: str, *, why: str = "merged") -> None:
    """A linking that moves an incident's claims into another."""
    number = next_linking(scene)
    for (claim,) in scene.served.ask("SELECT claim_id FROM incident_claims WHERE incident_id = :old", old=old):
        into = "INSERT INTO incident_claims (claim_id, linking, incident_id) VALUES (:claim, :number, :onward)"
        scene.served.write(into, claim=claim, number=number, onward=onward)
    lead_on(scene, old, onward, number, why)


def point(scene: Scene, old: str, onward: str, why: str) -> None:
    lead_on(scene, old, onward, next_linking(scene), why)


def lead_on(scene: Scene, old: str, onward: str, number: int, why: str) -> None:
    into = "INSERT INTO incident_pointers VALUES (:old, :onward, :number, :why)"
    scene.served.write(into, old=old, onward=onward, number=number, why=why)


def next_linking(scene: Scene) -> int:
    ((last,),) = scene.served.ask("SELECT max(linking) FROM linkings")
    scene.served.write(
        "INSERT INTO linkings (linking, filed, weights, claims, incidents, decisions) "
        "SELECT linking + 1, filed, weights, claims, incidents, decisions FROM linkings WHERE linking = :last",
        last=last,
    )
    return last + 1


def test_search_engines_are_told_when_and_where(scene: Scene) -> None:
    """Incident and report hold a node of schema.org, whose words can't end it."""
    incident, report = scene.page(), scene.report("evil")
    (node,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', incident)
    assert json.loads(node)["@type"] == "Event"
    assert len(json.loads(node)["subjectOf"]) == len(scene.documents)
    (node,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', report)
    assert json.loads(node)["@type"] == "Report"
    assert "<" not in node


def test_names_lead_to_their_pages(scene: Scene) -> None:
    """Place and actor are links to pages that are there; who isn't known by name has no page, and no link."""
    pages = scene.page() + scene.report("second") + scene.browser.get("/").text
    found = set(re.findall(r'href="(/(?:actors|places|claimants)/[^"]+)"', pages))
    assert {path.split("/")[1] for path in found} == {"actors", "places"}
    assert [path for path in found if scene.browser.get(path).status_code != 200] == []
