"""Tellings in columns lose nothing, and words are counted by report."""

from __future__ import annotations

import numpy as np
import pytest
from fake_tellings import some_tellings, telling

from harmledger.link.columns import Columns
from harmledger.link.rarity import count_words


def test_a_telling_comes_back_whole() -> None:
    """What was put in is given back, from either end."""
    tellings = some_tellings(40)
    columns = Columns(tellings)
    assert list(columns) == tellings
    assert (columns[-1], columns[3:5], len(columns)) == (tellings[-1], tellings[3:5], 40)
    with pytest.raises(IndexError):
        columns[40]


def test_some_are_taken_apart() -> None:
    """Those at some places come back whole, in that order."""
    tellings = some_tellings(40)
    places = np.array([3, 4, 17, 39])
    assert list(Columns(tellings).at(places)) == [tellings[place] for place in places]
    assert not list(Columns(tellings).at(places[:0]))


def test_words_are_counted_once_a_report() -> None:
    """However many tellings of a report have a word, and in whatever order they come, it counts once."""
    tellings = [
        telling("a", document_id="1", words="bakery queue"),
        telling("b", document_id="2", words="bakery"),
        telling("c", document_id="1", words="bakery school"),
        telling("d", document_id="1", words="school mine"),
    ]
    columns = Columns(tellings)
    counted = count_words(tellings, {})
    assert (dict(columns.vocabulary), columns.reports) == (dict(counted.holding), counted.reports)
