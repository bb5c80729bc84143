"""What becomes of a reply, on the pages of its writer and of everybody; and what is there where none are taken."""

from __future__ import annotations

import re
from typing import Any

import pytest
from repliers import reply_as
from sites import Served, token
from writing import PLAIN, count, fields, get, hrefs, reference, rule, write

from harmledger.config import Config
from harmledger.domain import ModeratorVerdict, RefusalReason, ReplyState
from harmledger.reply.notice import write_notice
from harmledger.store.schema_replies import REPLIES, REPLY_DRAFTS
from harmledger.web.replies.told import TERMS


@pytest.mark.either_database
def test_a_writer_edits_appeals_exports_and_erases(served: Served) -> None:
    """Each by a form; late edits are refused in words; a tombstone stays of what was erased."""
    at = hrefs(served)
    browser = reply_as(served, "river@example.org", "River")
    number = reference(write(browser, served, at["document"]))
    form = browser.get(f"/replies/{number}/edit").text
    assert PLAIN in form
    served.clock.forward(minutes=1)
    edited = browser.post(f"/replies/{number}/edit", data={**fields(form), "text": "said better this time"})
    assert reference(edited) == number
    assert get(served, number).text == "said better this time"
    served.clock.forward(minutes=20)
    late = browser.post(f"/replies/{number}/edit", data={**fields(form), "text": "too late"})
    assert late.status_code == 409
    assert "15 minutes" in late.text
    rule(served, number, ModeratorVerdict.REFUSE, reason=RefusalReason.OFF_TOPIC)
    assert "isn&#39;t about what it replies to" in browser.get(f"/replies/{number}").text
    ask = token(browser.get(f"/replies/{number}/appeal").text)
    assert browser.post(f"/replies/{number}/appeal", data={"csrf": ask, "words": ""}).status_code == 400
    assert (
        browser.post(f"/replies/{number}/appeal", data={"csrf": ask, "words": "it names the same road"}).status_code
        == 303
    )
    assert "looks at it again" in browser.get(f"/replies/{number}").text
    exported = browser.get("/replies/mine/export")
    assert "attachment" in exported.headers["content-disposition"]
    assert exported.json()["replies"][0]["text"] == "said better this time"
    assert "Erase it" in browser.get(f"/replies/{number}/erase").text
    assert browser.post(f"/replies/{number}/erase", data={"csrf": ask}).status_code == 303
    assert get(served, number).state is ReplyState.ERASED
    assert "It was erased" in browser.get(f"/replies/{number}").text
    assert browser.post("/replies/mine/erase", data={"csrf": ask}).headers["location"] == "/replies/counts?done=erased"
    assert browser.get("/replies/mine").headers["location"].startswith("/replies/sign-in")


@pytest.mark.either_database
def test_others_replies_and_drafts_are_not_there(served: Served) -> None:
    """Who tries the number of another's reply is answered as for one that isn't there, signed in or not."""
    at = hrefs(served)
    mine = reply_as(served, "river@example.org")
    number = reference(write(mine, served, at["document"]))
    served.clock.forward(minutes=2)
    other = reply_as(served, "bo@example.org")
    form = token(other.get("/replies/me").text)
    for what in ("edit", "withdraw", "appeal", "erase"):
        for wanted in (number, "0123456789", get(served, number).reply_id):
            assert other.get(f"/replies/{wanted}/{what}").status_code == 404
            assert other.post(f"/replies/{wanted}/{what}", data={"csrf": form, "text": "x"}).status_code == 404
    for browser in (other, served.browser()):
        same = {
            re.sub(number, "", browser.get(f"/replies/{n}").text).replace("0123456789", "")
            for n in (number, "0123456789")
        }
        assert len({re.sub(r'value="[^"]*"', "", page) for page in same}) == 1
    assert get(served, number).state is ReplyState.HELD


@pytest.mark.either_database
def test_nothing_of_a_closed_report_is_replied_to(served: Served) -> None:
    """Its forms aren't there, no draft of them is kept, and what was public of it is gone from pages."""
    at = hrefs(served)
    browser = reply_as(served, "river@example.org")
    shown = fields(browser.get(f"{at['document']}/reply").text)
    number = reference(write(browser, served, at["document"]))
    rule(served, number)
    served.close(at["document"].rsplit("/")[-1])
    stranger = served.browser()
    blank = fields(stranger.get(f"{hrefs(served, 0)['document']}/reply").text)
    for page in at.values():
        assert stranger.get(f"{page}/reply").status_code == 404
        assert stranger.post(f"{page}/reply", data={**blank, "text": "x"}).status_code == 404
        assert (
            browser.post(f"{page}/reply", data={**shown, "kind": "comment", "text": "x y", "go": "send"}).status_code
            == 404
        )
    assert stranger.get(f"/replies/{number}").status_code == 404
    assert count(served, REPLY_DRAFTS) == 0


def test_replies_can_be_switched_off(serve: Any) -> None:
    """Then nothing new is taken, by no form and by nobody, in words; what is public stays so, and writers keep all rights to theirs."""
    served = serve()
    at = hrefs(served)
    browser = reply_as(served, "river@example.org", "River")
    public, held = (reference(write(browser, served, at["document"], f"{PLAIN} {n}")) for n in range(2))
    rule(served, public)
    form = fields(browser.get(f"{at['document']}/reply").text)
    object.__setattr__(served.site.config, "reply_open", "off")
    served.site.kept.forget(None)
    reader = served.browser()
    page = reader.get(at["document"]).text
    assert "Leave a reply" not in page
    assert f"{PLAIN} 0" in page
    assert f"{PLAIN} 0" in reader.get(f"/replies/{public}").text
    for path in (*(f"{page}/reply" for page in at.values()), f"/replies/{held}/edit"):
        for answer in (browser.get(path), browser.post(path, data={**form, "kind": "comment", "text": "new", "go": "send"}), reader.post(path)):  # fmt: skip
            assert answer.status_code in {403, 415}, path
        assert "No new replies are taken here" in browser.get(path).text
    assert held in browser.get("/replies/mine").text
    assert "/edit" not in browser.get(f"/replies/{held}").text
    assert browser.get("/replies/mine/export").json()["replies"]
    assert browser.post(f"/replies/{public}/withdraw", data=form).status_code == 303
    assert browser.post(f"/replies/{held}/erase", data=form).status_code == 303
    assert get(served, held).state is ReplyState.ERASED
    for path in ("/replies/notice", "/replies/counts", "/replies/feed.atom"):
        assert reader.get(path).status_code == 200
    assert count(served, REPLIES) == 2


def test_the_notice_says_what_the_settings_do(served: Served) -> None:
    """What leaves the machine is told where a setting sends it, and not where none does."""
    assert "30 days" in served.browser().get("/replies/notice").text

    def told(**settings: Any) -> str:
        return " ".join(said for part in write_notice(Config(**settings), TERMS) for said in part.sentences)

    assert "Nothing of a reply is sent" in told()
    sent = told(akismet_key="k", akismet_url="https://rest.akismet.com", mail_smtp="mail.example.org:25")
    assert "rest.akismet.com" in sent
    assert "without your network address" in sent
    assert "mail server" in sent
    assert ", with your network address" in told(akismet_key="k", akismet_sends_address=True)


def test_counts_of_replies_are_public(served: Served) -> None:
    """How many wait, were refused and are public; nobody's words."""
    at = hrefs(served)
    browser = reply_as(served, "river@example.org")
    rule(served, reference(write(browser, served, at["document"])))
    reference(write(browser, served, at["document"], "another thing to say of it"))
    page = served.browser().get("/replies/counts").text
    assert re.search(r'data-state="held"><td>1<', page)
    assert re.search(r'data-state="published"><td>1<', page)


def test_mails_are_wanted_at_ones_own_address_alone(served: Served) -> None:
    """The address typed into the form must be the one that its writer signs in with."""
    at = hrefs(served)
    browser = reply_as(served, "river@example.org")
    refused = write(browser, served, at["document"], **{"mail-to": "other@example.org"})
    assert refused.status_code == 400
    assert PLAIN in refused.text
    reference(write(browser, served, at["document"], **{"mail-to": "river@example.org"}))
    assert "You get a mail" in browser.get("/replies/me").text
