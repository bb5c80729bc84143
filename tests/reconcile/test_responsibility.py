"""Who blames whom, who admits, who denies; and the grade that this suggests."""

from __future__ import annotations

import pytest
from fake_figures import blaming, figure, speaker

from harmledger.domain import (
    Certainty,
    Claimant,
    ClaimedFigure,
    Grade,
    Polarity,
    Responsibility,
    SpeakerType,
    Stance,
    Superseded,
    Verdict,
    VictimKind,
)
from harmledger.reconcile.grade import count_sources, propose_grade
from harmledger.reconcile.responsibility import find_responsibility

ARMY = "syrian-government-forces"


def statement(kind: str, by: dict, target: dict | None = None) -> dict:
    return {"statement_id": f"{kind} by {by['name']}", "kind": kind, "speaker": by, "target": target}


def found(*figures: ClaimedFigure, statements: tuple[dict, ...] = ()) -> list[tuple[Stance, str, str | None]]:
    return [(r.stance, r.by, r.actor_id) for r in find_responsibility(figures, statements)]


def test_stances_of_claims() -> None:
    """A claimant blames another; an actor admits or denies by its own words, or its side's."""
    assert found(blaming("a", ARMY, "sohr")) == [(Stance.BLAMES, "sohr", ARMY)]
    assert found(blaming("a", ARMY, "sohr", certainty=Certainty.CLAIMED)) == [(Stance.ADMITS, ARMY, ARMY)]
    assert found(blaming("a", ARMY, "sohr", certainty=Certainty.DENIED)) == [(Stance.DENIES, ARMY, ARMY)]
    assert found(blaming("a", ARMY, "syria")) == [(Stance.ADMITS, "syria", ARMY)]
    assert found(blaming("a", ARMY, "syria", polarity=Polarity.DENIED)) == [(Stance.DENIES, "syria", ARMY)]
    assert found(blaming("a", None, "syria", actor="its aircraft")) == [(Stance.ADMITS, "syria", None)]


def test_what_was_rejected_or_taken_back_says_nothing() -> None:
    """Such a claim blames nobody; one whose toll rose later still does."""
    assert found(blaming("a", ARMY, "sohr", standing=Verdict.REJECT)) == []
    assert found(blaming("a", ARMY, "sohr", superseded=Superseded.RETRACTED)) == []
    assert found(blaming("a", ARMY, "sohr", superseded=Superseded.LATER)) != []


def test_stances_of_statements() -> None:
    """A party denies and admits of itself, unless it names somebody; anybody accuses."""
    army, clinic = speaker("Syrian army", slug=ARMY, kind="military"), speaker("a clinic", kind="medical")
    russia = speaker("Russia", slug="russia", kind="government")
    assert found(statements=(statement("deny", army),)) == [(Stance.DENIES, "Syrian army", ARMY)]
    assert found(statements=(statement("deny", russia, army),)) == [(Stance.DENIES, "Russia", ARMY)]
    assert found(statements=(statement("admit", army),)) == [(Stance.ADMITS, "Syrian army", ARMY)]
    assert found(statements=(statement("accuse", clinic, army),)) == [(Stance.BLAMES, "a clinic", ARMY)]
    assert found(statements=(statement("condemn", clinic, army),)) == []


def test_one_line_for_a_stance_and_its_claims() -> None:
    """Who blames the same one twice stands once, on both claims."""
    (one,) = find_responsibility([blaming("a", ARMY, "sohr"), blaming("b", ARMY, "sohr")], ())
    assert one.on == ("a", "b")


# --- grades ----------------------------------------------------------------------------------------------------------


def graded(*figures: ClaimedFigure, statements: tuple[dict, ...] = ()) -> tuple[Grade | None, str]:
    responsibility: tuple[Responsibility, ...] = find_responsibility(figures, statements)
    proposed = propose_grade(figures, responsibility)
    return proposed.grade, proposed.reason


FIGHTERS = VictimKind.COMBATANT


@pytest.mark.parametrize(
    ("figures", "grade", "reason"),
    [
        ([blaming("a", ARMY, "sohr"), blaming("b", ARMY, "syria")], Grade.CONFIRMED, "accepted responsibility"),
        ([blaming("a", ARMY, "sohr"), figure("b", by="clinic")], Grade.FAIR, "2 independent sources"),
        ([blaming("a", ARMY, "sohr")], Grade.WEAK, "a single source"),
        ([blaming("a", ARMY, "sohr"), blaming("b", "russia", "clinic")], Grade.CONTESTED, "competing claims"),
        ([blaming("a", ARMY, "sohr"), blaming("b", "syria", "clinic")], Grade.FAIR, "is blamed"),
        ([blaming("a", ARMY, "sohr"), figure("b", by="clinic", kind=FIGHTERS)], Grade.WEAK, "a single source"),
        ([figure("a", by="sohr"), figure("b", by="clinic")], None, "nobody says who did it"),
        ([blaming("a", ARMY, "sohr", kind=FIGHTERS)], Grade.DISCOUNTED, "said to be combatants"),
        ([blaming("a", ARMY, "syria", kind=FIGHTERS)], None, "only the one who is blamed"),
        (
            [blaming("a", ARMY, "sohr"), figure("c", by="clinic"), blaming("b", ARMY, "syria", kind=FIGHTERS)],
            Grade.FAIR,
            "is blamed",
        ),
        ([blaming("a", ARMY, "sohr", standing=Verdict.REJECT)], None, "nobody's figure"),
        ([figure("a", polarity=Polarity.DENIED)], None, "nobody's figure"),
    ],
)
def test_each_definition(figures: list[ClaimedFigure], grade: Grade | None, reason: str) -> None:
    """The grade follows Airwars' definitions, and says which."""
    proposed, why = graded(*figures)
    assert proposed is grade
    assert reason in why


def test_a_denial_stands_beside_the_grade() -> None:
    """Who denies is named, and changes no grade by that."""
    deny = (statement("deny", speaker("Syrian army", slug=ARMY, kind="military")),)
    grade, why = graded(blaming("a", ARMY, "sohr"), figure("b", by="clinic"), statements=deny)
    assert grade is Grade.FAIR
    assert why.endswith("Syrian army denies it")


def test_copies_and_quoting_outlets_are_no_further_sources() -> None:
    """Ten outlets that quote one monitor are one source; an outlet's own voice counts where it quotes nobody."""
    outlet = Claimant(key="outlet post", name="Post", type=SpeakerType.MEDIA)
    quoting = [figure(f"q{n}", by="sohr") for n in range(10)]
    beside = figure("own", claimant=outlet, document_id="report of q1")
    assert count_sources([*quoting, beside]) == 1
    assert count_sources([*quoting, figure("own", claimant=outlet)]) == 2
