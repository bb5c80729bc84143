"""Log-linear models give what Rcapture gives."""

from __future__ import annotations

import pytest
from victim_lists import KOSOVO, UNITED_KINGDOM, lists_of

from harmledger.domain import Overlap, VictimLists
from harmledger.reconcile.recapture.log_linear import fit_log_linear


def test_kosovo_is_as_published() -> None:
    """Of 64 models the best has BIC 225.21, and says 14,341.66 with a standard error of 1,018.29."""
    lists = lists_of(KOSOVO)
    found = fit_log_linear(lists, "kosovo")
    best = found.best[0]
    assert (lists.people, found.tried, found.left_out) == (4400, 64, 0)
    assert (round(best.bic, 2), round(best.total, 2), round(best.standard_error, 2)) == (225.21, 14341.66, 1018.29)
    assert found.estimate.best == best.total


def test_the_united_kingdom_is_as_published() -> None:
    """Of 1,024 models of five lists the best says 22,991 with a standard error of 3,022."""
    lists = lists_of(UNITED_KINGDOM)
    found = fit_log_linear(lists, "uk")
    best = found.best[0]
    assert (lists.people, found.tried) == (2744, 1024)
    assert (round(best.total), round(best.standard_error)) == (22991, 3022)


def test_rivals_of_the_best_model_are_told() -> None:
    """The British lists fit half that total about as well, and that isn't kept quiet."""
    low, high = fit_log_linear(lists_of(UNITED_KINGDOM), "uk").rivals
    assert (round(low), round(high)) == (12262, 25978)


def independent(total: int, reach: tuple[float, ...]) -> VictimLists:
    """What independent lists of that reach hold on average."""
    overlaps = []
    for code in range(1, 2 ** len(reach)):
        on = tuple(place for place in range(len(reach)) if code >> place & 1)
        share = 1.0
        for place, each in enumerate(reach):
            share *= each if place in on else 1 - each
        overlaps.append(Overlap(lists=on, people=round(total * share)))
    return VictimLists(names=tuple("ABCDEF"[: len(reach)]), overlaps=tuple(overlaps))


@pytest.mark.parametrize("reach", [(0.5, 0.4, 0.3), (0.5, 0.4, 0.3, 0.2)], ids=["three lists", "four lists"])
def test_independent_lists_find_the_truth(reach: tuple[float, ...]) -> None:
    """Where no list depends on another, the model without pairs is the best and its total the true one."""
    best = fit_log_linear(independent(10_000, reach), "x").best[0]
    assert best.pairs == ()
    assert best.total == pytest.approx(10_000, rel=0.001)
    assert best.low < 10_000 < best.high


def test_two_lists_that_avoid_one_another_have_a_total() -> None:
    """A pair that shares nobody runs to minus infinity; the total doesn't."""
    people = {(0,): 300, (1,): 200, (2,): 250, (0, 2): 90, (1, 2): 60}
    lists = VictimLists(
        names=("A", "B", "C"), overlaps=tuple(Overlap(lists=on, people=n) for on, n in sorted(people.items()))
    )
    best = fit_log_linear(lists, "x").best[0]
    assert ("A", "B") in best.pairs
    assert 900 < best.low < best.total < best.high < 10_000


def test_the_interval_never_goes_below_who_is_named() -> None:
    """However unsure the total: the people on the lists are there."""
    lists = lists_of(UNITED_KINGDOM)
    assert all(model.low > lists.people for model in fit_log_linear(lists, "uk").best)
