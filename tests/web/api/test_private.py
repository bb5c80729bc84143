"""What only some may see: no question of the API and no page tells of it, nor that there is anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from asked import ITEMS, get_items
from sites import Served
from starlette.testclient import TestClient
from worlds import REVIEWER, VICTIM, WHY

from harmledger.domain import Role
from harmledger.web.api.operations import QUESTIONS

pytestmark = pytest.mark.either_database

PAGES = (
    "/",
    "/claimants",
    "/claimants/sohr",
    "/actors",
    "/actors/syrian-government-forces",
    "/places/172955",
    "/places/99072",
    "/feed.atom",
    *(f"/data/{name}.csv" for name in ("incidents", "documents", "claims", "figures", "totals", "old_ids", "ucdp")),
    "/data/incidents.geojson",
    "/data/incidents.jsonld",
)
PATHS = [question.path for question in QUESTIONS]


def documents(browser: TestClient) -> dict[str, str]:
    """Ids by the reports' own."""
    return {d["id"]: d["document_id"] for d in browser.get("/api/v1/documents").json()["items"]}


def ids_of(browser: TestClient, document: str) -> set[str]:
    """Ids of all that stands on a document."""
    claims = browser.get("/api/v1/claims", params={"document": document}).json()["items"]
    entries = browser.get("/api/v1/entries", params={"document": document}).json()["items"]
    subjects = {*(c["claim_id"] for c in claims), *(e["entry_id"] for e in entries), document}
    decisions = browser.get("/api/v1/decisions?limit=200").json()["items"]
    told = {d["decision_id"] for d in decisions if d["subject"] in subjects or subjects & {_other(d)}}
    return subjects | told


def _other(decision: dict[str, Any]) -> str | None:
    return (decision["value"] or {}).get("claim_id")


def addresses(browser: TestClient) -> Iterator[str]:
    for path in PATHS:
        yield from get_items(browser, path)


@pytest.mark.parametrize("report", ["r0", "r3", "r4"])
def test_nothing_of_a_closed_document_is_told(world: Served, report: str) -> None:
    """None of its ids, words or decisions is in any list, item, feed, download or page, whoever knew their addresses before."""
    world.add("Amal")
    public = world.browser()
    known = list(addresses(public))
    closed = documents(public)[report]
    record = public.get(f"/api/v1/documents/{closed}").json()
    traces = ids_of(public, closed) | {json.dumps(record["title"])[1:-1]}
    world.close(closed, "Amal")
    for address in (*known, *PAGES):
        text = public.get(address).text
        assert not [trace for trace in traces if trace in text], address


def test_a_closed_document_and_none_are_answered_alike(world: Served) -> None:
    """The same status and the same words, for each kind of item."""
    world.add("Amal")
    public = world.browser()
    closed = documents(public)["r4"]
    items = [*ids_of(public, closed)]
    world.close(closed, "Amal")
    for each in items:
        for resource in ("documents", "claims", "entries", "decisions", "incidents"):
            there = public.get(f"/api/v1/{resource}/{each}")
            nowhere = public.get(f"/api/v1/{resource}/{'0' * 64}")
            assert (there.status_code, there.text) == (nowhere.status_code, nowhere.text) == (404, nowhere.text)


def test_counts_and_pages_are_of_what_may_be_seen(world: Served) -> None:
    """A member counts more than the public; no page of a list is shorter for what lies hidden in it."""
    amal = world.signed_in("Amal")
    world.close(documents(amal)["r0"], "Amal")
    public = world.browser()
    (theirs,) = [c for c in amal.get("/api/v1/claimants").json()["items"] if c["id"] == "sohr"]
    (ours,) = [c for c in public.get("/api/v1/claimants").json()["items"] if c["id"] == "sohr"]
    assert (theirs["claims"], ours["claims"]) == (2, 1)
    (incident,) = public.get("/api/v1/incidents?country=SY").json()["items"]
    (whole,) = amal.get("/api/v1/incidents?country=SY").json()["items"]
    assert (whole["reports"], incident["reports"]) == (3, 2)
    assert [len(public.get(f"/api/v1/documents?limit={n}").json()["items"]) for n in (1, 2, 3, 4, 5)] == [1, 2, 3, 4, 4]


def test_a_merged_id_of_closed_documents_alone_leads_nowhere(world: Served) -> None:
    """An old id whose every claim is closed is answered as one that never was."""
    world.add("Amal")
    public = world.browser()
    (merged,) = [i for i in public.get("/api/v1/incidents").json()["items"] if i["old_ids"]]
    old = merged["old_ids"][0]
    claims = [c["id"] for c in public.get("/api/v1/changes").json()["changes"] if c["onward"] == old]
    world.close(public.get(f"/api/v1/claims/{claims[0]}").json()["document_id"], "Amal")
    assert public.get(f"/api/v1/incidents/{old}").status_code == 404


def test_downloads_hold_what_the_public_sees(world: Served) -> None:
    """Even who sees more gets the public's file: files are passed on."""
    lead = world.signed_in("Dee", Role.LEAD)
    closed = documents(lead)["r3"]
    world.close(closed, "Dee")
    assert closed not in lead.get("/data/documents.csv").text
    assert closed in lead.get(f"/api/v1/documents/{closed}").text


def test_withheld_names_are_struck_everywhere(serve_world: Callable[..., Served]) -> None:
    """A victim's name that nobody released is in no answer, page, feed or download, not in part where a quote is cut, nor why it was written down."""
    public = serve_world(site_texts="whole").browser()
    found = {address: public.get(address).text for address in (*addresses(public), *PAGES)}
    for address, text in found.items():
        for word in (*VICTIM.split(), WHY):
            assert word not in text, address
    assert "█" in "".join(found.values())


def test_who_decided_is_told_to_reviewers_alone(world: Served) -> None:
    """The public and readers learn what was decided and why, not by whom."""
    for browser in (world.browser(), world.signed_in("Di", Role.READER)):
        for address in (*addresses(world.browser()), *PAGES):
            assert REVIEWER not in browser.get(address).text, address
    assert REVIEWER in world.signed_in("Bo").get("/api/v1/decisions").text


@pytest.mark.parametrize("resource", ITEMS)
def test_no_beginning_of_an_id_finds_anything(program: TestClient, resource: str) -> None:
    """Ids are asked for whole: whoever has a part of one can't find out the rest."""
    for item in program.get(f"/api/v1/{resource}").json()["items"]:
        part = item[ITEMS[resource]][:-1]
        assert program.get(f"/api/v1/{resource}/{part}").status_code == 404


def test_private_answers_are_kept_nowhere(world: Served) -> None:
    """What a member was sent is never the answer to anybody else, nor kept by a browser or a proxy."""
    amal = world.signed_in("Amal")
    closed = documents(amal)["r0"]
    world.close(closed, "Amal")
    theirs = amal.get("/api/v1/documents")
    assert closed in theirs.text
    assert "no-store" in theirs.headers["cache-control"]
    assert closed not in world.browser().get("/api/v1/documents").text
