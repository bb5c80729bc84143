"""The feed of changes: everything once, in one order, from wherever one stopped."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from sites import Served
from starlette.testclient import TestClient

from harmledger.domain import Verdict
from harmledger.linking import link_ledger
from harmledger.review.decide import Said, SubjectKind
from harmledger.store.decisions import add_decision
from harmledger.store.history import ChangeKind

pytestmark = pytest.mark.either_database


def read(program: TestClient, cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
    params = {"limit": limit, **({"since": cursor} if cursor else {})}
    answer = program.get("/api/v1/changes", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def walk(program: TestClient, limit: int, cursor: str | None = None) -> tuple[list[Any], str]:
    """Every change, page by page, and where the last page led."""
    found: list[Any] = []
    while True:
        page = read(program, cursor, limit)
        found += page["changes"]
        cursor = page["cursor"]
        if not page["more"]:
            return found, cursor


OTHERS = {ChangeKind.READING_FILED, ChangeKind.INCIDENT_SPLIT, ChangeKind.REPLY_PUBLISHED, ChangeKind.REPLY_GONE}
"""What didn't happen in this world."""


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 200])
def test_every_change_comes_once(program: TestClient, limit: int) -> None:
    """However short the pages, none is passed over or told twice, and all that happened is among them."""
    whole = read(program, limit=200)["changes"]
    walked, _ = walk(program, limit)
    assert sorted(map(str, walked)) == sorted(map(str, whole))
    kinds = {change["kind"] for change in whole}
    assert kinds == set(ChangeKind) - OTHERS


def test_only_what_is_new_follows_a_cursor(program: TestClient, world: Served) -> None:
    """At the end nothing follows; a decision later, it alone does."""
    _, end = walk(program, 50)
    assert read(program, end)["changes"] == []
    claim = program.get("/api/v1/claims").json()["items"][0]["claim_id"]
    said = Said(subject=claim, kind=SubjectKind.CLAIM, verdict=Verdict.REJECT, who="Bo", reason="another year")
    add_decision(world.site.ledger, said, now=world.clock())
    (change,), end = walk(program, 50, end)
    assert (change["kind"], change["onward"]) == ("decision made", claim)
    link_ledger(world.site.ledger, now=world.clock)
    later = read(program, end)["changes"]
    assert [(c["kind"], c["id"], c["onward"]) for c in later if c["id"] == claim] == [("claim moved", claim, None)]


def test_each_change_leads_to_what_changed(program: TestClient) -> None:
    """Its address answers, itself or by leading on; entries have one of their own."""
    for change in read(program, limit=200)["changes"]:
        path = change["url"].removeprefix("http://record.example.org")
        entry = path.replace("/claims/", "/entries/")
        statuses = {program.get(path).status_code, program.get(entry).status_code}
        assert statuses & {200, 301}, change


def test_made_up_cursors_tell_nothing(program: TestClient) -> None:
    """A cursor that holds a true id is refused as one that holds none: only this site's own are read."""
    reading = program.get("/api/v1/documents").json()["items"][0]["document_id"]
    for text in (f'{"0" * 32}{{"readings":"{reading}"}}', f"{'0' * 32}{{}}", "x"):
        cursor = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
        assert program.get("/api/v1/changes", params={"since": cursor}).status_code == 404


def test_a_member_and_the_public_have_feeds_of_their_own(world: Served) -> None:
    """What is closed comes to members alone, and no gap tells of it."""
    amal = world.signed_in("Amal")
    public = world.browser()
    closed = amal.get("/api/v1/documents").json()["items"][0]["document_id"]
    world.close(closed, "Amal")
    assert closed in str(walk(amal, 3)[0])
    assert closed not in str(walk(public, 3)[0])
    assert len(read(public, limit=5)["changes"]) == 5
