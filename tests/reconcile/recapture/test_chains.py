"""Chains that tell one story are told from chains that don't."""

from __future__ import annotations

import numpy as np
import pytest

from harmledger.reconcile.recapture.chains import effective_size, split_r_hat

LENGTH = 1000


def chains(seed: int, *middles: float) -> np.ndarray:
    """A chain of independent normal draws around each of the middles."""
    rng = np.random.default_rng(seed)
    return np.array([rng.normal(middle, 1.0, LENGTH) for middle in middles])


def test_chains_of_one_distribution_agree() -> None:
    """R-hat is 1, and nearly every draw counts."""
    draws = chains(1, 0, 0, 0, 0)
    assert split_r_hat(draws) == pytest.approx(1, abs=0.005)
    assert effective_size(draws) == pytest.approx(4 * LENGTH, rel=0.15)


def test_a_chain_elsewhere_disagrees() -> None:
    """One of four in another place is enough."""
    assert split_r_hat(chains(2, 0, 0, 0, 3)) > 1.2
    assert effective_size(chains(2, 0, 0, 0, 3)) < 50


def test_a_chain_that_wanders_disagrees_with_itself() -> None:
    """Halves are compared, so a slope shared by all chains is found."""
    assert split_r_hat(chains(3, 0, 0, 0, 0) + np.linspace(0, 3, LENGTH)) > 1.2


def test_a_chain_that_spreads_wider_disagrees() -> None:
    """Same middle, another width: the folded draws tell."""
    draws = chains(4, 0, 0, 0, 0)
    draws[0] *= 5
    assert split_r_hat(draws) > 1.05


def test_only_order_counts() -> None:
    """A long tail, or another unit, changes nothing."""
    draws = chains(5, 0, 0, 0, 0.2)
    assert effective_size(np.exp(draws * 3)) == pytest.approx(effective_size(draws))


def test_correlated_draws_are_worth_less() -> None:
    """An autoregression of 0.9 is worth a nineteenth of its draws."""
    rng = np.random.default_rng(6)
    draws = np.zeros((4, 5000))
    for step in range(1, 5000):
        draws[:, step] = 0.9 * draws[:, step - 1] + rng.normal(size=4)
    assert effective_size(draws) == pytest.approx(4 * 5000 / 19, rel=0.25)


def test_chains_that_never_move_tell_nothing() -> None:
    """All draws the same: no draw counts."""
    assert effective_size(np.ones((4, 100))) == 0
