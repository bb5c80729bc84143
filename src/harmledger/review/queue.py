"""What waits for a person: claims nobody has decided, those that one other person has, for coding twice, and documents without a claim.

Comes in: the ledger's claims or documents in the order of filing, and the state. Goes out: those that wait, in the order in which they came;
what each weighs is told beside. Of documents those come first in which an engine looked at most passages in vain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harmledger.domain import Decision, Verdict
from harmledger.review.fold import DECIDED, STANDS, State, in_effect

BANDS = ((100, 4.0), (20, 3.0), (5, 2.0))
"""From so many people on a mistake counts so much; below them once. Figures spread over orders of magnitude: steps of about five times."""
LEAST_CONSEQUENCE = 1.0
ENTERED_CONFIDENCE = 0.5
"""What a person entered has no confidence of its own; it comes among those of which an engine is as sure as not."""


def weigh(people: int | None, confidence: float) -> float:
    """How much a look at a claim is worth: how likely it is wrong, times what a mistake would mean."""
    consequence = next((weight for least, weight in BANDS if (people or 0) >= least), LEAST_CONSEQUENCE)
    return (1 - confidence) * consequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A claim and the document it stands in."""

    document_id: str
    claim_id: str
    entered: bool = False
    """By a person."""


def find_waiting(
    claims: Iterable[Waiting],
    state: State,
    *,
    who: str,
    second: bool = False,
    held: bool = False,
    disputed: bool = False,
) -> Iterator[Waiting]:
    """The claims for this person: undecided ones; with `second` those that others decided and this person didn't; those held, or disputed."""
    for claim in claims:
        if claim.entered and not state.was_entered(claim.claim_id):
            continue
        if disputed:
            fits = state.standing(claim.claim_id, document=claim.document_id).disputed
        elif held:
            fits = state.standing(claim.claim_id, document=claim.document_id).verdict is Verdict.HOLD
        elif second:
            fits = waits_for_second(claim, state, who)
        else:
            fits = _waits_for_first(claim, state, who)
        if fits:
            yield claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclaimed:
    """A document without a claim by its current reading."""

    document_id: str
    dropped: int
    """Passages with words of harm in which the engine found no claim; 0 where no engine reads the document."""
    claimed: bool
    """Whether a person entered a claim of it that still counts."""


def find_unclaimed(documents: Iterable[Unclaimed], state: State, *, held: bool = False) -> list[Unclaimed]:
    """The documents that nobody read yet, or, with `held`, those held; none of which a person entered a claim. Most passages come first."""
    wanted = Verdict.HOLD if held else None
    waiting = [d for d in documents if not d.claimed and state.standing(d.document_id).verdict is wanted]
    return sorted(waiting, key=lambda each: -each.dropped)


def _waits_for_first(claim: Waiting, state: State, who: str) -> bool:
    """Not decided, not held, and not this person's own entry."""
    standing = state.standing(claim.claim_id, document=claim.document_id)
    entered_by = {decision.who for decision in standing.in_effect if decision.verdict is Verdict.ENTER}
    return standing.verdict is None and who not in entered_by


def waits_for_second(claim: Waiting, state: State, who: str) -> bool:
    """Decided by somebody, and not yet by this person."""
    coded = _coders(state.histories.get(claim.claim_id, ()), only_decided=True)
    touched = _coders(state.histories.get(claim.claim_id, ()), only_decided=False)
    return bool(coded - {who}) and who not in touched


def _coders(history: tuple[Decision, ...], *, only_decided: bool) -> set[str]:
    wanted = DECIDED if only_decided else STANDS
    return {decision.who for decision in in_effect(history) if decision.verdict in wanted}
