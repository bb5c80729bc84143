"""How likely two tellings are of one event: their features, weighed by a logistic regression.

Comes in: a pair of tellings. Goes out: a Link with its reasons. The weights are data (`resources/linking/weights.json`), learned by `training/fit_linking.py`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from harmledger.domain import Link, Reason
from harmledger.link.features import FEATURES, Feature, Known, Pair
from harmledger.resources.packaged import read_packaged_text

__all__ = ["FEATURES", "Feature", "Known", "Pair", "Weights", "explain_pair", "load_weights", "measure", "score_pair"]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to the logarithm of the odds, and from which average score on tellings are one incident."""

    intercept: float
    features: Mapping[str, float]
    threshold: float
    learned: str
    """On what, when, how."""


@cache
def load_weights() -> Weights:
    """The weights that harmledger ships."""
    data: dict[str, Any] = json.loads(read_packaged_text("linking/weights.json"))
    return Weights(data["intercept"], data["features"], data["threshold"], data["learned"])


def measure(pair: Pair) -> list[float]:
    """The features of a pair, in their order."""
    return [feature.measure(pair) for feature in FEATURES]


def score_pair(pair: Pair, weights: Weights) -> float:
    """How likely the two are of one event, from 0 to 1."""
    odds = weights.intercept + sum(weights.features[f.name] * f.measure(pair) for f in FEATURES)
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


def explain_pair(pair: Pair, weights: Weights) -> Link:
    """The same with its reasons, the weightiest first."""
    values = ((f, f.measure(pair)) for f in FEATURES)
    reasons = [
        Reason(feature=f.name, value=round(v, 4), adds=round(v * weights.features[f.name], 3), told=f.tell(pair))
        for f, v in values
        if v
    ]
    reasons.sort(key=lambda reason: -abs(reason.adds))
    return Link(
        left=pair.left.telling_id, right=pair.right.telling_id, score=score_pair(pair, weights), reasons=tuple(reasons)
    )
