"""How likely a claim's count, harm and kind are right, from the encoder's beliefs: fitted on reports it had not seen.

The weights are those of a logistic regression over the log-odds of the beliefs, made by `training/calibrate.py` for each model.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from harmledger.domain import Count, Hedge

if TYPE_CHECKING:
    from harmledger.extract.assemble import Proposal

FEATURES = ("count", "harm", "kind", "vague", "names", "article")
BIAS = "bias"


def be_confident(proposal: Proposal, count: Count, weights: Mapping[str, float]) -> float:
    """A number from 0 to 1, to three digits."""
    total = weights[BIAS] + sum(weights[name] * x for name, x in features(proposal, count).items())
    return round(1 / (1 + math.exp(-total)), 3)


def features(proposal: Proposal, count: Count) -> dict[str, float]:
    """What confidence is made of, by name: log-odds of beliefs, and what kind of count it is."""
    return {
        "count": _log_odds(proposal.belief),
        "harm": _log_odds(proposal.beliefs["harm"]),
        "kind": _log_odds(proposal.beliefs["kind"]),
        "vague": float(count.hedge is Hedge.VAGUE),
        "names": float(count.hedge is Hedge.NAMES),
        "article": float(count.hedge is Hedge.ARTICLE),
    }


def _log_odds(belief: float) -> float:
    p = min(max(belief, 0.001), 0.999)
    return math.log(p / (1 - p))
