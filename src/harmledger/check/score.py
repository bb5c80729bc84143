"""Ranks the recorded incidents that a claim may speak of, by a weighted list of features, and says how the claim lies beside them.

Comes in: questions and an indexed reference set. Goes out: for each the likeliest incidents, each with its evidence. The weights are data
(`resources/check.toml`, which says what they were learnt on). Nothing here says which figure is right.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp

from harmledger.check.asked import Asked
from harmledger.check.block import Recorded
from harmledger.check.features import find_evidence, put_beside
from harmledger.check.figures import find_figure, where_lies
from harmledger.domain import Candidate, Checked, Evidence, Match, RecordedIncident
from harmledger.resources.packaged import read_packaged_text
from harmledger.resources.registry import Registry

SHOWN = 10
"""More candidates tell a reader nothing."""

OTHERS = 0.5
"""Beside one that fits, others are named down to half the least score: strikes of that day and neighbourhood, none of another governorate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each feature weighs, and from which score on an incident is named at all."""

    of: Mapping[str, float]
    least_score: float
    """Below it nothing recorded fits."""
    clear_share: float
    """From this share on the likeliest stands alone."""


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights that ship."""
    data = tomllib.loads(read_packaged_text("check.toml"))
    limits = data["limits"]
    return Weights(of=data["weights"], least_score=limits["least_score"], clear_share=limits["clear_share"])


def check_claims(
    claims: Iterable[Asked], recorded: Recorded, registry: Registry, weights: Weights | None = None
) -> list[Checked]:
    """Each claim beside the reference set, in order."""
    weights = weights or load_weights()
    return [_check(asked, recorded.find(asked), registry, weights) for asked in claims]


def _check(asked: Asked, found: Sequence[RecordedIncident], registry: Registry, weights: Weights) -> Checked:
    scored = sorted(
        (score_incident(asked, each, registry, weights) for each in found), key=lambda c: (-c.score, c.incident.code)
    )
    fits = bool(scored) and scored[0].score >= weights.least_score
    likely = [each for each in scored if fits and each.score >= weights.least_score * OTHERS]
    total = sum(exp(each.score - likely[0].score) for each in likely) if likely else 1.0
    candidates = tuple(_shared(each, likely[0].score, total) for each in likely[:SHOWN])
    match = _match(candidates, weights)
    return Checked(claim_id=asked.claim_id, match=match, candidates=candidates, note=_note(asked, match, found, likely))


def score_incident(asked: Asked, incident: RecordedIncident, registry: Registry, weights: Weights) -> Candidate:
    """One incident's evidence and the sum of what it weighs."""
    evidence = tuple(
        Evidence(feature=name, value=round(value, 3), weight=weights.of.get(name, 0.0), reason=reason)
        for name, value, reason in find_evidence(put_beside(asked, incident, registry))
    )
    figure = find_figure(incident, asked.harm, asked.group)
    return Candidate(
        incident=incident,
        score=round(sum(each.value * each.weight for each in evidence), 4),
        share=0.0,
        evidence=evidence,
        figure=figure,
        lies=where_lies(asked.low, asked.high, figure),
    )


def _shared(candidate: Candidate, best: float, total: float) -> Candidate:
    return replace(candidate, share=round(exp(candidate.score - best) / total, 3))


def _match(candidates: Sequence[Candidate], weights: Weights) -> Match:
    if not candidates:
        return Match.NONE
    return Match.ONE if candidates[0].share >= weights.clear_share else Match.SEVERAL


def _note(asked: Asked, match: Match, found: Sequence[RecordedIncident], likely: Sequence[Candidate]) -> str:
    match match:
        case Match.ONE:
            return "one recorded incident fits clearly best"
        case Match.SEVERAL:
            return f"{len(likely)} recorded incidents are possible; the likeliest stands first"
        case Match.NONE if found:
            return f"{len(found)} recorded incidents are of about that place and time, and none fits well"
        case Match.NONE if not asked.place_names and not asked.is_dated:
            return "the claim says neither a place nor a day that could be looked up"
        case _:
            return "nothing is recorded for that place and time"
