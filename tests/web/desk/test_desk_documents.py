"""Whole reports: nothing in them, what was missed, and the victims whom they name."""

from __future__ import annotations

import json
import re

import pytest
from desks import Desk, hidden
from sites import send

from harmledger.domain import Role, Verdict

pytestmark = pytest.mark.either_database

NAME = "Q. Example-Person"


def test_a_document_without_claims_is_read(desk: Desk) -> None:
    """It waits with the passages looked at in vain; a person says that there is nothing, or holds it with a reason, and it waits no longer."""
    amal, document = desk.served.signed_in("Amal"), desk.document("Nothing harmed")
    path = f"/desk/documents/{document}"
    assert document in amal.get("/desk/documents").text
    assert "looked at, no claim found" in amal.get(path).text
    assert send(amal, path, {"verdict": "hold", "seen": "", "reason": ""}).status_code == 400
    assert send(amal, path, {"verdict": "nothing", "seen": ""}).status_code == 303
    assert document not in amal.get("/desk/documents").text
    assert send(amal, path, {"verdict": "hold", "seen": "", "reason": "late"}).status_code == 409
    assert [(d.subject, d.verdict) for d in desk.log()] == [(document, Verdict.NOTHING)]


def test_what_was_missed_is_entered(desk: Desk) -> None:
    """A sentence typed letter by letter becomes a claim that waits for others than who entered it; a wrong one is told, with all that was typed."""
    amal, bo, document = desk.served.signed_in("Amal"), desk.served.signed_in("Bo"), desk.document("Nothing harmed")
    path = f"/desk/documents/{document}/enter"
    fields = {"quote": "Two were hurt, it may be", "field.harm": "injured", "field.low": "2", "field.high": "", "field.place": "Taiz"}  # fmt: skip
    wrong = send(amal, path, {**fields, "quote": "Three were hurt"})
    assert wrong.status_code == 400
    assert "doesn&#39;t say that" in wrong.text
    assert 'value="Taiz"' in wrong.text
    answer = send(amal, path, fields)
    entry = answer.headers["location"].split("entered=")[1]
    page = bo.get(f"/desk/claims/{entry}").text
    assert "Entered</span>" in page
    assert "Machine read" not in page
    assert entry in bo.get("/desk").text
    assert entry not in amal.get("/desk").text
    assert "entered just this" in send(amal, path, fields).text
    assert [d.verdict for d in desk.log()] == [Verdict.ENTER]


def test_a_marked_sentence_may_stand_twice(desk: Desk) -> None:
    """Words that the report says several times are found by where they were marked; typed they are asked for once more."""
    amal, document = desk.served.signed_in("Amal"), desk.document("Hostile")
    text = desk.text("Hostile")
    exact = "alert(1)"
    at = text.rindex(exact)
    marked = {"selector": [{"type": "TextPositionSelector", "start": at, "end": at + len(exact)}, {"type": "TextQuoteSelector", "exact": exact}]}  # fmt: skip
    path = f"/desk/documents/{document}/enter"
    assert "times" in send(amal, path, {"quote": exact, "field.low": "1"}).text
    answer = send(amal, path, {"quote": exact, "field.low": "1", "mark.quote": json.dumps(marked)})
    assert answer.status_code == 303
    assert desk.served.ask("SELECT start FROM entered") == [(at,)]


def test_victims_are_withheld_until_released_and_asked_for(desk: Desk) -> None:
    """A name entered by a lead shows nowhere; released it is counted, and shown to a lead who asks, which is noted; withheld it is gone again."""
    dee, amal = desk.served.signed_in("Dee", Role.LEAD), desk.served.signed_in("Amal")
    document = desk.document("Boat hit")
    path = f"/desk/documents/{document}"
    fields = {"names": f"{NAME}\nQ. Exampel", "victim_quote": "12 people", "sex": "", "age": "40", "status": "civilian", "claim": desk.claim("12 people")}  # fmt: skip
    assert send(amal, f"{path}/victims", fields).status_code == 403
    assert send(dee, f"{path}/victims", {**fields, "sex": "x"}).status_code == 400
    assert send(dee, f"{path}/victims", fields).status_code == 303
    victim = re.search(r"/desk/victims/(\w{64})", dee.get(path).text)[1]
    pages = (path, "/desk/log", "/desk/audit", f"/desk/claims/{desk.claim('12 people')}")
    assert not any(NAME in dee.get(page).text for page in pages)
    assert NAME not in send(dee, f"{path}/names").text
    assert send(dee, f"/desk/victims/{victim}", {"verdict": "release", "reason": ""}).status_code == 400
    assert send(dee, f"/desk/victims/{victim}", {"verdict": "release", "reason": "the family asked"}).status_code == 303
    assert not any(NAME in dee.get(page).text for page in pages)
    assert NAME in send(dee, f"{path}/names").text
    assert send(amal, f"{path}/names").status_code == 403
    assert victim not in amal.get(path).text
    assert send(dee, f"/desk/victims/{victim}", {"verdict": "withhold"}).status_code == 303
    assert NAME not in send(dee, f"{path}/names").text
    assert [what for _, what, _ in desk.served.audit()].count("see names") == 3


def test_the_log_is_filtered_and_held_to_its_hashes(desk: Desk) -> None:
    """Decisions are found by who, what and of which; a row that was changed behind the site's back is told. How many there are, and the last, only who sees all learns."""
    amal, document = desk.served.signed_in("Amal"), desk.document("Nothing harmed")
    send(amal, f"/desk/documents/{document}", {"verdict": "nothing", "seen": ""})
    assert "nothing" in amal.get("/desk/log?who=Amal&verdict=nothing").text.split('<ol class="log">')[1]
    assert "No decision is like that" in amal.get("/desk/log?who=Bo").text
    assert "No decision is like that" in amal.get("/desk/log?verdict=merge").text
    (decision,) = desk.log()
    whole, less = (each.get("/desk/log?verify=1").text for each in (desk.served.signed_in("Dee", Role.LEAD), amal))
    assert "1 decision, each as it was written" in whole
    assert f"The last is <code>{decision.decision_id}" in whole
    assert "All decisions are there, each as it was written" in less
    desk.served.write("UPDATE decisions SET reason = 'another'")
    assert "it was changed after it was written" in amal.get("/desk/log?verify=1").text


def test_agreement_is_of_what_may_be_seen(desk: Desk) -> None:
    """Alpha stands with its interval and the number of claims; those of closed documents are in it for nobody who may not see them."""
    from desks import decide

    amal, bo, cy = (desk.served.signed_in(name) for name in ("Amal", "Bo", "Cy"))
    assert "No claim was decided by two" in amal.get("/desk/agreement").text
    for words in ("7 civilians", "12 people"):
        decide(amal, desk.claim(words), "accept")
        decide(bo, desk.claim(words), "accept", list="second")
    page = cy.get("/desk/agreement").text
    assert re.search(r'verdict <span class="hint">nominal</span></th><td>–</td><td>–</td><td>2</td>', page)
    assert "No claim was decided by two" in cy.get("/desk/agreement?between=Amal").text
    desk.served.close(desk.document("Boat hit"), "Amal")
    assert "<td>2</td>" not in cy.get("/desk/agreement").text
    assert hidden(page, "next")
