"""Replies as readers and their writers see them: the block beside the record, the form, and what becomes of one's own."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from fake_replies import within
from httpx2 import Response
from repliers import ask_for_link, follow, last_link, reply_as
from sites import Served, token
from sqlalchemy import func, select
from starlette.testclient import TestClient

from harmledger.config import Config
from harmledger.domain import ModeratorVerdict, RefusalReason, Reply, ReplyKind, ReplyState, Ruling
from harmledger.domain.spam import SpamJudgement, Submission
from harmledger.reply.checks import LONGEST
from harmledger.reply.notice import write_notice
from harmledger.replying import Judging, get_reply, rule_on
from harmledger.store import list_reports
from harmledger.store.one_incident import list_incidents_of
from harmledger.store.schema_replies import REPLIES, REPLY_DRAFTS
from harmledger.store.withheld import withhold
from harmledger.web.floor import MOST_BODY_BYTES
from harmledger.web.replies.told import TERMS

SENTENCE = "31 civilians were killed in Mosul on January 9, 2016, a trader said."
PLAIN = "the count differs from what stood on the door of the hospital that evening"
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](data:text/html,x) "
    "![c](https://evil.example/p.png) \u202eturned <a href='//evil.example'>d</a> {{7*7}}"
)


class Tags(HTMLParser):
    """Every tag that opens, with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))


def hrefs(served: Served, number: int = 1) -> dict[str, str]:
    """Paths of the pages that the report of that number is on."""
    with served.site.ledger.reading() as connection:
        records = [filed.record for filed in list_reports(connection)]
        record = next(each for each in records if each["document"]["id"] == f"r{number}")
        claim, document = record["claims"][0]["claim_id"], record["document"]["document_id"]
        incident = list_incidents_of(connection, [claim])[claim]
    return {"incident": f"/incidents/{incident}", "claim": f"/claims/{claim}", "document": f"/reports/{document}"}


def fields(page: str) -> dict[str, str]:
    """Hidden fields of the form, as a browser would send them."""
    form = page[page.index('class="reply-form"') :]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    return {name: unescape(value) for name, value in found}


def write(browser: TestClient, served: Served, page: str, text: str = PLAIN, *, at: str = "", **more: str) -> Response:
    """Open the form, take a minute, and send it."""
    shown = fields(browser.get(f"{page}/reply{at}").text)
    served.clock.forward(minutes=1)
    return browser.post(f"{page}/reply", data={**shown, "go": "send", "kind": "comment", "text": text, **more})


def reference(answer: Response) -> str:
    """The number of a reply that was taken."""
    assert answer.status_code == 303, answer.text
    found = re.fullmatch(r"/replies/(\w{10})\?done=\w+", answer.headers["location"])
    assert found, answer.headers["location"]
    return found[1]


def rule(served: Served, number: str, verdict: ModeratorVerdict = ModeratorVerdict.PUBLISH, **more: Any) -> Reply:
    """What a moderator does."""
    return within(served.site.ledger, rule_on, number, Ruling(verdict=verdict, who="Amal", **more), now=served.clock())


def get(served: Served, number: str) -> Reply:
    with served.site.ledger.reading() as connection:
        return get_reply(connection, number)


def count(served: Served, table: Any) -> int:
    with served.site.ledger.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.either_database
def test_a_reply_is_held_published_and_renews_its_pages_alone(served: Served) -> None:
    """Its writer sees number and state at once; once it is public it stands on incident and report, and other pages stay kept."""
    at, other, reader = hrefs(served), hrefs(served, 0), served.browser()
    for path in (at["incident"], at["document"], other["incident"], "/"):
        assert "Nobody&#39;s reply" not in reader.get(path).text
        assert PLAIN not in reader.get(path).text
    browser = reply_as(served, "river@example.org", "River")
    number = reference(write(browser, served, at["claim"]))
    mine = browser.get(f"/replies/{number}").text
    assert number in mine
    assert "It waits" in mine
    assert "first three replies" in mine
    assert PLAIN not in reader.get(at["document"]).text
    assert reader.get(f"/replies/{number}").status_code == 404
    etag = reader.get(other["incident"]).headers["etag"]
    reader.get("/")
    before = set(served.site.kept._pages)
    rule(served, number)
    for path in (at["incident"], at["document"]):
        assert PLAIN in reader.get(path).text
        assert "River" in reader.get(path).text
    assert (other["incident"], "", "", "", "False") in before & set(served.site.kept._pages)
    assert reader.get(other["incident"]).headers["etag"] == etag
    assert PLAIN in reader.get(f"/replies/{number}").text
    form = token(browser.get(f"/replies/{number}/withdraw").text)
    assert browser.post(f"/replies/{number}/withdraw", data={"csrf": form}).status_code == 303
    for path in (at["incident"], at["document"]):
        assert PLAIN not in reader.get(path).text


def test_kept_pages_of_replies_hold_nothing_of_one_person(served: Served) -> None:
    """The block is the same for everybody who isn't signed in: no token, no name of who looks."""
    at = hrefs(served)
    served.browser().get("/replies/sign-in")
    page = served.browser().get(at["incident"])
    assert "Leave a reply" in page.text
    assert "/replies/notice" in page.text
    assert f"/replies/sign-in?next={at['incident']}/reply" in page.text
    assert "csrf" not in page.text
    assert "set-cookie" not in page.headers


def test_a_correction_points_at_words_that_are_shown(served: Served) -> None:
    """A claim's sentence by its button, words by their places; what isn't there is refused, and nothing typed is lost."""
    at = hrefs(served)
    browser = reply_as(served, "river@example.org")
    assert "points at the sentence" in write(browser, served, at["incident"], kind="correction").text
    claim = at["claim"].rsplit("/")[-1]
    shown = fields(browser.get(f"{at['incident']}/reply").text)
    chosen = browser.post(
        f"{at['incident']}/reply", data={**shown, "kind": "correction", "text": "typed before", "choose": f"c:{claim}"}
    )
    assert "typed before" in chosen.text
    assert fields(chosen.text)["claim"] == claim
    number = reference(write(browser, served, at["incident"], kind="correction", claim=claim, field="low"))
    target = get(served, number).target
    assert target
    assert (target.exact, target.field, target.claim_id) == (SENTENCE, "low", claim)
    with served.site.ledger.reading() as connection:
        texts = [f.record["document"]["text"] for f in list_reports(connection) if f.record["document"]["id"] == "r1"]
    start = texts[0].index("31 civilians")
    number = reference(
        write(
            browser,
            served,
            at["document"],
            "that number is another",
            at=f"?start={start}&end={start + 12}",
            kind="correction",
        )
    )
    target = get(served, number).target
    assert target
    assert target.exact == "31 civilians"
    for forged in (
        {"start": "0", "end": "99999"},
        {"start": "-1", "end": "4"},
        {"claim": "f" * 64},
        {"claim": hrefs(served, 0)["claim"][-64:]},
    ):
        refused = write(browser, served, at["document"], "kept words", kind="correction", **forged)
        assert refused.status_code == 400, forged
        assert "kept words" in refused.text


@pytest.mark.either_database
def test_what_was_typed_survives_the_sign_in(served: Served) -> None:
    """Whoever isn't signed in types, is led to sign in, and finds all of it; no other browser does; sent, it is gone."""
    at = hrefs(served)
    browser, other = served.browser(), served.browser()
    typed = {"kind": "witness", "text": "we stood at the quay\nand saw", "consent": "on"}
    shown = fields(browser.get(f"{at['incident']}/reply").text)
    led = browser.post(f"{at['incident']}/reply", data={**shown, **typed, "go": "send"})
    assert led.headers["location"] == f"/replies/sign-in?next={at['incident'].replace('/', '%2F')}%2Freply"
    assert "quay" not in other.get(f"{at['incident']}/reply").text
    ask_for_link(browser, "river@example.org", back=f"{at['incident']}/reply")
    assert follow(browser, last_link(served)).status_code == 303
    back = browser.get(f"{at['incident']}/reply").text
    assert "we stood at the quay\nand saw" in back
    assert re.search(r'value="witness"[^>]* checked', back)
    assert re.search(r'name="consent" checked', back)
    served.clock.forward(minutes=1)
    reference(browser.post(f"{at['incident']}/reply", data={**fields(back), **typed, "go": "send"}))
    assert count(served, REPLY_DRAFTS) == 0


def test_change_and_log_out_keep_what_was_typed(served: Served) -> None:
    """As whom one replies can be changed in the middle of a reply."""
    at = hrefs(served)
    browser = reply_as(served, "river@example.org", "River")
    shown = fields(browser.get(f"{at['document']}/reply").text)
    said = {**shown, "kind": "comment", "text": "half a thought"}
    assert (
        browser.post(f"{at['document']}/reply", data={**said, "go": "change"})
        .headers["location"]
        .startswith("/replies/sign-in")
    )
    assert (
        browser.post(f"{at['document']}/reply", data={**said, "go": "log-out"}).headers["location"]
        == f"{at['document']}/reply"
    )
    page = browser.get(f"{at['document']}/reply").text
    assert "half a thought" in page
    assert "You aren't signed in" in page


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


def test_hostile_replies_stay_words(served: Served) -> None:
    """Script, pictures, links that run something and overrides of direction reach no page."""
    at = hrefs(served)
    browser = reply_as(served, "river@example.org", "River")
    number = reference(write(browser, served, at["document"], HOSTILE))
    rule(served, number)
    for page in (browser.get(f"/replies/{number}").text, served.browser().get(at["document"]).text):
        found = Tags()
        found.feed(page[page.index('class="reply-text"') :].partition("</div>")[0].partition(">")[2])
        assert {tag for tag, _ in found.all} == {"p", "a"}
        for tag, attributes in found.all:
            assert set(attributes) == ({"href", "rel"} if tag == "a" else set()), tag
            assert (attributes.get("href") or "https://").startswith("https://")
        assert "\u202e" not in page
        assert "<script>alert" not in page


def test_a_megabyte_is_refused(served: Served) -> None:
    """By its size before anything is made of it; and what is merely too long says so, and is kept in the form."""
    at = hrefs(served)
    browser = reply_as(served, "river@example.org")
    assert write(browser, served, at["document"], "x" * 4 * MOST_BODY_BYTES).status_code == 413
    long = write(browser, served, at["document"], "word " * LONGEST[ReplyKind.COMMENT])
    assert long.status_code == 400
    assert "longer than the 3000 characters" in long.text
    assert count(served, REPLIES) == 0


def test_a_form_sent_at_once_trapped_or_with_a_forged_stamp_waits(served: Served) -> None:
    """Its writer is told only that a moderator reads it."""
    at = hrefs(served)
    browser = reply_as(served, "river@example.org")
    stamp = fields(browser.get(f"{at['document']}/reply").text)["stamp"]
    forged = f"2001-01-01T00:00:00.{stamp.partition('.')[2]}"
    for more, hold in (({"stamp": forged}, "quick"), ({"homepage": "https://evil.example"}, "trapped")):
        number = reference(write(browser, served, at["document"], f"{PLAIN} {hold}", **more))
        assert hold in get(served, number).holds
        assert "It waits" in browser.get(f"/replies/{number}").text


def test_what_fails_holds(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A filter that breaks loses nothing and passes nothing."""

    def broken(_: Judging, submission: Submission) -> SpamJudgement:
        raise TimeoutError(submission.kind)

    monkeypatch.setattr(Judging, "__call__", broken)
    number = reference(write(reply_as(served, "river@example.org"), served, hrefs(served)["document"]))
    assert get(served, number).state is ReplyState.HELD
    assert "failed" in get(served, number).holds


def test_a_flood_of_one_person_is_refused_in_words(served: Served) -> None:
    """The sixth within a minute isn't kept, says so, and stands in the form still."""
    at = hrefs(served)
    browser = reply_as(served, "river@example.org")
    shown = fields(browser.get(f"{at['document']}/reply").text)
    answers = [
        browser.post(f"{at['document']}/reply", data={**shown, "go": "send", "kind": "comment", "text": f"{PLAIN} {n}"})
        for n in range(7)
    ]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429] * 2
    assert f"{PLAIN} 6" in answers[-1].text
    assert count(served, REPLIES) == 5


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


def test_withheld_names_are_struck_in_replies(served: Served) -> None:
    """Text, pseudonym and chosen words pass through what withholds names, whenever they were written."""
    at = hrefs(served)
    browser = reply_as(served, "river@example.org", "Zaynab")
    number = reference(write(browser, served, at["document"], "the trader was Zaynab of the market", kind="comment"))
    rule(served, number)
    assert "Zaynab" in served.browser().get(at["document"]).text
    with served.site.ledger.writing() as writer:
        withhold(writer, "Zaynab", who="Amal", reason="asked for", now=served.clock())
    for path in (at["document"], at["incident"], f"/replies/{number}"):
        assert "Zaynab" not in served.browser().get(path).text


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


def test_an_official_response_is_marked(served: Served) -> None:
    """Readers see who speaks for an office."""
    at = hrefs(served)
    number = reference(
        write(reply_as(served, "press@example.org", "The mill"), served, at["document"], kind="official")
    )
    assert "official" in get(served, number).holds
    rule(served, number)
    assert "Official response" in served.browser().get(at["document"]).text


def test_mails_are_wanted_at_ones_own_address_alone(served: Served) -> None:
    """The address typed into the form must be the one that its writer signs in with."""
    at = hrefs(served)
    browser = reply_as(served, "river@example.org")
    refused = write(browser, served, at["document"], **{"mail-to": "other@example.org"})
    assert refused.status_code == 400
    assert PLAIN in refused.text
    reference(write(browser, served, at["document"], **{"mail-to": "river@example.org"}))
    assert "You get a mail" in browser.get("/replies/me").text
