"""One's own tokens on one's own account: made for who gave the password just now, shown once, ended by one button."""

from __future__ import annotations

import re

import pytest
from sites import PASSWORD, Served, send
from starlette.testclient import TestClient

from harmledger.domain import Role
from harmledger.store.api_tokens import MOST_TOKENS
from harmledger.store.schema_accounts import API_TOKENS

pytestmark = pytest.mark.either_database
COUNTS = "/api/v1/moderation/counts"
FIELDS = {"name": "desk helper", "scope": "replies:moderate", "days": "90"}


def make(browser: TestClient, **fields: str) -> str:
    """The token that the page shows."""
    shown = send(browser, "/account/tokens", {**FIELDS, **fields})
    found = re.search(r'<code class="secret" dir="ltr">(hlt_[\w-]{43})</code>', shown.text)
    assert found, shown.text
    return found[1]


def status(served: Served, secret: str) -> int:
    return served.browser().get(COUNTS, headers={"authorization": f"Bearer {secret}"}).status_code


def test_a_token_is_made_shown_once_and_ended(served: Served) -> None:
    """It works at once, no page shows it again, and it works no longer once it was ended; both are in the audit."""
    browser = served.signed_in("Amal")
    secret = make(browser, name="Helper <b>of</b> \u05d0")
    assert status(served, secret) == 200
    page = browser.get("/account").text
    assert secret not in page
    assert "Helper &lt;b&gt;of&lt;/b&gt;" in page
    number = re.search(r'name="token" value="(\w{32})"', page)
    assert number
    ended = send(browser, "/account/tokens/end", {"token": number[1]})
    assert (ended.status_code, status(served, secret)) == (303, 401)
    assert "The token counts no longer." in browser.get(ended.headers["location"]).text
    noted = served.ask("SELECT who, what, subject, token_id FROM audit WHERE what LIKE '%-token' ORDER BY sequence")
    assert noted == [("Amal", what, f"{number[1][:8]} replies:moderate", None) for what in ("add-token", "end-token")]


def test_making_a_token_asks_for_the_password_again(served: Served) -> None:
    """A browser that was left open makes none; ending one never waits for a password."""
    browser = served.signed_in("Amal")
    secret = make(browser)
    served.clock.forward(minutes=16)
    asked = send(browser, "/account/tokens", {**FIELDS, "next": "/account"})
    assert (asked.status_code, asked.headers["location"]) == (303, "/prove?next=%2Faccount")
    number = re.search(r'name="token" value="(\w{32})"', browser.get("/account").text)
    assert number
    assert send(browser, "/account/tokens/end", {"token": number[1]}).headers["location"].startswith("/account?done")
    assert status(served, secret) == 401
    assert send(browser, "/prove", {"password": PASSWORD, "next": "/account"}, of="/prove").status_code == 303
    assert status(served, make(browser)) == 200


def test_readers_have_no_tokens(served: Served) -> None:
    """Who moderates nothing is offered none, and gets none by a form that is sent all the same."""
    browser = served.signed_in("Di", Role.READER)
    assert "Tokens for programs" not in browser.get("/account").text
    assert send(browser, "/account/tokens", FIELDS).status_code == 403


@pytest.mark.parametrize(
    "fields",
    [
        {"scope": "all"},
        {"scope": ""},
        {"days": "0"},
        {"days": "10000"},
        {"days": "x"},
        {"name": ""},
        {"name": "x" * 65},
    ],
)
def test_what_is_no_token_is_refused(served: Served, fields: dict[str, str]) -> None:
    """A scope or a time that can't be chosen, no name or one without end."""
    browser = served.signed_in("Amal")
    assert send(browser, "/account/tokens", {**FIELDS, **fields}).status_code == 400
    assert served.ask("SELECT count(*) FROM api_tokens") == [(0,)]


def test_one_ends_ones_own_tokens_alone(served: Served) -> None:
    """Another's number is answered as one that isn't there."""
    amal, bo = served.signed_in("Amal"), served.signed_in("Bo")
    secret = make(amal)
    with served.site.ledger.reading() as connection:
        (number,) = connection.execute(API_TOKENS.select().with_only_columns(API_TOKENS.c.token_id)).scalars()
    assert send(bo, "/account/tokens/end", {"token": number}).status_code == 404
    assert send(bo, "/account/tokens/end", {"token": ""}).status_code == 404
    assert status(served, secret) == 200


def test_an_account_has_few_tokens(served: Served) -> None:
    """One more than may be is refused, and no form asks for it; those that are over leave their place."""
    browser = served.signed_in("Amal")
    for _ in range(MOST_TOKENS):
        make(browser, days="7")
    assert 'id="token-name"' not in browser.get("/account").text
    assert send(browser, "/account/tokens", FIELDS).status_code == 409
    served.clock.forward(days=7)
    again = served.signed_in("Bo")
    assert 'id="token-name"' in again.get("/account").text
    with served.site.ledger.reading() as connection:
        assert len(connection.execute(API_TOKENS.select()).all()) == MOST_TOKENS


def test_no_page_that_shows_a_token_is_kept(served: Served) -> None:
    """Neither by the browser nor by a proxy."""
    shown = send(served.signed_in("Amal"), "/account/tokens", FIELDS)
    assert "no-store" in shown.headers["cache-control"]
