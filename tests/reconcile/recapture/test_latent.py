"""Latent classes find a true total among kinds that nobody recorded, and refuse where chains disagree."""

from __future__ import annotations

import numpy as np
import pytest
from victim_lists import UNITED_KINGDOM, lists_of, simulated

from harmledger.errors import BadInput
from harmledger.reconcile.recapture import estimate_total
from harmledger.reconcile.recapture.latent import MOST_R_HAT, Length, draw_totals, is_agreed, sample_classes

SHORT = (Length(burn_in=500, kept=1_000, thinning=5),)
VERY_SHORT = (Length(burn_in=100, kept=200, thinning=1),)


WELL_LISTED = simulated(150, [1.0], [[0.7, 0.6, 0.65]], seed=3)
"""So many are on several lists that short chains agree."""


@pytest.mark.parametrize(
    ("total", "shares", "reach"),
    [
        pytest.param(400, [1.0], [[0.5, 0.4, 0.45]], id="one kind, three lists"),
        pytest.param(600, [0.7, 0.3], [[0.25, 0.3, 0.2, 0.3], [0.6, 0.6, 0.55, 0.5]], id="two kinds, four lists"),
    ],
)
def test_a_simulated_truth_lies_among_the_draws(total: int, shares: list[float], reach: list[list[float]]) -> None:
    """Also where kinds of people make the lists depend on one another."""
    lists = simulated(total, shares, reach, seed=3)
    low, high = np.quantile(draw_totals(lists, np.random.default_rng(1), SHORT[0]), (0.025, 0.975))
    assert lists.people < low < total < high < 2 * total


def test_chains_that_agree_give_an_interval() -> None:
    """It holds the truth, and says how well they agree."""
    found = sample_classes(WELL_LISTED, np.random.default_rng(1), where="x", lengths=SHORT)
    assert WELL_LISTED.people < found.estimate.low <= 150 <= found.estimate.high
    assert found.estimate.low < found.estimate.best < found.estimate.high
    assert (found.r_hat, found.effective) <= (MOST_R_HAT, found.draws)


def test_one_seed_is_one_result() -> None:
    """All chance comes from the generator that is handed in."""
    one, same, other = (draw_totals(WELL_LISTED, np.random.default_rng(seed), VERY_SHORT[0]) for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()


def test_chains_that_disagree_are_refused() -> None:
    """The British lists fit totals that lie far apart: short chains stay where they began, and there is no total."""
    with pytest.raises(BadInput, match="its chains disagree, so no total is given"):
        estimate_total(lists_of(UNITED_KINGDOM), np.random.default_rng(1), where="uk", lengths=VERY_SHORT)


def test_two_modes_are_no_agreement() -> None:
    """Two chains here, two there, each steady: no total follows."""
    rng = np.random.default_rng(1)
    here, there = rng.normal(12_000, 500, (2, 1000)), rng.normal(23_000, 500, (2, 1000))
    assert is_agreed(np.concatenate([here, here + 1]))
    assert not is_agreed(np.concatenate([here, there]))


def test_longer_chains_decide_where_short_ones_disagree() -> None:
    """The first length at which they agree counts."""
    found = sample_classes(WELL_LISTED, np.random.default_rng(1), where="x", lengths=(*VERY_SHORT, *SHORT))
    assert found.draws == 4 * SHORT[0].kept


def test_both_models_stand_side_by_side() -> None:
    """Each by its name, with its interval and what it assumes, and whom all of it counts."""
    found = estimate_total(WELL_LISTED, np.random.default_rng(1), where="x", lengths=SHORT)
    assert found.log_linear.estimate.model != found.latent_classes.estimate.model
    assert all(each.estimate.assumes and each.estimate.interval for each in (found.log_linear, found.latent_classes))
    assert "could have held" in found.counts
