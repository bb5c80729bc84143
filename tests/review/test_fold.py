"""State is a fold over decisions: it needs nothing else, and however it is folded it is the same."""

from __future__ import annotations

import pytest
from decisions import Log, logs
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import Decision, Verdict
from harmledger.errors import BadInput
from harmledger.review.decide import SubjectKind
from harmledger.review.fold import State, constraints, find_contradiction, fold

SUBJECTS = "abc"


def standings(state: State) -> list[object]:
    return [state.standing(subject) for subject in SUBJECTS]


@given(logs(), st.data())
def test_batches_make_no_difference(decisions: list[Decision], data: st.DataObject) -> None:
    """A log folded piece by piece gives the state of the log folded at once."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(decisions)), max_size=4)))
    state = State()
    for start, end in zip([0, *cuts], [*cuts, len(decisions)], strict=True):
        state = fold(decisions[start:end], state)
    assert standings(state) == standings(fold(decisions))


@given(logs())
def test_subjects_do_not_touch_one_another(decisions: list[Decision]) -> None:
    """How a claim stands follows from its own decisions, whatever was decided of others between them."""
    for subject in SUBJECTS:
        own = [d for d in decisions if d.subject == subject]
        assert fold(own).standing(subject) == fold(decisions).standing(subject)


@given(logs(), st.sampled_from([Verdict.ACCEPT, Verdict.REJECT, Verdict.HOLD, Verdict.CORRECT]))
def test_undoing_restores(decisions: list[Decision], verdict: Verdict) -> None:
    """A decision and its undoing leave the claim as it stood; undoing the undoing brings the decision back."""
    log = Log()
    log.decisions = list(decisions)
    before = fold(decisions).standing("a")
    made = log.correct("a", "low", 3) if verdict is Verdict.CORRECT else log.add("a", verdict)
    after = fold(log.decisions).standing("a")
    undoing = log.undo(made)
    undone = fold(log.decisions).standing("a")
    assert (undone.verdict, undone.corrections, undone.disputed) == (
        before.verdict,
        before.corrections,
        before.disputed,
    )
    log.undo(undoing)
    again = fold(log.decisions).standing("a")
    assert (again.verdict, again.corrections) == (after.verdict, after.corrections)


def test_the_last_verdict_counts_and_corrections_gather() -> None:
    """A claim stands by its last verdict; of each field the last correction holds, also beside an acceptance."""
    log = Log()
    log.correct("a", "low", 11)
    log.correct("a", "low", 12)
    log.correct("a", "kind", "civilian")
    log.add("a", Verdict.ACCEPT)
    standing = fold(log.decisions).standing("a")
    assert standing.verdict is Verdict.ACCEPT
    assert [(c.field, c.value) for c in standing.corrections] == [("kind", "civilian"), ("low", 12)]


def test_reviewers_who_differ_are_told_until_one_is_replaced() -> None:
    """Two people's different verdicts are a dispute; a decision that replaces one of them settles it."""
    log = Log()
    log.add("a", Verdict.ACCEPT, who="Amal")
    rejected = log.add("a", Verdict.REJECT, who="Bo")
    assert fold(log.decisions).standing("a").disputed
    log.add("a", Verdict.ACCEPT, who="Che", replaces=rejected.decision_id)
    standing = fold(log.decisions).standing("a")
    assert (standing.disputed, standing.verdict) == (False, Verdict.ACCEPT)


def test_nothing_in_a_document_holds_for_its_claims() -> None:
    """Claims of a document in which a person found nothing stand so, but for those decided by themselves."""
    log = Log()
    log.add("d", Verdict.NOTHING, kind=SubjectKind.DOCUMENT)
    log.add("b", Verdict.ACCEPT)
    state = fold(log.decisions)
    assert state.standing("a", document="d").verdict is Verdict.NOTHING
    assert state.standing("b", document="d").verdict is Verdict.ACCEPT
    assert state.standing("a").verdict is None


def test_merges_and_splits_are_pairs() -> None:
    """Merging gives a pair that must be linked, splitting one that can't; the smaller id first, undone ones not at all."""
    log = Log()
    log.link(Verdict.MERGE, "b", "a")
    log.link(Verdict.SPLIT, "b", "c")
    log.undo(log.link(Verdict.MERGE, "d", "e"))
    pairs = constraints(log.decisions)
    assert (pairs.must_link, pairs.cannot_link) == ({("a", "b")}, {("b", "c")})


def test_of_a_pair_the_last_word_counts() -> None:
    """Two claims merged and then split, from either side, are split."""
    log = Log()
    log.link(Verdict.MERGE, "a", "b")
    log.link(Verdict.SPLIT, "b", "a")
    assert constraints(log.decisions).cannot_link == {("a", "b")}
    assert constraints(log.decisions).must_link == set()


@given(
    st.lists(
        st.tuples(st.sampled_from(["merge", "split", "undo"]), st.sampled_from("abcde"), st.sampled_from("abcde")),
        max_size=20,
    )
)
def test_no_log_contradicts_itself(steps: list[tuple[str, str, str]]) -> None:
    """Whatever reviewers merge, split and undo, every pair that the log gives can hold at once; what couldn't was refused."""
    log = Log()
    for verdict, one, other in steps:
        try:
            if verdict != "undo":
                log.link(Verdict(verdict), one, other)
            elif own := [d for d in log.decisions if d.subject == one]:
                log.undo(own[-1])
        except BadInput:
            continue
        assert find_contradiction(constraints(log.decisions)) is None


def test_a_split_within_a_chain_of_merges_is_refused() -> None:
    """Claims that are merged through a third can't be split, nor the other way round."""
    log = Log()
    log.link(Verdict.MERGE, "a", "b")
    log.link(Verdict.MERGE, "b", "c")
    with pytest.raises(BadInput, match="keeps apart"):
        log.link(Verdict.SPLIT, "a", "c")
