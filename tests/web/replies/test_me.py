"""What repliers see and change of themselves."""

from __future__ import annotations

from html import unescape

import pytest
from httpx2 import Response
from repliers import reply_as
from sites import Served, token
from sqlalchemy import select
from starlette.testclient import TestClient

from harmledger.store.replier_sessions import find_replier
from harmledger.store.schema_replies import REPLIER_IDENTITIES
from harmledger.web.replies.me import NOT_YOURS


def name_oneself(browser: TestClient, name: str) -> Response:
    form = token(browser.get("/replies/me").text)
    return browser.post("/replies/me/name", data={"name": name, "next": "/", "csrf": form})


@pytest.mark.either_database
def test_nobody_takes_anothers_name(served: Served) -> None:
    """A replier's or one of the desk's, whatever case, accents, spaces or letters that look alike."""
    served.add("Amal Haddad")
    reply_as(served, "river@example.org", "River Reader")
    served.clock.forward(minutes=2)
    browser = reply_as(served, "bo@example.org", "Bo")
    for name in (
        "river reader",
        "RIVER  READER",
        "Ríver-Reader",
        "Ｒiver Reader",
        "amal haddad",
        "AmalHaddad",
        "R\u0456ver Reader",
    ):
        assert name_oneself(browser, name).status_code == 400, name
    assert name_oneself(browser, "BO").status_code == 303


@pytest.mark.parametrize(
    "name",
    ["", " ", "amal@example.org", "amal＠example.org", "https://example.org", "x" * 41, "a\u202eb", "a\u200bb", "a\x00b", "\u2066a", "...", "12", "a" + "\u0301" * 9],
)  # fmt: skip
def test_names_that_cant_be(served: Served, name: str) -> None:
    """Addresses, nothing, too much, and signs that don't show or turn what stands about them."""
    assert name_oneself(reply_as(served, "amal@example.org"), name).status_code == 400


@pytest.mark.parametrize("name", ["قارئ النهر", "Źródło", "河の読者", "O'Neill & <b>", "Reader 7"])
def test_names_of_any_language_are_taken_and_escaped(served: Served, name: str) -> None:
    """As they are, and as words."""
    browser = reply_as(served, "amal@example.org")
    assert name_oneself(browser, name).status_code == 303
    page = browser.get("/replies/me").text
    assert name in unescape(page)
    assert "<b>" not in page


@pytest.mark.either_database
def test_an_address_is_kept_only_while_mails_are_wanted(served: Served) -> None:
    """And only one that its owner signs in with."""
    browser = reply_as(served, "amal@example.org")

    def choose(**fields: str) -> Response:
        return browser.post("/replies/me/mails", data={**fields, "csrf": token(browser.get("/replies/me").text)})

    def kept() -> tuple[str | None, bool]:
        with served.site.ledger.reading() as connection:
            found = find_replier(connection, browser.cookies["reply-session"], now=served.clock())
            assert found
            return connection.execute(select(REPLIER_IDENTITIES.c.address)).scalar_one(), found[0].notify

    assert NOT_YOURS in unescape(choose(mails="on", address="bo@example.org").text)
    assert kept() == (None, False)
    choose(mails="on", address="Amal@example.org")
    assert kept() == ("amal@example.org", True)
    choose()
    assert kept() == (None, False)


def test_strangers_are_led_to_sign_in_and_back(served: Served) -> None:
    """To the page for those who reply, not to the desk's."""
    answer = served.browser().get("/replies/me?x=1")
    assert answer.headers["location"] == "/replies/sign-in?next=%2Freplies%2Fme%3Fx%3D1"


def test_an_account_of_the_desk_is_no_replier(served: Served) -> None:
    """And a replier has no way to the desk; one browser may be both."""
    reviewer = served.signed_in("Amal")
    assert reviewer.get("/replies/me").headers["location"].startswith("/replies/sign-in")
    replier = reply_as(served, "bo@example.org")
    assert replier.get("/desk").headers["location"].startswith("/sign-in")
    assert replier.get("/account").headers["location"].startswith("/sign-in")
