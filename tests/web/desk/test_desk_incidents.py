"""Putting incidents together and taking claims out: what a lead says holds, at once where it can, and old addresses lead on."""

from __future__ import annotations

import time

import pytest
from desks import Desk, decide
from sites import PASSWORD, send, token

from harmledger.domain import Role, Verdict
from harmledger.store.desk_incidents import find_incidents_of, list_members
from harmledger.store.schema import LINKS
from harmledger.web.desk import shared

pytestmark = pytest.mark.either_database


def together(desk: Desk, *words: str) -> int:
    """In how many incidents these claims are."""
    claims = [desk.claim(each) for each in words]
    with desk.site.ledger.reading() as connection:
        return len(set(find_incidents_of(connection, claims).values()))


def put_together(desk: Desk, browser, one: str, other: str):
    path = f"/desk/incidents/{desk.incident(one)}/merge"
    return send(browser, path, {"with": desk.incident(other), "reason": "the same strike", "next": path}, of="/desk")


def test_merging_two_incidents_moves_the_old_address(desk: Desk) -> None:
    """Both are one incident at once; the younger address leads on for good, with its subpages, and is kept by no browser."""
    dee = desk.served.signed_in("Dee", Role.LEAD)
    one, other = desk.incident("7 civilians"), desk.incident("12 people")
    answer = put_together(desk, dee, "7 civilians", "12 people")
    assert answer.status_code == 303
    left = desk.leads_to(one)
    assert left == desk.leads_to(other)
    old = other if left == one else one
    for part in ("", "/merge", "/split"):
        moved = dee.get(f"/desk/incidents/{old}{part}")
        assert (moved.status_code, moved.headers["location"]) == (301, f"/desk/incidents/{left}{part}")
        assert moved.headers["cache-control"] == "private, no-store"
    assert [(d.verdict, d.who, d.reason) for d in desk.log()] == [(Verdict.MERGE, "Dee", "the same strike")]
    (decision,) = desk.log()
    send(dee, f"/desk/decisions/{decision.decision_id}/undo", {"reason": "two after all"})
    assert "1 decision on links is kept and not yet worked" in dee.get("/desk").text


def test_all_claims_come_along(desk: Desk) -> None:
    """Incidents of several claims, which only averages held together, are one with all of them; what hung on averages is merged by name."""
    dee = desk.served.signed_in("Dee", Role.LEAD)
    for other in ("12 people", "140 civilians"):
        put_together(desk, dee, "7 civilians", other)
    put_together(desk, dee, "33 civilians", "7 civilians")
    assert together(desk, "7 civilians", "12 people", "140 civilians", "33 civilians") == 1
    if together(desk, "31 civilians", "33 civilians") == 2:
        put_together(desk, dee, "31 civilians", "33 civilians")
    assert together(desk, "31 civilians", "33 civilians", "7 civilians") == 1


def test_splitting_takes_the_chosen_out(desk: Desk) -> None:
    """Chosen claims are an incident of their own; choosing none or all, or giving no reason, changes nothing."""
    dee = desk.served.signed_in("Dee", Role.LEAD)
    put_together(desk, dee, "9 fighters", "12 people")
    incident = desk.incident("12 people")
    path = f"/desk/incidents/{incident}/split"
    with desk.site.ledger.reading() as connection:
        members = list_members(connection, incident)
    (merged,) = desk.log()
    send(dee, f"/desk/decisions/{merged.decision_id}/undo", {"reason": "wrong"})
    out = desk.claim("12 people")
    fields = {"claim": out, "next": path}
    assert send(dee, path, {**fields, "reason": ""}).status_code == 400
    assert send(dee, path, {"next": path, "reason": "x"}).status_code == 400
    assert len(desk.log()) == 2
    assert send(dee, path, {**fields, "reason": "another day"}).status_code == 303
    assert together(desk, "9 fighters", "12 people") == 2
    assert len(members) > 1


def test_what_contradicts_is_told(desk: Desk) -> None:
    """Of three claims that were put together two can't be kept apart: it is told, and nothing is kept."""
    dee = desk.served.signed_in("Dee", Role.LEAD)
    for other in ("12 people", "140 civilians"):
        put_together(desk, dee, "9 fighters", other)
    pairs = [{d.subject, d.value.claim_id} for d in desk.log()]
    left, right = pairs[0] ^ pairs[1]
    fields = {"left": left, "right": right, "verdict": "split", "reason": "no", "next": "/desk/links"}
    answer = send(dee, "/desk/links", fields)
    assert (answer.status_code, len(desk.log())) == (400, 2)
    assert "a decision keeps apart" in answer.text


def test_the_password_is_asked_for_again(desk: Desk) -> None:
    """A lead who gave it long ago is led to give it, and from there back; nothing is kept until then, and reviewers are refused."""
    dee, amal = desk.served.signed_in("Dee", Role.LEAD), desk.served.signed_in("Amal")
    assert put_together(desk, amal, "7 civilians", "12 people").status_code == 403
    desk.served.clock.forward(minutes=16)
    answer = put_together(desk, dee, "7 civilians", "12 people")
    assert answer.headers["location"].startswith("/prove?next=%2Fdesk%2Fincidents%2F")
    assert desk.log() == []
    proved = dee.post("/prove", data={"password": PASSWORD, "code": "", "next": "/desk/links", "csrf": token(dee.get("/prove?next=/desk/links").text)})  # fmt: skip
    assert proved.headers["location"] == "/desk/links"
    assert put_together(desk, dee, "7 civilians", "12 people").status_code == 303


def test_a_large_ledger_is_not_waited_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where linking takes long the page says so in bounded time, the decision is kept, and the linking ends by itself."""
    linked = shared.link_ledger

    def slowly(*args: object, **named: object) -> object:
        time.sleep(1.5)
        return linked(*args, **named)

    monkeypatch.setattr(shared, "link_ledger", slowly)
    monkeypatch.setattr(shared.Desk.relink, "__kwdefaults__", {"seconds": 0.05})
    dee = desk.served.signed_in("Dee", Role.LEAD)
    answer = put_together(desk, dee, "7 civilians", "12 people")
    assert answer.status_code == 200
    assert "still being joined" in answer.text
    assert len(desk.log()) == 1
    desk.site.desk.close()
    assert together(desk, "7 civilians", "12 people") == 1


def test_the_other_incident_is_found(desk: Desk) -> None:
    """By the beginning of its id, by its place, by words of a title, and by its day; the incident itself isn't offered."""
    dee = desk.served.signed_in("Dee", Role.LEAD)
    one, other = desk.incident("12 people"), desk.incident("7 civilians")
    for query in (f"q={other[:8]}", "q=raqqa", "q=ARMY+shells", "day=2017-05-05"):
        assert f"with={other}" in dee.get(f"/desk/incidents/{one}/merge?{query}").text, query
        assert f"with={one}" not in dee.get(f"/desk/incidents/{one}/merge?{query}").text
    assert "No other incident" in dee.get(f"/desk/incidents/{one}/merge?q=%25").text
    assert dee.get(f"/desk/incidents/{one}/merge?day=yesterday").status_code == 400


def test_doubtful_links_are_shown_with_reasons_and_decided(desk: Desk) -> None:
    """A pair near the threshold is shown with what speaks for and against; once decided it is gone, and reviewers only look."""
    left, right = sorted((desk.claim("7 civilians"), desk.claim("12 people")))
    reasons = {"other actor": [1.0, -0.5], "same <b>place": [1.0, 1.5], "same means": [1.0, 0.0]}
    with desk.site.ledger.writing() as writer:
        writer.execute(LINKS.insert(), {"left_claim": left, "right_claim": right, "linking": 1, "score": 0.31, "reasons": reasons})  # fmt: skip
    dee, amal = desk.served.signed_in("Dee", Role.LEAD), desk.served.signed_in("Amal")
    page = dee.get("/desk/links").text
    assert page.index("for: same &lt;b&gt;place") < page.index("against: other actor")
    assert "same means" not in page
    assert "In two incidents now" in page
    assert "One event</button>" not in amal.get("/desk/links").text
    fields = {"left": left, "right": right, "verdict": "merge", "next": "/desk/links"}
    assert send(amal, "/desk/links", {**fields, "reason": "x"}).status_code == 403
    assert send(dee, "/desk/links", {**fields, "reason": ""}).status_code == 400
    assert send(dee, "/desk/links", {**fields, "left": "f" * 64, "reason": "x"}).status_code == 400
    answer = send(dee, "/desk/links", {**fields, "reason": "one strike"})
    assert "They tell of one event now." in answer.text
    assert together(desk, "7 civilians", "12 people") == 1
    assert f'value="{left}"' not in dee.get("/desk/links").text


def test_decisions_at_the_desk_count_for_the_ledger(desk: Desk) -> None:
    """What is rejected at the desk is out of its incident with the next linking, as if it had been decided on the command line."""
    dee = desk.served.signed_in("Dee", Role.LEAD)
    put_together(desk, dee, "7 civilians", "12 people")
    decide(dee, desk.claim("12 people"), "reject", reason="a rumour")
    put_together(desk, dee, "7 civilians", "33 civilians")
    with desk.site.ledger.reading() as connection:
        assert desk.claim("12 people") not in find_incidents_of(connection, [desk.claim("12 people")])
