"""A decision is only made of what can be one; what can't is told in one sentence."""

from __future__ import annotations

import pytest
from decisions import FIELDS, NOON, Log

from harmledger.domain import Verdict
from harmledger.errors import BadInput, NotFound
from harmledger.review.decide import POSSIBLE, WITHOUT_REASON, SubjectKind
from harmledger.review.fields import PARSERS, parse_correction


def test_a_decision_says_who_when_and_why() -> None:
    """All that was said is in the decision, and what it follows."""
    log = Log()
    first = log.add("a", Verdict.ACCEPT)
    second = log.add("a", Verdict.REJECT, who=" Bo ", reason=" wrong year ")
    assert (first.who, first.when, first.before) == ("Amal", NOON, "0" * 64)
    assert (second.who, second.reason, second.before) == ("Bo", "wrong year", first.decision_id)


@pytest.mark.parametrize(
    "verdict",
    sorted(
        set(POSSIBLE[SubjectKind.CLAIM])
        - WITHOUT_REASON
        - {Verdict.CORRECT, Verdict.MERGE, Verdict.SPLIT, Verdict.UNDO}
    ),
)
def test_a_reason_is_asked_for(verdict: Verdict) -> None:
    """What others should be able to check needs a reason; white space is none."""
    with pytest.raises(BadInput, match="needs a reason"):
        Log().add("a", verdict, reason=" \n")


@pytest.mark.parametrize("who", ["", " ", "a\nb", "\x1b[2J", "a\u202eb", "x" * 300, "\udcff"])
def test_a_name_is_one_line_of_letters(who: str) -> None:
    """A decision is somebody's, and the name can't hide or drive anything."""
    with pytest.raises(BadInput):
        Log().add("a", Verdict.ACCEPT, who=who)


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        (SubjectKind.DOCUMENT, Verdict.ACCEPT),
        (SubjectKind.CLAIM, Verdict.NOTHING),
        (SubjectKind.CLAIM, Verdict.RELEASE),
        (SubjectKind.VICTIM, Verdict.MERGE),
    ],
)
def test_each_kind_of_subject_has_its_verdicts(kind: SubjectKind, verdict: Verdict) -> None:
    """What can't be said of such a thing is refused, with what can."""
    with pytest.raises(BadInput, match="can't be said"):
        Log().add("a", verdict, kind=kind)


def test_bounds_keep_their_order() -> None:
    """A correction that would put the least above the most is refused, with those that came before it counted."""
    log = Log()
    with pytest.raises(BadInput, match="low 13 would be after high 12"):
        log.correct("a", "low", 13)
    log.correct("a", "high", 20)
    log.correct("a", "low", 13)
    assert len(log.decisions) == 2


def test_a_claim_read_the_wrong_way_round_can_be_rejected() -> None:
    """Bounds that the machine got wrong stand in the way of no verdict, only of a correction that leaves them so."""
    log = Log(fields={**FIELDS, "low": 20, "high": 10})
    log.add("a", Verdict.REJECT)
    with pytest.raises(BadInput, match="low 30 would be after high 10"):
        log.correct("a", "low", 30)
    log.correct("a", "low", 10)


def test_only_what_counts_is_replaced() -> None:
    """A decision of another claim, or one that was undone already, can't be undone."""
    log = Log()
    made = log.add("a", Verdict.ACCEPT)
    with pytest.raises(NotFound, match="no decision of this subject"):
        log.add("b", Verdict.UNDO, replaces=made.decision_id)
    log.undo(made)
    with pytest.raises(BadInput, match="no longer counts"):
        log.undo(made)


def test_a_value_goes_with_its_verdict() -> None:
    """A correction names its field, a merge another claim than itself."""
    with pytest.raises(BadInput, match="name a field"):
        Log().add("a", Verdict.CORRECT)
    with pytest.raises(BadInput, match="with itself"):
        Log().link(Verdict.MERGE, "a", "a")


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        ("low", "12", 12),
        ("high", "none", None),
        ("harm", "Injured", "injured"),
        ("earliest", "2017-05-31", "2017-05-31"),
        ("place", " Deir   ez-Zor ", "Deir ez-Zor"),
        ("means", "drone strike", "drone strike"),
        ("actor", "-", None),
    ],
)
def test_what_is_typed_becomes_a_value(field: str, said: str, value: object) -> None:
    """Each field takes what the claim record has there."""
    assert parse_correction(field, said).value == value


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("low", "-3"),
        ("low", "twelve"),
        ("low", "1" * 5000),
        ("low", "١٢"),
        ("harm", "none"),
        ("harm", "hurt"),
        ("earliest", "31/5/2017"),
        ("place", "x" * 501),
        ("colour", "red"),
    ],
)
def test_what_a_field_cannot_hold_is_refused(field: str, said: str) -> None:
    """A slip of the finger never enters the log."""
    with pytest.raises(BadInput):
        parse_correction(field, said)


def test_every_field_can_be_corrected() -> None:
    """The fields that were read are those that can be corrected."""
    assert set(PARSERS) == set(FIELDS)
