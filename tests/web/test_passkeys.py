"""Passkeys: a second step that a page which only looks like this one gets nothing from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from authenticator import Authenticator, add_key, options
from browsing import CHROMIUM, listening_at, opened
from fakes import FIXED_NOW
from httpx2 import Response
from pyotp.totp import TOTP
from sites import PASSWORD, Served, make_ledger, send, sign_in, token
from starlette.testclient import TestClient

from harmledger.config import Config
from harmledger.domain import Role
from harmledger.store.accounts import add_account
from harmledger.store.keeping import reset_account
from harmledger.store.schema_accounts import PASSKEYS
from harmledger.web import passwords
from harmledger.web.app import make_app
from harmledger.web.challenges import LASTS, MOST, Challenges


def asked(browser: TestClient, name: str = "Amal") -> Response:
    """Give the password; the page that asks for the passkey."""
    page = sign_in(browser, name)
    assert (page.status_code, "Use the passkey" in page.text) == (200, True)
    assert browser.get("/account").status_code == 303
    return page


def answer(browser: TestClient, page: Response, signed: str, **more: str) -> Response:
    return browser.post(
        "/sign-in/passkey", data={"csrf": token(page.text), "answer": signed, "next": "/account", **more}
    )


@pytest.mark.either_database
def test_a_passkey_is_asked_for_once_it_is_made(served: Served) -> None:
    """From then on the password alone signs nobody in; with the passkey's signature it does, time after time."""
    key = add_key(served.signed_in("Amal"))
    for _ in range(2):
        browser = served.browser()
        page = asked(browser)
        done = answer(browser, page, key.sign(options(page.text)))
        assert done.headers["location"] == "/account"
        assert browser.get("/account").status_code == 200
    assert [each for each in served.audit() if each[1] != "add-passkey"][-2:] == [
        ("Amal", "sign-in", "asked"),
        ("Amal", "sign-in", "done"),
    ]


def test_a_challenge_counts_once_and_for_its_browser(served: Served) -> None:
    """A signature is worth nothing the second time, in another browser, for an older challenge, or five minutes later."""
    key = add_key(served.signed_in("Amal"))
    browser, other = served.browser(), served.browser("203.0.113.9")
    first = asked(browser)
    second, others = asked(browser), asked(other)
    assert refused(answer(browser, second, key.sign(options(first.text))))
    assert refused(answer(browser, second, key.sign(options(second.text))))  # used up by the try before
    page = asked(browser)
    assert refused(answer(other, others, key.sign(options(page.text))))
    late = asked(other)
    served.clock.forward(minutes=5, seconds=1)
    assert refused(answer(other, late, key.sign(options(late.text))))
    last = asked(other)
    signed = key.sign(options(last.text))
    assert answer(other, last, signed).headers["location"] == "/account"
    assert refused(send(other, "/sign-in/passkey", {"answer": signed}))


def refused(answer: Response) -> bool:
    """Whether it led back to giving the password, without a session."""
    return answer.headers["location"].startswith("/sign-in?wrong=passkey") and "session=" not in str(answer.headers)


@pytest.mark.parametrize("wrong", [{"origin": "https://evil.example"}, {"host": "evil.example"}])
def test_signatures_for_other_sites_are_refused(served: Served, wrong: dict[str, str]) -> None:
    """What was signed on another page is no use here, even for the right challenge."""
    key = add_key(served.signed_in("Amal"))
    browser = served.browser()
    page = asked(browser)
    assert refused(answer(browser, page, key.sign(options(page.text), **wrong)))
    assert ("Amal", "sign-in", "refused") in served.audit()


def test_another_persons_passkey_is_refused(served: Served) -> None:
    """A key counts for the account whose password was given, and a copy that counts behind for nobody."""
    amals, bos = add_key(served.signed_in("Amal")), add_key(served.signed_in("Bo"))
    browser = served.browser()
    page = asked(browser)
    assert refused(answer(browser, page, bos.sign(options(page.text))))
    page = asked(browser)
    answer(browser, page, amals.sign(options(page.text)))
    amals.count -= 1
    thief = served.browser()
    page = asked(thief)
    assert refused(answer(thief, page, amals.sign(options(page.text))))


@pytest.mark.parametrize("nonsense", ["", "{}", "[]", "null", '{"id": 1}', "x" * 30_000, '{"id":"a","rawId":"a","type":"public-key","response":{}}', "\0"])  # fmt: skip
def test_nonsense_is_no_passkey(served: Served, nonsense: str) -> None:
    """Whatever stands for an answer, nobody is signed in by it, none is kept of it, and nothing breaks."""
    browser = served.signed_in("Amal")
    page = browser.get("/account/passkeys")
    assert send(browser, "/account/passkeys", {"name": "phone", "answer": nonsense}).status_code == 400
    assert "data-options" in page.text
    add_key(browser)
    stranger = served.browser()
    assert refused(answer(stranger, asked(stranger), nonsense))


def test_a_name_of_a_passkey_is_words(served: Served) -> None:
    """It stands on the account's page as it was typed."""
    browser = served.signed_in("Amal")
    add_key(browser, '<script>alert(1)</script>"x')
    page = browser.get("/account").text
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


@pytest.mark.either_database
def test_a_passkey_is_removed_by_its_person_alone(served: Served) -> None:
    """Nobody else removes it; after it the password is enough again. An admin's reset takes it away too."""
    amal, bo = served.signed_in("Amal"), served.signed_in("Bo")
    add_key(amal)
    found = re.search(r'name="passkey" value="([\w-]+)"', amal.get("/account").text)
    assert found
    assert send(bo, "/account/passkeys/remove", {"passkey": found[1]}).status_code == 404
    assert send(amal, "/account/passkeys/remove", {"passkey": found[1]}).status_code == 303
    assert sign_in(served.browser(), "Amal").status_code == 303
    add_key(amal)
    with served.site.ledger.writing() as writer:
        account_id = writer.execute(PASSKEYS.select()).one().account_id
        hashed = passwords.hash_password("another long password", name="Amal")
        reset_account(writer, account_id, password_hash=hashed, now=served.clock())
    assert sign_in(served.browser(), "Amal", "another long password").status_code == 303


def test_a_code_of_an_app_does_too(served: Served) -> None:
    """Who set up both gives either; a wrong code is no way to the passkey, and no code is."""
    browser = served.signed_in("Amal")
    send(browser, "/account/two-step/begin")
    secret = re.search(r'<code dir="ltr">([A-Z2-7]+)</code>', browser.get("/account/two-step").text)
    assert secret
    app = TOTP(secret[1])
    send(browser, "/account/two-step", {"code": app.at(served.clock())}, of="/account/two-step")
    key = add_key(browser)
    served.clock.forward(minutes=5)
    assert sign_in(served.browser(), "Amal", code="000000").status_code == 403
    assert sign_in(served.browser(), "Amal", code=app.at(served.clock())).status_code == 303
    other = served.browser()
    page = asked(other)
    assert answer(other, page, key.sign(options(page.text))).headers["location"] == "/account"


def test_proving_asks_for_the_passkey_too(served: Served) -> None:
    """What can't be taken back asks for password and passkey where one was made."""
    browser = served.signed_in("Amal")
    key = add_key(browser)
    served.clock.forward(minutes=16)
    page = send(browser, "/prove", {"password": PASSWORD, "next": "/account/passkeys"}, of="/prove")
    assert browser.get("/account/passkeys").status_code == 303
    fields = {"csrf": token(page.text), "next": "/account/passkeys"}
    wrong = browser.post("/prove/passkey", data={**fields, "answer": Authenticator().sign(options(page.text))})
    assert wrong.headers["location"] == "/prove?wrong=passkey&next=%2Faccount%2Fpasskeys"
    page = send(browser, "/prove", {"password": PASSWORD, "next": "/account/passkeys"}, of="/prove")
    proved = browser.post("/prove/passkey", data={**fields, "answer": key.sign(options(page.text))})
    assert proved.headers["location"] == "/account/passkeys"
    assert browser.get("/account/passkeys").status_code == 200


def test_challenges_fill_no_memory() -> None:
    """The oldest are forgotten; each purpose of a browser has one."""
    challenges = Challenges()
    for n in range(MOST + 1):
        challenges.issue(f"browser {n}", "sign-in", "a", now=FIXED_NOW)
    assert challenges.take("browser 0", "sign-in", now=FIXED_NOW) is None
    assert challenges.take("browser 1", "prove", now=FIXED_NOW) is None
    assert challenges.take("browser 1", "sign-in", now=FIXED_NOW + LASTS + timedelta(seconds=1)) is None
    assert challenges.take("browser 2", "sign-in", now=FIXED_NOW + LASTS)


# --- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture
def address(tmp_path: Any, rows_in: str) -> Iterator[str]:
    app = make_app(Config(ledger=str(make_ledger(tmp_path)), site_rate=0))
    site = app.state.site
    with site.ledger.writing() as writer:
        hashed = passwords.hash_password(PASSWORD, name="Amal")
        add_account(writer, "Amal", Role.REVIEWER, password_hash=hashed, now=site.now())
    with listening_at(app) as at:
        yield at.replace("127.0.0.1", "localhost")


@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")
def test_a_browser_makes_a_passkey_and_signs_in_with_it(address: str) -> None:
    """Under the site's policy of scripts, with an authenticator of Chromium's own."""
    pytest.importorskip("playwright.sync_api", reason="playwright isn't installed (group dev)")
    with opened() as chromium:
        page = chromium.new_context().new_page()
        page.set_default_timeout(60_000)
        tools = page.context.new_cdp_session(page)
        tools.send("WebAuthn.enable")
        what = {"protocol": "ctap2", "transport": "internal", "isUserVerified": True, "hasUserVerification": True}
        tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**what, "automaticPresenceSimulation": True}})
        give_password(page, address)
        page.click("a[href='/account/passkeys']")
        page.fill("#name", "this computer")
        page.click("main button")
        page.wait_for_url("**/account?done=passkey")
        page.click("form[action='/sign-out'] button")
        page.wait_for_load_state()
        give_password(page, address)
        assert page.locator("h1").inner_text() == "Your passkey"
        page.click("main button")
        page.wait_for_url("**/account")
        assert "this computer" in page.locator("main").inner_text()


def give_password(page: Any, address: str) -> None:
    page.goto(f"{address}/sign-in?next=/account")
    page.fill("#name", "Amal")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_load_state()
