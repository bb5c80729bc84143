"""Agreement is measured of what each reviewer decided alone."""

from __future__ import annotations

import numpy as np
import pytest
from decisions import FIELDS, Log

from harmledger.domain import Agreement, Verdict
from harmledger.review.agreement import code_claims, measure_agreement
from harmledger.review.fold import fold
from harmledger.review.queue import Waiting, find_waiting

CLAIMS = dict.fromkeys("abcd", FIELDS)


def measured(log: Log, **between) -> dict[str, Agreement]:
    codings = code_claims(log.decisions, CLAIMS, **between)
    return {each.field: each for each in measure_agreement(codings, np.random.default_rng(0))}


def test_each_reviewer_codes_alone() -> None:
    """One person's correction or undoing is in nobody else's coding, even where the other came later or replaced it."""
    log = Log()
    corrected = log.correct("a", "low", 5, who="Amal")
    log.add("a", Verdict.ACCEPT, who="Bo", replaces=corrected.decision_id)
    codings = code_claims(log.decisions, CLAIMS)
    assert {who: (coding["verdict"], coding["low"]) for who, coding in codings["a"].items()} == {
        "Amal": ("correct", 5),
        "Bo": ("accept", 10),
    }


def test_a_rejected_claim_codes_no_fields_and_a_held_one_nothing() -> None:
    """Who rejects a claim says nothing of its values; who holds it has not coded it."""
    log = Log()
    log.add("a", Verdict.REJECT, who="Amal")
    log.add("a", Verdict.ACCEPT, who="Bo")
    log.add("b", Verdict.HOLD, who="Amal")
    log.add("b", Verdict.ACCEPT, who="Bo")
    assert (measured(log)["verdict"].units, measured(log)["low"].units) == (1, 0)


def test_counts_are_compared_in_proportion() -> None:
    """Alpha of a bound is that of the ratio metric: 5 beside 10 and 10 beside 10."""
    log = Log()
    log.correct("a", "low", 5, who="Amal")
    log.add("a", Verdict.ACCEPT, who="Bo")
    log.add("b", Verdict.ACCEPT, who="Amal")
    log.add("b", Verdict.ACCEPT, who="Bo")
    low = measured(log)["low"]
    difference = (5 / 15) ** 2
    seen, expected = 2 * difference / 4, 2 * 3 * difference / 12
    assert (low.metric, low.alpha, low.units, low.equal) == ("ratio", pytest.approx(1 - seen / expected), 2, 1)
    assert low.low is not None
    assert low.low <= low.alpha
    assert measured(log, between=["Amal", "Che"])["low"].units == 0


def test_the_queue_is_each_persons() -> None:
    """Undecided claims wait for everybody; for coding twice, what another decided and this person didn't."""
    claims = [Waiting(document_id="d", claim_id=claim) for claim in "abcd"]
    log = Log()
    log.add("a", Verdict.ACCEPT, who="Amal")
    log.add("b", Verdict.ACCEPT, who="Bo")
    log.add("c", Verdict.HOLD, who="Bo")
    state = fold(log.decisions)
    assert [w.claim_id for w in find_waiting(claims, state, who="Bo")] == ["d"]
    assert [w.claim_id for w in find_waiting(claims, state, who="Bo", second=True)] == ["a"]
    assert [w.claim_id for w in find_waiting(claims, state, who="Bo", held=True)] == ["c"]
