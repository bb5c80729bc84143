"""Rules of data sets that code one event a row: ACLED's conservative figure, UCDP's best, low and high."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.domain import ClaimedFigure, Hedge
from harmledger.reconcile.knowledge import load_knowledge
from harmledger.reconcile.rules.bounds import Made, closed, set_aside, told_claimants

Figures = Sequence[ClaimedFigure]


def conservative(figures: Figures) -> Made:
    """The most conservative figure of all; "dozens" is 12, "tens" 10, "hundreds" 100.

    Source: ACLED, Codebook, on fatalities.
    """
    least = {figure.claim_id: n for figure in figures if (n := _least(figure)) is not None}
    aside = {figure.claim_id: "says no least number" for figure in figures if figure.claim_id not in least}
    if not least:
        return Made(aside=aside, told="nobody says a least number")
    low = min(least.values())
    used = tuple(figure for figure in figures if least.get(figure.claim_id) == low)
    aside = {**set_aside(figures, used, "a more conservative figure is told"), **aside}
    told = f"the most conservative figure of {told_claimants(figures)}"
    return Made(low=low, best=low, high=low, used=used, aside=aside, told=told)


def best_low_high(figures: Figures) -> Made:
    """Best: of the sources that come first in the order of the data file, the lowest figure; low and high: the lowest and highest of all.

    Source: UCDP, Georeferenced Event Dataset Codebook: the most reliable source's estimate is the best, and where none is more reliable the
    lower one. How reliable each is, people judge; here its type stands for that.
    """
    ends = {figure.claim_id: closed(figure) for figure in figures}
    order = load_knowledge().order
    first = min((figure.claimant.type for figure in figures), key=order.index)
    best = min(ends[figure.claim_id][0] for figure in figures if figure.claimant.type is first)
    low, high = min(low for low, _ in ends.values()), max(high for _, high in ends.values())
    told = f"best: the lowest of type {first.value}, which comes first here; low and high of {told_claimants(figures)}"
    return Made(low=low, best=best, high=high, used=tuple(figures), told=told)


def _least(figure: ClaimedFigure) -> int | None:
    """What a figure says at the least, a vague word by the table of the data file."""
    if figure.hedge is Hedge.VAGUE and figure.counted:
        for words, value in load_knowledge().counts:
            if words.search(figure.counted):
                return value
    return figure.low
