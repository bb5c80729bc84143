"""Public replies for programs: lists, items, the feed, and what the feed of changes tells of them."""

from __future__ import annotations

import feedparser
import pytest
from fake_replies import within
from moderating import ALL, HODEIDAH, MOSUL, RAQQA, Replies, rule
from sites import Served

from harmledger.domain import ReplyKind, ReplySubject, ReplySubjectKind, Verdict
from harmledger.replying import credit_within, erase_reply, withdraw_reply
from harmledger.review.decide import Said, SubjectKind
from harmledger.store.decisions import add_decision
from harmledger.store.withheld import withhold

pytestmark = pytest.mark.either_database
HOSTILE = '<script>alert(1)</script> & "\u202equoted" \u0001'


@pytest.fixture
def replies(served: Served) -> Replies:
    return Replies(served)


def listed(replies: Replies, **params: str) -> list[dict[str, object]]:
    answer = replies.served.browser().get("/api/v1/replies", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def test_only_public_replies_are_told(replies: Replies) -> None:
    """What waits, was refused, or is spam is in no list and answered as what isn't there."""
    who = replies.join("Reader of the valley")
    public, waits = replies.correct(who, text="It was 29."), replies.send(who)
    replies.publish(public.reference)
    (item,) = listed(replies)
    assert (item["reference"], item["kind"], item["pseudonym"], item["text"]) == (public.reference, "correction", "Reader of the valley", "It was 29.")  # fmt: skip
    assert item["subject"] == {"kind": "claim", "id": replies.claim()}
    assert item["url"] == f"http://record.example.org/replies/{public.reference}"
    browser = replies.served.browser()
    assert browser.get(f"/api/v1/replies/{public.reference}").json() == item
    for other in (waits.reference, "0" * 10, public.reference.lower(), public.reply_id):
        assert browser.get(f"/api/v1/replies/{other}").status_code == 404


def test_replies_are_filtered_and_paged(replies: Replies) -> None:
    """By what they are to, what kind, and since when they are public; page by page each comes once."""
    who = replies.join()
    kinds = [ReplyKind.COMMENT, ReplyKind.OFFICIAL, ReplyKind.COMMENT]
    sent = [replies.send(who, kind, report=report).reference for report, kind in enumerate(kinds)]
    for reference in sent:
        replies.publish(reference)
        replies.served.clock.forward(days=2)
    assert [item["reference"] for item in listed(replies, reply="official")] == [sent[1]]
    assert [item["reference"] for item in listed(replies, subject=replies.claim(HODEIDAH))] == [sent[2]]
    since = f"{replies.get(sent[1]).published:%Y-%m-%d}"
    assert {item["reference"] for item in listed(replies, public_since=since)} == {*sent[1:]}
    browser, found, path = replies.served.browser(), [], "/api/v1/replies?limit=1"
    while path:
        answer = browser.get(path).json()
        found += [item["reference"] for item in answer["items"]]
        path = (answer["next"] or "").removeprefix("http://record.example.org")
    assert found == sorted(sent)


def test_lists_of_replies_have_an_etag_that_a_new_one_changes(replies: Replies) -> None:
    """Kept answers follow at once: what is withdrawn is gone with the next request."""
    who, browser = replies.join(), replies.served.browser()
    sent = replies.send(who)
    empty = browser.get("/api/v1/replies")
    assert browser.get("/api/v1/replies", headers={"If-None-Match": empty.headers["etag"]}).status_code == 304
    replies.publish(sent.reference)
    full = browser.get("/api/v1/replies", headers={"If-None-Match": empty.headers["etag"]})
    assert [item["reference"] for item in full.json()["items"]] == [sent.reference]
    withdraw_reply(replies.served.site.ledger, sent.reply_id, replier_id=who.replier_id, now=replies.served.clock())
    assert browser.get("/api/v1/replies").json()["items"] == []
    assert browser.get(f"/api/v1/replies/{sent.reference}").status_code == 404


def test_nothing_of_replies_to_what_is_closed_is_told(replies: Replies) -> None:
    """Not in lists, items, the feeds of replies and changes, nor beside a decision; members are told."""
    who, served = replies.join(), replies.served
    sent = replies.correct(who, report=RAQQA)
    replies.publish(sent.reference)
    amal = served.signed_in("Amal")
    served.close(served.documents()[RAQQA], "Amal")
    paths = ("/api/v1/replies", "/replies/feed.atom", f"/replies/feed.atom?incident={replies.incident(RAQQA)}", "/api/v1/changes?limit=200")  # fmt: skip
    for path in paths:
        assert sent.reference not in served.browser().get(path).text, path
        assert sent.reference in amal.get(path).text, path
    assert served.browser().get(f"/api/v1/replies/{sent.reference}").status_code == 404
    erase_reply(served.site.ledger, sent.reply_id, replier_id=who.replier_id, now=served.clock())
    assert sent.reference not in served.browser().get("/api/v1/changes?limit=200").text


def test_an_erased_reply_to_closed_words_is_told_to_nobody_else(replies: Replies) -> None:
    """It pointed at a closed report from an open incident: that it is gone is told to who may see the report."""
    who, served = replies.join(), replies.served
    with served.site.ledger.writing() as writer:
        incident = replies.incident(HODEIDAH)
        writer.exec_driver_sql(f"UPDATE incident_claims SET incident_id = '{incident}'")  # noqa: S608  of a test
    to = ReplySubject(kind=ReplySubjectKind.INCIDENT, id=incident)
    sent = replies.correct(who, to=to, report=RAQQA, viewer=ALL)
    amal = served.signed_in("Amal")
    served.close(served.documents()[RAQQA], "Amal")
    replies.publish(sent.reference)
    erase_reply(served.site.ledger, sent.reply_id, replier_id=who.replier_id, now=served.clock())
    assert sent.reference not in served.browser().get("/api/v1/changes?limit=200").text
    assert "reply gone" in amal.get("/api/v1/changes?limit=200").text


def test_changes_tell_when_a_reply_is_public_and_when_no_longer(replies: Replies) -> None:
    """Each once, in order, from wherever one stopped; what never was public is told by nothing."""
    who, browser = replies.join(), replies.served.browser()
    end = browser.get("/api/v1/changes?limit=200").json()["cursor"]
    sent, never = replies.send(who), replies.send(who)
    replies.publish(sent.reference)
    amal = replies.served.signed_in("Amal")
    rule(amal, never.reference, "spam")
    rule(amal, sent.reference, "hold")
    rule(amal, sent.reference, "publish")
    erase_reply(replies.served.site.ledger, sent.reply_id, replier_id=who.replier_id, now=replies.served.clock())
    found = []
    while True:
        answer = browser.get("/api/v1/changes", params={"limit": "1", "since": end}).json()
        found += [(each["kind"], each["id"], each["onward"]) for each in answer["changes"]]
        end = answer["cursor"]
        if not answer["more"]:
            break
    kinds = ["reply published", "reply gone", "reply published", "reply gone"]
    assert found == [(kind, sent.reference, replies.claim()) for kind in kinds]


def test_a_decision_names_the_replies_that_led_to_it(replies: Replies) -> None:
    """With the pseudonym once the reply is public, and the reply names the decision; withheld names are struck in both."""
    who, served = replies.join("Zaynab Testname"), replies.served
    sent = replies.correct(who)
    said = Said(subject=replies.claim(), kind=SubjectKind.CLAIM, verdict=Verdict.HOLD, who="Amal", reason="a doubt")
    decision = add_decision(served.site.ledger, said, now=served.clock())
    within(served.site.ledger, credit_within, sent.reply_id, decision.decision_id, who="Amal", now=served.clock())
    path = f"/api/v1/decisions/{decision.decision_id}"
    browser = served.browser()
    assert browser.get(path).json()["after"] == [
        {"reference": sent.reference, "kind": "correction", "pseudonym": None, "undone": False}
    ]
    replies.publish(sent.reference)
    assert browser.get(path).json()["after"][0]["pseudonym"] == "Zaynab Testname"
    assert listed(replies)[0]["led_to"] == [decision.decision_id]
    undo = Said(subject=replies.claim(), kind=SubjectKind.CLAIM, verdict=Verdict.UNDO, who="Amal", reason="rashly", replaces=decision.decision_id)  # fmt: skip
    add_decision(served.site.ledger, undo, now=served.clock())
    assert browser.get(path).json()["after"][0]["undone"] is True
    with served.site.ledger.writing() as writer:
        withhold(writer, "Zaynab Testname", who="Dee", reason="asked for", now=served.clock())
    for each in (path, "/api/v1/replies", "/replies/feed.atom"):
        assert "Zaynab" not in browser.get(each).text


def test_readers_of_feeds_read_replies(replies: Replies) -> None:
    """The last first, whole addresses, others' words as text whatever they hold; of one incident those to it and its claims."""
    who = replies.join()
    first, second = replies.send(who, text=f"one {HOSTILE}").reference, replies.send(who, report=RAQQA).reference
    for reference in (first, second):
        replies.publish(reference)
        replies.served.clock.forward(minutes=1)
    browser = replies.served.browser()
    answer = browser.get("/replies/feed.atom")
    feed = feedparser.parse(answer.content)
    assert (feed.bozo, feed.version, answer.headers["content-type"]) == (False, "atom10", "application/atom+xml; charset=utf-8")  # fmt: skip
    assert [entry.link.rsplit("/", 1)[1] for entry in feed.entries] == [second, first]
    assert all(entry.id and entry.title and entry.updated_parsed for entry in feed.entries)
    assert "<script>alert" not in answer.text
    of_one = feedparser.parse(browser.get(f"/replies/feed.atom?incident={replies.incident(MOSUL)}").content)
    assert [entry.link.rsplit("/", 1)[1] for entry in of_one.entries] == [first]
    assert feed.feed.id != of_one.feed.id
    assert browser.get("/replies/feed.atom?incident=x").status_code == 400


def test_a_record_without_replies_has_a_feed(replies: Replies) -> None:
    """Valid, and empty."""
    feed = feedparser.parse(replies.served.browser().get("/replies/feed.atom").content)
    assert (feed.bozo, feed.entries) == (False, [])
