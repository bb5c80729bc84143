"""What people say becomes decisions: several fields at once, disputes settled."""

from __future__ import annotations

import pytest
from decisions import FIELDS, Log

from harmledger.deciding import find_corrections, settle
from harmledger.domain import Verdict, Words
from harmledger.errors import BadInput
from harmledger.review.chain import decision_row, parse_decision
from harmledger.review.decide import SubjectKind
from harmledger.review.fold import derive_standing


def test_only_what_differs_is_corrected() -> None:
    """Values typed as they stand are no corrections; where nothing differs it is told."""
    found = find_corrections({"low": "10", "place": "Homs", "harm": "killed"}, {}, FIELDS)
    assert [(each.field, each.value) for each in found] == [("place", "Homs")]
    with pytest.raises(BadInput, match="nothing was corrected"):
        find_corrections({"low": "10", "place": ""}, {}, FIELDS)


@pytest.mark.parametrize(("low", "high"), [(20, 25), (1, 2), (12, 12), (None, 3), (30, None)])
def test_bounds_are_never_past_each_other_on_the_way(low: int | None, high: int | None) -> None:
    """Decided one after another in the order given, no step has the least above the most."""
    typed = {"low": str(low or ""), "high": str(high or "")}
    log = Log()
    for each in find_corrections(typed, {}, FIELDS):
        log.correct("a", each.field, each.value)
    stands = {each.field: each.value for each in derive_standing("a", log.decisions).corrections}
    assert {**FIELDS, **stands}["low"] == low
    assert {**FIELDS, **stands}["high"] == high


def test_marked_words_give_values() -> None:
    """Words marked as the number give both bounds; words of a place are its name, with where they stand; others are refused."""
    counted = Words(exact="at least thirty", start=3, end=18)
    found = find_corrections({}, {"count": counted, "place": Words(exact="Homs", start=30, end=34)}, FIELDS)
    assert {each.field: (each.value, each.at and each.at.start) for each in found} == {"low": (30, 3), "high": (None, 3), "place": ("Homs", 30)}  # fmt: skip
    for key, words in (("count", "nobody knows"), ("when", "Monday")):
        with pytest.raises(BadInput):
            find_corrections({}, {key: Words(exact=words, start=0, end=1)}, FIELDS)


def test_marked_words_stand_in_the_log() -> None:
    """A decision with marked words is hashed with them and read back as it was; one without is hashed as ever."""
    log = Log()
    (marked,) = find_corrections({}, {"place": Words(exact="Homs", start=30, end=34)}, FIELDS)
    decision = log.add("a", Verdict.CORRECT, value=marked)
    assert parse_decision(decision_row(decision)) == decision
    assert decision_row(log.correct("a", "low", 3))["value"] == '{"field": "low", "value": 3}'


@pytest.mark.parametrize("stands", [0, 1, 2, 3])
def test_what_is_settled_is_disputed_no_longer(stands: int) -> None:
    """Whichever of four verdicts stands, nobody's differs afterwards, and no correction stays that was ruled out."""
    log = Log()
    log.add("a", Verdict.ACCEPT, who="Amal")
    log.correct("a", "low", 3, who="Bo")
    log.correct("a", "high", 30, who="Bo")
    log.add("a", Verdict.REJECT, who="Che")
    chosen = log.decisions[stands]
    for said in settle(chosen, log.decisions, kind=SubjectKind.CLAIM, who="Dee", reason="two sources"):
        log.add(said.subject, said.verdict, who=said.who, reason=said.reason, value=said.value, replaces=said.replaces)
    standing = derive_standing("a", log.decisions)
    assert (standing.verdict, standing.disputed) == (chosen.verdict, False)
    assert bool(standing.corrections) == (chosen.verdict is Verdict.CORRECT)


def test_a_dispute_is_settled_with_a_reason() -> None:
    """Without one, or where nobody differs, nothing is settled."""
    log = Log()
    one = log.add("a", Verdict.ACCEPT, who="Amal")
    other = log.add("a", Verdict.REJECT, who="Bo")
    for decisions, reason in (([one, other], " "), ([one], "why")):
        with pytest.raises(BadInput):
            settle(one, decisions, kind=SubjectKind.CLAIM, who="Dee", reason=reason)
