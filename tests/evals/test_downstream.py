"""What the gate says of linking is what the measures say, over any sample of reports."""

from __future__ import annotations

import pytest
from downstream import ITEMS, PAIRS, count_beside, link_scores
from link_measures import b_cubed, pair_f1

GOLD = [frozenset(x) for x in ("a", "ab", "b", "c")]
FOUND = [frozenset(x) for x in ("1", "1", "1", "2")]


def test_sums_over_reports_give_the_measures() -> None:
    """Each pair is counted from both of its reports, which changes no share."""
    scores = link_scores(count_beside(FOUND, GOLD))
    assert scores[PAIRS] == pytest.approx(pair_f1(FOUND, GOLD).f1)
    assert scores[ITEMS] == pytest.approx(b_cubed(FOUND, GOLD).f1)


def test_reports_that_stand_alone_rightly_are_right() -> None:
    """Where nothing is to be linked and nothing is, all is right."""
    assert link_scores(count_beside(GOLD[3:], GOLD[3:])) == {PAIRS: 1.0, ITEMS: 1.0}
