"""Whether chains of draws that started apart tell one story: split R-hat, and how many independent draws they are worth.

Comes in: draws, a row a chain. Goes out: numbers; whether they suffice, the caller says.

Source: Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), Rank-Normalization, Folding, and Localization: An Improved R-hat.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def split_r_hat(draws: Floats) -> float:
    """The greater of R-hat for where the chains lie and R-hat for how far they spread; 1 where they agree."""
    folded = np.abs(draws - np.median(draws))
    return max(_r_hat(_normal_scores(_split(each))) for each in (draws, folded))


def effective_size(draws: Floats) -> float:
    """So many independent draws tell as much about the middle of the distribution as these do."""
    chains = _normal_scores(_split(draws))
    count, length = chains.shape
    within, pooled = _variances(chains)
    if pooled == 0:
        return 0.0
    correlations = 1 - (within - _autocovariances(chains).mean(axis=0) * length / (length - 1)) / pooled
    correlations[0] = 1.0
    pairs = correlations[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs < 0)
    until = int(negative[0]) if len(negative) else len(pairs)
    spent = 2 * float(np.minimum.accumulate(pairs[:until]).sum()) - 1
    return count * length / max(spent, 1 / math.log10(count * length))


def _split(draws: Floats) -> Floats:
    """Each chain as its two halves, so that one which wanders disagrees with itself."""
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def _normal_scores(chains: Floats) -> Floats:
    """Ranks over all chains as quantiles of the normal distribution, the mean rank where values tie: long tails weigh no more than they must."""
    _, inverse, counts = np.unique(chains.ravel(), return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2
    quantile = NormalDist().inv_cdf
    scores = np.array([quantile((rank - 0.375) / (chains.size + 0.25)) for rank in ranks])
    return scores[inverse].reshape(chains.shape)


def _r_hat(chains: Floats) -> float:
    within, pooled = _variances(chains)
    if within == 0:
        return 1.0 if pooled == 0 else math.inf
    return math.sqrt(pooled / within)


def _variances(chains: Floats) -> tuple[float, float]:
    """Within the chains, and of all draws as the chains together estimate it."""
    length = chains.shape[1]
    within = float(chains.var(axis=1, ddof=1).mean())
    return within, (length - 1) / length * within + float(chains.mean(axis=1).var(ddof=1))


def _autocovariances(chains: Floats) -> Floats:
    """Of each chain with itself at every lag, by the Fourier transform."""
    length = chains.shape[1]
    spectrum = np.fft.rfft(chains - chains.mean(axis=1, keepdims=True), 2 * length, axis=1)
    return np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, :length] / length
