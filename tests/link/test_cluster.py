"""Groups come by average linkage, under what people have decided."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from harmledger.link.cluster import cluster

PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] < p[1]), st.floats(0.05, 1.0), max_size=40
)
SOME = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] != p[1]), max_size=4)


def test_one_strong_pair_pulls_no_groups_together() -> None:
    """Two tight groups with one link between them stay two: connected components would make them one."""
    scores = {
        **dict.fromkeys(combinations((0, 1, 2), 2), 0.9),
        **dict.fromkeys(combinations((3, 4, 5), 2), 0.9),
        (2, 3): 0.95,
    }
    assert cluster(6, {**scores, (2, 3): 0.85}, threshold=0.3) == [[0, 1, 2], [3, 4, 5]]


def test_a_chain_is_cut() -> None:
    """What agrees only with its neighbour isn't one event from end to end."""
    assert cluster(4, {(0, 1): 0.9, (1, 2): 0.6, (2, 3): 0.9}, threshold=0.3) == [[0, 1], [2, 3]]


def test_the_best_average_goes_first() -> None:
    """A telling joins the group that it agrees with best."""
    assert cluster(3, {(0, 1): 0.5, (1, 2): 0.8}, threshold=0.45) == [[0], [1, 2]]


def test_nothing_below_the_threshold_is_joined() -> None:
    """Weak pairs leave their tellings alone."""
    assert cluster(2, {(0, 1): 0.29}, threshold=0.3) == [[0], [1]]


def test_decisions_overrule_scores() -> None:
    """Put together without any score; kept apart whatever the score, and through a third as well."""
    sure = dict.fromkeys(combinations(range(3), 2), 0.99)
    assert cluster(2, {}, threshold=0.3, must=[(0, 1)]) == [[0, 1]]
    assert cluster(3, sure, threshold=0.3, cannot=[(0, 2)]) in ([[0, 1], [2]], [[0], [1, 2]])


@given(PAIRS, SOME, SOME)
def test_decisions_always_hold(scores: dict, must: list, cannot: list) -> None:
    """Whatever the scores: must pairs are together, cannot pairs apart, and every telling is in one group."""
    root = {n: n for n in range(12)}
    for a, b in must:
        root = {n: root[a] if r == root[b] else r for n, r in root.items()}
    cannot = [(a, b) for a, b in cannot if root[a] != root[b]]
    groups = cluster(12, scores, threshold=0.3, must=must, cannot=cannot)
    of = {index: n for n, group in enumerate(groups) for index in group}
    assert sorted(index for group in groups for index in group) == list(range(12))
    assert all(of[a] == of[b] for a, b in must)
    assert all(of[a] != of[b] for a, b in cannot)
    assert groups == cluster(12, dict(reversed(scores.items())), threshold=0.3, must=must, cannot=cannot)
