"""A correction is a task beside its sentence until a decision answers it."""

from __future__ import annotations

import re

import pytest
from moderating import MOSUL, RAQQA, Replies
from sites import send, token

from harmledger.domain import (
    ReplyKind,
    ReplySubject,
    ReplySubjectKind,
    Target,
    Verdict,
)
from harmledger.replying import list_sources
from harmledger.review.decide import Said, SubjectKind
from harmledger.store.decisions import add_decision, read_log

pytestmark = pytest.mark.either_database


def test_a_correction_is_a_task_beside_its_sentence(replies: Replies) -> None:
    """It is in the list, counted on the desk, and on the claim's page with its words and number; no figure changes by it."""
    sent = replies.correct(replies.join(), text="It was 29, says the door.").reference
    amal = replies.served.signed_in("Amal")
    assert 'Corrected by readers <span class="count">1</span>' in amal.get("/desk").text
    claim = replies.claim()
    listed = amal.get("/desk/replies/corrected").text
    assert f"/desk/claims/{claim}?reply={sent}" in listed
    page = amal.get(f"/desk/claims/{claim}?reply={sent}").text
    assert "It was 29, says the door." in page
    assert re.search(rf'name="because" value="{sent}" checked', page)
    assert not re.search(r'name="because" value="\w+" checked', amal.get(f"/desk/claims/{claim}").text)


def test_a_decision_credits_the_reply_that_it_answers(replies: Replies) -> None:
    """Whoever decides says which reply led to it: every decision of the form is tied to it, in the same transaction, and it is a task no longer."""
    sent = replies.correct(replies.join()).reference
    amal, claim = replies.served.signed_in("Amal"), replies.claim()
    path = f"/desk/claims/{claim}"
    page = amal.get(f"{path}?reply={sent}").text
    fields = {"verdict": "correct", "reason": "a reader points at the door", "field.low": "29", "field.high": "29", "seen": "", "list": "waiting", "because": sent}  # fmt: skip
    assert amal.post(path, data={**fields, "csrf": token(page)}).status_code == 303
    with replies.served.site.ledger.reading() as connection:
        decisions = read_log(connection, claim)
    assert [decision.verdict for decision in decisions] == [Verdict.CORRECT] * 2
    assert "No correction waits" in amal.get("/desk/replies/corrected").text
    assert "led to a decision" in amal.get(path).text
    assert ("Amal", "reply credit", "done") in replies.served.audit()


def test_a_correction_is_a_task_again_once_its_decision_was_undone(replies: Replies) -> None:
    """The credit stays and says so, on the incident's page, beside the reply, and at the desk; where the undoing is undone all is as before."""
    sent, claim = replies.correct(replies.join("Reader of the valley")).reference, replies.claim()
    replies.publish(sent)
    amal, path, ledger = replies.served.signed_in("Amal"), f"/desk/claims/{claim}", replies.served.site.ledger
    send(amal, path, {"verdict": "reject", "reason": "so says the door", "seen": "", "because": sent}, of=path)
    public, incident = replies.served.browser(), f"/incidents/{replies.incident()}"
    for undone in (False, True, False):
        assert ("this was undone since" in public.get(incident).text) is undone
        assert ("(undone since)" in public.get(f"/replies/{sent}").text) is undone
        assert "This led to a change of the record" in public.get(f"/replies/{sent}").text
        assert (sent in amal.get("/desk/replies/corrected").text) is undone
        assert ("led to a decision" in amal.get(path).text) is not undone
        with ledger.reading() as connection:
            last = read_log(connection, claim)[-1]
        undo = Said(subject=claim, kind=SubjectKind.CLAIM, verdict=Verdict.UNDO, who="Amal", reason="rashly", replaces=last.decision_id)  # fmt: skip
        add_decision(ledger, undo, now=replies.served.clock())


def test_a_correction_that_was_answered_anew_is_no_task(replies: Replies) -> None:
    """A decision in the place of the one that answered it took it back for no reader: somebody looked again."""
    sent, claim = replies.correct(replies.join()).reference, replies.claim()
    amal, path = replies.served.signed_in("Amal"), f"/desk/claims/{claim}"
    send(amal, path, {"verdict": "hold", "reason": "ask", "seen": "", "because": sent}, of=path)
    with replies.served.site.ledger.reading() as connection:
        (held,) = read_log(connection, claim)
    again = Said(subject=claim, kind=SubjectKind.CLAIM, verdict=Verdict.REJECT, who="Bo", reason="no", replaces=held.decision_id)  # fmt: skip
    add_decision(replies.served.site.ledger, again, now=replies.served.clock())
    assert "No correction waits" in amal.get("/desk/replies/corrected").text


def test_a_decision_that_fails_credits_nothing(replies: Replies) -> None:
    """What can't be kept is kept in no part; a reply of another claim can't be named."""
    who = replies.join()
    sent, other = replies.correct(who).reference, replies.correct(who, report=RAQQA).reference
    amal, path = replies.served.signed_in("Amal"), f"/desk/claims/{replies.claim()}"
    assert (
        send(amal, path, {"verdict": "reject", "reason": "", "seen": "", "because": sent}, of=path).status_code == 400
    )
    assert send(amal, path, {"verdict": "accept", "seen": "", "because": other}, of=path).status_code == 400
    assert send(amal, path, {"verdict": "accept", "seen": "", "because": "0" * 10}, of=path).status_code == 400
    with replies.served.site.ledger.reading() as connection:
        assert read_log(connection) == []
    assert 'Corrected by readers <span class="count">2</span>' in amal.get("/desk").text


def test_words_of_a_report_without_a_claim_are_corrected_beside_the_report(replies: Replies) -> None:
    """A correction of what no claim stands on is a task of the report; a decision on it credits the reply too."""
    document = replies.served.documents()[MOSUL]
    to = ReplySubject(kind=ReplySubjectKind.DOCUMENT, id=document)
    sent = replies.correct(replies.join(), to=to, target=Target(exact="The stalls burnt all night.")).reference
    amal, path = replies.served.signed_in("Amal"), f"/desk/documents/{document}"
    assert f"{path}?reply={sent}" in amal.get("/desk/replies/corrected").text
    page = amal.get(f"{path}?reply={sent}").text
    assert page.count(f'name="because" value="{sent}" checked') == 2
    answer = send(amal, path, {"verdict": "hold", "reason": "ask", "seen": "", "because": sent}, of=path)
    assert answer.status_code == 303
    assert "No correction waits" in amal.get("/desk/replies/corrected").text


def test_the_reading_queue_shows_addresses_and_fetches_nothing(replies: Replies) -> None:
    """Sources that replies name stand there as words until somebody takes them off, which is noted."""
    sent = replies.send(replies.join(), ReplyKind.SOURCE, url="https://news.example.com/a").reference
    amal = replies.served.signed_in("Amal")
    page = amal.get("/desk/replies/sources").text
    assert "<code>https://news.example.com/a</code>" in page
    assert 'href="https://news.example.com' not in page
    path = f"/desk/replies/sources/{sent}"
    assert send(amal, path, of="/desk/replies/sources").status_code == 303
    with replies.served.site.ledger.reading() as connection:
        assert list_sources(connection) == []
    assert ("Amal", "read source", "done") in replies.served.audit()
    assert send(amal, path).status_code == 404
