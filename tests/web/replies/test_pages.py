"""Replies as readers see them and as they are written: the block beside the record, and the form."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from repliers import ask_for_link, follow, last_link, reply_as
from sites import Served, token
from writing import HOSTILE, PLAIN, SENTENCE, count, fields, get, hrefs, reference, rule, write

from harmledger.domain import ReplyKind, ReplyState
from harmledger.domain.spam import SpamJudgement, Submission
from harmledger.reply.checks import LONGEST
from harmledger.replying import Judging
from harmledger.store import list_reports
from harmledger.store.schema_replies import REPLIES, REPLY_DRAFTS
from harmledger.store.withheld import withhold
from harmledger.web.floor import MOST_BODY_BYTES


class Tags(HTMLParser):
    """Every tag that opens, with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))


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


def test_an_official_response_is_marked(served: Served) -> None:
    """Readers see who speaks for an office."""
    at = hrefs(served)
    number = reference(
        write(reply_as(served, "press@example.org", "The mill"), served, at["document"], kind="official")
    )
    assert "official" in get(served, number).holds
    rule(served, number)
    assert "Official response" in served.browser().get(at["document"]).text
