"""Only tellings that may be of one event are compared, and the cost grows with them, not with their square."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from fake_tellings import spot, telling

from harmledger.domain import Telling
from harmledger.link.pairs import find_pairs
from harmledger.link.rarity import count_words


def pairs(*tellings: Telling) -> set[tuple[int, int]]:
    found = list(find_pairs(tellings, count_words(tellings, {})))
    assert len(found) == len(set(found))
    return set(found)


FAR_IN_DIVISION = spot(36.9, 39.9)
OVER_THE_BORDER = spot(35.95, 39.06, admin1="Aleppo")
ELSEWHERE = spot(33.5, 36.3, admin1="Damascus")


@pytest.mark.parametrize(
    ("other", "met"),
    [
        pytest.param({"spot": FAR_IN_DIVISION}, True, id="same division and day"),
        pytest.param({"day": date(2017, 5, 6), "spot": FAR_IN_DIVISION}, True, id="a day later"),
        pytest.param({"day": date(2017, 5, 8), "spot": FAR_IN_DIVISION}, False, id="three days later"),
        pytest.param({"spot": OVER_THE_BORDER}, True, id="near, across the border"),
        pytest.param({"spot": ELSEWHERE}, False, id="another division"),
        pytest.param({"spot": ELSEWHERE, "words": "abu-someone"}, True, id="a rare word in common"),
        pytest.param({"day": None}, True, id="the same place, day not known"),
    ],
)
def test_what_meets(other: dict, met: bool) -> None:
    """Day and division, near neighbours, rare words and rare places bring tellings together; nothing else does."""
    assert pairs(telling("a", words="abu-someone"), telling("b", **other)) == ({(0, 1)} if met else set())


def test_a_crowded_word_brings_nothing_together() -> None:
    """A word that many hold is no reason to compare them all."""
    assert pairs(*(telling(f"t{n}", words="war", spot=None) for n in range(40))) == set()


def test_the_nearest_meet_in_a_crowd() -> None:
    """Of many that share something, those are compared that share most of what is rare."""
    crowd = [telling(f"t{n}", words=f"war hill{n // 25} own{n}", spot=None, day=None) for n in range(100)]
    twins = [telling(n, words="war hill0 zarqan", spot=None, day=None) for n in ("a", "b")]
    found = pairs(*crowd, *twins)
    assert (100, 101) in found
    assert len([pair for pair in found if 100 in pair]) < 100


@pytest.mark.parametrize("number", [400, 1600])
def test_cost_grows_linearly(number: int) -> None:
    """At fixed density a telling meets as many others in a large ledger as in a small one."""
    tellings = [
        telling(
            f"t{n}", day=date(2010, 1, 1) + timedelta(days=n // 4), spot=spot(33 + n % 2, 36), words=f"name{n // 3}"
        )
        for n in range(number)
    ]
    assert len(pairs(*tellings)) / number == pytest.approx(5, abs=1.5)
