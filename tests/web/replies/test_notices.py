"""Letters to who asked to be told what becomes of a reply, and how they end."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from mail_server import read_letter
from moderating import Replies, rule
from repliers import letters, reply_as
from sites import Served, token
from starlette.testclient import TestClient

from harmledger.domain import Replier, ReplyKind
from harmledger.replying import appeal_reply, erase_reply
from harmledger.store.repliers import get_replier
from harmledger.store.schema_replies import REPLIER_IDENTITIES, REPLY_MAILS

ADDRESS = "reader@example.org"


@pytest.fixture
def replies(served: Served) -> Replies:
    return Replies(served)


def subscribe(served: Served, address: str = ADDRESS) -> tuple[TestClient, Replier]:
    """Somebody who signed in by a letter, and asked for more."""
    browser = reply_as(served, address, "River reader")
    form = token(browser.get("/replies/me").text)
    answer = browser.post("/replies/me/mails", data={"mails": "on", "address": address, "csrf": form})
    assert answer.headers["location"] == "/replies/me?done=mails"
    with served.site.ledger.reading() as connection:
        (who,) = connection.execute(REPLIER_IDENTITIES.select()).mappings()
        return browser, get_replier(connection, who["replier_id"])


def sent(served: Served) -> list[EmailMessage]:
    """Letters that went out, without those that signed somebody in."""
    found = [read_letter(path.read_bytes()) for path in letters(served)]
    return [each for each in found if "link" not in str(each["subject"])]


def test_who_asked_is_told_what_a_moderator_decided(replies: Replies) -> None:
    """That it is public, refused, or was looked at again: the number and the way there, never a word of the reply or of the refusal."""
    served = replies.served
    _, who = subscribe(served)
    one = replies.send(who, text="The wells were dry that week, said the keeper.")
    two = replies.send(who, text="The road was closed that week, said the driver.")
    amal = served.signed_in("Amal")
    rule(amal, one.reference, "publish")
    rule(amal, two.reference, "refuse", why="abuse", reason="threatens the keeper")
    appeal_reply(served.site.ledger, two.reply_id, "it does not", replier_id=who.replier_id, now=served.clock())
    rule(amal, two.reference, "publish")
    found = sent(served)
    subjects = [str(each["subject"]) for each in found]
    assert subjects == [f"Your reply {one.reference} is public", f"Your reply {two.reference} was refused", f"Your reply {two.reference} was looked at again"]  # fmt: skip
    for each in found:
        text = each.get_content()
        assert each["to"] == ADDRESS
        assert "http://record.example.org/replies/" in text
        assert not [
            word for word in ("wells", "road", "threatens", "abuse", "it does not", "River reader") if word in text
        ]


def test_who_did_not_ask_gets_nothing(replies: Replies) -> None:
    """Signing in by a letter asks for no other."""
    served = replies.served
    reply_as(served, ADDRESS, "River reader")
    with served.site.ledger.reading() as connection:
        (row,) = connection.execute(REPLIER_IDENTITIES.select()).mappings()
        who = get_replier(connection, row["replier_id"])
    rule(served.signed_in("Amal"), replies.send(who).reference, "publish")
    assert sent(served) == []


def test_waiting_and_being_blocked_are_no_letters(replies: Replies) -> None:
    """Only what is final is told."""
    served = replies.served
    _, who = subscribe(served)
    rule(served.signed_in("Amal"), replies.send(who, ReplyKind.OFFICIAL).reference, "hold")
    assert sent(served) == []


def test_a_letter_is_ended_by_one_click_and_no_sign_in(replies: Replies) -> None:
    """Mail programs are told how (RFC 8058): a request without cookies or a form's token ends them, and the address is forgotten. Looking ends nothing."""
    served = replies.served
    _, who = subscribe(served)
    rule(served.signed_in("Amal"), replies.send(who).reference, "publish")
    (letter,) = sent(served)
    assert letter["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    link = str(letter["list-unsubscribe"]).strip("<>").replace("\r\n", "").replace(" ", "")
    path = link.removeprefix("http://record.example.org")
    assert path in letter.get_content()
    stranger = served.browser("203.0.113.9")
    assert "Write me no more" in stranger.get(path).text
    with served.site.ledger.reading() as connection:
        assert get_replier(connection, who.replier_id).notify
    assert stranger.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    with served.site.ledger.reading() as connection:
        assert not get_replier(connection, who.replier_id).notify
        assert ADDRESS not in str(connection.execute(REPLIER_IDENTITIES.select()).all())
    rule(served.signed_in("Bo"), replies.send(who).reference, "publish")
    assert len(sent(served)) == 1


def test_a_letter_that_waits_isnt_sent_after_that(replies: Replies) -> None:
    """Whoever ends them gets none that was written before."""
    served = replies.served
    browser, who = subscribe(served)
    letters(served)
    rule(served.signed_in("Amal"), replies.send(who).reference, "publish")
    form = token(browser.get("/replies/me").text)
    browser.post("/replies/me/mails", data={"csrf": form})
    assert sent(served) == []


def test_a_made_up_link_ends_nobodys_letters(replies: Replies) -> None:
    """Only a link that this site signed is one; others are answered as what isn't there, whoever they name."""
    served = replies.served
    _, who = subscribe(served)
    for made in (who.replier_id, f"{who.replier_id}.{'0' * 32}", f"{'0' * 32}.{'0' * 32}", "x.y", "é.é"):
        for answer in (served.browser().get(f"/replies/unsubscribe/{made}"), served.browser().post(f"/replies/unsubscribe/{made}", data={"x": ""})):  # fmt: skip
            assert answer.status_code == 404
    with served.site.ledger.reading() as connection:
        assert get_replier(connection, who.replier_id).notify


def test_no_letter_is_kept_of_an_erased_reply(replies: Replies) -> None:
    """What waited to go out about it goes."""
    served = replies.served
    _, who = subscribe(served)
    letters(served)
    reply = replies.send(who)
    rule(served.signed_in("Amal"), reply.reference, "publish")
    erase_reply(served.site.ledger, reply.reply_id, replier_id=who.replier_id, now=served.clock())
    with served.site.ledger.reading() as connection:
        assert reply.reference not in str(connection.execute(REPLY_MAILS.select()).all())
    assert sent(served) == []
