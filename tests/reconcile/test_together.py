"""The stage as a whole, on reports with their notes and statements."""

from __future__ import annotations

from fake_figures import claim, document, speaker

from harmledger.domain import Harm, Reconciled, Rule, Stance, Superseded
from harmledger.reconcile.rules import list_harms, roll_up
from harmledger.reconcile.together import reconcile


def report(document_id: str, *sentences: tuple[str, str], statements: tuple = (), **more) -> dict:
    """A report whose claims are (sentence, number), each id document and number."""
    text, claims = "", []
    for sentence, number in sentences:
        scope = "cumulative" if "so far" in sentence else "incident"
        claims.append(claim(f"{document_id} {number}", sentence, number, at=len(text), scope=scope))
        text += sentence + "\n"
    return {"document": document(document_id, text, **more), "claims": claims, "statements": list(statements)}


def together(*reports: dict, only: str = "") -> Reconciled:
    told = [
        (each["document"], c)
        for each in reports
        for c in each["claims"]
        if only in c["claim_id"] and c["scope"] != "cumulative"
    ]
    return reconcile("i", told, reports=reports)


def test_a_corrected_report_replaces_the_earlier_one() -> None:
    """The Post said 12; its later report says 9 and that 12 was wrong: 9 stands, both twelves are kept and marked."""
    old = report("old", ("12 people were killed in the market.", "12"), publisher="The Post")
    note = "Correction: An earlier version of this report said 12 people were killed."
    new = report("new", ("9 people were killed in the market.", "9"), (note, "12"), publisher="The Post")
    reconciled = together(old, new)
    assert {f.claim_id: f.superseded for f in reconciled.figures} == {
        "old 12": Superseded.CORRECTED,
        "new 12": Superseded.CORRECTED,
        "new 9": None,
    }
    assert roll_up(reconciled, Rule.RANGE, harm=Harm.KILLED).used == ("new 9",)


def test_one_address_is_one_source() -> None:
    """A page that was fetched twice and says the same counts once; the later figure replaces the earlier."""
    pages = [
        report(name, (f"{n} people were killed.", n), source="https://example.org/a", fetched=f"2017-05-0{day}")
        for name, n, day in (("first", "7", 5), ("second", "9", 6))
    ]
    reconciled = together(*pages)
    assert reconciled.grade.sources == 1
    assert {f.claim_id: f.superseded_by for f in reconciled.figures} == {"first 7": "second 9", "second 9": None}


def test_statements_go_with_the_claim_before_them() -> None:
    """In a round-up a denial belongs to the event told last before it."""
    army = speaker("the army", slug="syrian-government-forces", kind="military")
    sentences = ("7 people were killed in Raqqa.", "7"), ("9 people were killed in Idlib.", "9"), ("100 so far.", "100")
    denial = {"statement_id": "s", "kind": "deny", "speaker": army, "target": None, "quote": {"start": 75}}
    round_up = report("d", *sentences, statements=(denial,))
    assert [r.stance for r in together(round_up, only="9").responsibility] == [Stance.DENIES]
    assert together(round_up, only="7").responsibility == ()


def test_harms_come_in_the_order_of_the_list() -> None:
    """Each harm that is told, once."""
    one = report("d", ("7 people were killed.", "7"), ("9 people were injured.", "9"))
    one["claims"][1]["harm"] = "injured"
    assert list_harms(together(one)) == [Harm.KILLED, Harm.INJURED]
