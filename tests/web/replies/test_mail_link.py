"""Signing in to reply by a link that comes by mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from repliers import ASK, ask_for_link, follow, last_link, letters, reply_as
from sites import Served, token
from sqlalchemy import event, func, select, update
from starlette.testclient import TestClient

from harmledger.store.replier_sessions import LASTS
from harmledger.store.schema_replies import REPLIER_IDENTITIES, REPLIER_SESSIONS, REPLIERS, REPLY_MAILS, SIGN_IN_LINKS
from harmledger.web.replies.sign_in import NO_LINK, OTHER_ADDRESS

either = pytest.mark.either_database


@either
def test_a_link_signs_in_and_leads_back(served: Served) -> None:
    """Who is new is asked for a name on the way; who comes again isn't."""
    browser = served.browser()
    assert ask_for_link(browser, "amal@example.org", back="/method").status_code == 200
    answer = follow(browser, last_link(served))
    assert answer.headers["location"] == "/replies/me/name?next=%2Fmethod"
    form = token(browser.get("/replies/me/name?next=/method").text)
    named = browser.post("/replies/me/name", data={"name": "River reader", "next": "/method", "csrf": form})
    assert named.headers["location"] == "/method"
    assert "River reader" in browser.get("/method").text
    again = served.browser()
    served.clock.forward(minutes=2)
    ask_for_link(again, "Amal@Example.org", back="/data")
    assert follow(again, last_link(served)).headers["location"] == "/data"
    assert "River reader" in again.get("/replies/me").text


def test_looking_at_a_link_uses_nothing_up(served: Served) -> None:
    """Scanners of mail follow links: only the button signs in."""
    browser = served.browser()
    ask_for_link(browser, "amal@example.org")
    link = last_link(served)
    scanner = served.browser("203.0.113.9")
    assert all(scanner.get(link).status_code == 200 for _ in range(3))
    assert "reply-session" not in scanner.cookies
    assert follow(browser, link).status_code == 303


@either
def test_a_link_works_once(served: Served) -> None:
    """Replayed, it is refused with a clear sentence, in whatever browser."""
    browser = served.browser()
    ask_for_link(browser, "amal@example.org")
    link = last_link(served)
    form = token(browser.get(link).text)
    assert browser.post(link, data={"csrf": form}).status_code == 303
    for answer in (browser.post(link, data={"csrf": form}), browser.get(link)):
        assert answer.status_code == 400
        assert NO_LINK in answer.text


def test_a_link_is_old_after_half_an_hour(served: Served) -> None:
    """It counts no longer then."""
    browser = served.browser()
    ask_for_link(browser, "amal@example.org")
    link = last_link(served)
    served.clock.forward(minutes=31)
    assert browser.get(link).status_code == 400


def test_a_made_up_link_is_refused(served: Served) -> None:
    """So is one whose chance somebody read in the ledger: it takes the site's key to make a token of it."""
    browser = served.browser()
    ask_for_link(browser, "amal@example.org")
    with served.site.ledger.reading() as connection:
        told = connection.execute(select(REPLY_MAILS.c.told)).scalar_one()
    for guess in ("x", "0" * 64, told["chance"]):
        assert browser.get(f"{ASK}/{guess}").status_code == 400


def test_in_another_browser_a_link_asks_for_its_address(served: Served) -> None:
    """So that nobody is signed in as another by a link which that other sent; the right address is let in, after few tries."""
    ask_for_link(served.browser(), "amal@example.org")
    link = last_link(served)
    other = served.browser("203.0.113.9")
    assert "another browser" in other.get(link).text
    wrong = follow(other, link, address="bo@example.org")
    assert (wrong.status_code, OTHER_ADDRESS in unescape(wrong.text)) == (400, True)
    assert follow(other, link).status_code == 400
    assert follow(other, link, address=" AMAL@example.org").status_code == 303
    assert "reply-session" in other.cookies


def test_addresses_of_a_link_cant_be_tried_out(served: Served) -> None:
    """After ten tries it takes none."""
    ask_for_link(served.browser(), "amal@example.org")
    link = last_link(served)
    other = served.browser("203.0.113.9")
    codes = [follow(other, link, address=f"a{n}@example.org").status_code for n in range(12)]
    assert codes == [400] * 10 + [429] * 2


def test_known_new_and_blocked_addresses_are_answered_alike(served: Served) -> None:
    """The same bytes, by the same statements: nobody learns who has signed in here."""
    reply_as(served, "known@example.org")
    reply_as(served, "blocked@example.org")
    with served.site.ledger.writing() as writer:
        writer.execute(update(REPLIERS).values(blocked=served.clock()))
    served.clock.forward(hours=2)
    done: dict[str, list[str]] = {}
    pages: set[str] = set()
    for address in ("known@example.org", "blocked@example.org", "new@example.org", "other@example.org"):
        browser = served.browser()
        form = token(browser.get("/replies/sign-in").text)
        statements = done[address] = []
        note: Callable[..., None] = lambda *told, kept=statements: kept.append(re.sub(r"\s+", " ", told[2]))  # noqa: E731
        engine = served.site.ledger._engine
        event.listen(engine, "before_cursor_execute", note)
        answer = browser.post(ASK, data={"address": address, "next": "/", "csrf": form})
        event.remove(engine, "before_cursor_execute", note)
        pages.add(without_values(answer.text))
    assert len(pages) == 1
    assert len({tuple(statements) for statements in done.values()}) == 1
    assert len(letters(served)) == 2 + 4


def test_a_mailbox_cant_be_flooded(served: Served) -> None:
    """One letter a minute to an address from a browser, five an hour in all; what is more is answered the same, and not sent."""
    browser = served.browser()
    first, at_once = ask_for_link(browser, "amal@example.org"), ask_for_link(browser, "amal@example.org")
    assert without_values(first.text) == without_values(at_once.text)
    assert len(letters(served)) == 1
    for n in range(8):
        served.clock.forward(seconds=61)
        assert ask_for_link(served.browser(f"203.0.113.{n}"), "amal@example.org").status_code == 200
    assert len(letters(served)) == 4  # the one that was too many counts too
    served.clock.forward(hours=1, minutes=10)
    ask_for_link(browser, "amal@example.org")
    assert len(letters(served)) == 5


def test_one_network_asks_for_few_links(served: Served) -> None:
    """Twenty an hour, whoever they go to."""
    browser = served.browser()
    form = token(browser.get("/replies/sign-in").text)
    codes = [browser.post(ASK, data={"address": f"a{n}@example.org", "csrf": form}).status_code for n in range(22)]
    assert codes == [200] * 20 + [429] * 2


@pytest.mark.parametrize(
    "typed",
    [
        "amal@example.org\r\nBcc: bo@example.org",
        "amal@example.org,bo@example.org",
        "amal",
        "a@b",
        "a" * 300 + "@example.org",
    ],
)
def test_no_letter_goes_to_what_is_no_address(served: Served, typed: str) -> None:
    """Nor to more than one: line breaks and commas get into no head of a letter."""
    assert ask_for_link(served.browser(), typed).status_code == 400
    assert letters(served) == []


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\t//evil.example"]
)
def test_a_link_leads_to_this_site_alone(served: Served, back: str) -> None:
    """Wherever a sign-in was asked to lead: elsewhere is the front page."""
    browser = served.browser()
    ask_for_link(browser, "amal@example.org", back=back)
    answer = follow(browser, last_link(served))
    assert answer.headers["location"] == "/replies/me/name?next=%2F"
    assert 'href="/"' in browser.get("/replies/me/name", params={"next": back}).text
    asked = re.findall(r'name="next" value="(.*?)"', browser.get("/replies/sign-in", params={"next": back}).text)
    assert asked[0] == "/"


def test_only_hashes_of_repliers_tokens_and_addresses_lie_in_the_ledger(served: Served) -> None:
    """Once the letter is gone no address is left, and no token ever was there; what is kept of an address is a keyed hash."""
    browser = reply_as(served, "amal@example.org")
    kept = browser.cookies["reply-session"]
    link = last_link(served).rpartition("/")[2]
    tables = (SIGN_IN_LINKS, REPLIER_SESSIONS, REPLIER_IDENTITIES, REPLIERS, REPLY_MAILS)
    with served.site.ledger.reading() as connection:
        rows = str([connection.execute(select(table)).all() for table in tables])
    assert "amal" not in rows
    assert kept not in rows
    assert link not in rows


def test_a_letter_tells_where_the_site_is_by_its_settings(served: Served) -> None:
    """Never by what a request claims: a link in a letter can't be made to lead elsewhere."""
    browser = served.browser()
    form = token(browser.get("/replies/sign-in").text)
    forged = {"host": "localhost", "x-forwarded-host": "evil.example", "origin": "http://record.example.org"}
    browser.post(ASK, data={"address": "amal@example.org", "csrf": form}, headers=forged)
    assert all(
        "evil" not in path.read_text() and "localhost" not in path.read_text().partition("\n\n")[2]
        for path in letters(served)
    )
    assert last_link(served).startswith(ASK)


def test_a_session_to_reply_lasts_while_it_is_used(served: Served) -> None:
    """Thirty days from when it was last used."""
    browser = reply_as(served, "amal@example.org")
    for _ in range(2):
        served.clock.at += LASTS - timedelta(days=1)
        assert browser.get("/replies/me").status_code == 200
    served.clock.at += LASTS + timedelta(days=1)
    assert browser.get("/replies/me").status_code == 303
    assert "reply-session" not in browser.cookies


def test_logging_out_ends_the_session_to_reply(served: Served) -> None:
    """Here, or everywhere; the token counts no longer, even for who kept it."""
    browser = reply_as(served, "amal@example.org")
    served.clock.forward(minutes=2)
    other = reply_as(served, "amal@example.org")
    third = served.browser()
    third.cookies.set("reply-session", browser.cookies["reply-session"])
    sign_out(browser)
    assert third.get("/replies/me").status_code == 303
    assert other.get("/replies/me").status_code == 200
    served.clock.forward(minutes=2)
    again = reply_as(served, "amal@example.org")
    sign_out(again, where="everywhere")
    assert other.get("/replies/me").status_code == 303


def test_change_signs_in_as_another(served: Served) -> None:
    """In the same browser, whose forms stay its own: what was typed is found again."""
    browser = reply_as(served, "amal@example.org", "River reader")
    before = browser.cookies["visit"]
    served.clock.forward(minutes=2)
    assert "River reader" in browser.get("/replies/sign-in?next=/method").text
    ask_for_link(browser, "bo@example.org", back="/method")
    assert follow(browser, last_link(served)).status_code == 303
    assert "River reader" not in browser.get("/replies/me").text
    assert browser.cookies["visit"] == before
    with served.site.ledger.reading() as connection:
        assert len(connection.execute(select(REPLIER_SESSIONS)).all()) == 1


def test_forms_to_sign_in_need_their_token(served: Served) -> None:
    """Asking for a link, following one, and logging out: none without the token of this browser."""
    browser = reply_as(served, "amal@example.org")
    for path in (ASK, f"{ASK}/x", "/replies/sign-out", "/replies/me/name", "/replies/me/mails"):
        assert browser.post(path, data={"address": "a@example.org"}).status_code == 403
        assert (
            browser.post(path, data={"csrf": token(served.browser().get("/replies/sign-in").text)}).status_code == 403
        )


def test_pages_of_a_replier_are_kept_for_nobody(served: Served) -> None:
    """Who is signed in to reply gets no kept page, and none of theirs is kept."""
    browser, stranger = reply_as(served, "amal@example.org", "River reader"), served.browser()
    for path in ("/", "/method", "/data"):
        stranger.get(path)
        mine, theirs = browser.get(path), stranger.get(path)
        assert mine.headers["cache-control"] == "private, no-store"
        assert "River reader" in mine.text
        assert "River reader" not in theirs.text


def test_where_replies_are_off_only_who_replied_before_signs_in(serve: Callable[..., Served]) -> None:
    """Whoever sent something reaches it; for a stranger nobody is made, which they learn after the proof alone."""
    served = serve()
    reply_as(served, "amal@example.org", "River reader")
    object.__setattr__(served.site.config, "reply_open", "off")
    served.clock.forward(minutes=5)
    known, stranger = served.browser(), served.browser()
    asked = [without_values(ask_for_link(known, "amal@example.org").text)]
    link = last_link(served)
    asked.append(without_values(ask_for_link(stranger, "bo@example.org").text))
    assert asked[0] == asked[1]
    refused = follow(stranger, last_link(served))
    assert (refused.status_code, "No new replies are taken" in refused.text) == (403, True)
    assert follow(known, link).status_code == 303
    assert "River reader" in known.get("/replies/me").text
    with served.site.ledger.reading() as connection:
        assert connection.execute(select(func.count()).select_from(REPLIERS)).scalar_one() == 1


def test_the_cookie_of_a_replier_is_out_of_reach(serve: Callable[..., Served]) -> None:
    """Of scripts, of http, and of other hosts; so is the one that sign-ins are bound to."""
    served = serve(https=True)
    browser = served.browser()
    ask_for_link(browser, "amal@example.org")
    told = follow(browser, last_link(served)).headers["set-cookie"]
    assert told.startswith("__Host-reply-session=")
    assert all(part in told for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"))


def without_values(page: str) -> str:
    """A page without the tokens of its forms."""
    return re.sub(r'value="[^"]*"', "", page)


def sign_out(browser: TestClient, **more: str) -> None:
    form = token(browser.get("/replies/me").text)
    assert browser.post("/replies/sign-out", data={**more, "csrf": form}).status_code == 303
