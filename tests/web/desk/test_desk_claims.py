"""One claim at a time: decided, corrected, undone; nothing that was typed is lost, and nobody overwrites another."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from desks import HOSTILE, Desk, decide, hidden
from httpx2 import Client
from sites import PASSWORD, send, token

from harmledger.domain import Role, Verdict
from harmledger.publish.segments import Mark
from harmledger.web.desk.claim_view import AROUND, _excerpts

pytestmark = pytest.mark.either_database


def test_each_verdict_is_kept_and_the_next_claim_comes(desk: Desk) -> None:
    """Accepting, rejecting and holding are decisions by who is signed in, noted in the audit, and lead on to what is behind in the list."""
    amal = desk.served.signed_in("Amal")
    first, second, third, *_ = desk.waiting()
    for each, verdict in ((first, "accept"), (second, "reject"), (third, "hold")):
        answer = decide(amal, each.waiting.claim_id, verdict, reason="as it says")
        assert answer.status_code == 303
    onward = amal.get(answer.headers["location"]).headers["location"]
    assert onward.startswith(f"/desk/claims/{desk.waiting()[0].waiting.claim_id}?list=waiting&done=")
    assert [(d.who, d.verdict.value, d.subject) for d in desk.log()] == [
        ("Amal", verdict, each.waiting.claim_id)
        for each, verdict in ((first, "accept"), (second, "reject"), (third, "hold"))
    ]
    assert [what for _, what, _ in desk.served.audit()][-3:] == ["decide accept", "decide reject", "decide hold"]


@pytest.mark.parametrize("verdict", ["reject", "hold", "correct"])
def test_a_reason_is_needed(desk: Desk, verdict: str) -> None:
    """Without one nothing is kept, and the form comes back with all that was typed."""
    amal, claim = desk.served.signed_in("Amal"), desk.claim("7 civilians")
    answer = decide(amal, claim, verdict, reason=" ", **{"field.place": "Homs"})
    assert answer.status_code == 400
    assert "Give a reason" in answer.text
    assert 'value="Homs"' in answer.text
    assert desk.log() == []


def test_several_fields_are_corrected_at_once(desk: Desk) -> None:
    """Each field that differs is a decision of its own, all with one reason; bounds come in an order in which none is past the other."""
    amal, claim = desk.served.signed_in("Amal"), desk.claim("7 civilians")
    fields = {"field.low": "20", "field.high": "25", "field.place": "Homs", "field.harm": "killed", "field.actor": ""}
    assert decide(amal, claim, "correct", reason="a later count", **fields).status_code == 303
    said = {d.value.field: (d.value.value, d.reason) for d in desk.log()}
    assert said == {name: (value, "a later count") for name, value in (("high", 25), ("low", 20), ("place", "Homs"), ("actor", None))}  # fmt: skip
    page = amal.get(f"/desk/claims/{claim}").text
    assert re.search(r'class="machine overruled"[^>]*>7<', page)
    assert re.search(r"<strong>20</strong>", page)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"field.low": "9", "field.high": "3"}, "would be after"),
        ({"field.low": "many"}, "can&#39;t be"),
        ({"field.harm": ""}, "always states it"),
        ({"field.earliest": "2017-13-01"}, "can&#39;t be"),
        ({"field.place": "x" * 501}, "longer than"),
        ({}, "Nothing was corrected"),
        ({"mark.place": "{}"}, "can&#39;t be understood"),
        ({"mark.place": "[" * 3000}, "can&#39;t be understood"),
        ({"mark.when": json.dumps({"selector": [{"type": "TextQuoteSelector", "exact": "Homs"}]})}, "No words can be"),
        ({"mark.place": json.dumps({"selector": [{"type": "TextQuoteSelector", "exact": "Atlantis"}]})}, "found"),
    ],
)
def test_what_cant_be_is_told_and_not_kept(desk: Desk, fields: dict[str, str], told: str) -> None:
    """A value that a field can't hold, or words that aren't in the text, are told in a sentence; nothing is kept."""
    amal, claim = desk.served.signed_in("Amal"), desk.claim("7 civilians")
    answer = decide(amal, claim, "correct", reason="it says so", **fields)
    assert (answer.status_code, desk.log()) == (400, [])
    assert told in answer.text
    assert "it says so" in answer.text


def test_marked_words_are_kept_with_their_place(desk: Desk) -> None:
    """Words marked as a place or as the number stand in the decision with their offsets; a moved position is found by the quote."""
    amal, claim = desk.served.signed_in("Amal"), desk.claim("7 civilians")
    moved = {
        "selector": [
            {"type": "TextPositionSelector", "start": 1, "end": 5},
            {"type": "TextQuoteSelector", "exact": "Homs", "prefix": "in ", "suffix": "."},
        ]
    }
    assert decide(amal, claim, "correct", reason="there", **{"mark.place": json.dumps(moved)}).status_code == 303
    (decision,) = desk.log()
    text = desk.text("Homs")
    assert text[decision.value.at.start : decision.value.at.end] == "Homs"
    assert "words marked in the text" in amal.get(f"/desk/claims/{claim}").text


def test_a_stale_page_is_told_and_nothing_lost(desk: Desk) -> None:
    """Two look at one claim; the second to decide is told, keeps what was typed, and can decide once more."""
    amal, bo = desk.served.signed_in("Amal"), desk.served.signed_in("Bo")
    claim = desk.claim("31 civilians")
    path = f"/desk/claims/{claim}"
    stale = bo.get(path).text
    decide(amal, claim, "accept")
    fields = {"seen": hidden(stale, "seen"), "csrf": token(stale), "list": "waiting", "verdict": "reject", "reason": "typed at length"}  # fmt: skip
    answer = bo.post(path, data=fields)
    assert answer.status_code == 409
    assert "Somebody decided on this meanwhile" in answer.text
    assert "typed at length" in answer.text
    assert len(desk.log()) == 1
    again = bo.post(path, data={**fields, "seen": hidden(answer.text, "seen")})
    assert again.status_code == 303
    assert [(d.who, d.verdict) for d in desk.log()] == [("Amal", Verdict.ACCEPT), ("Bo", Verdict.REJECT)]


def test_two_reviewers_at_once_lose_nothing(desk: Desk, address: str) -> None:
    """Of two who decide on one claim at the same moment one is kept and the other is told; on different claims all are kept, and the log is whole."""
    people = [enter(desk, address, name) for name in ("Amal", "Bo")]
    claims = [each.waiting.claim_id for each in desk.waiting()[:6]]
    pages = {(n, claim): person.get(f"/desk/claims/{claim}").text for n, person in enumerate(people) for claim in claims}  # fmt: skip

    def send_one(key: tuple[int, str]) -> int:
        n, claim = key
        fields = {"seen": "", "csrf": token(pages[key]), "list": "waiting", "verdict": "accept"}
        return people[n].post(f"/desk/claims/{claim}", data=fields).status_code

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(send_one, pages))
    assert sorted(codes) == [303] * 6 + [409] * 6
    assert len(desk.log()) == 6
    assert "each as it was written" in people[0].get("/desk/log?verify=1").text


def enter(desk: Desk, address: str, name: str) -> Client:
    """Somebody new who has signed in at a real server."""
    desk.served.add(name)
    client = Client(base_url=address, timeout=30)
    fields = {"name": name, "password": PASSWORD, "code": "", "csrf": token(client.get("/sign-in").text)}
    assert client.post("/sign-in", data=fields).status_code == 303
    return client


def test_the_second_coder_doesnt_see_the_first(desk: Desk) -> None:
    """Whoever codes a claim after another sees neither verdict, reason nor corrections of it: not on its page, in the log, nor as field values."""
    amal, bo = desk.served.signed_in("Amal"), desk.served.signed_in("Bo")
    claim = desk.claim("31 civilians")
    decide(amal, claim, "correct", reason="a telling reason", **{"field.low": "29"})
    for path in (f"/desk/claims/{claim}?list=second", f"/desk/claims/{claim}", "/desk/log"):
        page = bo.get(path).text
        assert "a telling reason" not in page
        assert "29" not in re.sub(r"[0-9a-f]{10,}|v-\w+", "", page)
    assert "Your coding" not in bo.get("/desk/log").text
    assert "so that your coding is your own" in bo.get(f"/desk/claims/{claim}").text
    decide(bo, claim, "accept", list="second")
    assert "a telling reason" in bo.get(f"/desk/claims/{claim}").text


def test_a_lead_settles_what_reviewers_dispute(desk: Desk) -> None:
    """What a lead lets stand stands, what differs no longer counts, each by a decision with the reason; a reviewer can't."""
    amal, bo, dee = desk.served.signed_in("Amal"), desk.served.signed_in("Bo"), desk.served.signed_in("Dee", Role.LEAD)
    claim = desk.claim("31 civilians")
    decide(amal, claim, "reject", reason="a rumour")
    decide(bo, claim, "accept", list="second")
    rejected, accepted = desk.log()
    page = dee.get(f"/desk/claims/{claim}?list=disputed")
    assert "Reviewers differ" in page.text
    assert "Reviewers differ" not in amal.get(f"/desk/claims/{claim}").text
    path = f"/desk/claims/{claim}/settle"
    fields = {"stands": accepted.decision_id, "reason": "two sources", "seen": hidden(page.text, "seen"), "list": "disputed"}  # fmt: skip
    assert send(amal, path, fields).status_code == 403
    assert send(dee, path, {**fields, "reason": ""}).status_code == 400
    assert send(dee, path, fields).status_code == 303
    assert (desk.log()[-1].verdict, desk.log()[-1].replaces, desk.log()[-1].who) == (Verdict.ACCEPT, rejected.decision_id, "Dee")  # fmt: skip
    assert "Reviewers differ" not in dee.get(f"/desk/claims/{claim}?list=disputed").text
    assert send(dee, path, {**fields, "seen": "f" * 64}).status_code in {400, 409}


def test_undo_is_a_new_decision(desk: Desk) -> None:
    """What one decided is taken back by a decision of its own; another's only a lead takes back."""
    amal, bo, dee = desk.served.signed_in("Amal"), desk.served.signed_in("Bo"), desk.served.signed_in("Dee", Role.LEAD)
    claim = desk.claim("31 civilians")
    decide(amal, claim, "accept")
    (decision,) = desk.log()
    path = f"/desk/decisions/{decision.decision_id}/undo"
    assert send(bo, path, {"reason": "no"}).status_code == 403
    assert send(amal, path, {"reason": ""}).status_code == 400
    assert send(amal, path, {"reason": "a slip", "list": "waiting"}).headers["location"] == f"/desk/claims/{claim}?list=waiting"  # fmt: skip
    assert [(d.verdict, d.replaces) for d in desk.log()] == [(Verdict.ACCEPT, None), (Verdict.UNDO, decision.decision_id)]  # fmt: skip
    assert send(amal, path, {"reason": "again"}).status_code == 400
    undone = desk.log()[-1]
    assert send(dee, f"/desk/decisions/{undone.decision_id}/undo", {"reason": "it was right"}).status_code == 303
    assert send(dee, f"/desk/decisions/{'f' * 64}/undo", {"reason": "x"}).status_code == 404


def test_hostile_words_stay_words_at_the_desk(desk: Desk) -> None:
    """Titles, sentences, reasons and names that look like markup are shown as they are, on every page of the desk."""
    dee = desk.served.signed_in("Dee", Role.ADMIN)
    claim, document = desk.claim("140 civilians"), desk.document("Hostile")
    decide(dee, claim, "correct", reason=HOSTILE, **{"field.place": HOSTILE[:60], "field.claimant": '"><svg onload=x>'})
    paths = [f"/desk/claims/{claim}", f"/desk/documents/{document}", "/desk", "/desk/log", "/desk/audit", "/desk/documents", f"/desk/incidents/{desk.incident('140 civilians')}"]  # fmt: skip
    for path in paths:
        page = dee.get(path)
        assert page.status_code == 200
        assert not re.search(r"<img src=x|<script>|<svg onload|onerror=\"", page.text), path
    assert "&lt;script&gt;" in dee.get(paths[0]).text


def test_machine_and_people_are_told_apart(desk: Desk) -> None:
    """What was read stands in a column of its own with the engine's name; every marked word has its label beside its colour."""
    amal = desk.served.signed_in("Amal")
    page = amal.get(f"/desk/claims/{desk.claim('7 civilians')}").text
    assert "Machine read" in page
    assert "People say" in page
    assert "Read by fake 1" in page
    labels = set(re.findall(r'class="tag" data-tag>([^<]+)<', page))
    assert labels == {"how many", "who", "place", "when", "who did it", "who says so"}
    assert "Why the machine read it so" in page


def test_words_elsewhere_stand_in_their_sentence() -> None:
    """Words far from the claim's sentence are shown in their line, several of one line together; of a long line whole words."""
    line = "Shells fell on Aden on Friday."
    text = f"8 died.\n{'x ' * AROUND}\n{line}\n{'word ' * 200}Monday{' more' * 200}\n"
    marks = [Mark(start=at, end=at + len(words), key=key, label=key) for words, key in (("Aden", "place"), ("Friday", "when"), ("Monday", "when")) for at in [text.index(words)]]  # fmt: skip
    _, (first, second) = _excerpts(text, (0, 7), marks)
    assert "".join(segment.text for segment in first.segments) == line
    words = "".join(segment.text for segment in second.segments).split()
    assert set(words) == {"word", "Monday", "more"}
    assert len(words) < 100
