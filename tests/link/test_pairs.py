"""The pairs found in stretches are those that blocking tells of."""

from __future__ import annotations

import pytest
from fake_tellings import some_tellings

from harmledger.link import pairs
from harmledger.link.columns import Columns
from harmledger.link.pairs import find_pairs
from harmledger.link.rarity import Rarity


@pytest.mark.parametrize("chunk", [1, 50, 1_000_000])
def test_stretches_hold_each_pair_once(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    """Whatever the stretch, each pair of blocking comes once, in order, and no other."""
    monkeypatch.setattr(pairs, "CHUNK", chunk)
    columns = Columns(some_tellings(150))
    rarity = Rarity(columns.reports, columns.vocabulary, {})
    found = [
        pair
        for left, right in pairs.pair_up(columns, rarity)
        for pair in zip(left.tolist(), right.tolist(), strict=True)
    ]
    assert found == sorted(find_pairs(columns, rarity))


def test_only_the_chosen_are_paired() -> None:
    """Pairs of some tellings are those that these alone would have."""
    columns = Columns(some_tellings(60))
    rarity = Rarity(columns.reports, columns.vocabulary, {})
    chosen = list(range(0, 60, 3))
    found = [
        pair
        for left, right in pairs.pair_up(columns, rarity, chosen)
        for pair in zip(left.tolist(), right.tolist(), strict=True)
    ]
    local = find_pairs([columns[index] for index in chosen], rarity)
    assert found == sorted((chosen[a], chosen[b]) for a, b in local)


def test_nothing_gives_no_pairs() -> None:
    """An empty ledger has none."""
    assert list(pairs.pair_up(Columns(), Rarity(0, {}, {}))) == []
