"""Forms and guarded routes: no form without its token, from elsewhere, or by somebody with a lesser role."""

from __future__ import annotations

import re

import pytest
from sites import Served, token
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Route

from harmledger.domain import Role, Session
from harmledger.web.access import viewer_of
from harmledger.web.app import ROUTES
from harmledger.web.guards import Needs, needs
from harmledger.web.visit import Fields, Visit


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_forms_of_other_sites_are_refused(served: Served, headers: dict[str, str]) -> None:
    """Whatever token it holds, a form that a browser sends from elsewhere changes nothing."""
    browser = served.signed_in("Amal")
    fields = {"csrf": token(browser.get("/account").text)}
    assert browser.post("/sign-out", data=fields, headers=headers).status_code == 403
    assert browser.get("/account").status_code == 200


OWN_LOOK = ("/theme", "/warnings")
"""Forms that set nothing but how this browser shows pages: colours, and whether it is warned before graphic texts."""
SIGNED = ("/replies/unsubscribe/{token}",)
"""Forms whose address is signed for one person: mail programs send them, and know no other token."""
FORMS = [
    route
    for route in ROUTES
    if isinstance(route, Route)
    and "POST" in (route.methods or ())
    and route.path not in (*OWN_LOOK, *SIGNED)
    and not route.path.startswith("/api/")  # no forms: programs write by a token, see api/test_bearer.py
]


@pytest.mark.parametrize("route", FORMS, ids=lambda route: route.path)
def test_every_form_needs_its_token(served: Served, route: Route) -> None:
    """No route that changes anything takes a form without the token of this browser, signed in or not."""
    admin, nobody = served.signed_in("Amal", Role.ADMIN), served.browser()
    nobody.get("/sign-in")
    for browser in (admin, nobody):
        for fields in ({"x": ""}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "é"}):
            refused = browser.post(route.path, data=fields)
            assert refused.status_code == 403 or refused.headers["location"].startswith("/sign-in")


def test_only_the_theme_goes_without_a_token() -> None:
    """What takes a form without one is named here: it sets nothing but a browser's own look, or its address is a token itself."""
    without = [route.path for route in ROUTES if isinstance(route, Route) and not getattr(route.app, "token", True)]
    assert sorted(without) == sorted([*OWN_LOOK, *SIGNED])


GUARDED = [route for route in ROUTES if isinstance(route, Route) and getattr(route.app, "needs", None)]


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: f"{'+'.join(sorted(route.methods or ()))} {route.path}")
def test_every_guarded_route_sends_strangers_to_sign_in(served: Served, route: Route) -> None:
    """Who isn't signed in gets no page and changes nothing; a program is told so."""
    browser, method = served.browser(), "POST" if "POST" in (route.methods or ()) else "GET"
    form = {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
    path = re.sub(r"{\w+(:\w+)?}", "1", route.path)
    assert browser.request(method, path, headers=form).headers["location"].startswith("/sign-in")
    assert browser.request(method, path, headers={**form, "Accept": "application/json"}).status_code == 401


def test_a_lesser_role_is_refused(served: Served) -> None:
    """Being signed in isn't being allowed."""
    for role, refused in ((Role.READER, True), (Role.LEAD, False), (Role.ADMIN, False)):
        guard = needs(Role.LEAD)
        assert _refuses(served, guard, role) == refused


def _refuses(served: Served, guard: Needs, role: Role) -> bool:
    account = served.add(f"one {role}", role)
    now = served.clock()
    session = Session(session_id="s", account_id=account.account_id, made=now, seen=now, proved=now, agent="")
    visit = Visit(
        site=served.site,
        request=Request({"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}),
        connection=None,
        viewer=viewer_of(account),
        account=account,
        session=session,
        form=Fields(),
        seed="s",
    )
    try:
        return guard.refuse(visit) is not None
    except HTTPException as e:
        return e.status_code == 403
