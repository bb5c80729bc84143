"""Log-linear models of which lists people are on: every set of pairs that depend on one another, the best by BIC.

Comes in: how many people are on which lists. Goes out: totals with standard errors, the best models first. The counts are Poisson; each
model has a term a list and a term for each of its pairs, fitted by iteratively reweighted least squares, all models at once.

Source: Baillargeon and Rivest (2007), Rcapture: Loglinear Models for Capture–Recapture in R, whose `closedpMS.t` with terms of at most two
lists this follows; where a pair of lists shares nobody, Chan, Silverman and Vincent (2021), Multiple Systems Estimation for Sparse Capture Data.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from harmledger.domain import EstimatedTotal, LogLinear, LogLinearModel, VictimLists
from harmledger.errors import BadInput

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SHOWN = 10
"""As many of the best models are told, as Rcapture does."""
RIVAL_BIC = 2.0
"""A smaller difference is not worth more than a bare mention. Source: Raftery (1995), Bayesian Model Selection in Social Research."""
BATCH = 1024
ROUNDS = 60
SETTLED = 1e-8
"""Largest change of a coefficient in the last round."""
LEAST_LOG = -18.0
"""Of an expected count: a fit that gets there runs to minus infinity."""
LEAST_EIGENVALUE = 1e-9
"""Designs hold only 0 and 1: a smaller one is 0 but for rounding, and the model has more terms than the overlaps can tell."""
Z_95 = 1.959964


def fit_log_linear(lists: VictimLists, where: str) -> LogLinear:
    """All models of pairs, and what the one with the least BIC says.

    Raises:
        BadInput: no model has a finite total.
    """
    design = _design(lists)
    models = sorted(_fit_all(design), key=lambda model: model.bic)
    if not models:
        raise BadInput(
            "no log-linear model has a finite total for these lists", where, "join lists that share few people"
        )
    best = models[0]
    rivals = [model.total for model in models if model.bic <= best.bic + RIVAL_BIC]
    tried = 2 ** len(design.pairs)
    return LogLinear(
        estimate=_estimate(best),
        best=tuple(models[:SHOWN]),
        tried=tried,
        left_out=tried - len(models),
        rivals=(min(rivals), max(rivals)),
    )


def _estimate(best: LogLinearModel) -> EstimatedTotal:
    pairs = ", ".join(f"{one} and {other}" for one, other in best.pairs)
    depend = (
        f"these pairs of lists depend on one another and no others: {pairs}; what three lists share follows from their pairs"
        if pairs
        else "no list depends on another"
    )
    return EstimatedTotal(
        model="log-linear model with the least BIC",
        best=best.total,
        low=best.low,
        high=best.high,
        interval="95 % confidence interval, if this one of the models is the true one",
        assumes=f"Everybody is as likely as everybody else to be on a list; {depend}.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Design:
    """The table of overlaps: a row for each way to be on lists, a column for each term."""

    names: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    terms: Floats
    """0 or 1: the intercept, the lists, the pairs."""
    people: Floats

    @property
    def total(self) -> float:
        return float(self.people.sum())

    @property
    def empty(self) -> Flags:
        """Terms of pairs that share nobody: their coefficient is minus infinity."""
        return self.people @ self.terms == 0


def _design(lists: VictimLists) -> _Design:
    width = len(lists.names)
    pairs = tuple(combinations(range(width), 2))
    on = np.array([row for row in product((0.0, 1.0), repeat=width) if any(row)])
    both = [on[:, one] * on[:, other] for one, other in pairs]
    known = {overlap.lists: overlap.people for overlap in lists.overlaps}
    people = [known.get(tuple(int(place) for place in np.flatnonzero(row)), 0) for row in on]
    return _Design(
        names=lists.names,
        pairs=pairs,
        terms=np.column_stack([np.ones(len(on)), on, *both]),
        people=np.array(people, dtype=np.float64),
    )


def _fit_all(design: _Design) -> Iterator[LogLinearModel]:
    """Every model with a finite total, in no order."""
    forced = 1 + len(design.names)
    chosen = product((False, True), repeat=len(design.pairs))
    every = np.array([[True] * forced + list(pairs) for pairs in chosen])
    for first in range(0, len(every), BATCH):
        yield from _fit_batch(design, every[first : first + BATCH])


def _fit_batch(design: _Design, models: Flags) -> Iterator[LogLinearModel]:
    free = models & ~design.empty
    gone = (models & design.empty) @ design.terms.T > 0
    known = _identified(design, free, ~gone)
    models, free, kept = models[known], free[known], ~gone[known]
    fitted = _converge(design, free, kept)
    bics = math.log(design.total) * models.sum(axis=1) - 2 * _log_likelihood(design, fitted.logs, kept)
    for row in np.flatnonzero(fitted.finite):
        pairs = [pair for pair, chosen in zip(design.pairs, models[row, -len(design.pairs) :], strict=True) if chosen]
        yield LogLinearModel(
            pairs=tuple((design.names[one], design.names[other]) for one, other in pairs),
            bic=float(bics[row]),
            **_total(design.total, fitted.intercepts[row], fitted.variances[row]),
        )


def _identified(design: _Design, free: Flags, kept: Flags) -> Flags:
    """Models whose terms the overlaps can tell apart."""
    gram = _grams(design, kept.astype(np.float64), free)
    return np.linalg.eigvalsh(gram)[:, 0] > LEAST_EIGENVALUE


def _grams(design: _Design, weights: Floats, free: Flags) -> Floats:
    """The weighted products of each model's terms; terms that it lacks stand as those of the identity."""
    rows, width = design.terms.shape
    products = (design.terms[:, :, None] * design.terms[:, None, :]).reshape(rows, width * width)
    grams = (weights @ products).reshape(-1, width, width)
    return np.where(free[:, :, None] & free[:, None, :], grams, np.eye(width))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fitted:
    """A batch of models after the last round."""

    logs: Floats
    """Of the expected counts."""
    intercepts: Floats
    """The logarithm of how many are expected on no list."""
    variances: Floats
    """Of the intercepts."""
    finite: Flags
    """Whether the fit came to rest, and no expected count ran to 0."""


def _converge(design: _Design, free: Flags, kept: Flags) -> _Fitted:
    """Iteratively reweighted least squares, all models of a batch at once."""
    logs = np.broadcast_to(np.log(design.people + 0.1), kept.shape)
    last = np.zeros(free.shape)
    grams, moved = np.zeros(0), np.zeros(0)
    for _ in range(ROUNDS):
        grams, coefficients = _solve(design, logs, free, kept)
        moved = np.abs(coefficients - last).max(axis=1, initial=0.0)
        logs = np.clip(coefficients @ design.terms.T, LEAST_LOG, -LEAST_LOG)
        last = coefficients
        if (moved < SETTLED).all():
            break
    intercept = np.zeros((free.shape[1], 1))
    intercept[0] = 1.0
    variances = _solved(grams, np.broadcast_to(intercept, (*free.shape, 1)))[:, 0]
    finite = (moved < SETTLED) & (np.abs(np.where(kept, logs, 0.0)) < -LEAST_LOG).all(axis=1)
    return _Fitted(logs=logs, intercepts=last[:, 0], variances=variances, finite=finite)


def _solve(design: _Design, logs: Floats, free: Flags, kept: Flags) -> tuple[Floats, Floats]:
    """One round: the weighted products, and the coefficients that they give."""
    weights = np.where(kept, np.exp(logs), 0.0)
    grams = _grams(design, weights, free)
    response = np.where(kept, weights * logs + design.people - np.exp(logs), 0.0)
    sums = np.where(free, response @ design.terms, 0.0)
    return grams, _solved(grams, sums[:, :, None])


def _solved(grams: Floats, sums: Floats) -> Floats:
    return np.asarray(np.linalg.solve(grams, sums), dtype=np.float64)[:, :, 0]


def _log_likelihood(design: _Design, logs: Floats, kept: Flags) -> Floats:
    """Of each model; overlaps that a model holds impossible are empty and add nothing."""
    constant = sum(math.lgamma(people + 1) for people in design.people)
    return np.where(kept, design.people * logs - np.exp(logs), 0.0).sum(axis=1) - constant


def _total(named: float, intercept: float, variance: float) -> dict[str, float]:
    """How many people there are in all, and how surely.

    Source: Rcapture (the standard error); Chao (1987), Estimating the Population Size for Capture–Recapture Data with Unequal Catchability
    (an interval that never goes below how many are named).
    """
    unseen = math.exp(intercept)
    error = math.sqrt(unseen + unseen**2 * variance)
    spread = math.exp(Z_95 * math.sqrt(math.log1p((error / unseen) ** 2)))
    return {
        "total": named + unseen,
        "standard_error": error,
        "low": named + unseen / spread,
        "high": named + unseen * spread,
    }
