"""Programs rule as the desk does: once, on what they looked at, and no more than their account may."""

from __future__ import annotations

import pytest
from moderated import appeal, steps
from moderating import Replies, rule
from programs import Program, make_program, noted

from harmledger.domain import HoldReason, RefusalReason, ReplyKind, ReplyState, Role

pytestmark = pytest.mark.either_database


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
