"""How a claimant's figures lie against others'."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import (
    Claimant,
    ClaimedFigure,
    Harm,
    Polarity,
    ProposedGrade,
    Reconciled,
    Scope,
    SpeakerType,
    Superseded,
    Verdict,
    VictimKind,
)
from harmledger.publish.compared import compare_figures


def figure(key: str, low: int | None, high: int | None, **more: object) -> ClaimedFigure:
    made = ClaimedFigure(
        claim_id=f"c-{key}", document_id="d", origin_id="d", outlet=None, quote="", harm=Harm.KILLED, low=low, high=high, hedge=None, counted=None,
        kind=VictimKind.UNKNOWN, group=None, scope=Scope.INCIDENT, polarity=Polarity.ASSERTED, claimant=Claimant(key=key, name=key, type=SpeakerType.MONITOR),
        said=None, actor_id=None, actor=None, certainty=None, standing=None, by_hand=False,
    )  # fmt: skip
    return replace(made, **more)


def compare(*figures: ClaimedFigure) -> list[tuple[int, int, int]]:
    grade = ProposedGrade(grade=None, reason="", sources=1)
    reconciled = Reconciled(incident_id="i", figures=figures, responsibility=(), grade=grade)
    return [(len(c.lower), len(c.same), len(c.higher)) for c in compare_figures(reconciled, "own")]


@pytest.mark.parametrize(
    ("own", "other", "lies"),
    [
        ((5, 5), (7, 7), (1, 0, 0)),
        ((7, 7), (7, 7), (0, 1, 0)),
        ((9, 9), (7, 7), (0, 0, 1)),
        ((5, 9), (7, 7), (0, 1, 0)),
        ((20, None), (7, 7), (0, 0, 1)),
        ((20, None), (30, 30), (0, 1, 0)),
        ((None, 20), (30, 30), (1, 0, 0)),
        ((None, None), (30, 30), (0, 1, 0)),
    ],
)
def test_a_figure_is_lower_only_where_nothing_overlaps(
    own: tuple[int | None, int | None], other: tuple[int | None, int | None], lies: tuple[int, int, int]
) -> None:
    """An open end reaches everywhere; ranges that share a number are the same here."""
    assert compare(figure("own", *own), figure("other", *other)) == [lies]


@pytest.mark.parametrize(
    "more",
    [
        {"harm": Harm.INJURED},
        {"kind": VictimKind.CIVILIAN},
        {"scope": Scope.PART},
        {"polarity": Polarity.DENIED},
        {"superseded": Superseded.LATER},
        {"standing": Verdict.REJECT},
    ],
)
def test_only_last_words_on_the_same_people_are_compared(more: dict[str, object]) -> None:
    """What counts others, was replaced, denied or rejected stands beside nothing."""
    assert compare(figure("own", 1, 1), figure("other", 2, 2, **more)) == []


BOUND = st.none() | st.integers(0, 50)


@given(one=st.tuples(BOUND, BOUND), other=st.tuples(BOUND, BOUND))
def test_what_one_is_to_the_other_the_other_is_not_to_it(
    one: tuple[int | None, int | None], other: tuple[int | None, int | None]
) -> None:
    """Of two ranges, the first is lower exactly where the second is higher."""
    first, second = (tuple(sorted(b, key=lambda n: (n is None, n))) if None not in b else b for b in (one, other))
    assert compare(figure("own", *first), figure("other", *second)) == [
        compare(figure("own", *second), figure("other", *first))[0][::-1]
    ]
