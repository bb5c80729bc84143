"""Capture–recapture: how many victims no list names, from three or more lists that overlap.

Comes in: people by the lists they are on, each person once. Goes out: two models' totals side by side, each with interval and assumptions,
or a refusal. It matches no names: whoever gives the lists has found out who is who.
"""

from __future__ import annotations

import numpy as np

from harmledger.domain import Recaptured, VictimLists
from harmledger.reconcile.recapture.latent import Length, sample_classes
from harmledger.reconcile.recapture.lists import check_overlap, count_lists
from harmledger.reconcile.recapture.log_linear import fit_log_linear

__all__ = ["count_lists", "estimate_total"]

COUNTS = (
    "Counted are only people whom these lists could have held: one time, one place, one kind of harm. Whoever had no chance to be named by "
    "any of them is in none of these totals. Every line is taken to be one person, matched across the lists without a mistake: a match that "
    "was missed makes the totals too high, a wrong one too low."
)
LENGTHS = (Length(burn_in=5_000, kept=2_000, thinning=10), Length(burn_in=20_000, kept=4_000, thinning=40))
"""Most lists agree in the first; where they don't, chains seven times as long decide, and no longer ones: a minute or two is what a person waits."""


def estimate_total(
    lists: VictimLists, rng: np.random.Generator, *, where: str, lengths: tuple[Length, ...] = LENGTHS
) -> Recaptured:
    """All victims whom the lists could have named, by two models that assume different things; all chance comes from `rng`.

    Raises:
        BadInput: the lists overlap too little, no model has a finite total, or the chains disagree: then there is no total at all, since
            one model's number would stand alone.
    """
    check_overlap(lists, where)
    return Recaptured(
        lists=lists,
        log_linear=fit_log_linear(lists, where),
        latent_classes=sample_classes(lists, rng, where=where, lengths=lengths),
        counts=COUNTS,
    )
