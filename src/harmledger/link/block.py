"""Which tellings are worth comparing, so that the cost grows with the tellings and not with their square: what brings two together.

Blocks bring together a day and a first-order division (days one apart meet too), a day and a cell of the map for places named finely (neighbouring cells
meet too, across a division's border), and a place seldom told of. Beside them each telling meets the few others with which
it shares most of its rare words. Nothing is judged here; the pairs themselves are found by `pairs`, for many tellings at once.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Hashable, Iterable, Iterator
from datetime import date, timedelta
from itertools import product

from harmledger.domain import Spot, Telling
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
Days = tuple[date | None, date | None]
"""The first and the last that may be meant."""
Key = tuple[Hashable, ...]
PLACE = "place"
"""The first word of a block that is left out where it is crowded."""


def block_keys(days: Days, spot: Spot | None) -> Iterable[Key]:
    """The blocks that a telling is in which tells of these days and this place, each once."""
    return dict.fromkeys(_keys(_each_day(days), spot)) if spot else ()


def rarest_words(telling: Telling, rarity: Rarity) -> list[str]:
    """The words by which a telling looks for neighbours: of those that several reports hold and that weigh anything the rarest."""
    words = telling.names | telling.words | telling.places
    shared = (word for word in words if rarity.holding.get(word, 0) > 1 and rarity.weigh(word) > 0)
    return heapq.nsmallest(RAREST, shared, key=lambda word: (-rarity.weigh(word), word))


def fortnights(day: date) -> tuple[int, int]:
    """Stretches of two weeks that a day falls into; two, half a stretch apart, so that neighbours meet."""
    return 2 * (day.toordinal() // FORTNIGHT), 2 * ((day.toordinal() + FORTNIGHT // 2) // FORTNIGHT) + 1


def _keys(days: list[date], spot: Spot) -> Iterator[Key]:
    yield from (("division", spot.country, spot.admin1, day) for day in days if spot.admin1)
    yield from (("cell", *cell, day) for cell, day in product(_cells(spot), days))
    if spot.radius_km <= FINE_KM:
        yield PLACE, spot.id or spot.name


def _each_day(days: Days) -> list[date]:
    """The days of the period and the one after: those of two periods that are at most a day apart meet."""
    first, last = days
    if first is None or last is None or (last - first).days > LONGEST_DAYS:
        return []
    return [first + timedelta(days=n) for n in range((last - first).days + 2)]


def _cells(spot: Spot) -> Iterator[tuple[int, int]]:
    """The cells that the place's circle may reach: its own and the nearer neighbours."""
    if spot.radius_km > FINE_KM:
        return
    south, west = spot.lat / CELL_DEGREES, spot.lon / CELL_DEGREES
    yield from product(
        {math.floor(south - 0.5), math.floor(south + 0.5)}, {math.floor(west - 0.5), math.floor(west + 0.5)}
    )
