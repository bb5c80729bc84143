"""Many pairs weighed at once come out as each weighed by itself."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from fake_tellings import some_tellings, telling

from harmledger.domain import Telling
from harmledger.link.columns import Columns
from harmledger.link.compare import FEATURES, Known, Pair, Weights, load_weights, measure, score_pair
from harmledger.link.rarity import Rarity, load_background
from harmledger.link.weigh import LOOKS_AT, OVER_ALL, PRODUCTS, Weigher


def prepared(tellings: list[Telling]) -> tuple[Columns, Known, np.ndarray, np.ndarray]:
    columns = Columns(tellings)
    rarity = Rarity(columns.reports, columns.vocabulary, load_background())
    left, right = np.array(list(combinations(range(len(tellings)), 2))).T
    return columns, Known(rarity, {"report 1": "report 0", "report 5": "report 0"}, {}), left, right


@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_that_are_explained(seed: int) -> None:
    """Every feature, and the score by weights that leave none out, are as `compare` has them to nine digits."""
    tellings = some_tellings(60, seed)
    columns, known, left, right = prepared(tellings)
    pairs = [Pair(tellings[a], tellings[b], known) for a, b in zip(left, right, strict=True)]
    every = Weights(-1.0, {f.name: 0.3 + 0.1 * n for n, f in enumerate(FEATURES)}, 0.3, "by hand")
    found = Weigher(columns, known, every).measure(left, right)
    np.testing.assert_allclose(found, [measure(pair) for pair in pairs], rtol=0, atol=1e-9)
    for weights in (every, load_weights()):
        scores = Weigher(columns, known, weights).score(left, right)
        np.testing.assert_allclose(scores, [score_pair(pair, weights) for pair in pairs], rtol=0, atol=1e-9)


def test_pairs_of_tellings_without_words_weigh_nothing() -> None:
    """Where nothing is said nothing is shared, and no sum of nothing goes wrong."""
    columns, known, left, right = prepared([telling(n) for n in "abc"])
    found = dict(
        zip((f.name for f in FEATURES), Weigher(columns, known, load_weights()).measure(left, right).T, strict=True)
    )
    assert not any(
        found[name].any() for name in ("rare words of the claims", "weight of words", "rarest word in common")
    )
    none = np.empty(0, dtype=np.int64)
    assert Weigher(columns, known, load_weights()).score(none, none).size == 0


def test_what_features_look_at_is_named_right() -> None:
    """Every feature is named once, and none that isn't there: others would be asked pair by pair."""
    named = {name for names in LOOKS_AT.values() for name in names} | PRODUCTS.keys() | OVER_ALL.keys()
    assert named == {feature.name for feature in FEATURES}
