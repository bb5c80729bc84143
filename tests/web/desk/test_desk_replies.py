"""Replies at the desk: what waits, who rules on it, and that a correction leads to a decision only by a person's hand."""

from __future__ import annotations

import re

import pytest
from fake_replies import FakeJudge
from moderating import ALL, HODEIDAH, MOSUL, RAQQA, SENTENCES, Replies, rule
from sites import send

from harmledger.domain import (
    HoldReason,
    RefusalReason,
    ReplyKind,
    ReplyState,
    ReplySubject,
    ReplySubjectKind,
    Role,
    Target,
)
from harmledger.domain.spam import SpamDecision
from harmledger.replying import appeal_reply, erase_reply, list_labels, withdraw_reply
from harmledger.store.withheld import withhold

pytestmark = pytest.mark.either_database
HOSTILE = '<script>alert(1)</script>\u202e<img src=x onerror="alert(2)">'


def order(page: str) -> list[str]:
    """References in the order of a page's table."""
    return re.findall(r'<td><a href="/desk/replies/(\w{10})', page)


def test_the_queue_has_the_oldest_first_and_kinds_before_others_where_asked(replies: Replies) -> None:
    """Waiting ones by age; official responses, or witness accounts, come first for who asks; states and kinds are lists of their own."""
    who = replies.join()
    sent = []
    for kind in (ReplyKind.COMMENT, ReplyKind.OFFICIAL, ReplyKind.WITNESS):
        sent.append(replies.send(who, kind).reference)
        replies.served.clock.forward(minutes=1)
    amal = replies.served.signed_in("Amal")
    assert order(amal.get("/desk/replies").text) == sent
    assert order(amal.get("/desk/replies?first=witness").text) == [sent[2], *sent[:2]]
    assert order(amal.get("/desk/replies?first=official").text) == [sent[1], sent[0], sent[2]]
    assert order(amal.get("/desk/replies?kind=comment").text) == [sent[0]]
    assert rule(amal, sent[0], "refuse", why="off-topic").status_code == 303
    assert order(amal.get("/desk/replies?state=refused").text) == [sent[0]]
    for path in ("?state=draft", "?state=erased", "?kind=essay", "?first=comment", "?page=x"):
        assert amal.get(f"/desk/replies{path}").status_code == 400


def test_one_reply_beside_its_sentence_with_all_that_is_known(replies: Replies) -> None:
    """Its words, what it points at in the text, the figure as it was read, why it waits, what filters said by which version, and how its writer's others fared."""
    who = replies.join("Reader of the valley")
    first = replies.send(who).reference
    replies.publish(first)
    sent = replies.correct(who, target=Target(exact=SENTENCES[MOSUL], field="low"), text="It was 29, says the door.")
    amal = replies.served.signed_in("Amal")
    page = amal.get(f"/desk/replies/{sent.reference}").text
    assert "It was 29, says the door." in page
    assert "The stalls burnt all night." in page
    assert re.search(r"<strong>low</strong> is said to be wrong; it was read as <strong[^>]*>31</strong>", page)
    assert "one of its writer&#39;s first replies" in page
    assert "<strong>no spam</strong>, by fake 1: " in page
    assert "Other replies: 1 published." in page
    assert f'href="/desk/claims/{replies.claim()}?reply={sent.reference}"' in page


def test_moderators_rule_and_go_on(replies: Replies) -> None:
    """Each ruling is kept with its reason, noted in the audit, and leads to the next one that waits; at the end, to the list."""
    who = replies.join()
    one, two, three, four = (replies.send(who).reference for _ in range(4))
    amal = replies.served.signed_in("Amal")

    def ruled(reference: str, verdict: str, **fields: str) -> str:
        """Where one is led after a ruling."""
        return amal.get(rule(amal, reference, verdict, **fields).headers["location"]).headers["location"]

    assert f"/desk/replies/{two}" in ruled(one, "publish")
    assert f"/desk/replies/{three}" in ruled(two, "refuse", why="abuse", reason="it threatens the medic")
    ruled(three, "spam")
    assert "/desk/replies?ended=1" in ruled(four, "publish")
    states = [replies.get(each).state for each in (one, two, three, four)]
    assert states == [ReplyState.PUBLISHED, ReplyState.REFUSED, ReplyState.SPAM, ReplyState.PUBLISHED]
    assert (replies.get(two).refusal, replies.get(two).refusal_words) == (RefusalReason.ABUSE, "it threatens the medic")
    assert [line for line in replies.served.audit() if line[1].startswith("reply ")] == [
        ("Amal", f"reply {what}", "done") for what in ("publish", "refuse", "spam", "publish")
    ]
    with replies.served.site.ledger.reading() as connection:
        assert sorted(label.spam for label in list_labels(connection)) == [False, False, True]


def test_what_was_let_wait_comes_last(replies: Replies) -> None:
    """A reply that a moderator holds waits behind those on which nobody ruled."""
    who = replies.join()
    one, two = replies.send(who).reference, replies.send(who).reference
    amal = replies.served.signed_in("Amal")
    rule(amal, one, "hold")
    assert replies.get(one).holds == (HoldReason.MODERATOR,)
    assert order(amal.get("/desk/replies").text) == [two, one]
    assert f"/desk/replies/{one}" in amal.get(f"/desk/replies/next?after={two}").headers["location"]


def test_what_lacks_a_reason_comes_back_as_it_was_typed(replies: Replies) -> None:
    """A refusal without a reason, or of another reason without words, is told with 400, and nothing is kept."""
    sent = replies.send(replies.join()).reference
    amal = replies.served.signed_in("Amal")
    for fields in ({"why": ""}, {"why": "other"}, {"why": "other", "reason": " "}):
        assert rule(amal, sent, "refuse", **fields).status_code == 400
    page = rule(amal, sent, "refuse", why="", reason="half a thought").text
    assert "half a thought" in page
    assert "Choose what to decide." in rule(amal, sent, "burn").text
    for fields in ({"why": "blocked"}, {"why": "because"}, {"why": "abuse", "version": "x"}):
        assert rule(amal, sent, "refuse", **fields).status_code == 400
    assert replies.get(sent).state is ReplyState.HELD
    assert not [line for line in replies.served.audit() if line[1].startswith("reply ")]


def test_a_stale_reply_is_told(replies: Replies) -> None:
    """Of two moderators who look at one reply the second is told what became of it, with 409."""
    sent = replies.send(replies.join()).reference
    amal, bo = replies.served.signed_in("Amal"), replies.served.signed_in("Bo")
    stale = re.search(r'name="version" value="(\d+)"', bo.get(f"/desk/replies/{sent}").text)
    assert stale
    rule(amal, sent, "spam")
    answer = rule(bo, sent, "publish", version=stale[1])
    assert answer.status_code == 409
    assert replies.get(sent).state is ReplyState.SPAM


def test_an_appeal_shows_both_texts(replies: Replies) -> None:
    """What was refused and why, and what its writer says to that, one below the other; appeals come first."""
    who = replies.join()
    sent = replies.send(who, text="The wells were dry in that week.").reference
    replies.send(who)
    amal = replies.served.signed_in("Amal")
    rule(amal, sent, "refuse", why="uncheckable", reason="no source is named")
    reply = replies.get(sent)
    appeal_reply(
        replies.served.site.ledger, reply.reply_id, "The ministry's page says so.",
        replier_id=who.replier_id, now=replies.served.clock(),
    )  # fmt: skip
    assert order(amal.get("/desk/replies").text)[0] == sent
    page = amal.get(f"/desk/replies/{sent}").text
    assert page.index("The wells were dry") < page.index("no source is named") < page.index("The ministry&#39;s page")
    rule(amal, sent, "publish")
    assert replies.get(sent).state is ReplyState.PUBLISHED


def test_a_witness_account_is_public_by_a_lead_alone(replies: Replies) -> None:
    """A reviewer can't, a lead can't without saying so, nor where the writer didn't agree: it waits."""
    who = replies.join()
    agreed = replies.send(who, ReplyKind.WITNESS, consent=True).reference
    silent = replies.send(who, ReplyKind.WITNESS).reference
    amal, dee = replies.served.signed_in("Amal"), replies.served.signed_in("Dee", Role.LEAD)
    assert 'value="publish"' not in dee.get(f"/desk/replies/{agreed}").text
    assert rule(amal, agreed, "publish", publish_witness="yes", sure="yes").status_code == 403
    assert rule(amal, agreed, "publish", to="/witness", sure="yes").status_code == 403
    assert rule(dee, agreed, "publish").status_code == 403
    assert rule(dee, agreed, "publish", to="/witness").status_code == 403
    assert rule(dee, silent, "publish", to="/witness", sure="yes").status_code == 403
    assert [replies.get(each).state for each in (agreed, silent)] == [ReplyState.HELD] * 2
    assert rule(dee, agreed, "publish", to="/witness", sure="yes").status_code == 303
    assert replies.get(agreed).state is ReplyState.PUBLISHED


def test_a_lead_blocks_a_writer_and_takes_that_back(replies: Replies) -> None:
    """What waits is refused, no reply is taken any longer; reviewers can't, and a block needs words."""
    who = replies.join()
    sent = replies.send(who).reference
    amal, dee = replies.served.signed_in("Amal"), replies.served.signed_in("Dee", Role.LEAD)
    assert rule(amal, sent, "", to="/block", do="block", reason="floods").status_code == 403
    assert rule(dee, sent, "", to="/block", do="block").status_code == 400
    assert rule(dee, sent, "", to="/block", do="block", reason="floods the desk").status_code == 303
    assert replies.get(sent).refusal is RefusalReason.BLOCKED
    assert "floods the desk" in dee.get(f"/desk/replies/{sent}").text
    assert rule(dee, sent, "", to="/block", do="unblock").status_code == 303
    assert rule(dee, sent, "", to="/block", do="unblock").status_code == 409
    assert [line[1] for line in replies.served.audit() if line[1].startswith("reply ")] == [
        "reply block",
        "reply unblock",
    ]


def test_nobody_at_the_desk_sees_an_address(replies: Replies) -> None:
    """Neither the hash of a network nor a mail address is on any page of a reply, whoever looks."""
    sent = replies.send(replies.join()).reference
    with replies.served.site.ledger.writing() as writer:
        writer.exec_driver_sql("UPDATE repliers SET notify = true")
        who = replies.get(sent).replier_id
        writer.exec_driver_sql(
            f"INSERT INTO replier_identities (subject_hash, provider, replier_id, address, made) VALUES ('{'f' * 64}', 'mail', '{who}', 'amal@example.org', '2020-01-01 00:00:00')"  # noqa: S608  of a test
        )
    eve = replies.served.signed_in("Eve", Role.ADMIN)
    pages = [eve.get(path).text for path in ("/desk/replies", f"/desk/replies/{sent}", "/desk/audit")]
    assert not [page for page in pages if "example.org" in page.replace("record.example.org", "") or "e" * 32 in page]


def test_hostile_replies_stay_words_at_the_desk(replies: Replies) -> None:
    """Tags, overrides and addresses in a reply are words on every page that shows it, and lead nowhere."""
    who = replies.join()
    claim, url = replies.claim(), "https://news.example.com/?a=%22%3E%3Cscript%3E"
    replies.correct(who, text=f"wrong {HOSTILE}", url=url)
    sent = replies.send(who, ReplyKind.SOURCE, text=f"see {HOSTILE}", url=url).reference
    amal = replies.served.signed_in("Amal")
    for path in ("/desk/replies", f"/desk/replies/{sent}", "/desk/replies/corrected", "/desk/replies/sources", f"/desk/claims/{claim}"):  # fmt: skip
        page = amal.get(path).text
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
        assert f'href="{url[:20]}' not in page, path


# --- who sees what -----------------------------------------------------------------------------------------------------


def test_replies_to_a_closed_report_are_moderated_by_who_may_see_it(replies: Replies) -> None:
    """For all others they aren't there: in no list, count or task, and whoever tries their number is answered as for one that isn't."""
    who = replies.join()
    served = replies.served
    open_, closed = replies.correct(who, report=MOSUL).reference, replies.correct(who, report=RAQQA).reference
    source = replies.send(who, ReplyKind.SOURCE, report=RAQQA, url="https://news.example.com/closed").reference
    amal, bo, dee = served.signed_in("Amal"), served.signed_in("Bo"), served.signed_in("Dee", Role.LEAD)
    served.close(served.documents()[RAQQA], "Amal")
    assert order(bo.get("/desk/replies").text) == [open_]
    assert 'Waiting <span class="count">1</span>' in bo.get("/desk/replies").text
    for browser, seen in ((amal, True), (dee, True), (bo, False)):
        pages = "".join(browser.get(path).text for path in ("/desk/replies", "/desk/replies/corrected", "/desk/replies/sources", f"/desk/replies/next?after={open_}"))  # fmt: skip
        assert (closed in pages, "news.example.com/closed" in pages) == (seen, seen)
        assert browser.get(f"/desk/replies/{closed}").status_code == (200 if seen else 404)
    for path, fields in (
        (f"/desk/replies/{closed}", {"verdict": "publish", "version": "2"}),
        (f"/desk/replies/sources/{source}", {}),
    ):
        assert send(bo, path, fields).status_code == 404
    assert replies.get(closed).state is ReplyState.HELD
    assert bo.get("/desk/replies/0000000000").text == bo.get(f"/desk/replies/{closed}").text.replace(
        closed, "0000000000"
    )


def test_words_of_a_closed_report_close_a_reply_to_an_open_incident(replies: Replies) -> None:
    """Who may see the incident but not the report whose words are pointed at sees no such reply."""
    served = replies.served
    with served.site.ledger.writing() as writer:
        incident = replies.incident(HODEIDAH)
        writer.exec_driver_sql(f"UPDATE incident_claims SET incident_id = '{incident}'")  # noqa: S608  of a test
    to = ReplySubject(kind=ReplySubjectKind.INCIDENT, id=incident)
    sent = replies.correct(replies.join(), to=to, report=RAQQA, viewer=ALL).reference
    served.add("Amal")
    served.close(served.documents()[RAQQA], "Amal")
    bo = served.signed_in("Bo")
    assert bo.get(f"/desk/replies/{sent}").status_code == 404
    assert order(bo.get("/desk/replies").text) == []


@pytest.mark.parametrize("state", ["withdrawn", "erased"])
def test_what_was_taken_back_is_read_by_no_moderator(replies: Replies, state: str) -> None:
    """A reply that its writer withdrew or erased is answered as one that isn't there."""
    who = replies.join()
    sent = replies.send(who)
    take = withdraw_reply if state == "withdrawn" else erase_reply
    take(replies.served.site.ledger, sent.reply_id, replier_id=who.replier_id, now=replies.served.clock())
    amal = replies.served.signed_in("Amal")
    assert amal.get(f"/desk/replies/{sent.reference}").status_code == 404
    assert amal.get(f"/desk/replies?state={state}").status_code == 400


def test_the_log_of_changes_credits_a_reply_by_pseudonym(replies: Replies) -> None:
    """The incident's page says after whose correction something was decided, with its number: by name once it is public, else as a reader's; withheld names are struck."""
    who = replies.join("Zaynab Testname")
    sent = replies.correct(who).reference
    amal, path = replies.served.signed_in("Amal"), f"/desk/claims/{replies.claim()}"
    send(amal, path, {"verdict": "hold", "reason": "a reader doubts it", "seen": "", "because": sent}, of=path)
    public = replies.served.browser()
    incident = f"/incidents/{replies.incident()}"
    page = public.get(incident).text
    assert f"after a correction by <bdi>a reader</bdi>, reply {sent}" in page
    assert "Zaynab" not in page
    replies.publish(sent)
    page = public.get(incident).text
    assert f'after a correction by <bdi>Zaynab Testname</bdi>, reply <a href="/replies/{sent}">{sent}</a>' in page
    assert "Zaynab Testname" in public.get(f"{incident}/dossier").text
    with replies.served.site.ledger.writing() as writer:
        withhold(writer, "Zaynab Testname", who="Dee", reason="asked for", now=replies.served.clock())
    assert "Zaynab" not in public.get(incident).text
    assert f'reply <a href="/replies/{sent}">' in public.get(incident).text


def test_a_filter_that_was_wrong_is_seen_to_be(replies: Replies) -> None:
    """What the filter took for spam is in its list, with its reason, and can be published."""
    replies.judge = FakeJudge(decision=SpamDecision.SPAM)
    sent = replies.send(replies.join()).reference
    amal = replies.served.signed_in("Amal")
    assert order(amal.get("/desk/replies?state=spam").text) == [sent]
    assert "<strong>spam</strong>, by fake 1" in amal.get(f"/desk/replies/{sent}").text
    assert rule(amal, sent, "publish").status_code == 303
