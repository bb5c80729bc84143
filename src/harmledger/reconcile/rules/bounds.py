"""What rules share: a result, and a figure's bounds as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harmledger.domain import ClaimedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a rule made of the last words."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    used: tuple[ClaimedFigure, ...] = ()
    aside: Mapping[str, str] = field(default_factory=dict[str, str])
    """Why it left out those that it didn't use; where it doesn't say, since it gives no figure."""
    told: str


NO_FIGURE = Made(told="nobody's figure counts")


def closed(figure: ClaimedFigure) -> tuple[int, int]:
    """A figure's bounds, an open end closed at the number that is said: "at least 20" is 20 to 20."""
    low = figure.low if figure.low is not None else figure.high
    high = figure.high if figure.high is not None else figure.low
    return low or 0, high or 0


def span(figures: Sequence[ClaimedFigure]) -> tuple[int | None, int | None]:
    """From the lowest to the highest; an end that any of them leaves open is open."""
    lows = [figure.low for figure in figures]
    highs = [figure.high for figure in figures]
    low = None if None in lows else min(low for low in lows if low is not None)
    return low, None if None in highs else max(high for high in highs if high is not None)


def told_claimants(figures: Sequence[ClaimedFigure]) -> str:
    """How many say it: `2 claimants`."""
    number = len({figure.claimant.key for figure in figures})
    return f"{number} claimant{'s' * (number != 1)}"


def set_aside(figures: Sequence[ClaimedFigure], used: Sequence[ClaimedFigure], reason: str) -> dict[str, str]:
    """The same reason for all that aren't used."""
    kept = {figure.claim_id for figure in used}
    return {figure.claim_id: reason for figure in figures if figure.claim_id not in kept}
