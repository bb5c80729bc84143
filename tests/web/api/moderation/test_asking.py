"""Programs see the queue, one reply whole, and the reading queue, as moderators do at the desk."""

from __future__ import annotations

import pytest
from moderated import appeal, listed
from moderating import HODEIDAH, MOSUL, RAQQA, SENTENCES, Replies
from programs import MODERATION, Program, make_program, noted

from harmledger.domain import ReplyKind, Role, Target, TokenScope
from harmledger.replying import withdraw_reply
from harmledger.store.withheld import withhold

pytestmark = pytest.mark.either_database


def test_the_queue_is_given_in_pages_the_oldest_first(replies: Replies, program: Program) -> None:
    """Each once, whatever is ruled on or taken back between two pages, the last one of a page too."""
    who = replies.join()
    sent = [replies.send(who).reference for _ in range(6)]
    found: list[str] = []
    path = f"{MODERATION}/replies?limit=2"
    while path:
        answer = program.client.get(path).json()
        page = [item["reference"] for item in answer["items"]]
        found += page
        if page == sent[:2]:
            program.rule(page[1], "publish")
            gone = replies.get(page[0])
            withdraw_reply(
                replies.served.site.ledger, gone.reply_id, replier_id=who.replier_id, now=replies.served.clock()
            )
        path = (answer["next"] or "").removeprefix("http://record.example.org")
    assert found == sent
    assert listed(program) == sent[2:]
    assert program.get("/replies", after="0" * 10).status_code == 404


def test_the_queue_is_filtered_as_at_the_desk(replies: Replies, program: Program) -> None:
    """By state, kind, subject, and whether a writer asks to look again."""
    who = replies.join()
    comment, official = replies.send(who).reference, replies.send(who, ReplyKind.OFFICIAL, report=RAQQA).reference
    refused = replies.send(who, report=HODEIDAH).reference
    assert listed(program, reply="official") == [official]
    assert listed(program, subject=replies.claim(MOSUL)) == [comment]
    program.rule(refused, "refuse", reason="off-topic")
    assert (listed(program, state="refused"), listed(program)) == ([refused], [comment, official])
    appeal(replies, refused, who.replier_id)
    assert (listed(program, appeals="only"), listed(program, appeals="none")) == ([refused], [comment, official])
    assert program.get("/counts").json()["appeals"] == 1
    program.rule(refused, "hold")
    assert (listed(program, appeals="only"), program.get("/counts").json()["appeals"]) == ([], 0)
    for wrong in (
        {"state": "erased"},
        {"state": "draft"},
        {"reply": "essay"},
        {"appeals": "yes"},
        {"hold": "names"},
        {"limit": "0"},
    ):
        assert program.get("/replies", **wrong).status_code == 400


def test_one_reply_is_given_with_all_that_is_known(replies: Replies, program: Program) -> None:
    """Its words and what they point at, why it waits, what filters said by which version, every step, its writer's other replies, and what can be ruled."""
    who = replies.join("Reader of the valley")
    first = replies.send(who).reference
    replies.publish(first)
    sent = replies.correct(who, target=Target(exact=SENTENCES[MOSUL], field="low"), text="It was 29, says the door.")
    answer = program.get(f"/replies/{sent.reference}").json()
    assert (answer["reference"], answer["text"], answer["state"], answer["holds"]) == (sent.reference, "It was 29, says the door.", "held", ["first"])  # fmt: skip
    assert (answer["target"]["exact"], answer["target"]["field"]) == (SENTENCES[MOSUL], "low")
    assert [(each["by"], each["decision"], each["failed"]) for each in answer["verdicts"]] == [("fake 1", "ham", False)]
    assert [(each["what"], each["who"], each["state"]) for each in answer["events"]] == [("send", "writer", "held"), ("clear", "filter", "held")]  # fmt: skip
    assert (answer["writer"]["pseudonym"], answer["writer"]["blocked"]) == ("Reader of the valley", None)
    assert {state: n for state, n in answer["writer"]["others"].items() if n} == {"published": 1}
    assert answer["may"] == ["publish", "refuse", "spam", "hold"]
    assert answer["url"] == f"http://record.example.org/desk/replies/{sent.reference}"


def test_no_program_is_told_an_address(replies: Replies) -> None:
    """Neither the hash of a network nor a mail address, nor by what the ledger knows its writer, is in any answer, whoever's program asks."""
    sent = replies.send(replies.join(), ReplyKind.SOURCE, url="https://news.example.com/a").reference
    served = replies.served
    who = replies.get(sent).replier_id
    served.write(
        f"INSERT INTO replier_identities (subject_hash, provider, replier_id, address, made) VALUES ('{'f' * 64}', 'mail', '{who}', 'amal@mail.example', '2020-01-01 00:00:00')"  # noqa: S608  of a test
    )
    program = make_program(served, "Eve", Role.ADMIN)
    paths = ("/replies", f"/replies/{sent}", "/sources", "/counts")
    for text in [*(program.get(path).text for path in paths), program.rule(sent, "hold").text]:
        assert not [secret for secret in ("mail.example", "e" * 32, "f" * 64, who or "-") if secret in text]


def test_replies_to_a_closed_report_are_moderated_by_programs_of_who_may_see_it(replies: Replies) -> None:
    """To all others they are in no list and no count, and answered as those that aren't there, whatever is asked or ruled."""
    who, served = replies.join(), replies.served
    program, member = make_program(served), make_program(served, "Bo")
    closed = replies.correct(who, report=RAQQA).reference
    source = replies.send(who, ReplyKind.SOURCE, report=RAQQA, url="https://news.example.com/a").reference
    open_one = replies.send(who).reference
    version = replies.get(closed).version
    served.close(served.documents()[RAQQA], "Bo")
    assert (listed(program), listed(member)) == ([open_one], [closed, source, open_one])
    assert [answer.json()["items"] for answer in (program.get("/sources"),)] == [[]]
    assert program.get("/counts").json() == {"states": {"held": 1, "published": 0, "refused": 0, "spam": 0}, "appeals": 0, "corrections": 0, "sources": 0}  # fmt: skip
    nowhere = program.get(f"/replies/{'0' * 10}")
    said = {"verdict": "spam", "version": version}
    for answer in (
        program.get(f"/replies/{closed}"),
        program.post(f"/replies/{closed}/rulings", said),
        program.post(f"/replies/{'0' * 10}/rulings", said),
        program.post(f"/sources/{source}/done"),
        make_program(served, "Dee", Role.LEAD).post(f"/replies/{'0' * 10}/unblock"),
    ):
        assert (answer.status_code, answer.text) == (404, nowhere.text)
    assert program.get("/replies", after=closed).text == program.get("/replies", after="0" * 10).text
    assert noted(served) == []
    assert member.rule(closed, "spam").status_code == 200


def test_what_was_taken_back_is_given_to_no_program(replies: Replies, program: Program) -> None:
    """Withdrawn by its writer, it is as if it weren't there."""
    who = replies.join()
    sent = replies.send(who)
    withdraw_reply(replies.served.site.ledger, sent.reply_id, replier_id=who.replier_id, now=replies.served.clock())
    assert listed(program) == []
    assert program.get(f"/replies/{sent.reference}").status_code == 404
    assert program.post(f"/replies/{sent.reference}/rulings", {"verdict": "publish", "version": 3}).status_code == 404


def test_withheld_names_are_struck_for_programs(replies: Replies, program: Program) -> None:
    """As in every answer of the API; the whole text is at the desk."""
    sent = replies.send(replies.join(), text="Zaynab Testname was at the door that evening.").reference
    with replies.served.site.ledger.writing() as writer:
        withhold(writer, "Zaynab Testname", who="Dee", reason="asked for", now=replies.served.clock())
    for path in ("/replies", f"/replies/{sent}"):
        assert "Zaynab" not in program.get(path).text


def test_sources_are_listed_in_pages_and_taken_off_once(replies: Replies, program: Program) -> None:
    """Each with its address; whoever takes one off is told by whom and when it was, the second time too."""
    who = replies.join()
    sent = sorted(replies.send(who, ReplyKind.SOURCE, url=f"https://news.example.com/{n}").reference for n in range(3))
    comment = replies.send(who).reference
    pages = [program.get("/sources", limit="2").json()]
    pages.append(program.client.get(pages[0]["next"].removeprefix("http://record.example.org")).json())
    assert [[item["reference"] for item in page["items"]] for page in pages] == [sent[:2], sent[2:]]
    assert pages[0]["items"][0]["address"].startswith("https://news.example.com/")
    assert program.get("/counts").json()["sources"] == 3
    done = [program.post(f"/sources/{sent[1]}/done") for _ in range(2)]
    assert done[0].json() == done[1].json()
    assert done[0].json()["done_by"] == "Amal"
    assert [item["reference"] for item in program.get("/sources").json()["items"]] == [sent[0], sent[2]]
    assert program.post(f"/sources/{comment}/done").status_code == 404
    assert noted(replies.served) == [("Amal", "read source", sent[1], program.token.token_id)]


def test_what_takes_no_body_needs_none(replies: Replies, program: Program) -> None:
    """Nothing, or an empty object; fields that nobody asked for are refused."""
    sent = replies.send(replies.join(), ReplyKind.SOURCE, url="https://news.example.com/a").reference
    path = f"{MODERATION}/sources/{sent}/done"
    assert program.client.post(path, json={"who": "me"}).status_code == 400
    assert program.client.post(path, data={"who": "me"}).status_code == 415
    assert program.client.post(path).status_code == 200


def test_a_program_that_reads_reads_all(replies: Replies) -> None:
    """The smaller scope is enough for every list."""
    sent = replies.send(replies.join()).reference
    program = make_program(replies.served, scope=TokenScope.READ)
    assert [program.get(path).status_code for path in ("/replies", f"/replies/{sent}", "/sources", "/counts")] == [
        200
    ] * 4
