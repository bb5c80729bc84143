"""From several claimants' figures to one range, by a rule that somebody names: one function a rule, all of them in one table.

Comes in: a `Reconciled`. Goes out: a RollUp that says which claims it stands on, and why each other one was left out. It is worked out anew every
time: nothing is kept of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harmledger.domain import ClaimedFigure, Harm, LeftOut, Reconciled, RollUp, Rule, Verdict, VictimGroup, VictimKind
from harmledger.reconcile.hear import ID_CHARS, Heard, Wanted, hear
from harmledger.reconcile.rules.agreement import ask_sources, defer, majority
from harmledger.reconcile.rules.bounds import NO_FIGURE, Made
from harmledger.reconcile.rules.coding import best_low_high, conservative
from harmledger.reconcile.rules.ranging import airwars, pending, range_of_all, source_priority

RULES: dict[Rule, Callable[[Sequence[ClaimedFigure]], Made]] = {
    Rule.RANGE: range_of_all,
    Rule.SOURCE_PRIORITY: source_priority,
    Rule.MAJORITY: majority,
    Rule.DEFER: defer,
    Rule.PENDING: pending,
    Rule.ASK_SOURCES: ask_sources,
    Rule.CONSERVATIVE: conservative,
    Rule.BEST_LOW_HIGH: best_low_high,
    Rule.AIRWARS: airwars,
}


def roll_up(
    reconciled: Reconciled, rule: Rule, *, harm: Harm, kind: VictimKind | None = None, group: VictimGroup | None = None
) -> RollUp:
    """What a rule makes of an incident's figures of one harm: to all people, or to those of one kind or group."""
    wanted = Wanted(harm=harm, kind=kind, group=group)
    return _roll_up(hear(reconciled.figures, wanted), wanted, rule)


def bounds_by_each(reconciled: Reconciled, *, harm: Harm) -> dict[Rule, Made]:
    """What each rule makes of an incident's figures of one harm to all people: its bounds, and not what it left out."""
    heard = hear(reconciled.figures, Wanted(harm=harm, kind=None, group=None)).figures
    return {rule: make(heard) if heard else NO_FIGURE for rule, make in RULES.items()}


def _roll_up(heard: Heard, wanted: Wanted, rule: Rule) -> RollUp:
    made = RULES[rule](heard.figures) if heard.figures else NO_FIGURE
    used = {figure.claim_id for figure in made.used}
    aside = [
        LeftOut(claim_id=figure.claim_id, reason=made.aside.get(figure.claim_id, made.told))
        for figure in heard.figures
        if figure.claim_id not in used
    ]
    return RollUp(
        rule=rule,
        harm=wanted.harm,
        kind=wanted.kind,
        group=wanted.group,
        low=made.low,
        best=made.best,
        high=made.high,
        used=tuple(figure.claim_id for figure in made.used),
        left_out=(*heard.left_out, *aside),
        told=made.told + _name_held(made.used),
    )


def list_harms(reconciled: Reconciled) -> list[Harm]:
    """The harms that an incident's figures are of, in the order of the list of harms."""
    found = {figure.harm for figure in reconciled.figures}
    return [harm for harm in Harm if harm in found]


def _name_held(figures: Sequence[ClaimedFigure]) -> str:
    held = [figure.claim_id[:ID_CHARS] for figure in figures if figure.standing is Verdict.HOLD]
    return f"; held by reviewers: {', '.join(held)}" if held else ""
