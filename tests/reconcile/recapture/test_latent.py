"""Latent classes find a true total among kinds that nobody recorded, and refuse where chains disagree."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from published_lists import UNITED_KINGDOM, lists_of

from harmledger.domain import Overlap, VictimLists
from harmledger.errors import BadInput
from harmledger.reconcile.recapture import estimate_total
from harmledger.reconcile.recapture.latent import Length, draw_totals, is_agreed, sample_classes

SHORT = (Length(burn_in=1_000, kept=1_000, thinning=5),)
VERY_SHORT = (Length(burn_in=100, kept=200, thinning=1),)


def simulated(total: int, shares: list[float], reach: list[list[float]], *, seed: int) -> VictimLists:
    """Lists of people who fall into kinds, each with its own reach of every list."""
    rng = np.random.default_rng(seed)
    kinds = rng.choice(len(shares), total, p=shares)
    on = rng.random((total, len(reach[0]))) < np.array(reach)[kinds]
    counted = Counter(tuple(np.flatnonzero(row).tolist()) for row in on if row.any())
    return VictimLists(
        names=tuple("ABCDEF"[: len(reach[0])]),
        overlaps=tuple(Overlap(lists=lists, people=people) for lists, people in sorted(counted.items())),
    )


@pytest.mark.parametrize(
    ("total", "shares", "reach"),
    [
        pytest.param(400, [1.0], [[0.5, 0.4, 0.45]], id="one kind, three lists"),
        pytest.param(600, [0.7, 0.3], [[0.25, 0.3, 0.2, 0.3], [0.6, 0.6, 0.55, 0.5]], id="two kinds, four lists"),
    ],
)
def test_a_simulated_truth_lies_in_the_interval(total: int, shares: list[float], reach: list[list[float]]) -> None:
    """Also where kinds of people make the lists depend on one another."""
    lists = simulated(total, shares, reach, seed=3)
    found = sample_classes(lists, np.random.default_rng(1), where="x", lengths=SHORT)
    assert lists.people < found.estimate.low < total < found.estimate.high < 2 * total
    assert found.estimate.low < found.estimate.best < found.estimate.high


def test_one_seed_is_one_result() -> None:
    """All chance comes from the generator that is handed in."""
    lists = simulated(400, [1.0], [[0.5, 0.4, 0.45]], seed=3)
    one, same, other = (draw_totals(lists, np.random.default_rng(seed), VERY_SHORT[0]) for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()


def test_chains_that_disagree_are_refused() -> None:
    """The British lists fit totals that lie far apart: short chains stay where they began, and there is no total."""
    with pytest.raises(BadInput, match="its chains disagree, so no total is given"):
        estimate_total(lists_of(UNITED_KINGDOM), np.random.default_rng(1), where="uk", lengths=SHORT)


def test_two_modes_are_no_agreement() -> None:
    """Two chains here, two there, each steady: no total follows."""
    rng = np.random.default_rng(1)
    here, there = rng.normal(12_000, 500, (2, 1000)), rng.normal(23_000, 500, (2, 1000))
    assert is_agreed(np.concatenate([here, here + 1]))
    assert not is_agreed(np.concatenate([here, there]))


def test_longer_chains_decide_where_short_ones_disagree() -> None:
    """The first length at which they agree counts."""
    lists = simulated(400, [1.0], [[0.5, 0.4, 0.45]], seed=3)
    found = sample_classes(lists, np.random.default_rng(1), where="x", lengths=(*VERY_SHORT, *SHORT))
    assert found.draws == 4 * SHORT[0].kept


def test_both_models_stand_side_by_side() -> None:
    """Each by its name, with its interval and what it assumes, and whom all of it counts."""
    lists = simulated(600, [0.7, 0.3], [[0.25, 0.3, 0.2, 0.3], [0.6, 0.6, 0.55, 0.5]], seed=3)
    found = estimate_total(lists, np.random.default_rng(1), where="x", lengths=SHORT)
    assert found.log_linear.estimate.model != found.latent_classes.estimate.model
    assert all(each.estimate.assumes and each.estimate.interval for each in (found.log_linear, found.latent_classes))
    assert "could have held" in found.counts
