"""The grade that Airwars' definitions suggest, with its reason. People set grades; no machine does.

Comes in: an incident's figures and who is held responsible. Goes out: a ProposedGrade. Sources are counted, not weighed: how credible each is,
people judge. That others than the blamed one are most likely responsible, no count of words shows: `discounted` is proposed only where all
whom anybody counts are combatants, and not where the one who is blamed says so alone.

Source: Airwars, Methodology, "Civilian harm grading".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harmledger.domain import (
    TAKEN_OUT,
    ClaimedFigure,
    Grade,
    Polarity,
    ProposedGrade,
    Responsibility,
    Stance,
    Superseded,
    VictimKind,
)
from harmledger.reconcile.names import find_side
from harmledger.reconcile.responsibility import speaks_for_itself

OUTLET_KEY = "outlet "


def propose_grade(figures: Sequence[ClaimedFigure], responsibility: Sequence[Responsibility]) -> ProposedGrade:
    """The first of the definitions that fits: confirmed, discounted, contested, fair, weak."""
    told = [figure for figure in figures if _counts(figure)]
    civilian = [figure for figure in told if figure.kind is not VictimKind.COMBATANT]
    sources = count_sources(civilian or told)
    grade, reason = _grade(told, responsibility, sources)
    return ProposedGrade(grade=grade, reason=reason, sources=sources)


def count_sources(figures: Sequence[ClaimedFigure]) -> int:
    """How many say it independently: claimants, each once through however many outlets; an outlet's own voice where its text names nobody else."""
    named = {figure.origin_id for figure in figures if not figure.claimant.key.startswith(OUTLET_KEY)}
    return len(
        {f.claimant.key for f in figures if not f.claimant.key.startswith(OUTLET_KEY) or f.origin_id not in named}
    )


def _counts(figure: ClaimedFigure) -> bool:
    """Whether somebody still says that people were harmed."""
    gone = figure.superseded in {Superseded.RETRACTED, Superseded.CORRECTED, Superseded.VERSION}
    return figure.polarity is Polarity.ASSERTED and figure.standing not in TAKEN_OUT and not gone


def _grade(
    told: Sequence[ClaimedFigure], responsibility: Sequence[Responsibility], sources: int
) -> tuple[Grade | None, str]:
    if not told:
        return None, "nobody's figure of people harmed stands"
    if all(figure.kind is VictimKind.COMBATANT for figure in told):
        return _grade_combatants(told)
    admit = [r for r in responsibility if r.stance is Stance.ADMITS and not _only_combatants(r, told)]
    if admit:
        return Grade.CONFIRMED, f"{_names(r.actor for r in admit)} accepted responsibility"
    denied = _names(r.by for r in responsibility if r.stance is Stance.DENIES)
    grade, reason = _grade_sources(sources, list(_sides(responsibility).values()))
    return grade, reason + (f"; {denied} denies it" if denied else "")


def _grade_sources(sources: int, blamed: Sequence[str]) -> tuple[Grade | None, str]:
    """Where nobody accepts responsibility: by how many sides are blamed, and how many say so."""
    if len(blamed) > 1:
        return Grade.CONTESTED, f"competing claims of responsibility: {_names(blamed)} are blamed"
    if sources < 2:
        return Grade.WEAK, "a single source"
    if not blamed:
        return None, f"{sources} independent sources, but nobody says who did it, or was near"
    return Grade.FAIR, f"{sources} independent sources, and {_names(blamed)} is blamed"


def _grade_combatants(told: Sequence[ClaimedFigure]) -> tuple[Grade | None, str]:
    """Where all who are counted are combatants: the word of the one who is blamed is context, no evidence."""
    if all(speaks_for_itself(figure) for figure in told):
        return None, "only the one who is blamed says that the dead were combatants"
    return Grade.DISCOUNTED, "all who are counted are said to be combatants"


def _only_combatants(admitted: Responsibility, told: Sequence[ClaimedFigure]) -> bool:
    """Whether somebody claims no more than to have harmed fighters."""
    on = [figure for figure in told if figure.claim_id in admitted.on]
    return bool(on) and all(figure.kind is VictimKind.COMBATANT for figure in on)


def _sides(responsibility: Sequence[Responsibility]) -> dict[str, str]:
    """Who is blamed, each side once, as it is first named; where nobody is quoted blaming anybody, whoever denies it was."""
    for stance in (Stance.BLAMES, Stance.DENIES):
        sides: dict[str, str] = {}
        for each in responsibility:
            if each.stance is stance and each.actor_id and each.actor:
                sides.setdefault(find_side(each.actor_id), each.actor)
        if sides:
            return sides
    return {}


def _names(names: Iterable[str | None]) -> str:
    told = list(dict.fromkeys(name for name in names if name))
    return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))
