"""How likely a claim's count, harm and kind are right, from the encoder's beliefs: fitted on reports it had not seen.

The weights are those of a logistic regression over the log-odds of the beliefs, made by `training/calibrate.py`.
"""

from __future__ import annotations

import json
import math
from functools import cache
from typing import TYPE_CHECKING

from harmledger.domain import Count, Hedge
from harmledger.resources.packaged import read_packaged_text

if TYPE_CHECKING:
    from harmledger.extract.assemble import Proposal

FEATURES = ("count", "harm", "kind", "vague", "names")


def be_confident(proposal: Proposal, count: Count) -> float:
    """A number from 0 to 1, to three digits."""
    weights = _weights()
    total = weights["bias"] + sum(weights[name] * x for name, x in features(proposal, count).items())
    return round(1 / (1 + math.exp(-total)), 3)


def features(proposal: Proposal, count: Count) -> dict[str, float]:
    """What confidence is made of, by name: log-odds of beliefs, and what kind of count it is."""
    return {
        "count": _log_odds(proposal.belief),
        "harm": _log_odds(proposal.beliefs["harm"]),
        "kind": _log_odds(proposal.beliefs["kind"]),
        "vague": float(count.hedge is Hedge.VAGUE),
        "names": float(count.hedge is Hedge.NAMES),
    }


def _log_odds(belief: float) -> float:
    p = min(max(belief, 0.001), 0.999)
    return math.log(p / (1 - p))


@cache
def _weights() -> dict[str, float]:
    return json.loads(read_packaged_text("encoder/confidence.json"))
