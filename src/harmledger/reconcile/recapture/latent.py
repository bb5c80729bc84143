"""Latent classes: people fall into kinds that nobody recorded, and within a kind lists are independent.

Comes in: how many people are on which lists, and a generator of chance. Goes out: draws of the total from the posterior, condensed, or a
refusal where chains disagree. Classes, their sizes, each list's reach into each and the people on no list are drawn in turn (Gibbs).

Source: Manrique-Vallier (2016), Bayesian Population Size Estimation Using Dirichlet Process Mixtures, with the priors of its package LCMCR.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmledger.domain import EstimatedTotal, LatentClasses, VictimLists
from harmledger.errors import BadInput
from harmledger.reconcile.recapture.chains import effective_size, split_r_hat

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

CLASSES = 10
"""At most; the prior leaves those empty that aren't needed."""
SHAPE = RATE = 0.25
"""Of the gamma prior of the concentration: few classes, unless the lists ask for more."""
CHAINS = 4
MOST_R_HAT = 1.01
LEAST_EFFECTIVE = 100 * CHAINS
"""Both as Vehtari and others (2021) ask, before anything is told of a posterior."""
LEAST_CHANCE = 1e-12
"""Chances are kept off 0 and 1 by so much, where their logarithms end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long chains run: rounds thrown away, then draws kept, each so many rounds after the last."""

    burn_in: int
    kept: int
    thinning: int


def sample_classes(
    lists: VictimLists, rng: np.random.Generator, *, where: str, lengths: tuple[Length, ...]
) -> LatentClasses:
    """The total's posterior, from the first of the lengths whose chains agree.

    Raises:
        BadInput: they don't, at any length.
    """
    draws = np.zeros((CHAINS, 1))
    for length in lengths:
        draws = draw_totals(lists, rng, length)
        if is_agreed(draws):
            return _condense(draws)
    raise BadInput(
        f"its chains disagree, so no total is given: started apart, they end at {_told_medians(draws)} "
        f"(R-hat {split_r_hat(draws):.2f}, at most {MOST_R_HAT} is asked; {effective_size(draws):.0f} effective draws, "
        f"at least {LEAST_EFFECTIVE})",
        where,
        "these lists fit totals that lie far apart: look for more matches, join small lists, or say how many are named and no more",
    )


def is_agreed(draws: Floats) -> bool:
    """Whether the chains tell one story, and enough of it."""
    return split_r_hat(draws) <= MOST_R_HAT and effective_size(draws) >= LEAST_EFFECTIVE


def draw_totals(lists: VictimLists, rng: np.random.Generator, length: Length) -> Floats:
    """Draws of the total, a row a chain; every chain starts from its own draw of the prior."""
    table = _Table.of(lists)
    state = _start(rng, len(lists.names))
    totals = np.empty((CHAINS, length.kept))
    for number in range(1 - length.burn_in, length.kept * length.thinning + 1):
        state, unseen = _step(state, table, rng)
        if number > 0 and number % length.thinning == 0:
            totals[:, number // length.thinning - 1] = table.total + unseen
    return totals


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The overlaps that hold people."""

    on: Floats
    """A row an overlap, a column a list: 0 or 1."""
    people: Counts

    @property
    def total(self) -> int:
        return int(self.people.sum())

    @classmethod
    def of(cls, lists: VictimLists) -> _Table:
        on = np.zeros((len(lists.overlaps), len(lists.names)))
        for row, overlap in enumerate(lists.overlaps):
            on[row, list(overlap.lists)] = 1.0
        return cls(on=on, people=np.array([overlap.people for overlap in lists.overlaps], dtype=np.int64))


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """Where every chain stands."""

    log_sizes: Floats
    """Chain × class: the logarithm of the class's share of all people."""
    reach: Floats
    """Chain × class × list: the chance that somebody of that class is on that list."""
    concentration: Floats
    """A number a chain: the greater, the more classes."""


def _start(rng: np.random.Generator, lists: int) -> _State:
    sticks: Floats = rng.uniform(size=(CHAINS, CLASSES))
    return _State(
        log_sizes=_break(sticks),
        reach=_inside(rng.uniform(size=(CHAINS, CLASSES, lists))),
        concentration=rng.uniform(0.1, 2.0, size=CHAINS),
    )


def _step(state: _State, table: _Table, rng: np.random.Generator) -> tuple[_State, Counts]:
    """One round of all chains: their next states, and how many people are on no list."""
    named, unseen, classed_unseen = _draw_people(state, table, rng)
    sizes = named.sum(axis=1) + classed_unseen
    on = np.swapaxes(named, 1, 2) @ table.on
    reach = _inside(rng.beta(1 + on, 1 + sizes[:, :, None] - on))
    later: Counts = np.cumsum(sizes[:, ::-1], axis=1)[:, ::-1] - sizes
    sticks: Floats = rng.beta(1 + sizes, state.concentration[:, None] + later)
    log_sizes = _break(sticks)
    concentration = rng.gamma(SHAPE + CLASSES - 1, 1 / (RATE - log_sizes[:, -1]))
    return _State(log_sizes=log_sizes, reach=reach, concentration=concentration), unseen


def _draw_people(state: _State, table: _Table, rng: np.random.Generator) -> tuple[Counts, Counts, Counts]:
    """The class of everybody: chain × overlap × class of the named, then the people on no list, together and by class."""
    absent = np.log1p(-state.reach)
    log_none = state.log_sizes + absent.sum(axis=2)
    log_odds = np.swapaxes(np.log(state.reach) - absent, 1, 2)
    named = rng.multinomial(table.people, _shares(log_none[:, None, :] + table.on @ log_odds))
    on_none = np.exp(log_none).sum(axis=1)
    unseen = np.asarray(rng.negative_binomial(table.total, np.maximum(1 - on_none, LEAST_CHANCE)), dtype=np.int64)
    return named, unseen, rng.multinomial(unseen, _shares(log_none))


def _shares(logs: Floats) -> Floats:
    """Along the last axis, from logarithms to shares of 1."""
    shares = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


def _break(sticks: Floats) -> Floats:
    """Logarithms of the classes' sizes: each takes its part of what those before it left, the last one all the rest."""
    sticks = _inside(sticks)
    left = np.cumsum(np.log1p(-sticks[:, :-1]), axis=1)
    taken = np.log(sticks)
    taken[:, -1] = 0.0
    taken[:, 1:] += left
    return taken


def _inside(chances: Floats) -> Floats:
    return np.clip(chances, LEAST_CHANCE, 1 - LEAST_CHANCE)


def _condense(draws: Floats) -> LatentClasses:
    low, best, high = (float(each) for each in np.quantile(draws, (0.025, 0.5, 0.975)))
    return LatentClasses(
        estimate=EstimatedTotal(
            model="latent classes",
            best=best,
            low=low,
            high=high,
            interval="95 % credible interval about the median",
            assumes=f"People fall into at most {CLASSES} kinds that nobody recorded; within a kind everybody is as likely as everybody else "
            "to be on a list, and being on one says nothing about being on another.",
        ),
        r_hat=split_r_hat(draws),
        effective=effective_size(draws),
        chains=len(draws),
        draws=draws.size,
    )


def _told_medians(draws: Floats) -> str:
    medians = [f"{median:,.0f}" for median in sorted(np.median(draws, axis=1))]
    return f"{', '.join(medians[:-1])} and {medians[-1]}"
