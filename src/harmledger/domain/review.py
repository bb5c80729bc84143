"""What people decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from harmledger.domain.extract import Harm, MeansKind, Polarity, Scope, VictimGroup, VictimKind


class Verdict(StrEnum):
    ACCEPT = "accept"
    """The claim stands as it is shown, with the corrections in effect."""
    CORRECT = "correct"
    """It stands, but one field of it says something else."""
    REJECT = "reject"
    HOLD = "hold"
    """Something must be found out first."""
    MERGE = "merge"
    """Speaks of the same incident as another claim."""
    SPLIT = "split"
    """Speaks of another incident than that claim."""
    NOTHING = "nothing"
    """Of a document: a person read it, and nothing in it belongs into the ledger."""
    ENTER = "enter"
    """A person wrote this down: a claim or a victim that no machine gave."""
    RELEASE = "release"
    """Of a victim: the names may be shown."""
    WITHHOLD = "withhold"
    UNDO = "undo"
    """The decision that it replaces never counts."""


TAKEN_OUT = frozenset((Verdict.REJECT, Verdict.NOTHING))
"""A claim that stands so is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What one field of a claim says in truth; None is "not stated"."""

    field: str
    value: int | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherClaim:
    """The claim that another one is merged with, or split from."""

    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided of a claim, a document or a victim; never changed, only followed by others."""

    decision_id: str
    """Hash of all that follows."""
    before: str
    """The decision before it in the log; zeros for the first."""
    subject: str
    verdict: Verdict
    reason: str
    who: str
    when: datetime
    replaces: str | None
    """A decision of the same subject that no longer counts."""
    value: Correction | OtherClaim | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a subject stands after all decisions: what counts of them, and what follows from it."""

    subject: str
    verdict: Verdict | None
    """The last of accept, correct, reject, hold and nothing; None where nobody has decided."""
    corrections: tuple[Correction, ...]
    """The last one of each field, by field."""
    disputed: bool
    """Reviewers' verdicts differ, and nobody's decision replaced the other's."""
    in_effect: tuple[Decision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """Pairs of claims that people said to speak of one incident, and of two; the smaller id first."""

    must_link: frozenset[tuple[str, str]] = frozenset()
    cannot_link: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A claim that a person wrote down: the machine missed it, or it stands in a PDF, a post or a photograph.

    Who entered it, when and why is in the log.
    """

    entry_id: str
    document_id: str
    quote: str
    start: int | None
    """Where the quote begins in the document's text; None where the document has none."""
    end: int | None
    harm: Harm
    low: int | None
    high: int | None
    kind: VictimKind
    group: VictimGroup | None
    scope: Scope
    polarity: Polarity
    place: str | None
    earliest: date | None
    latest: date | None
    actor: str | None
    means: MeansKind | None
    claimant: str | None
    """None where the outlet says it in its own voice."""


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Victim:
    """A person whom a report names; withheld until somebody releases it, and held again by whoever withholds it."""

    victim_id: str
    salt: str
    """Chance, hashed with the rest: without it whoever guesses a name could prove the guess by the id."""
    document_id: str
    quote: str
    start: int | None
    end: int | None
    names: tuple[str, ...]
    """Every spelling that is known, the report's own first."""
    age: str | None
    """In years, or as the report has it ("infant", "about 40")."""
    sex: Sex
    status: VictimKind
    claims: tuple[str, ...]
    """Ids of the claims that count this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far reviewers agree on one field, by Krippendorff's alpha: 1 is always, 0 as often as by chance."""

    field: str
    metric: str
    alpha: float | None
    """None where it can't be told: nothing was coded twice, or all values are the same."""
    low: float | None
    """Between this and `high` it lies 95 times of 100, had other claims been coded; None where that can't be told."""
    high: float | None
    units: int
    """Claims that two or more reviewers coded."""
    equal: int
    """Of these, on how many all said the same."""
