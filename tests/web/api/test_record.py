"""What programs get: lists page by page, filters by the same names, one item by its whole id, machine and people told apart."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asked import ITEMS
from sites import Served
from starlette.testclient import TestClient
from worlds import HOSTILE, REPORTS

from harmledger.domain import Role, Verdict
from harmledger.review.decide import Said, SubjectKind
from harmledger.store.decisions import add_decision

pytestmark = pytest.mark.either_database


def ask(program: TestClient, path: str, **params: str | int) -> Any:
    answer = program.get(f"/api/v1/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def items(program: TestClient, path: str, **params: str | int) -> list[Any]:
    return ask(program, path, **params)["items"]


@pytest.mark.parametrize("resource", ITEMS)
def test_pages_follow_one_another(program: TestClient, resource: str) -> None:
    """By `next` one gets every item once, in the same order as at once, and each by its own id."""
    whole = items(program, resource, limit=200)
    walked: list[Any] = []
    address: str | None = f"/api/v1/{resource}?limit=1"
    while address:
        page = program.get(address).json()
        walked += page["items"]
        address = page["next"]
    assert whole
    assert walked == whole
    for item in whole:
        single = ask(program, f"{resource}/{item[ITEMS[resource]]}")
        assert single[ITEMS[resource]] == item[ITEMS[resource]]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, 5),
        ({"country": "SY"}, 3),
        ({"country": "SY", "actor": "syrian-government-forces"}, 2),
        ({"claimant": "sohr"}, 2),
        ({"harm": "injured"}, 1),
        ({"kind": "civilian"}, 4),
        ({"from": "2017-05-05", "to": "2017-05-05"}, 3),
        ({"to": "2016-12-31"}, 1),
        ({"from": "2018-08-03"}, 0),
        ({"place": "172955"}, 3),
        ({"means": "airstrike"}, 0),
        ({"scope": "incident", "polarity": "asserted"}, 5),
        ({"actor": "nobody"}, 0),
    ],
)
def test_filters_ask_of_claims(program: TestClient, params: dict[str, str], found: int) -> None:
    """Each filter leaves the claims that say so, and all of them together those that say all."""
    assert len(items(program, "claims", **params)) == found


@pytest.mark.parametrize(
    ("resource", "params", "found"),
    [
        ("documents", {"claimant": "sohr"}, 2),
        ("documents", {"country": "SY", "claimant": "sohr"}, 1),
        ("documents", {"language": "ar"}, 0),
        ("incidents", {"country": "SY"}, 1),
        ("incidents", {"country": "IQ", "harm": "injured"}, 0),
        ("incidents", {"grade": "fair"}, 1),
        ("incidents", {"grade": "confirmed"}, 0),
        ("claimants", {"country": "IQ"}, 1),
        ("places", {"claimant": "white-helmets"}, 1),
        ("actors", {"country": "IQ"}, 0),
        ("statements", {"statement": "condemn"}, 1),
        ("statements", {"statement": "deny"}, 0),
        ("entries", {"harm": "killed"}, 0),
        ("decisions", {"verdict": "merge"}, 1),
    ],
)
def test_filters_are_called_the_same_everywhere(
    program: TestClient, resource: str, params: dict[str, str], found: int
) -> None:
    """A document, an incident or a name is found by what one claim says of all that is asked."""
    assert len(items(program, resource, **params)) == found


def test_an_incidents_claims_and_a_claims_incident_lead_to_one_another(program: TestClient) -> None:
    """What is linked is found from both ends."""
    for incident in items(program, "incidents"):
        claims = items(program, "claims", incident=incident["incident_id"])
        assert {claim["incident_id"] for claim in claims} == {incident["incident_id"]}


def test_what_people_decided_stands_beside_what_was_read(program: TestClient) -> None:
    """A corrected claim says what the machine read, and apart from it what the person said; in the incident's figures the correction counts, and says so."""
    (corrected,) = [c for c in items(program, "claims") if c["decided"] and c["decided"]["corrections"]]
    assert corrected["count"]["high"] == 7
    assert corrected["decided"]["corrections"] == [{"field": "high", "value": 9}]
    figures = ask(program, f"incidents/{corrected['incident_id']}")["figures"]
    (figure,) = [f for f in figures if f["claim_id"] == corrected["claim_id"]]
    assert (figure["high"], figure["by_hand"]) == (9, True)


def test_entries_are_no_claims(program: TestClient) -> None:
    """What a person wrote down is in a list of its own, with the decision by which it came."""
    (entry,) = items(program, "entries")
    assert entry["entry_id"] not in {claim["claim_id"] for claim in items(program, "claims")}
    assert ask(program, f"decisions/{entry['decided']['decisions'][0]}")["verdict"] == "enter"


def test_quotes_come_as_annotations(program: TestClient) -> None:
    """Both selectors find the sentence in its document, and the body is the record without it."""
    document = items(program, "documents", country="IQ")[0]["document_id"]
    (claim,) = items(program, "claims", document=document)
    (annotation,) = items(program, "claims", document=document, **{"as": "annotations"})
    (beside,) = items(program, f"documents/{document}/annotations")
    assert annotation == beside
    quote, position = annotation["target"]["selector"]
    assert (quote["exact"], position["start"]) == (claim["quote"]["exact"], claim["quote"]["start"])
    assert annotation["target"]["source"] == f"urn:harmledger:document:{document}"
    assert annotation["body"]["value"] == {name: value for name, value in claim.items() if name != "quote"}


def test_a_merged_incident_leads_on(program: TestClient) -> None:
    """Its old id is answered with where it went, in each shape, and what is asked beside it goes along."""
    (merged,) = [i for i in items(program, "incidents") if i["old_ids"]]
    old = merged["old_ids"][0]
    for suffix in ("", ".geojson", ".jsonld"):
        answer = program.get(f"/api/v1/incidents/{old}{suffix}?rule=majority")
        assert answer.status_code == 301
        assert answer.headers["location"] == f"/api/v1/incidents/{merged['incident_id']}{suffix}?rule=majority"


def test_incidents_come_for_maps_and_as_linked_data(program: TestClient) -> None:
    """Each has one feature and one node, and the page that follows is named in a header."""
    ids = [incident["incident_id"] for incident in items(program, "incidents")]
    features = ask(program, "incidents.geojson")
    assert [feature["id"] for feature in features["features"]] == ids
    graph = ask(program, "incidents.jsonld")["@graph"]
    assert [n["@id"] for n in graph if n["@type"] == "Incident"] == [f"urn:harmledger:incident:{each}" for each in ids]
    first = program.get("/api/v1/incidents.geojson?limit=1")
    assert first.headers["content-type"] == "application/geo+json"
    assert f"after={ids[0]}" in first.headers["link"]


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "limit=x", "limit=", "limit=1&limit=2", "after=x", "country=sy", "from=2017-5-1", "from=2017-02-30", "harm=none", "x=1", "actor=%00", "actor=a'--", "claimant=%25"],
)  # fmt: skip
def test_questions_are_read_strictly(program: TestClient, query: str) -> None:
    """What is unknown, twice there or no value is refused with a sentence that names it, in the one shape of errors."""
    answer = program.get(f"/api/v1/claims?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"].keys() == {"kind", "message", "status"}
    assert (
        "parameter" in answer.json()["error"]["message"] or query.partition("=")[0] in answer.json()["error"]["message"]
    )


def test_filters_reach_no_database_as_words(program: TestClient, world: Served) -> None:
    """Quotes, wildcards and statements in any parameter are refused or find nothing, and change nothing."""
    before = items(program, "claims")
    for attack in ("' OR '1'='1", "x; DROP TABLE claims", "%", "_", '{"$gt": ""}', "sohr' UNION SELECT 1 --", "\u0000"):
        for name in ("actor", "claimant", "place", "document", "incident", "after", "harm", "country"):
            assert program.get("/api/v1/claims", params={name: attack}).status_code == 400
    assert items(program, "claims") == before


def test_hostile_words_are_data(program: TestClient) -> None:
    """What reports hold comes as it stands, as JSON that no browser takes for a page."""
    answer = program.get("/api/v1/documents")
    assert HOSTILE in {document["title"] for document in answer.json()["items"]}
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_unchanged_answer_is_not_sent_again(program: TestClient, world: Served) -> None:
    """Every answer has an ETag; a decision changes that of what it is of."""
    first = program.get("/api/v1/claims")
    tag = {"If-None-Match": first.headers["etag"]}
    assert program.get("/api/v1/claims", headers=tag).status_code == 304
    claim = first.json()["items"][0]["claim_id"]
    said = Said(subject=claim, kind=SubjectKind.CLAIM, verdict=Verdict.REJECT, who="Bo", reason="another year")
    add_decision(world.site.ledger, said, now=world.clock())
    assert program.get("/api/v1/claims", headers=tag).status_code == 200


def test_other_sites_pages_may_use_what_is_public(program: TestClient, world: Served) -> None:
    """What is for everybody may be read from anywhere; what is for one person from nowhere else."""
    assert program.get("/api/v1/claims").headers["access-control-allow-origin"] == "*"
    theirs = world.signed_in("Bo").get("/api/v1/claims")
    assert "access-control-allow-origin" not in theirs.headers
    assert theirs.headers["cache-control"] == "private, no-store"


def test_texts_are_whole_only_where_the_publisher_says_so(world: Served, serve_world: Any) -> None:
    """The public gets no text unless the setting says `whole`; a reviewer does."""
    document = items(world.browser(), "documents", claimant="sohr", country="SY")[0]["document_id"]
    assert ask(world.browser(), f"documents/{document}")["text"] is None
    assert ask(world.signed_in("Di", Role.READER), f"documents/{document}")["text"] is None
    assert REPORTS[0][1] in ask(world.signed_in("Bo"), f"documents/{document}")["text"]
    whole = serve_world(site_texts="whole").browser()
    assert REPORTS[0][1] in ask(whole, f"documents/{document}")["text"]


def test_pages_of_the_api_are_counted(serve: Any) -> None:
    """Who asks too often is told so in the one shape, and when to come again."""
    program = serve(site_rate=2).browser()
    answers = [program.get("/api/v1/claims?limit=1") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["retry-after"] == "60"
    assert json.loads(answers[-1].text)["error"]["kind"] == "too_many"
