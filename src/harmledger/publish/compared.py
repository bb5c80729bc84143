"""How one claimant's figures lie against others' for the same incident: lower, the same or overlapping, higher. No rating follows from it.

Comes in: an incident's figures side by side. Goes out: each last word of the claimant's with those of others that count the same people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harmledger.domain import ClaimedFigure, Harm, Polarity, Reconciled, Scope, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One figure of a claimant's, and others' beside it."""

    incident_id: str
    figure: ClaimedFigure
    lower: tuple[ClaimedFigure, ...]
    """Others' that the claimant's is lower than."""
    same: tuple[ClaimedFigure, ...]
    """Others' that are the same, or overlap with it."""
    higher: tuple[ClaimedFigure, ...]
    """Others' that it is higher than."""


def compare_figures(reconciled: Reconciled, key: str) -> Iterator[Compared]:
    """Each figure of the claimant's whole-incident last words that others gave a figure for too."""
    last = [figure for figure in reconciled.figures if _is_last_word(figure)]
    for own in [figure for figure in last if figure.claimant.key == key]:
        others = [f for f in last if f.claimant.key != key and _counts(f) == _counts(own)]
        if others:
            yield Compared(
                incident_id=reconciled.incident_id,
                figure=own,
                lower=tuple(other for other in others if _is_below(own, other)),
                same=tuple(other for other in others if not _is_below(own, other) and not _is_below(other, own)),
                higher=tuple(other for other in others if _is_below(other, own)),
            )


def _is_last_word(figure: ClaimedFigure) -> bool:
    stands = figure.superseded is None and figure.standing is not Verdict.REJECT
    return stands and figure.scope is Scope.INCIDENT and figure.polarity is Polarity.ASSERTED


def _counts(figure: ClaimedFigure) -> tuple[Harm, object, object]:
    """Whom it counts: only figures of the same people are set side by side."""
    return figure.harm, figure.kind, figure.group


def _is_below(one: ClaimedFigure, other: ClaimedFigure) -> bool:
    """All that one allows lies below all that the other allows; an open end reaches everywhere."""
    return one.high is not None and other.low is not None and one.high < other.low
