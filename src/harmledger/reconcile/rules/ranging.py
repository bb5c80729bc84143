"""Rules that give a range: of all, of the first type of source, of what people accepted, of those harmed as civilians."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.domain import ClaimedFigure, Verdict, VictimKind
from harmledger.reconcile.knowledge import load_knowledge
from harmledger.reconcile.rules.bounds import Made, closed, set_aside, span, told_claimants

Figures = Sequence[ClaimedFigure]


def range_of_all(figures: Figures) -> Made:
    """The lowest to the highest of all last words.

    Source: Every Casualty, Standards for Casualty Recording, p. 25.
    """
    low, high = span(figures)
    open_end = "; an end is open, as somebody left it" if None in {low, high} else ""
    return Made(
        low=low, high=high, used=tuple(figures), told=f"lowest to highest of {told_claimants(figures)}{open_end}"
    )


def source_priority(figures: Figures) -> Made:
    """The range of those whose type of source comes first in the order of the data file."""
    order = load_knowledge().order
    first = min((figure.claimant.type for figure in figures), key=order.index)
    used = tuple(figure for figure in figures if figure.claimant.type is first)
    low, high = span(used)
    told = f"{told_claimants(used)} of type {first.value}, which comes first here"
    return Made(low=low, high=high, used=used, aside=set_aside(figures, used, f"{first.value} comes first"), told=told)


def pending(figures: Figures) -> Made:
    """The range of what people accepted or corrected; the rest waits."""
    used = tuple(figure for figure in figures if figure.standing in {Verdict.ACCEPT, Verdict.CORRECT})
    aside = set_aside(figures, used, "waits for people to accept it")
    waiting = f"{len(aside)} wait{'s' * (len(aside) == 1)} for people"
    if not used:
        return Made(aside=aside, told=f"pending: {waiting}")
    low, high = span(used)
    told = f"{told_claimants(used)} accepted by people" + (f"; {waiting}" if aside else "")
    return Made(low=low, high=high, used=used, aside=aside, told=told)


def airwars(figures: Figures) -> Made:
    """The least to the most harmed as civilians: everybody counts as one unless said to be a combatant.

    A figure of civilians and fighters together counts only where nobody counts the civilians. Open ends are closed at the number that is said,
    since an incident has a minimum and a maximum.

    Source: Airwars, Methodology; vocabularies: civilian status is assumed unless there is evidence.
    """
    civil = [figure for figure in figures if figure.kind is not VictimKind.COMBATANT]
    apart = [figure for figure in civil if figure.kind is not VictimKind.MIXED]
    used = tuple(apart or civil)
    aside = set_aside(figures, civil, "said to be combatants") | set_aside(civil, used, "counts fighters too")
    if not used:
        return Made(aside=aside, told="all who are counted are said to be combatants")
    ends = [closed(figure) for figure in used]
    told = f"least to most harmed as civilians by the word of {told_claimants(used)}, open ends closed"
    return Made(low=min(low for low, _ in ends), high=max(high for _, high in ends), used=used, aside=aside, told=told)
