"""What waits, in which order, for whom; and what a lead gives to whom."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from desks import ALL, Desk, decide
from hypothesis import given
from hypothesis import strategies as st
from sites import send

from harmledger.domain import Role
from harmledger.review.queue import BANDS, weigh
from harmledger.store.assignments import list_assignments
from harmledger.store.desk import get_queued, list_untouched

pytestmark = pytest.mark.either_database


def counts(page: str) -> dict[str, int]:
    found = re.findall(r'href="/desk\?list=(\w+)"[^>]*>[^<]*<span class="count">(\d+)', page)
    return {name: int(number) for name, number in found}


def test_what_matters_most_comes_first(desk: Desk) -> None:
    """The queue goes by how many people and how sure the engine is; what the database sorts by is what is defined for all."""
    found = desk.waiting()
    assert found[0].high == 140
    assert [each.order for each in found] == sorted(each.order for each in found)
    assert all(each.weight == pytest.approx(weigh(each.high, each.confidence or 0)) for each in found)


@given(st.integers(0, 10**6), st.floats(0, 1), st.floats(0, 1))
def test_doubt_and_consequence_add_weight(people: int, confidence: float, less: float) -> None:
    """A claim of more people, or less sure, never weighs less."""
    assert weigh(people + BANDS[0][0], confidence) >= weigh(people, confidence)
    assert weigh(people, confidence * less) >= weigh(people, confidence)


def test_a_list_can_be_gone_through(desk: Desk) -> None:
    """Each claim leads on to the one behind it, the last to none but the first; nothing is shown twice or left out."""
    found = desk.waiting()
    with desk.site.ledger.reading() as connection:
        for one, following in pairwise(found):
            (behind,) = get_queued(connection, ALL, [one.waiting.claim_id])
            assert list_untouched(connection, ALL, most=1, behind=behind) == [following]
        assert list_untouched(connection, ALL, most=1, behind=found[-1]) == []


def test_lists_and_their_counts(desk: Desk) -> None:
    """What is decided leaves the list; held, disputed and second coding have their own; what is undone waits again."""
    amal, bo = desk.served.signed_in("Amal"), desk.served.signed_in("Bo")
    every = len(desk.waiting())
    one, two = desk.claim("140 civilians"), desk.claim("7 civilians")
    decide(amal, one, "accept")
    decide(amal, two, "hold", reason="ask first")
    assert counts(amal.get("/desk").text) == {"waiting": every - 2, "mine": 0, "second": 0, "held": 1, "disputed": 0}
    assert counts(bo.get("/desk").text)["second"] == 1
    decide(bo, one, "reject", reason="not there", list="second")
    assert counts(amal.get("/desk").text)["disputed"] == 1
    (decision,) = desk.log(two)
    send(amal, f"/desk/decisions/{decision.decision_id}/undo", {"reason": "I know now"})
    assert counts(amal.get("/desk").text)["waiting"] == every - 1


def test_a_lead_gives_claims_to_one_reviewer(desk: Desk) -> None:
    """What is given to one waits for that one alone, is shown as theirs, can be given on, taken back, and is anybody's after a fortnight."""
    dee, amal, bo = (desk.served.signed_in(name, role) for name, role in (("Dee", Role.LEAD), ("Amal", Role.REVIEWER), ("Bo", Role.REVIEWER)))  # fmt: skip
    claim, every = desk.claim("140 civilians"), len(desk.waiting())
    to = re.findall(r'<option value="(\w+)">(\w+)</option>', dee.get("/desk").text)
    ids = {name: account for account, name in to}
    given = {"subject": claim, "to": ids["Amal"], "do": "give", "back": "/desk"}
    assert send(dee, "/desk/assign", given, of="/desk").status_code == 303
    assert (counts(amal.get("/desk").text)["mine"], counts(bo.get("/desk").text)["waiting"]) == (1, every - 1)
    assert "140 civilians" in amal.get("/desk?list=mine").text
    assert "140 civilians" not in bo.get("/desk").text
    assert "<bdi>Amal</bdi>" in amal.get("/desk").text.split("<tbody>")[1]
    send(dee, "/desk/assign", {**given, "to": ids["Bo"]}, of="/desk")
    assert counts(amal.get("/desk").text)["mine"] == 0
    assert counts(bo.get("/desk").text)["mine"] == 1
    send(dee, "/desk/assign", {**given, "do": "take back"}, of="/desk")
    assert counts(bo.get("/desk").text)["mine"] == 0
    send(dee, "/desk/assign", given, of="/desk")
    desk.served.clock.forward(days=14, seconds=1)
    with desk.site.ledger.reading() as connection:
        assert list_assignments(connection, now=desk.served.clock()) == {}
    assert [what for who, what, _ in desk.served.audit() if who == "Dee" and what in {"give", "take back"}] == ["give", "give", "take back", "give"]  # fmt: skip


def test_reviewers_give_nothing(desk: Desk) -> None:
    """Only leads give; a list or page that isn't there is told."""
    amal = desk.served.signed_in("Amal")
    given = {"subject": desk.claim("140 civilians"), "to": "x", "do": "give"}
    assert send(amal, "/desk/assign", given).status_code == 403
    assert amal.get("/desk?list=nonsense").status_code == 400
    assert amal.get("/desk?page=0").status_code == 400


def test_the_end_of_a_list_is_told(desk: Desk) -> None:
    """Who goes on past the last claim is told that this was all."""
    amal = desk.served.signed_in("Amal")
    for each in desk.waiting():
        decide(amal, each.waiting.claim_id, "accept")
    page = amal.get("/desk/next")
    assert page.headers["location"] == "/desk?list=waiting&ended=1"
    assert "That was all" in amal.get(page.headers["location"]).text
