"""Which tellings are worth comparing, so that the cost grows with the tellings and not with their square.

Blocks bring together a day and a first-order division (days one apart meet too), a day and a cell of the map for places named finely (neighbouring cells
meet too, across a division's border), and a place seldom told of. Beside them each telling meets the few others with which
it shares most of its rare words. Nothing is judged here.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product

from harmledger.domain import Telling
from harmledger.link.rarity import Rarity

LONGEST_DAYS = 10
"""A longer period ("in May") would meet everything: it is compared by rare words and places alone."""
CELL_DEGREES = 0.1
"""About 10 km: most strikes on one town fall into one cell and its neighbours."""
FINE_KM = 10.0
"""A place known to within so far is fine enough for a cell."""
RAREST = 32
"""Words of a telling that look for neighbours."""
NEAREST = 20
"""Neighbours of a telling by its rare words. All together bring 0.97 of the right pairs of `gva_reports` to be compared, at 12 pairs a telling, and 0.86
of `airwars_syria_reports_ar` (on the halves that are learned from, of the reports with claims)."""
CROWDED = 30
"""A word or place that more tellings share says too little to look through them all."""
FORTNIGHT = 14
Pair = tuple[int, int]
Key = tuple[Hashable, ...]


def find_pairs(tellings: Sequence[Telling], rarity: Rarity) -> Iterator[Pair]:
    """The pairs to compare, each once, by their places in the sequence and in its order."""
    seen: set[Pair] = set()
    for pair in _candidates(tellings, rarity):
        if pair not in seen:
            seen.add(pair)
            yield pair


def _candidates(tellings: Sequence[Telling], rarity: Rarity) -> Iterator[Pair]:
    blocks: defaultdict[Key, list[int]] = defaultdict(list)
    for index, telling in enumerate(tellings):
        for key in dict.fromkeys(_keys(telling)):
            blocks[key].append(index)
    for block, members in blocks.items():
        if block[0] != "place" or len(members) <= CROWDED:
            yield from combinations(members, 2)
    yield from _Neighbours(tellings, rarity).pairs()


# --- blocks ----------------------------------------------------------------------------------------------------------


def _keys(telling: Telling) -> Iterator[Key]:
    days, spot = _days(telling), telling.spot
    if spot is None:
        return
    yield from (("division", spot.country, spot.admin1, day) for day in days if spot.admin1)
    yield from (("cell", *cell, day) for cell, day in product(_cells(telling), days))
    if spot.radius_km <= FINE_KM:
        yield "place", spot.id or spot.name


def _days(telling: Telling) -> list[date]:
    """The days of the period and the one after: those of two periods that are at most a day apart meet."""
    if telling.earliest is None or telling.latest is None or (telling.latest - telling.earliest).days > LONGEST_DAYS:
        return []
    return [telling.earliest + timedelta(days=n) for n in range((telling.latest - telling.earliest).days + 2)]


def _cells(telling: Telling) -> Iterator[tuple[int, int]]:
    """The cells that the place's circle may reach: its own and the nearer neighbours."""
    spot = telling.spot
    if spot is None or spot.radius_km > FINE_KM:
        return
    south, west = spot.lat / CELL_DEGREES, spot.lon / CELL_DEGREES
    yield from product(
        {math.floor(south - 0.5), math.floor(south + 0.5)}, {math.floor(west - 0.5), math.floor(west + 0.5)}
    )


def _fortnights(telling: Telling) -> tuple[int, ...]:
    """Stretches of two weeks that the event, or else its report, may fall into; two, half a stretch apart, so that neighbours meet."""
    day = telling.earliest or telling.published
    if day is None:
        return ()
    return 2 * (day.toordinal() // FORTNIGHT), 2 * ((day.toordinal() + FORTNIGHT // 2) // FORTNIGHT) + 1


# --- neighbours ------------------------------------------------------------------------------------------------------


class _Neighbours:
    """Of each telling those that share most of its rare words, looked up by word; a word that is crowded, by word and fortnight."""

    def __init__(self, tellings: Sequence[Telling], rarity: Rarity) -> None:
        self._words = [_rarest(telling, rarity) for telling in tellings]
        self._stretches = [_fortnights(telling) for telling in tellings]
        self._weights = {word: rarity.weigh(word) ** 2 for words in self._words for word in words}
        self._sizes = [math.sqrt(math.fsum(self._weights[word] for word in words)) for words in self._words]
        self._holding: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index, words in enumerate(self._words):
            for word in words:
                self._holding[word].append(index)
        crowded = {word for word, holding in self._holding.items() if len(holding) > CROWDED}
        for index, words in enumerate(self._words):
            for key in product(crowded.intersection(words), self._stretches[index]):
                self._holding[key].append(index)

    def pairs(self) -> Iterator[Pair]:
        """Each telling with its neighbours."""
        for index in range(len(self._words)):
            shared = self._shared(index)
            nearest = heapq.nsmallest(NEAREST, shared, key=lambda other: (-shared[other] / self._sizes[other], other))
            yield from ((min(index, other), max(index, other)) for other in nearest)

    def _shared(self, index: int) -> dict[int, float]:
        """The others that share rare words with it, and the weight of what they share."""
        shared: defaultdict[int, float] = defaultdict(float)
        for word in self._words[index]:
            weight = self._weights[word]
            for other in self._holders(word, index):
                shared[other] += weight
        shared.pop(index, None)
        return shared

    def _holders(self, word: str, index: int) -> Iterable[int]:
        everywhere = self._holding[word]
        if len(everywhere) <= CROWDED:
            return everywhere
        now = (self._holding[word, stretch] for stretch in self._stretches[index])
        return {other for holding in now if len(holding) <= CROWDED for other in holding}


def _rarest(telling: Telling, rarity: Rarity) -> list[str]:
    words = telling.names | telling.words | telling.places
    shared = (word for word in words if rarity.holding.get(word, 0) > 1)
    return heapq.nsmallest(RAREST, shared, key=lambda word: (-rarity.weigh(word), word))
