"""Pairs chain ids together, and nothing else does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harmledger.classes import Classes

IDS = "abcdefg"
PAIRS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=10)


def reach(pairs: list[tuple[str, str]], start: str) -> set[str]:
    """All that a walk along the pairs comes to."""
    found, fresh = {start}, [start]
    while fresh:
        at = fresh.pop()
        new = {b for pair in pairs for a, b in (pair, pair[::-1]) if a == at} - found
        found |= new
        fresh += new
    return found


@given(PAIRS)
def test_a_class_is_all_that_a_walk_along_the_pairs_reaches(pairs: list[tuple[str, str]]) -> None:
    """Two ids are one exactly where a chain of pairs leads from one to the other, whatever the order of joining."""
    classes = Classes(pairs)
    for one in IDS:
        assert {other for other in IDS if classes.are_one(one, other)} == reach(pairs, one)
