"""Who asks by a token: what counts, for what, for how long, and that a cookie counts for nothing."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from moderating import Replies
from programs import MODERATION, Program, make_program, noted
from sites import PASSWORD, Served, send, sign_in
from sqlalchemy import event, select
from sqlalchemy.engine import Engine
from starlette.routing import Route
from starlette.testclient import TestClient

from harmledger.domain import Role, TokenScope
from harmledger.store.accounts import change_account
from harmledger.store.api_tokens import PREFIX, end_token
from harmledger.store.schema_accounts import ACCOUNTS, API_TOKENS, AUDIT
from harmledger.web.api import bearer
from harmledger.web.api.moderation import asking
from harmledger.web.api.moderation.operations import MODERATION as OPERATIONS
from harmledger.web.app import ROUTES

pytestmark = pytest.mark.either_database
JSON = {"content-type": "application/json"}


@pytest.fixture
def replies(served: Served) -> Replies:
    return Replies(served)


def path_of(operation: Any, reference: str = "0" * 10) -> str:
    return operation.path.replace("{id}", reference)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: f"{each.method} {each.path}")
def test_cookies_authorise_nothing_here(replies: Replies, operation: Any) -> None:
    """No operation of moderators answers without a token: not who is signed in, not a lead, not with the token of a form; and nothing is done."""
    sent = replies.send(replies.join()).reference
    lead = replies.served.signed_in("Dee", Role.LEAD)
    for browser in (replies.served.browser(), lead):
        refused = browser.request(operation.method, path_of(operation, sent), headers=JSON, content=b'{"verdict": "spam", "version": 2}')  # fmt: skip
        assert refused.status_code == 401
        assert refused.json()["error"]["kind"] == "not_signed_in"
        assert refused.headers["www-authenticate"] == 'Bearer realm="harmledger"'
    form = send(lead, path_of(operation, sent)) if operation.method == "POST" else refused
    assert form.status_code == 401
    assert noted(replies.served) == []


def test_everything_that_writes_there_needs_a_token() -> None:
    """By the list of routes: what isn't looked at only, under the API, is answered by token alone."""
    writing = [r for r in ROUTES if isinstance(r, Route) and r.path.startswith("/api/") and "POST" in (r.methods or ())]
    assert len(writing) == 3
    assert all(isinstance(route.app, bearer.ByToken) for route in writing)
    assert {route.app.scope for route in writing if isinstance(route.app, bearer.ByToken)} == {TokenScope.MODERATE}


def test_a_token_beside_a_session_counts_alone(replies: Replies) -> None:
    """A browser that is signed in as a lead, with a reviewer's token, does what the reviewer may."""
    sent = replies.send(replies.join()).reference
    program = make_program(replies.served)
    lead = replies.served.signed_in("Dee", Role.LEAD)
    lead.headers["authorization"] = f"Bearer {program.secret}"
    body = {"verdict": "block", "words": "floods", "version": 2}
    assert lead.post(f"{MODERATION}/replies/{sent}/rulings", json=body).status_code == 403
    assert lead.get(f"{MODERATION}/replies/{sent}").json()["may"] == ["publish", "refuse", "spam", "hold"]
    del lead.headers["authorization"]


@pytest.mark.parametrize(
    "header",
    [
        "Basic QW1hbDpjb3JyZWN0",
        "{token}",
        "Token {token}",
        "Bearer",
        "Bearer {token}x",
        "Bearer {token} {token}",
        "Bearer {short}",
        "Bearer x{token}",
        "bearer\u00a0{token}",
    ],
)
def test_only_the_bearer_scheme_is_taken(served: Served, header: str) -> None:
    """Another scheme, a token that is cut or followed by more: as if there were none."""
    program = make_program(served)
    given = header.format(token=program.secret, short=program.secret[:-1])
    answer = served.browser().get(f"{MODERATION}/counts", headers={"authorization": given.encode("latin-1")})
    assert answer.status_code == 401


def test_a_token_is_taken_from_its_header_alone(served: Served) -> None:
    """Not from the address, a cookie, another header, a body; the scheme is read whatever its case, and two tokens are none."""
    program, browser = make_program(served), served.browser()
    path = f"{MODERATION}/counts"
    for query in ("access_token", "token", "authorization"):
        assert browser.get(path, params={query: program.secret}).status_code == 401
    assert browser.get(path, headers={"x-api-key": program.secret}).status_code == 401
    twice = [("authorization", f"Bearer {program.secret}")] * 2
    assert browser.get(path, headers=twice).status_code == 401
    body = f"access_token={program.secret}"
    assert browser.post(f"{MODERATION}/sources/{'0' * 10}/done", content=body).status_code == 401
    browser.cookies.set("session", program.secret)
    assert browser.get(path).status_code == 401
    assert browser.get(path, headers={"authorization": f"bearer  {program.secret}"}).status_code == 200


@pytest.mark.parametrize("days", [1, 30])
def test_a_token_is_over_by_itself(served: Served, days: int) -> None:
    """To the second, whatever it is used for until then."""
    program = make_program(served, days=days)
    served.clock.forward(days=days, seconds=-1)
    assert program.get("/counts").status_code == 200
    served.clock.forward(seconds=1)
    over = program.get("/counts")
    assert (over.status_code, over.headers["www-authenticate"]) == (401, 'Bearer realm="harmledger", error="invalid_token"')  # fmt: skip


def test_a_token_that_was_ended_counts_no_longer(served: Served) -> None:
    """At once, and it alone."""
    program, other = make_program(served), make_program(served)
    with served.site.ledger.writing() as writer:
        end_token(writer, program.account.account_id, program.token.token_id, now=served.clock())
    assert (program.get("/counts").status_code, other.get("/counts").status_code) == (401, 200)


def test_scopes_are_kept_to(replies: Replies) -> None:
    """A token that reads rules on nothing, though its account may; it is told which scope is needed."""
    sent = replies.send(replies.join()).reference
    program = make_program(replies.served, scope=TokenScope.READ)
    assert program.get(f"/replies/{sent}").json()["may"] == []
    for path in (f"/replies/{sent}/rulings", f"/replies/{sent}/unblock", f"/sources/{sent}/done"):
        refused = program.post(path, {"verdict": "spam", "version": 2})
        assert refused.status_code == 403
        assert refused.headers["www-authenticate"] == 'Bearer realm="harmledger", error="insufficient_scope", scope="replies:moderate"'  # fmt: skip
    assert noted(replies.served) == []


@pytest.mark.parametrize("values", [{"role": "reader"}, {"disabled": True}], ids=["demoted", "disabled"])
def test_a_token_may_no_more_than_its_account_may_now(replies: Replies, values: dict[str, Any]) -> None:
    """Who is a reviewer no longer, or was shut out, moderates by no token, from the next request on."""
    sent = replies.send(replies.join()).reference
    program, served = make_program(replies.served), replies.served
    version = program.get(f"/replies/{sent}").json()["version"]
    with served.site.ledger.writing() as writer:
        now = {name: served.clock() if name == "disabled" else value for name, value in values.items()}
        change_account(writer, program.account.account_id, **now)
    assert program.rule(sent, "spam", version=version).status_code in {401, 403}
    assert program.get("/replies").status_code in {401, 403}
    assert noted(served) == []


def test_a_role_that_was_given_counts_for_tokens_too(replies: Replies) -> None:
    """A token holds no role: what its account may is looked up with every use."""
    sent = replies.send(replies.join()).reference
    program = make_program(replies.served)
    assert program.rule(sent, "block", words="floods").status_code == 403
    with replies.served.site.ledger.writing() as writer:
        change_account(writer, program.account.account_id, role="lead")
    assert program.rule(sent, "block", words="floods").status_code == 200


def doors(served: Served, admin: TestClient, program: Program) -> dict[str, Any]:
    """What ends all tokens of an account, each as people do it."""
    at = f"/desk/accounts/{program.account.account_id}"

    def change() -> object:
        own = served.browser()
        sign_in(own, program.account.name)
        return send(own, "/account/password", {"new": "another long password", "again": "another long password"})

    return {
        "password": change,
        "reset": lambda: send(admin, f"{at}/reset", of=at),
        "signed out": lambda: send(admin, f"{at}/sessions", of=at),
        "disabled": lambda: (send(admin, f"{at}/disable", of=at), send(admin, f"{at}/disable", {"undo": "1"}, of=at)),
    }


@pytest.mark.parametrize("door", ["password", "reset", "signed out", "disabled"])
def test_what_signs_an_account_out_ends_its_tokens(served: Served, door: str) -> None:
    """Whoever knew a lost password may have made a token: it ends with the sessions, and comes back with nothing."""
    admin = served.signed_in("Eve", Role.ADMIN)
    program, others = make_program(served), make_program(served, "Bo")
    assert "1 token by which programs act for it" in admin.get(f"/desk/accounts/{program.account.account_id}").text
    doors(served, admin, program)[door]()
    assert (program.get("/counts").status_code, others.get("/counts").status_code) == (401, 200)


def test_tokens_that_count_for_nothing_are_answered_alike(served: Served) -> None:
    """Made up, ended, over, or of a disabled account: the same words by the same questions to the ledger, so that neither they nor time tell which."""
    ended, over, barred = make_program(served, "Amal"), make_program(served, "Bo", days=1), make_program(served, "Cy")
    with served.site.ledger.writing() as writer:
        end_token(writer, ended.account.account_id, ended.token.token_id, now=served.clock())
        change_account(writer, barred.account.account_id, disabled=served.clock())
    served.clock.forward(days=2)
    made_up = served.browser()
    made_up.headers["authorization"] = f"Bearer {PREFIX}{'A' * 43}"
    asked: list[str] = []
    listener = lambda *of: asked.append(of[2])  # noqa: E731  the six values that SQLAlchemy gives
    event.listen(Engine, "before_cursor_execute", listener)
    try:
        told = set()
        for client in (ended.client, over.client, barred.client, made_up):
            answer, questions = client.get(f"{MODERATION}/counts"), tuple(asked)
            asked.clear()
            told.add((answer.status_code, answer.text, answer.headers["www-authenticate"], questions))
    finally:
        event.remove(Engine, "before_cursor_execute", listener)
    ((status, _, _, questions),) = told
    assert status == 401
    assert sum("api_tokens" in each for each in questions) == 1


def test_a_token_is_looked_up_by_its_hash_and_compared_in_one_time(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database never sees a token, and what it finds is compared whole."""
    program = make_program(served)
    seen: list[Any] = []
    compared: list[tuple[str, str]] = []
    real = bearer.find_token.__globals__["hmac"].compare_digest

    def compare(one: str, other: str) -> bool:
        compared.append((one, other))
        return real(one, other)

    monkeypatch.setattr(bearer.find_token.__globals__["hmac"], "compare_digest", compare)
    listener = lambda *of: seen.append(of[3])  # noqa: E731  as above
    event.listen(Engine, "before_cursor_execute", listener)
    try:
        assert program.get("/counts").status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", listener)
    assert seen
    assert program.secret not in repr(seen)
    assert [one == other and len(one) == 64 for one, other in compared] == [True]


def test_guessing_tokens_is_slowed_and_stops_nobodys_program(served: Served) -> None:
    """Thirty wrong ones in five minutes from a network; a token that counts goes on beside them."""
    guesser, program = served.browser(), make_program(served)
    for number in range(32):
        guesser.headers["authorization"] = f"Bearer {PREFIX}{number:043}"
        answer = guesser.get(f"{MODERATION}/counts")
        assert answer.status_code == (401 if number < 30 else 429)
    assert answer.headers["retry-after"] == "60"
    assert program.get("/counts").status_code == 200


def test_an_accounts_programs_are_bounded_together(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many requests a minute, fewer that do something; more tokens are no more, and others' go on."""
    from limits import RateLimitItemPerMinute

    from harmledger.web import rates

    monkeypatch.setattr(rates, "ASKED_BY_TOKENS", RateLimitItemPerMinute(6))
    monkeypatch.setattr(rates, "DONE_BY_TOKENS", RateLimitItemPerMinute(2))
    one, other, bos = make_program(served), make_program(served), make_program(served, "Bo")
    done = [program.post(f"/sources/{'0' * 10}/done").status_code for program in (one, other, one)]
    assert done == [404, 404, 429]
    asked = [program.get("/counts").status_code for program in (one, other, one, other)]
    assert asked == [200, 200, 200, 429]
    refused = one.get("/counts")
    assert (refused.json()["error"]["kind"], refused.headers["retry-after"]) == ("too_many", "60")
    assert bos.get("/counts").status_code == 200


def test_a_token_is_nowhere_but_with_its_program(
    replies: Replies, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in the ledger, in no answer, and in no log, not even of a fault while it is used."""
    served, sent = replies.served, replies.send(replies.join()).reference
    program = make_program(served)
    caplog.set_level(logging.DEBUG)
    answers = [
        program.get("/replies"),
        program.rule(sent, "spam"),
        program.rule(sent, "burn", version=1),
        program.get("/nowhere"),
    ]

    def break_down(*_of: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(asking, "count_desk", break_down)
    answers.append(program.get("/counts"))
    assert [answer.status_code for answer in answers] == [200, 200, 400, 404, 500]
    assert "broken" in caplog.text
    with served.site.ledger.reading() as connection:
        kept = [str(row) for t in (API_TOKENS, ACCOUNTS, AUDIT) for row in connection.execute(select(t))]
    told = [answer.text + repr(answer.headers) for answer in answers]
    assert not [text for text in (*kept, *told, caplog.text) if program.secret[len(PREFIX) :] in text]


def test_use_is_noted_to_the_minute(served: Served) -> None:
    """When a token was last used, for who looks whether it is still needed: written once a minute, not with every request."""
    program = make_program(served)

    def used() -> Any:
        with served.site.ledger.reading() as connection:
            return connection.execute(select(API_TOKENS.c.last_used)).scalar_one()

    assert used() is None
    first = served.clock()
    for _ in range(3):
        program.get("/counts")
        assert used() == first
        served.clock.forward(seconds=25)
    program.get("/counts")
    assert used() == first + timedelta(seconds=75)


def test_answers_to_a_program_are_kept_nowhere(replies: Replies) -> None:
    """Neither by a browser or proxy nor for pages of other sites."""
    sent = replies.send(replies.join()).reference
    program = make_program(replies.served)
    for answer in (
        program.get("/replies"),
        program.get(f"/replies/{sent}"),
        program.rule(sent, "hold"),
        program.get("/replies/x"),
    ):
        assert "no-store" in answer.headers["cache-control"]
        assert "access-control-allow-origin" not in answer.headers
    assert replies.served.browser().get(f"{MODERATION}/replies/{sent}").status_code == 401


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_pages_of_other_sites_use_no_token(replies: Replies, headers: dict[str, str]) -> None:
    """Even one that got hold of a token writes nothing from a browser, and is let ask for nothing beforehand."""
    sent = replies.send(replies.join()).reference
    program = make_program(replies.served)
    body = {"verdict": "spam", "version": 2}
    assert program.client.post(f"{MODERATION}/replies/{sent}/rulings", json=body, headers=headers).status_code == 403
    asked = program.client.options(f"{MODERATION}/replies/{sent}/rulings", headers=headers)
    assert asked.status_code == 405
    assert "access-control-allow-origin" not in asked.headers
    assert noted(replies.served) == []


def test_a_password_is_no_token(served: Served) -> None:
    """Nor is the token of a session, taken from its cookie."""
    browser = served.signed_in("Amal")
    for secret in (PASSWORD, browser.cookies["session"]):
        answer = served.browser().get(f"{MODERATION}/counts", headers={"authorization": f"Bearer {secret}"})
        assert answer.status_code == 401
