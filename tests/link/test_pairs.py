"""The pairs found in stretches are those that blocking tells of, and each telling's neighbours."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import pytest
from fake_tellings import some_tellings

from harmledger.domain import Telling
from harmledger.link import neighbours, pairs
from harmledger.link.block import CROWDED, NEAREST, block_keys, fortnights, rarest_words
from harmledger.link.columns import Columns
from harmledger.link.neighbours import PARTS
from harmledger.link.rarity import Rarity


def pairs_one_by_one(tellings: Sequence[Telling], rarity: Rarity) -> list[tuple[int, int]]:
    """What blocks and neighbours are, told plainly."""
    blocks: defaultdict[object, list[int]] = defaultdict(list)
    for n, telling in enumerate(tellings):
        for key in block_keys((telling.earliest, telling.latest), telling.spot):
            blocks[key].append(n)
    met = {
        pair
        for key, members in blocks.items()
        if key[0] != "place" or len(members) <= CROWDED
        for pair in combinations(members, 2)
    }
    words = [rarest_words(telling, rarity) for telling in tellings]
    return sorted(met | {pair for n in range(len(words)) for pair in nearest(n, tellings, words, rarity)})


def nearest(n: int, tellings: Sequence[Telling], words: list[list[str]], rarity: Rarity) -> list[tuple[int, int]]:
    shared: defaultdict[int, float] = defaultdict(float)
    for word in words[n]:
        holders = {other for other in range(len(words)) if word in words[other]}
        if len(holders) > CROWDED:
            then = [{o for o in holders if stretch in stretches(tellings[o])} for stretch in stretches(tellings[n])]
            holders = set().union(*(some for some in then if len(some) <= CROWDED))
        for other in holders - {n}:
            shared[other] += parts(word, rarity)
    norms = {other: math.sqrt(sum(parts(word, rarity) for word in words[other])) for other in shared}
    best = sorted(shared, key=lambda other: (-shared[other] / norms[other], other))[:NEAREST]
    return [(min(n, other), max(n, other)) for other in best]


def parts(word: str, rarity: Rarity) -> float:
    return round(rarity.weigh(word) ** 2 * PARTS)


def stretches(telling: Telling) -> tuple[int, ...]:
    day = telling.earliest or telling.published
    return fortnights(day) if day else ()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("chunk", [1, 50, 1_000_000])
def test_stretches_hold_each_pair_once(monkeypatch: pytest.MonkeyPatch, chunk: int, seed: int) -> None:
    """Whatever the stretch, each pair of blocking comes once, in order, and no other."""
    monkeypatch.setattr(pairs, "CHUNK", chunk)
    monkeypatch.setattr(neighbours, "CHUNK", chunk + neighbours.RAREST)
    columns = Columns(some_tellings(250, seed))
    rarity = Rarity(columns.reports, columns.vocabulary, {"word1": 0.9, "word2": 1.1})
    found = [
        pair
        for left, right in pairs.pair_up(columns, rarity)
        for pair in zip(left.tolist(), right.tolist(), strict=True)
    ]
    assert found == pairs_one_by_one(columns, rarity)
    assert len(found) < 250 * 249 / 4


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
    local = pairs_one_by_one([columns[index] for index in chosen], rarity)
    assert found == [(chosen[a], chosen[b]) for a, b in local]


def test_nothing_gives_no_pairs() -> None:
    """An empty ledger has none."""
    assert list(pairs.pair_up(Columns(), Rarity(0, {}, {}))) == []
