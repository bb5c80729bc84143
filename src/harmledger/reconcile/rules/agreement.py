"""Rules that want claimants to agree: majority, defer, ask the sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from harmledger.domain import ClaimedFigure
from harmledger.reconcile.rules.bounds import Made, closed, set_aside, told_claimants

Figures = Sequence[ClaimedFigure]


def majority(figures: Figures) -> Made:
    """What more than half of the claimants say, each with one vote however many outlets print it."""
    said: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for figure in figures:
        said[figure.claimant.key].add(closed(figure))
    votes: defaultdict[tuple[int, int], int] = defaultdict(int)
    for each in said.values():
        if len(each) == 1:
            votes[next(iter(each))] += 1
    most = max(votes, key=lambda ends: votes[ends], default=None)
    if most is None or votes[most] * 2 <= len(said):
        return Made(told=f"no figure has more than half of {told_claimants(figures)}")
    used = tuple(f for f in figures if closed(f) == most and len(said[f.claimant.key]) == 1)
    aside = set_aside(figures, used, "most say otherwise")
    return Made(low=most[0], high=most[1], used=used, aside=aside, told=f"{votes[most]} of {told_claimants(figures)}")


def defer(figures: Figures) -> Made:
    """The figure on which all agree; unconfirmed where they don't.

    Source: Every Casualty, Standards for Casualty Recording, p. 25.
    """
    return _agreed(figures) or Made(told=f"unconfirmed: {told_claimants(figures)} give figures that can't all be right")


def ask_sources(figures: Figures) -> Made:
    """The figure on which all agree; where they don't, whom to ask what.

    Source: Every Casualty, Standards for Casualty Recording, p. 25.
    """
    if agreed := _agreed(figures):
        return agreed
    said: dict[str, list[str]] = {}
    for figure in figures:
        said.setdefault(figure.claimant.name, []).append(_number(figure))
    asked = "; ".join(f"{name}, who says {' and '.join(dict.fromkeys(n))}" for name, n in said.items())
    return Made(told=f"ask how they count, and whom: {asked}")


def _agreed(figures: Figures) -> Made | None:
    """The numbers that every figure allows: "at least 20" and 25 agree on 25."""
    low = max((figure.low for figure in figures if figure.low is not None), default=None)
    high = min((figure.high for figure in figures if figure.high is not None), default=None)
    if low is not None and high is not None and low > high:
        return None
    return Made(low=low, high=high, used=tuple(figures), told=f"{told_claimants(figures)}, nobody differs")


def _number(figure: ClaimedFigure) -> str:
    match figure.low, figure.high:
        case low, None:
            return f"{low} or more"
        case None, high:
            return f"up to {high}"
        case low, high:
            return str(low) if low == high else f"{low}–{high}"
