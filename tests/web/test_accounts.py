"""Signing in, staying signed in and no longer, the second step, and what one may change of one's own account."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from pyotp.totp import TOTP
from sites import PASSWORD, Served, send, sign_in, token
from sqlalchemy import select
from starlette.testclient import TestClient

from harmledger.domain import Role
from harmledger.errors import BadInput
from harmledger.store.accounts import change_account, find_credentials, get_account
from harmledger.store.schema_accounts import ACCOUNTS, AUDIT, RECOVERY_CODES, SESSIONS
from harmledger.web import passwords
from harmledger.web.sign_in import WRONG

pytestmark = pytest.mark.either_database


def set_up_two_step(browser: TestClient, served: Served) -> tuple[TOTP, list[str]]:
    """As a person does it; gives the app and the recovery codes."""
    send(browser, "/account/two-step/begin")
    page = browser.get("/account/two-step").text
    assert "<svg" in page
    found = re.search(r'<code dir="ltr">([A-Z2-7]+)</code>', page)
    assert found
    app = TOTP(found[1])
    shown = send(browser, "/account/two-step", {"code": app.at(served.clock())}, of="/account/two-step")
    assert shown.status_code == 200, shown.text
    return app, re.findall(r"<li>([A-Z2-9]{10})</li>", shown.text)


def test_who_signs_in_is_led_back(served: Served) -> None:
    """With name and password a person comes back to the page that was meant, and is called by name."""
    served.add("Amal")
    browser = served.browser()
    asked = browser.get("/account?x=1")
    assert asked.headers["location"] == "/sign-in?next=%2Faccount%3Fx%3D1"
    answer = sign_in(browser, "amal", next="/account?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?x=1")
    assert "Amal" in browser.get("/").text
    assert ("Amal", "sign-in", "done") in served.audit()


def test_signing_out_ends_the_session(served: Served) -> None:
    """The token counts no longer, even for who kept it."""
    browser = served.signed_in("Amal")
    kept = browser.cookies["session"]
    send(browser, "/sign-out")
    assert "session" not in browser.cookies
    thief = served.browser()
    thief.cookies.set("session", kept)
    assert thief.get("/account").status_code == 303


def test_nobody_learns_which_names_there_are(served: Served) -> None:
    """A wrong name, a wrong password, a disabled account and a missing code are answered alike, word by word."""
    browser = served.signed_in("Amal")
    set_up_two_step(browser, served)
    served.add("Bo")
    gone = served.add("Cy")
    with served.site.ledger.writing() as writer:
        change_account(writer, gone.account_id, disabled=served.clock())
    tries = [("nobody", PASSWORD), ("Bo", "wrong password"), ("Cy", PASSWORD), ("Amal", PASSWORD)]
    answers = [sign_in(served.browser(), name, password) for name, password in tries]
    pages = {re.sub(r'value="[^"]*"', "", answer.text) for answer in answers}
    assert {answer.status_code for answer in answers} == {403}
    assert len(pages) == 1
    assert WRONG in pages.pop()


def test_a_name_that_is_nobodys_costs_a_hash_too(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time that an answer takes tells no names: a password is hashed whether or not there is an account."""
    served.add("Amal")
    hashed: list[str] = []
    real = passwords._HASHER

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            hashed.append(kept)
            return real.verify(kept, password)

    passwords._nobodys()
    monkeypatch.setattr(passwords, "_HASHER", Counting())
    for name in ("Amal", "nobody"):
        sign_in(served.browser(), name, "wrong password")
    assert len(hashed) == 2
    assert hashed[0].split("$")[:4] == hashed[1].split("$")[:4]


def test_guessing_is_slowed(served: Served) -> None:
    """After a few tries from one place a name is refused there, even with the right password, and its owner gets in from elsewhere."""
    served.add("Amal")
    guesser = served.browser()
    answers = [sign_in(guesser, "Amal", f"guess number {n}").status_code for n in range(5)]
    assert answers == [403] * 5
    assert sign_in(guesser, "Amal").status_code == 429
    assert sign_in(guesser, "AMAL ").status_code == 429
    assert sign_in(served.browser("203.0.113.9"), "Amal").status_code == 303


def test_guessing_many_names_is_slowed(served: Served) -> None:
    """One network tries twenty names in five minutes, and no more."""
    browser = served.browser()
    answers = [sign_in(browser, f"name{n}", "guess number one").status_code for n in range(21)]
    assert (answers[:20], answers[20]) == ([403] * 20, 429)


@pytest.mark.parametrize(("time", "ended"), [({"minutes": 119}, False), ({"minutes": 121}, True)])
def test_an_idle_session_ends(served: Served, time: dict[str, float], ended: bool) -> None:
    """Two hours unused, and one signs in again."""
    browser = served.signed_in("Amal")
    served.clock.forward(**time)
    assert (browser.get("/account").status_code == 303) == ended


def test_a_session_ends_after_a_day_of_work(served: Served) -> None:
    """However busy somebody is, every session ends after twelve hours."""
    browser = served.signed_in("Amal")
    for _ in range(11):
        served.clock.forward(hours=1)
        assert browser.get("/account").status_code == 200
    served.clock.forward(hours=1, seconds=1)
    ended = browser.get("/account")
    assert ended.status_code == 303
    assert "session" not in browser.cookies


def test_each_sign_in_has_a_token_of_its_own(served: Served) -> None:
    """A session's token is made at sign-in, not before, and never used again: one planted beforehand is worth nothing."""
    served.add("Amal")
    browser = served.browser()
    browser.cookies.set("session", "planted")
    sign_in(browser, "Amal")
    first = [cookie.value for cookie in browser.cookies.jar if cookie.name == "session" and cookie.value != "planted"]
    assert len(first) == 1
    again = served.browser()
    again.cookies.set("session", first[0])
    sign_in(again, "Amal")
    thief = served.browser()
    thief.cookies.set("session", first[0])
    assert thief.get("/account").status_code == 303


def test_only_hashes_of_tokens_and_passwords_lie_in_the_ledger(served: Served) -> None:
    """Whoever reads the database can sign in as nobody: it holds neither tokens, nor passwords, nor recovery codes."""
    browser = served.signed_in("Amal")
    _, codes = set_up_two_step(browser, served)
    with served.site.ledger.reading() as connection:
        kept = [str(row) for t in (ACCOUNTS, SESSIONS, RECOVERY_CODES, AUDIT) for row in connection.execute(select(t))]
    assert kept
    for secret in (browser.cookies["session"], PASSWORD, *codes):
        assert not any(secret in row for row in kept)


def test_a_role_that_is_taken_away_counts_at_once(served: Served) -> None:
    """A session has no role of its own: what the account may do is looked up with every request."""
    browser = served.signed_in("Amal")
    with served.site.ledger.writing() as writer:
        change_account(writer, get_account(writer, "Amal").account_id, disabled=served.clock())
    assert browser.get("/account").status_code == 303


# --- the second step -------------------------------------------------------------------------------------------------


def test_the_second_step_is_asked_for_once_it_is_set_up(served: Served) -> None:
    """From then on the password alone is not enough, and a code is."""
    app, _ = set_up_two_step(served.signed_in("Amal"), served)
    served.clock.forward(minutes=5)
    assert sign_in(served.browser(), "Amal").status_code == 403
    assert sign_in(served.browser(), "Amal", code="000000").status_code == 403
    assert sign_in(served.browser(), "Amal", code=app.at(served.clock())).status_code == 303


def test_a_code_counts_once(served: Served) -> None:
    """Who looks over a shoulder can't use the code again, nor one from before it."""
    app, _ = set_up_two_step(served.signed_in("Amal"), served)
    served.clock.forward(minutes=5)
    code, before = app.at(served.clock()), app.at(served.clock(), counter_offset=-1)
    assert sign_in(served.browser(), "Amal", code=code).status_code == 303
    assert sign_in(served.browser(), "Amal", code=code).status_code == 403
    assert sign_in(served.browser(), "Amal", code=before).status_code == 403


def test_a_recovery_code_counts_once(served: Served) -> None:
    """Each of ten lets its owner in without the app, one time."""
    _, codes = set_up_two_step(served.signed_in("Amal"), served)
    assert len(set(codes)) == 10
    assert sign_in(served.browser(), "Amal", code=codes[3].lower()).status_code == 303
    assert sign_in(served.browser(), "Amal", code=codes[3]).status_code == 403


def test_a_wrong_first_code_sets_nothing_up(served: Served) -> None:
    """A secret that no app has read yet locks nobody out."""
    browser = served.signed_in("Amal")
    send(browser, "/account/two-step/begin")
    assert send(browser, "/account/two-step", {"code": "12345"}, of="/account/two-step").status_code == 400
    assert sign_in(served.browser(), "Amal").status_code == 303


def test_ending_the_second_step_ends_its_codes(served: Served) -> None:
    """The password alone is enough again, and old recovery codes are gone."""
    browser = served.signed_in("Amal")
    set_up_two_step(browser, served)
    assert send(browser, "/account/two-step/end").status_code == 303
    assert sign_in(served.browser(), "Amal").status_code == 303
    with served.site.ledger.reading() as connection:
        assert connection.execute(select(RECOVERY_CODES)).all() == []


# --- one's own account -----------------------------------------------------------------------------------------------


def test_what_cant_be_taken_back_asks_for_the_password_again(served: Served) -> None:
    """A quarter of an hour after signing in, an open browser alone changes no password; with the password it does."""
    browser = served.signed_in("Amal")
    served.clock.forward(minutes=16)
    new = {"new": "another long password", "again": "another long password", "next": "/account"}
    asked = send(browser, "/account/password", new)
    assert asked.headers["location"] == "/prove?next=%2Faccount"
    assert send(browser, "/prove", {"password": "wrong", "next": "/account"}, of="/prove").status_code == 403
    proved = send(browser, "/prove", {"password": PASSWORD, "next": "/account"}, of="/prove?next=/account")
    assert proved.headers["location"] == "/account"
    assert send(browser, "/account/password", new).headers["location"] == "/account?done=password"


def test_a_new_password_signs_out_everywhere_else(served: Served) -> None:
    """Whoever was in with the old one is out, and this browser stays."""
    browser = served.signed_in("Amal")
    other = served.browser()
    sign_in(other, "Amal")
    send(browser, "/account/password", {"new": "another long password", "again": "another long password"})
    assert (browser.get("/account").status_code, other.get("/account").status_code) == (200, 303)
    assert sign_in(served.browser(), "Amal").status_code == 403
    assert sign_in(served.browser(), "Amal", "another long password").status_code == 303


def test_one_signs_out_other_browsers_of_ones_own(served: Served) -> None:
    """One, or all; never somebody else's."""
    browser, others = served.signed_in("Amal"), [served.browser(), served.browser()]
    for other in others:
        sign_in(other, "Amal")
    ids = re.findall(r'name="session" value="(\w{64})"', browser.get("/account").text)
    stranger = served.signed_in("Bo")
    assert send(stranger, "/account/sessions", {"session": ids[0]}).status_code == 404
    assert send(browser, "/account/sessions", {"session": ids[0]}).status_code == 303
    assert sorted(other.get("/account").status_code for other in others) == [200, 303]
    send(browser, "/account/sessions", {"session": "others"})
    assert [b.get("/account").status_code for b in (browser, stranger, *others)] == [200, 200, 303, 303]


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "Amal-Amal-Amal", "x" * 1001])
def test_a_weak_password_is_refused(password: str) -> None:
    """Too short, too long, too plain, or the name."""
    with pytest.raises(BadInput):
        passwords.hash_password(password, name="Amal-Amal-Amal")


@pytest.mark.real_hashes
def test_passwords_are_hashed_as_argon2_advises_now(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """argon2id at its authors' parameters; a hash of an earlier time is made anew when its person signs in."""
    cheap = passwords.PasswordHasher(time_cost=1, memory_cost=64)
    account = served.add("Amal")
    with served.site.ledger.writing() as writer:
        change_account(writer, account.account_id, password_hash=cheap.hash(PASSWORD))
    assert sign_in(served.browser(), "Amal").status_code == 303
    with served.site.ledger.reading() as connection:
        found = find_credentials(connection, "Amal")
    assert found
    assert found[1].password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_pages_of_one_person_are_kept_nowhere(served: Served, serve: Callable[..., Served]) -> None:
    """No cache on the way may hand one person's page to another, and none is made once for all."""
    browser = served.signed_in("Amal")
    for path in ("/", "/account", "/sign-in"):
        assert browser.get(path).headers["cache-control"] == "private, no-store"
    assert "Amal" not in served.browser().get("/").text


def test_a_role_covers_those_before_it() -> None:
    """An admin may do what a lead may, and so on down."""
    assert [[one.covers(other) for other in Role] for one in Role] == [
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, False],
        [True, True, True, True],
    ]


def test_forms_of_one_browser_are_no_use_to_another(served: Served) -> None:
    """A token is bound to the session whose page it stood in."""
    amal, bo = served.signed_in("Amal"), served.signed_in("Bo")
    stolen = token(bo.get("/account").text)
    assert amal.post("/sign-out", data={"csrf": stolen}).status_code == 403
    assert amal.get("/account").status_code == 200
