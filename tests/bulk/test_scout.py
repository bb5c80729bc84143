"""The scout scores sentences by their words alone, and its file gives it again."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from harmledger.bulk.scout import COLUMNS, Scout, hash_features, load_scout, parse_scout, render_scout

CLAIM = "Seven civilians were killed in an airstrike on the village, activists said."
OTHER = (
    "The trapped market lost buyers and two brokers missed the deadline, said the bank in its letter to shareholders."
)


def test_claims_score_higher_than_other_harm() -> None:
    """A sentence that counts victims is worth more than one of sport."""
    scout = load_scout()
    assert scout.score(CLAIM) >= scout.least > scout.score(OTHER)


@given(st.text(max_size=400))
def test_features_are_columns_in_order(sentence: str) -> None:
    """Each sentence gives columns that exist, each once and in order."""
    columns = hash_features(sentence)
    assert columns == sorted(set(columns))
    assert all(0 <= column < COLUMNS for column in columns)


def test_numbers_are_one_word() -> None:
    """Which number is told makes no difference, in figures or in words."""
    told = [hash_features(f"{number} people were killed") for number in ("7", "seven", "1,204", "Twelve")]
    assert all(columns == told[0] for columns in told)


def test_a_file_gives_the_scout_again() -> None:
    """What was written scores the same."""
    scout = Scout(np.linspace(-2, 2, COLUMNS).astype(np.float16).astype(np.float32), 0.5, -1.25)
    again = parse_scout(render_scout(scout))
    assert (again.score(CLAIM), again.least) == (scout.score(CLAIM), scout.least)
