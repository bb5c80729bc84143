"""Who may do what at the desk, and that nothing of a closed document shows there."""

from __future__ import annotations

import pytest
from desks import Desk, decide
from sites import send, sign_in
from starlette.routing import Route

from harmledger.domain import Role
from harmledger.web.desk.routes import ROUTES

pytestmark = pytest.mark.either_database

PLACES = {
    "/desk/claims/{id}": "claim",
    "/desk/claims/{id}/settle": "claim",
    "/desk/documents/{id}": "document",
    "/desk/documents/{id}/enter": "document",
    "/desk/incidents/{id}": "incident",
    "/desk/decisions/{id}/undo": "decision",
}


def test_every_route_of_the_desk_has_its_guard() -> None:
    """None is open to who isn't signed in; what changes incidents asks for a lead and the password again."""
    needed = {(route.path, *route.methods): route.endpoint.needs for route in ROUTES if isinstance(route, Route)}
    assert all(needs is not None and needs.role.covers(Role.REVIEWER) for needs in needed.values())
    admins = {key for key, needs in needed.items() if needs.role is Role.ADMIN}
    fresh = {key[0] for key in needed.keys() - admins if needed[key].fresh}
    assert fresh == {"/desk/links", "/desk/incidents/{id}/merge", "/desk/incidents/{id}/split"}
    leads = {path for path, *methods in needed if needed[path, *methods].role is Role.LEAD}
    assert leads >= fresh | {"/desk/assign", "/desk/victims/{id}", "/desk/claims/{id}/settle"}
    keeping = ("/desk/audit", "/desk/accounts", "/desk/groups")
    assert admins == {key for key in needed if key[0].startswith(keeping)}
    assert all(needed[key].fresh for key in admins if "POST" in key)


@pytest.mark.parametrize(("role", "least"), [(None, 303), (Role.READER, 403)])
def test_readers_and_strangers_stay_out(desk: Desk, role: Role | None, least: int) -> None:
    """Strangers are sent to sign in, readers are refused, and the desk isn't named to either."""
    browser = desk.served.signed_in("Cy", role) if role else desk.served.browser()
    for path in ("/desk", f"/desk/claims/{desk.claim('7 civilians')}", "/desk/log"):
        assert browser.get(path).status_code == least
    assert 'href="/desk"' not in browser.get("/").text


def test_a_closed_document_shows_nowhere_at_the_desk(desk: Desk) -> None:
    """Its claims, sentences, decisions, incidents and counts are seen by its group and leads alone, and answered as what isn't there."""
    desk.served.add("Amal")
    amal_, bo, dee = desk.served.browser(), desk.served.signed_in("Bo"), desk.served.signed_in("Dee", Role.LEAD)
    sign_in(amal_, "Amal")
    claim, document, incident = desk.claim("140 civilians"), desk.document("Hostile"), desk.incident("140 civilians")
    before = bo.get("/desk").text.count('href="/desk/claims/')
    desk.served.close(document, "Amal")
    decide(amal_, claim, "hold", reason="secret reason")
    (decision,) = desk.log()
    assert bo.get("/desk").text.count('href="/desk/claims/') == before - 1
    for path in (f"/desk/claims/{claim}", f"/desk/documents/{document}", f"/desk/incidents/{incident}"):
        assert bo.get(path).status_code == 404
        assert amal_.get(path).status_code == 200
    for path in ("/desk", "/desk?list=held", "/desk/log", "/desk/documents", "/desk/agreement", "/desk/links", f"/desk/log?subject={claim}"):  # fmt: skip
        page = bo.get(path).text.replace(claim, "")  # as the address itself has it
        assert not {w for w in ("140 civilians", "secret reason", claim[:10], document[:10]) if w in page}, path  # fmt: skip
    assert "secret reason" in dee.get("/desk/log").text
    assert '<span class="count">1</span>' not in bo.get("/desk?list=held").text.split("Held")[1][:60]
    for path, fields in (
        (f"/desk/claims/{claim}", {"verdict": "accept", "seen": decision.decision_id}),
        (f"/desk/documents/{document}", {"verdict": "nothing", "seen": ""}),
        (f"/desk/documents/{document}/enter", {"quote": "140 civilians", "field.low": "1"}),
        (f"/desk/decisions/{decision.decision_id}/undo", {"reason": "x"}),
    ):
        assert send(bo, path, fields).status_code == 404, path
    assert len(desk.log()) == 1


@pytest.mark.parametrize("id", ["f" * 64, "' OR 1=1 --", "%2e%2e", "0", "x" * 3000])
def test_ids_that_are_none_are_answered_alike(desk: Desk, id: str) -> None:
    """Whatever is asked for and isn't there is a page that says so; a beginning of an id is none."""
    dee = desk.served.signed_in("Dee", Role.LEAD)
    for path in ("claims", "documents", "incidents"):
        assert dee.get(f"/desk/{path}/{id}").status_code == 404
    assert dee.get(f"/desk/claims/{desk.claim('7 civilians')[:20]}").status_code == 404
