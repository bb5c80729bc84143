"""Moderating by a program: what it is shown, what it does, and that it is the desk's own doing, noted, and done once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from moderating import HODEIDAH, MOSUL, RAQQA, SENTENCES, Replies, rule
from programs import MODERATION, Program, make_program, noted
from sites import Served

from harmledger.domain import HoldReason, RefusalReason, ReplyKind, ReplyState, Role, Target, TokenScope
from harmledger.replying import appeal_reply, list_events, withdraw_reply
from harmledger.store.withheld import withhold
from harmledger.web.api.bearer import MOST_BODY_BYTES

pytestmark = pytest.mark.either_database


@pytest.fixture
def replies(served: Served) -> Replies:
    return Replies(served)


@pytest.fixture
def program(served: Served) -> Program:
    return make_program(served)


def listed(program: Program, **params: str) -> list[str]:
    """References of a page."""
    answer = program.get("/replies", **params)
    assert answer.status_code == 200, answer.text
    return [item["reference"] for item in answer.json()["items"]]


def steps(replies: Replies, reference: str) -> list[str]:
    with replies.served.site.ledger.reading() as connection:
        return [step.what for step in list_events(connection, replies.get(reference).reply_id)]


def appeal(replies: Replies, reference: str, who: str) -> None:
    reply, served = replies.get(reference), replies.served
    appeal_reply(served.site.ledger, reply.reply_id, "The ministry says so.", replier_id=who, now=served.clock())


# --- looking -----------------------------------------------------------------------------------------------------------


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


# --- ruling ------------------------------------------------------------------------------------------------------------


def test_a_program_rules_as_the_desk_does(replies: Replies, program: Program) -> None:
    """Published, refused with its reason, spam, held: each is answered with the reply as it stands then, and noted under the account's name with the token."""
    who = replies.join()
    sent = [replies.send(who).reference for _ in range(4)]
    said: list[tuple[str, dict[str, str]]] = [("publish", {}), ("refuse", {"reason": "abuse", "words": "it threatens the medic"}), ("spam", {}), ("hold", {})]  # fmt: skip
    answers = [program.rule(reference, verdict, **more) for reference, (verdict, more) in zip(sent, said, strict=True)]
    assert [(answer.status_code, answer.json()["state"]) for answer in answers] == [(200, "published"), (200, "refused"), (200, "spam"), (200, "held")]  # fmt: skip
    for reference, answer in zip(sent, answers, strict=True):
        assert {**program.get(f"/replies/{reference}").json(), "writer": answer.json()["writer"]} == answer.json()
    assert (replies.get(sent[1]).refusal, replies.get(sent[1]).refusal_words) == (RefusalReason.ABUSE, "it threatens the medic")  # fmt: skip
    assert replies.get(sent[3]).holds == (HoldReason.MODERATOR,)
    assert answers[1].json()["events"][-1]["who"] == "Amal"
    token = program.token.token_id
    assert noted(replies.served) == [("Amal", f"reply {verdict}", reference, token) for reference, (verdict, _) in zip(sent, said, strict=True)]  # fmt: skip
    assert replies.served.browser().get(f"/api/v1/replies/{sent[0]}").status_code == 200


def test_the_audit_names_the_token_and_the_desk_none(replies: Replies) -> None:
    """Admins see by which token something was done, and what was done in a browser."""
    one, other = (replies.send(replies.join(name)).reference for name in ("River reader", "Hill reader"))
    program = make_program(replies.served, "Bo")
    amal, eve = replies.served.signed_in("Amal"), replies.served.signed_in("Eve", Role.ADMIN)
    program.rule(one, "spam")
    rule(amal, other, "spam")
    assert [token for *_, token in noted(replies.served)] == [program.token.token_id, None]
    page = eve.get("/desk/audit?what=reply").text
    assert page.count(f"by token <code>{program.token.token_id[:8]}</code>") == page.count("by token") == 1


def test_a_ruling_on_what_was_changed_meanwhile_is_told(replies: Replies, program: Program) -> None:
    """Of a moderator at the desk and a program that looked before, the second is told, with 409, and nothing is done."""
    sent = replies.send(replies.join()).reference
    version = program.get(f"/replies/{sent}").json()["version"]
    rule(replies.served.signed_in("Bo"), sent, "hold")
    late = program.rule(sent, "publish", version=version)
    assert (late.status_code, late.json()["error"]["kind"]) == (409, "conflict")
    assert "changed meanwhile" in late.json()["error"]["message"]
    assert replies.get(sent).state is ReplyState.HELD
    assert [what for _, what, _, _ in noted(replies.served)] == ["reply hold"]
    assert program.rule(sent, "publish").status_code == 200
    assert program.rule(sent, "publish").status_code == 409  # looked at again, it is public already


@pytest.mark.parametrize(
    "said",
    [
        {"verdict": "publish"},
        {"verdict": "refuse", "reason": "abuse", "words": "it threatens\u202e the medic "},
        {"verdict": "spam"},
        {"verdict": "hold"},
        {"verdict": "block", "words": "floods"},
    ],
    ids=lambda said: said["verdict"],
)
def test_a_ruling_that_is_sent_again_is_done_once(replies: Replies, said: dict[str, str]) -> None:
    """Where the answer got lost a program sends the same again: it gets the same answer, and there is no second step and no second line in the audit."""
    sent = replies.send(replies.join()).reference
    program = make_program(replies.served, "Dee", Role.LEAD)
    version = program.get(f"/replies/{sent}").json()["version"]
    first = program.rule(sent, **said, version=version)
    replies.served.clock.forward(minutes=3)
    before = steps(replies, sent)
    again = program.rule(sent, **said, version=version)
    assert (first.status_code, again.status_code, again.json()) == (200, 200, first.json())
    assert steps(replies, sent) == before
    assert len(noted(replies.served)) == 1


@pytest.mark.parametrize(
    "other",
    [{"verdict": "spam"}, {"reason": "abuse"}, {"words": "another word"}],
    ids=["verdict", "reason", "words"],
)
def test_another_ruling_on_the_same_version_is_told(replies: Replies, program: Program, other: dict[str, str]) -> None:
    """Only what is the same in every part is taken for the same."""
    sent = replies.send(replies.join()).reference
    version = program.get(f"/replies/{sent}").json()["version"]
    said = {"verdict": "refuse", "reason": "off-topic", "words": "about another day"}
    program.rule(sent, **said, version=version)
    second = {
        name: value for name, value in {**said, **other}.items() if name != "reason" or other != {"verdict": "spam"}
    }
    assert program.rule(sent, **second, version=version).status_code == 409
    bos = make_program(replies.served, "Bo")
    assert bos.rule(sent, **said, version=version).status_code == 409


def test_what_its_writer_changed_is_taken_for_no_repetition(replies: Replies, program: Program) -> None:
    """Held, and appealed or taken up since: a ruling on the version before is told, though the same was ruled before that."""
    who = replies.join()
    sent = replies.send(who).reference
    program.rule(sent, "refuse", reason="uncheckable")
    version = replies.get(sent).version
    appeal(replies, sent, who.replier_id)
    assert program.rule(sent, "refuse", reason="uncheckable", version=version).status_code == 409
    assert replies.get(sent).state is ReplyState.HELD


def test_a_program_of_a_lead_blocks_and_takes_that_back(replies: Replies, program: Program) -> None:
    """A reviewer's can't; a block needs words; what waits is refused; taken back twice it is done once, and where nobody is blocked it is told."""
    who = replies.join()
    sent, other = replies.send(who).reference, replies.send(who).reference
    lead = make_program(replies.served, "Dee", Role.LEAD)
    assert program.rule(sent, "block", words="floods").status_code == 403
    assert program.post(f"/replies/{sent}/unblock").status_code == 403
    assert lead.rule(sent, "block").status_code == 400
    assert lead.post(f"/replies/{sent}/unblock").status_code == 409
    assert noted(replies.served) == []
    blocked = lead.rule(sent, "block", words="floods the desk").json()
    assert (blocked["state"], blocked["refusal"], blocked["writer"]["blocked_reason"]) == ("refused", "blocked", "floods the desk")  # fmt: skip
    assert blocked["may"][-1] == "unblock"
    assert replies.get(other).refusal is RefusalReason.BLOCKED
    taken_back = [lead.post(f"/replies/{sent}/unblock") for _ in range(2)]
    assert [answer.status_code for answer in taken_back] == [200, 200]
    assert taken_back[0].json() == taken_back[1].json()
    assert taken_back[0].json()["writer"]["blocked"] is None
    assert lead.post(f"/replies/{other}/unblock").status_code == 409
    assert steps(replies, sent).count("unblock") == 1
    assert [what for _, what, _, _ in noted(replies.served)] == ["reply block", "reply unblock"]


def test_a_repeated_unblocking_undoes_no_silence(replies: Replies) -> None:
    """Blocked again by another of their replies, a writer is let reply again by the same words as before."""
    who = replies.join()
    one, other = replies.send(who).reference, replies.send(who).reference
    lead = make_program(replies.served, "Dee", Role.LEAD)
    lead.rule(one, "block", words="floods")
    lead.post(f"/replies/{one}/unblock")
    lead.rule(other, "block", words="again")
    assert lead.post(f"/replies/{one}/unblock").json()["writer"]["blocked"] is None
    assert steps(replies, one).count("unblock") == 2


def test_a_witness_account_is_published_by_a_leads_program_in_so_many_words(replies: Replies, program: Program) -> None:
    """Not by a reviewer's, not by the verdict alone, nor where its writer didn't agree: and that is what it may, as it is told."""
    who = replies.join()
    agreed = replies.send(who, ReplyKind.WITNESS, consent=True).reference
    silent = replies.send(who, ReplyKind.WITNESS).reference
    lead = make_program(replies.served, "Dee", Role.LEAD)
    for refused in (
        program.rule(agreed, "publish", publish_witness=True),
        lead.rule(agreed, "publish"),
        lead.rule(agreed, "publish", publish_witness=False),
        lead.rule(silent, "publish", publish_witness=True),
    ):
        assert (refused.status_code, refused.json()["error"]["kind"]) == (403, "not_allowed")
    assert "didn't agree" in refused.json()["error"]["message"]
    may = [("publish" in each.get(f"/replies/{of}").json()["may"]) for each, of in ((program, agreed), (lead, silent), (lead, agreed))]  # fmt: skip
    assert may == [False, False, True]
    assert lead.rule(agreed, "publish", publish_witness=True).json()["state"] == "published"


# --- what is no ruling -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "`verdict` is missing"),
        ({"verdict": "publish"}, "`version` is missing"),
        ({"version": 2}, "`verdict` is missing"),
        ({"verdict": "burn", "version": 2}, "`verdict` is one of publish, refuse"),
        ({"verdict": ["publish"], "version": 2}, "`verdict` is one of publish, refuse"),
        ({"verdict": "publish", "version": "2"}, "`version` is a whole number"),
        ({"verdict": "publish", "version": 2.5}, "`version` is a whole number"),
        ({"verdict": "publish", "version": True}, "`version` is a whole number"),
        ({"verdict": "publish", "version": 0}, "`version` is a whole number"),
        ({"verdict": "publish", "version": 10**400}, "`version` is a whole number"),
        ({"verdict": "publish", "version": None}, "`version` is a whole number"),
        ({"verdict": "refuse", "version": 2}, "A refusal needs a reason."),
        ({"verdict": "refuse", "version": 2, "reason": "because"}, "`reason` is one of off-topic"),
        ({"verdict": "refuse", "version": 2, "reason": "blocked"}, "`reason` is one of off-topic"),
        ({"verdict": "refuse", "version": 2, "reason": "other", "words": " \u200b"}, "needs words"),
        ({"verdict": "refuse", "version": 2, "reason": "abuse", "words": "x" * 1001}, "`words` is text of at most 1000"),
        ({"verdict": "refuse", "version": 2, "reason": "abuse", "words": 7}, "`words` is text"),
        ({"verdict": "publish", "version": 2, "reason": "abuse"}, "`reason` goes with `refuse` alone."),
        ({"verdict": "spam", "version": 2, "publish_witness": False}, "`publish_witness` goes with `publish` alone."),
        ({"verdict": "publish", "version": 2, "publish_witness": "yes"}, "`publish_witness` is true or false."),
        ({"verdict": "publish", "version": 2, "force": True}, "There is no such field."),
    ],
)  # fmt: skip
def test_what_is_no_ruling_is_refused(replies: Replies, program: Program, said: dict[str, Any], told: str) -> None:
    """Too little, too much, or not of its kind: one sentence that names it, and nothing is done."""
    sent = replies.send(replies.join()).reference
    refused = program.post(f"/replies/{sent}/rulings", said)
    assert refused.status_code == 400
    assert refused.json()["error"]["kind"] == "bad_request"
    assert told in refused.json()["error"]["message"]
    assert replies.get(sent).state is ReplyState.HELD
    assert noted(replies.served) == []


RIGHT = '{"verdict": "spam", "version": 2}'


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"spam",
        b"[]",
        b'"spam"',
        b"null",
        b"1e999",
        b"[" * 15_000,
        b'{"a":' * 3_000,
        b'{"verdict": "spam", "version": 2, "version": 2}',
        b'{"verdict": "spam", "version": NaN}',
        b'{"verdict": "spam", "version": 1e999}',
        b'{"verdict": "spam", "version": ' + b"9" * 9_000 + b"}",
        RIGHT.encode("utf-16"),
        b"\xff\xfe",
        RIGHT[:-1].encode(),
        RIGHT.encode() * 2,
        b"verdict=spam&version=2",
    ],
    ids=range(17),
)
def test_garbage_is_refused(replies: Replies, program: Program, raw: bytes) -> None:
    """What is no JSON, or JSON of another shape, nested without end or of numbers without end."""
    sent = replies.send(replies.join()).reference
    path = f"{MODERATION}/replies/{sent}/rulings"
    refused = program.client.post(path, content=raw, headers={"content-type": "application/json"})
    assert (refused.status_code, refused.json()["error"]["kind"]) == (400, "bad_request")
    assert replies.get(sent).state is ReplyState.HELD


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "text/json",
    ],
)
def test_only_json_is_taken(replies: Replies, program: Program, kind: str) -> None:
    """Whatever is within: what another site's form could send is none, nor what says nothing of its kind."""
    sent = replies.send(replies.join()).reference
    path, headers = f"{MODERATION}/replies/{sent}/rulings", {"content-type": kind} if kind else {}
    refused = program.client.post(path, content=RIGHT.encode(), headers=headers)
    assert (refused.status_code, refused.json()["error"]["kind"]) == (415, "wrong_kind")
    assert replies.get(sent).state is ReplyState.HELD
    assert program.client.post(path, content=RIGHT.encode(), headers={"content-type": "Application/JSON; charset=utf-8"}).status_code == 200  # fmt: skip


def test_a_long_body_is_refused(replies: Replies, program: Program) -> None:
    """Said or unsaid how long; the longest words that may be, every letter escaped, still fit."""
    sent = replies.send(replies.join()).reference
    path, headers = f"{MODERATION}/replies/{sent}/rulings", {"content-type": "application/json"}
    long = f'{{"verdict": "spam", "version": 2, "words": "{" " * MOST_BODY_BYTES}"}}'.encode()
    for content in (long, iter([long[:9000], long[9000:]])):
        refused = program.client.post(path, content=content, headers=headers)
        assert (refused.status_code, refused.json()["error"]["kind"]) == (413, "too_large")
    words = json.dumps({"verdict": "refuse", "reason": "other", "version": 2, "words": "\U0001f54a" * 1000})
    assert len(words) > 12_000
    assert program.client.post(path, content=words.encode(), headers=headers).status_code == 200


def test_halves_of_code_points_and_signs_that_show_nothing_are_left_out(replies: Replies, program: Program) -> None:
    """JSON can hold what no database takes: it is cleaned as what the desk's form sends."""
    sent = replies.send(replies.join()).reference
    raw = b'{"verdict": "refuse", "reason": "other", "version": 2, "words": "\\ud800a\\u0000b\\u202ec"}'
    path = f"{MODERATION}/replies/{sent}/rulings"
    answer = program.client.post(path, content=raw, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["refusal_words"]) == (200, "abc")


# --- the reading queue -------------------------------------------------------------------------------------------------


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
