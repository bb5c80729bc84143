"""What waits for a person: claims nobody has decided, those that one other person has, for coding twice, and documents without a claim.

Comes in: the ledger's claims or documents in the order of filing, and the state. Goes out: those that wait. Which claims come first is not
judged; of documents those come first in which an engine looked at most passages in vain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harmledger.domain import Decision, Verdict
from harmledger.review.fold import DECIDED, STANDS, State, in_effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A claim and the document it stands in."""

    document_id: str
    claim_id: str
    entered: bool = False
    """By a person."""


def find_waiting(
    claims: Iterable[Waiting], state: State, *, who: str, second: bool = False, held: bool = False
) -> Iterator[Waiting]:
    """The claims for this person: undecided ones; with `second` those that others decided and this person didn't; with `held` those held."""
    for claim in claims:
        if claim.entered and not state.was_entered(claim.claim_id):
            continue
        if held:
            fits = state.standing(claim.claim_id, document=claim.document_id).verdict is Verdict.HOLD
        elif second:
            fits = _waits_for_second(claim, state, who)
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


def _waits_for_second(claim: Waiting, state: State, who: str) -> bool:
    """Decided by somebody, and not yet by this person."""
    coded = _coders(state.histories.get(claim.claim_id, ()), only_decided=True)
    touched = _coders(state.histories.get(claim.claim_id, ()), only_decided=False)
    return bool(coded - {who}) and who not in touched


def _coders(history: tuple[Decision, ...], *, only_decided: bool) -> set[str]:
    wanted = DECIDED if only_decided else STANDS
    return {decision.who for decision in in_effect(history) if decision.verdict in wanted}
