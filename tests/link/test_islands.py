"""Clustering island by island gives what clustering at once gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from harmledger.link.cluster import cluster
from harmledger.link.islands import Scored, cluster_islands

COUNT = 14
PAIRS = st.dictionaries(
    st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda p: p[0] < p[1]),
    st.integers(2, 40).map(lambda n: n / 40),
    max_size=40,
)
SOME = st.lists(
    st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda p: p[0] != p[1]), max_size=3
)


def scored(scores: dict[tuple[int, int], float]) -> Scored:
    ordered = sorted(scores)
    left, right = np.array(ordered, dtype=np.int64).reshape(-1, 2).T
    return Scored(left=left, right=right, score=np.array([scores[pair] for pair in ordered], dtype=np.float64))


@given(PAIRS, SOME, SOME)
def test_islands_change_no_group(scores: dict, must: list, cannot: list) -> None:
    """Weak pairs between islands, decisions across them, ties in score: the groups are the same."""
    root = list(range(COUNT))
    for a, b in must:
        root = [root[a] if r == root[b] else r for r in root]
    cannot = [(a, b) for a, b in cannot if root[a] != root[b]]
    scores = {pair: score + 1e-6 * n for n, (pair, score) in enumerate(sorted(scores.items()))}
    wanted = cluster(COUNT, scores, threshold=0.3, must=must, cannot=cannot)
    assert cluster_islands(COUNT, scored(scores), threshold=0.3, must=must, cannot=cannot) == wanted


def test_nothing_is_no_island() -> None:
    """Of no tellings there are no groups; of one, one."""
    assert cluster_islands(0, scored({}), threshold=0.3, must=[], cannot=[]) == []
    assert cluster_islands(1, scored({}), threshold=0.3, must=[], cannot=[]) == [[0]]
