"""Several ways of signing in are one person's: by who proves them all, and nobody's name or replies change hands by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from httpx2 import Response
from mail_server import read_letter
from repliers import follow, last_link, letters, reply_as
from sites import HOST, Served, token
from sqlalchemy import func, select
from starlette.testclient import TestClient

from harmledger.domain import ReplyKind, ReplySubject, ReplySubjectKind, Sent, Written
from harmledger.replying import forget_old
from harmledger.store.repliers import block_replier, erase_person, find_address, get_replier
from harmledger.store.schema_replies import REPLIER_IDENTITIES, REPLIERS, SIGN_IN_LINKS

pytestmark = pytest.mark.either_database
SECOND = "valley@example.org"


def ask(browser: TestClient, address: str = SECOND) -> Response:
    """Ask for a link that adds an address."""
    form = token(browser.get("/replies/me/ways").text)
    return browser.post("/replies/me/ways/mail", data={"csrf": form, "address": address})


def people(served: Served) -> int:
    return count(served, REPLIERS)


def count(served: Served, table: object) -> int:
    with served.site.ledger.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


def who_is(served: Served, browser: TestClient) -> str:
    """The id of who is signed in, as the export tells it."""
    return browser.get("/replies/mine/export").json()["person"]["replier_id"]


def send(served: Served, replier_id: str) -> None:
    """A reply of somebody's."""
    subject = ReplySubject(kind=ReplySubjectKind.DOCUMENT, id=served.documents()[0])
    sent = Sent(replier_id=replier_id, subject=subject, kind=ReplyKind.COMMENT, written=Written(text="the mill stood", shown=None))  # fmt: skip
    served.site.replies.sending.send(sent, judge=served.site.replies.judge, now=served.clock())


def test_an_address_is_added_by_its_link_and_letters_go_there(served: Served) -> None:
    """Nothing is sent there but the link, and nothing is kept of it, until the link was used; then it signs in the same person, and is forgotten when no mails are wanted."""
    browser = reply_as(served, "river@example.org", "River")
    me = who_is(served, browser)
    assert ask(browser).status_code == 200
    letter = letters(served)[-1].read_bytes()
    assert SECOND.encode() in letter
    assert "in the browser where you asked" in str(read_letter(letter))
    with served.site.ledger.reading() as connection:
        assert find_address(connection, me) is None
    assert follow(browser, last_link(served)).headers["location"] == "/replies/me?done=mails"
    with served.site.ledger.reading() as connection:
        assert find_address(connection, me) == SECOND
        assert connection.execute(select(SIGN_IN_LINKS.c.address)).scalars().all() == [None, None]
    served.clock.forward(minutes=2)
    assert who_is(served, reply_as(served, SECOND)) == me
    assert people(served) == 1
    form = token(browser.get("/replies/me").text)
    browser.post("/replies/me/mails", data={"csrf": form})
    with served.site.ledger.reading() as connection:
        assert find_address(connection, me) is None


def test_a_link_that_adds_is_of_use_to_who_asked_alone(served: Served) -> None:
    """Not in another browser, not to somebody else or to nobody, not twice, not late: whoever is sent one by a stranger loses nothing."""
    browser, other, stranger = reply_as(served, "river@example.org"), reply_as(served, "bo@example.org"), served.browser()  # fmt: skip
    ask(browser)
    link = last_link(served)
    for wrong in (other, stranger):
        assert follow(wrong, link).status_code == 403
    assert count(served, REPLIER_IDENTITIES) == 2
    form = token(browser.get("/replies/me").text)
    browser.post("/replies/sign-out", data={"csrf": form})
    assert follow(browser, link).status_code == 403
    browser = reply_as(served, "amal@example.org")
    ask(browser)
    link = last_link(served)
    assert follow(browser, link).status_code == 303
    assert follow_again(browser, link).status_code == 400
    ask(browser, "late@example.org")
    served.clock.forward(minutes=31)
    with served.site.ledger.writing() as connection:
        forget_old(connection, served.clock())
        assert "late@example.org" not in str(connection.execute(select(SIGN_IN_LINKS)).all())
    assert browser.get(last_link(served)).status_code == 400


def follow_again(browser: TestClient, link: str) -> Response:
    return browser.post(link, data={"csrf": token(browser.get("/replies/me").text)})


def test_ways_are_added_only_soon_after_signing_in(served: Served) -> None:
    """A browser that was left open hands nobody's name on."""
    browser = reply_as(served, "river@example.org")
    form = token(browser.get("/replies/me").text)
    served.clock.forward(minutes=61)
    for answer in (
        browser.get("/replies/me/ways"),
        browser.post("/replies/me/ways/mail", data={"csrf": form, "address": SECOND}),
        browser.post("/replies/me/ways/remove", data={"csrf": form, "way": "x"}),
    ):
        assert answer.headers["location"] == "/replies/sign-in?next=%2Freplies%2Fme%2Fways"
    assert served.browser().post("/replies/me/ways/mail", data={"address": SECOND}).status_code == 403


@pytest.mark.parametrize(
    ("before", "joined"), [("nothing sent", True), ("a reply sent", False), ("blocked", False), ("me blocked", False)]
)
def test_replies_change_hands_by_no_joining(served: Served, before: str, joined: bool) -> None:
    """Somebody who was here by that way is one with who adds it where they sent nothing; else it is refused in words, and both stay as they were."""
    other = reply_as(served, SECOND, "Valley")
    theirs = who_is(served, other)
    browser = reply_as(served, "river@example.org", "River")
    mine = who_is(served, browser)
    if before == "a reply sent":
        send(served, theirs)
    served.clock.forward(minutes=2)
    ask(browser)
    link = last_link(served)
    if "blocked" in before:
        with served.site.ledger.writing() as connection:
            block_replier(connection, theirs, who="Amal", reason="threats", now=served.clock())
    if before == "me blocked":
        with served.site.ledger.writing() as connection:
            block_replier(connection, mine, who="Amal", reason="threats", now=served.clock())
    answer = follow(browser, link)
    assert answer.status_code == (303 if joined else 403 if before == "me blocked" else 409)
    assert people(served) == (1 if joined else 2)
    with served.site.ledger.reading() as connection:
        held = dict(connection.execute(select(REPLIER_IDENTITIES.c.replier_id, func.count()).group_by(REPLIER_IDENTITIES.c.replier_id)).all())  # fmt: skip
    assert held == ({mine: 2} if joined else {mine: 1, theirs: 1})
    if joined:  # whoever was signed in as the other is nobody any longer
        assert other.get("/replies/me").headers["location"].startswith("/replies/sign-in")


def test_a_way_is_taken_away_but_not_the_last(served: Served) -> None:
    """With its address; nobody takes another's."""
    browser, other = reply_as(served, "river@example.org"), reply_as(served, "bo@example.org")
    ask(browser)
    follow(browser, last_link(served))
    with served.site.ledger.reading() as connection:
        ways = {row.address: row.subject_hash for row in connection.execute(select(REPLIER_IDENTITIES)) if row.replier_id == who_is(served, browser)}  # fmt: skip

    def remove(by: TestClient, way: str) -> int:
        return by.post(
            "/replies/me/ways/remove", data={"csrf": token(by.get("/replies/me/ways").text), "way": way}
        ).status_code

    assert remove(other, ways[SECOND]) == 400
    assert remove(browser, "0" * 64) == 400
    assert remove(browser, ways[SECOND]) == 303
    with served.site.ledger.reading() as connection:
        assert not get_replier(connection, who_is(served, browser)).notify
    assert remove(browser, ways[None]) == 400
    assert "Remove" not in browser.get("/replies/me/ways").text


def test_who_erases_themselves_leaves_no_link_behind(served: Served) -> None:
    """A link that would add an address to them goes with them, and the address in it."""
    browser = reply_as(served, "river@example.org")
    ask(browser)
    with served.site.ledger.writing() as connection:
        erase_person(connection, get_replier(connection, who_is(served, browser)))
        assert SECOND not in str(connection.execute(select(SIGN_IN_LINKS)).all())
    assert people(served) == 0


def test_asking_tells_nobody_whose_an_address_is(serve: Callable[..., Served]) -> None:
    """The same is answered for one that is known, new, or one's own."""
    served = serve()
    reply_as(served, SECOND)
    browser = reply_as(served, "river@example.org")
    served.clock.forward(minutes=2)
    answers = {ask(browser, address).text for address in (SECOND, "nobody@example.org", "river@example.org")}
    assert len(answers) == 1
    assert HOST not in answers.pop()
