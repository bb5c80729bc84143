"""Roll-ups: each rule by a table, and the laws that hold for all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_figures import figure, figures, incident
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import (
    ClaimedFigure,
    Harm,
    Hedge,
    Polarity,
    RollUp,
    Rule,
    Scope,
    SpeakerType,
    Superseded,
    Verdict,
    VictimGroup,
    VictimKind,
)
from harmledger.reconcile.rules import RULES, roll_up

KILLED = Harm.KILLED
SEVEN, NINE = figure("7", 7), figure("9", 9, by="hospital", type=SpeakerType.MEDICAL)
AT_LEAST = figure("20+", 20, None, by="ministry", type=SpeakerType.GOVERNMENT)
FIGHTERS = figure("2f", 2, by="army", kind=VictimKind.COMBATANT, type=SpeakerType.MILITARY)
UP_TO = figure("-5", None, 5, by="army", type=SpeakerType.MILITARY)
ACCEPTED = replace(SEVEN, standing=Verdict.ACCEPT)
AGREEING = figure("7b", 7, by="residents", type=SpeakerType.WITNESS)
Ends = tuple[int | None, int | None, int | None]


def rolled(rule: Rule, *some: ClaimedFigure) -> RollUp:
    return roll_up(incident(*some), rule, harm=KILLED)


@pytest.mark.parametrize(
    ("rule", "some", "ends", "used"),
    [
        (Rule.RANGE, (SEVEN, NINE), (7, None, 9), "7 9"),
        (Rule.RANGE, (SEVEN, AT_LEAST), (7, None, None), "7 20+"),
        (Rule.RANGE, (SEVEN, UP_TO), (None, None, 7), "7 -5"),
        (Rule.RANGE, (FIGHTERS,), (2, None, 2), "2f"),
        (Rule.SOURCE_PRIORITY, (SEVEN, NINE, AT_LEAST), (9, None, 9), "9"),
        (Rule.SOURCE_PRIORITY, (SEVEN, AGREEING), (7, None, 7), "7"),
        (Rule.MAJORITY, (SEVEN, NINE, AGREEING), (7, None, 7), "7 7b"),
        (Rule.MAJORITY, (SEVEN, NINE), (None, None, None), ""),
        (Rule.MAJORITY, (SEVEN, AGREEING, figure("9a", 9, by="residents")), (None, None, None), ""),
        (Rule.DEFER, (SEVEN, NINE), (None, None, None), ""),
        (Rule.DEFER, (SEVEN, AGREEING), (7, None, 7), "7 7b"),
        (Rule.DEFER, (AT_LEAST, figure("25", 25)), (25, None, 25), "20+ 25"),
        (Rule.ASK_SOURCES, (SEVEN, NINE), (None, None, None), ""),
        (Rule.ASK_SOURCES, (SEVEN, AGREEING), (7, None, 7), "7 7b"),
        (Rule.PENDING, (SEVEN, NINE), (None, None, None), ""),
        (Rule.PENDING, (ACCEPTED, NINE), (7, None, 7), "7"),
        (Rule.CONSERVATIVE, (SEVEN, NINE, AT_LEAST), (7, 7, 7), "7"),
        (Rule.CONSERVATIVE, (UP_TO,), (None, None, None), ""),
        (Rule.BEST_LOW_HIGH, (SEVEN, NINE, AT_LEAST), (7, 9, 20), "7 9 20+"),
        (Rule.BEST_LOW_HIGH, (SEVEN, figure("6", 6, by="other")), (6, 6, 7), "7 6"),
        (Rule.AIRWARS, (SEVEN, AT_LEAST), (7, None, 20), "7 20+"),
        (Rule.AIRWARS, (SEVEN, FIGHTERS), (7, None, 7), "7"),
        (Rule.AIRWARS, (FIGHTERS,), (None, None, None), ""),
        (Rule.AIRWARS, (SEVEN, figure("30", 30, by="x", kind=VictimKind.MIXED)), (7, None, 7), "7"),
        (Rule.AIRWARS, (UP_TO,), (5, None, 5), "-5"),
    ],
)
def test_each_rule(rule: Rule, some: tuple[ClaimedFigure, ...], ends: Ends, used: str) -> None:
    """A rule gives its ends, and says which claims it stands on."""
    made = rolled(rule, *some)
    assert (made.low, made.best, made.high) == ends
    assert made.used == tuple(used.split())


@pytest.mark.parametrize(
    ("words", "read", "value"),
    [
        ("dozens of people", 24, 12), ("Tens", 20, 10), ("hundreds", 200, 100), ("عشرات المدنيين", 20, 10),
        ("مئات", 200, 100), ("several", 3, 3),
    ],
)  # fmt: skip
def test_vague_words_count_as_acled_has_them(words: str, read: int, value: int) -> None:
    """Dozens are 12, tens 10, hundreds 100, in Arabic too; what the table doesn't name counts as it was read."""
    vague = figure("v", read, None, hedge=Hedge.VAGUE, counted=words)
    assert rolled(Rule.CONSERVATIVE, vague).best == value
    assert rolled(Rule.CONSERVATIVE, replace(vague, hedge=Hedge.EXACT)).best == read


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"standing": Verdict.REJECT}, "rejected by a reviewer"),
        ({"standing": Verdict.NOTHING}, "in a report in which a person found nothing"),
        ({"superseded": Superseded.LATER, "superseded_by": "c" * 64}, "superseded by a later figure in cccccccccc"),
        ({"superseded": Superseded.RETRACTED}, "superseded by a retraction"),
        ({"polarity": Polarity.DENIED}, "the figure is denied"),
        ({"polarity": Polarity.QUESTIONED}, "the figure is questioned"),
        ({"scope": Scope.PART}, "part of another figure"),
        ({"scope": Scope.CUMULATIVE}, "counts several events"),
        ({"low": None, "high": None}, "gives no number"),
        ({"group": VictimGroup.FAMILY, "low": 6, "high": 6}, "counts some of them: family"),
        ({"kind": VictimKind.COMBATANT}, "counts combatants apart"),
        ({"origin_id": "report of 7", "claimant": SEVEN.claimant, "low": 7, "high": 7}, "a copy of 7"),
        (
            {"document_id": "report of 7", "origin_id": "report of 7", "claimant": SEVEN.claimant, "low": 7, "high": 7},
            "said again of 7",
        ),
    ],
)
def test_what_never_counts_is_left_out_with_its_reason(other: dict, reason: str) -> None:
    """Beside a figure that counts, each of these is left out and says why."""
    made = rolled(Rule.RANGE, SEVEN, replace(figure("x", 9, by="x"), **other))
    assert made.used == ("7",)
    assert [(out.claim_id, out.reason) for out in made.left_out] == [("x", reason)]


def test_held_figures_count_and_are_named() -> None:
    """What reviewers hold isn't taken away, and the roll-up says that it stands on it."""
    made = rolled(Rule.RANGE, replace(SEVEN, standing=Verdict.HOLD), NINE)
    assert (made.low, made.high) == (7, 9)
    assert made.told.endswith("held by reviewers: 7")


def test_children_alone_are_asked_for() -> None:
    """Of one group, its figures count, parts of others too."""
    some = incident(SEVEN, figure("c", 3, group=VictimGroup.CHILDREN, scope=Scope.PART))
    made = roll_up(some, Rule.RANGE, harm=KILLED, group=VictimGroup.CHILDREN)
    assert (made.low, made.high, made.used) == (3, 3, ("c",))


def test_a_group_larger_than_all_is_no_part_of_them() -> None:
    """Nine of a family are more than seven in all: the figures differ, and both are told; of a group alone its figure is the toll."""
    family = figure("f", 9, by="clinic", group=VictimGroup.FAMILY)
    assert rolled(Rule.RANGE, SEVEN, family).used == ("7", "f")
    assert rolled(Rule.RANGE, replace(family, group=VictimGroup.WOMEN)).used == ("f",)
    assert rolled(Rule.RANGE, replace(FIGHTERS, low=30, high=30), family).used == ("f",)


def test_ask_sources_says_whom_to_ask_what() -> None:
    """Each claimant is named with what it says."""
    told = rolled(Rule.ASK_SOURCES, SEVEN, AT_LEAST).told
    assert "observatory, who says 7" in told
    assert "ministry, who says 20 or more" in told


# --- laws ------------------------------------------------------------------------------------------------------------


def test_every_rule_has_its_function() -> None:
    """The table is whole."""
    assert set(RULES) == set(Rule)


@given(figures(), st.sampled_from(Rule))
def test_used_and_left_out_are_all_figures(some: list[ClaimedFigure], rule: Rule) -> None:
    """Of a harm every figure is used or left out with a reason, once."""
    made = rolled(rule, *some)
    told = [*made.used, *(out.claim_id for out in made.left_out)]
    assert sorted(told) == sorted(f.claim_id for f in some if f.harm is KILLED)
    assert all(out.reason for out in made.left_out)


@given(figures(), st.sampled_from(Rule))
def test_what_fell_is_never_used(some: list[ClaimedFigure], rule: Rule) -> None:
    """No rule stands on a rejected, superseded, denied or questioned figure."""
    by_id = {f.claim_id: f for f in some}
    for used in (by_id[claim] for claim in rolled(rule, *some).used):
        assert used.superseded is None
        assert used.standing is not Verdict.REJECT
        assert used.polarity is Polarity.ASSERTED


@given(figures())
def test_the_range_holds_every_last_word(some: list[ClaimedFigure]) -> None:
    """No figure that is used goes beyond the range; an open end is never closed."""
    made = rolled(Rule.RANGE, *some)
    for used in (f for f in some if f.claim_id in made.used):
        assert made.low is None or (used.low is not None and used.low >= made.low)
        assert made.high is None or (used.high is not None and used.high <= made.high)


@given(figures(least=1), st.sampled_from(Rule), st.data())
def test_a_copy_changes_no_roll_up(some: list[ClaimedFigure], rule: Rule, data: st.DataObject) -> None:
    """One more outlet that prints a text makes nothing of it more or less."""
    original = data.draw(st.sampled_from(some))
    copy = replace(original, claim_id="copy", document_id="report of copy")
    before, after = rolled(rule, *some), rolled(rule, *some, copy)
    assert replace(before, left_out=()) == replace(after, left_out=())
    assert rolled(rule, copy, *some).used == before.used


@given(figures(), st.sampled_from(Rule))
def test_low_is_never_above_high(some: list[ClaimedFigure], rule: Rule) -> None:
    """The ends are in order, with the best between them."""
    made = rolled(rule, *some)
    known = [end for end in (made.low, made.best, made.high) if end is not None]
    assert known == sorted(known)
