"""How far reviewers agree: what each of them made of the claims that two or more decided, field by field.

Comes in: the log, and what was read of each claim. Goes out: an Agreement for the verdict and for each coded field. A reviewer's coding is
what that person alone decided; nobody else's correction, undo or ruling is in it. Who rejects a claim codes no fields of it.

Reviewers see what the machine read before they decide, so the figure is of reviewing: two people who code a bare report agree less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from harmledger.domain import Agreement, Decision, Verdict
from harmledger.review.alpha import Difference, krippendorff_alpha, nominal, ratio
from harmledger.review.fields import Fields, Value, correct_fields
from harmledger.review.fold import DECIDED, derive_standing
from harmledger.review.interval import alpha_interval

METRICS: dict[str, tuple[str, Difference]] = {
    "verdict": ("nominal", nominal),
    "harm": ("nominal", nominal),
    "kind": ("nominal", nominal),
    "scope": ("nominal", nominal),
    "polarity": ("nominal", nominal),
    "low": ("ratio", ratio),
    "high": ("ratio", ratio),
}
"""What is coded, and how far apart two values are. Numbers of people start at zero and spread over orders of magnitude: one more of ten is
more than one more of a thousand, so their metric is the ratio."""
Codings = dict[str, dict[str, Fields]]
"""Of each claim what each reviewer made of it."""


def measure_agreement(codings: Codings, chance: np.random.Generator) -> list[Agreement]:
    """Alpha of each coded field, with its interval."""
    return [_agreement(name, codings, chance) for name in METRICS]


def code_claims(
    decisions: Sequence[Decision], fields: Mapping[str, Fields], *, between: Collection[str] = ()
) -> Codings:
    """What each reviewer, or each of those named, made of each claim that person decided."""
    own: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.subject in fields and (not between or decision.who in between):
            own[decision.subject, decision.who].append(decision)
    codings: Codings = defaultdict(dict)
    for (claim, who), history in own.items():
        if coding := _code(fields[claim], history):
            codings[claim][who] = coding
    return codings


def _code(fields: Fields, history: Sequence[Decision]) -> Fields | None:
    standing = derive_standing(history[0].subject, history)
    if standing.verdict not in DECIDED or standing.verdict is Verdict.NOTHING:
        return None
    if standing.verdict is Verdict.REJECT:
        return {"verdict": Verdict.REJECT.value}
    verdict = Verdict.CORRECT if standing.corrections else Verdict.ACCEPT
    return {**correct_fields(fields, standing.corrections), "verdict": verdict.value}


def _agreement(name: str, codings: Codings, chance: np.random.Generator) -> Agreement:
    metric, difference = METRICS[name]
    units = [_values(name, by.values()) for by in codings.values()]
    twice = [unit for unit in units if len(unit) > 1]
    alpha = krippendorff_alpha(twice, difference)
    low, high = (alpha is not None and alpha_interval(twice, difference, chance)) or (None, None)
    return Agreement(
        field=name,
        metric=metric,
        alpha=alpha,
        low=low,
        high=high,
        units=len(twice),
        equal=sum(len(set(unit)) == 1 for unit in twice),
    )


def _values(name: str, codings: Collection[Fields]) -> list[int | str]:
    """What was coded; a bound that is open, or a field of a rejected claim, is missing."""
    found: list[Value] = [coding.get(name) for coding in codings]
    return [value for value in found if value is not None]
