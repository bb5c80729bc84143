"""Which tellings are worth comparing: those that meet in a block, so that the cost grows with the tellings and not with their square.

Blocks are a day and a first-order division (days one apart meet too), a day and a cell of the map for places named finely (neighbouring cells
meet too, across a division's border), and, whatever the day, a rare word or a place seldom told of. Nothing is judged here.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product

from harmledger.domain import Telling
from harmledger.link.rarity import Rarity

LONGEST_DAYS = 10
"""A longer period ("in May") would meet everything: it is compared by rare words alone."""
CELL_DEGREES = 0.1
"""About 10 km: most strikes on one town fall into one cell and its neighbours."""
FINE_KM = 10.0
"""A place known to within so far is fine enough for a cell."""
RAREST = 8
"""Words of a telling that block it. All blocks together bring 0.83 of the right pairs of `gva_reports` to be compared, at 10 pairs a telling, and 0.62 of
`airwars_syria_reports_ar`, half of whose reports have no day (on the halves that are learned from)."""
CROWDED = 30
"""A word or place that more tellings share says too little to compare them all."""
FORTNIGHT = 14
Pair = tuple[int, int]


def find_pairs(tellings: Sequence[Telling], rarity: Rarity) -> Iterator[Pair]:
    """The pairs to compare, each once, by their places in the sequence and in its order."""
    seen: set[Pair] = set()
    for block, members in _blocks(tellings, rarity).items():
        if block[0] == "rare" and len(members) > CROWDED:
            continue
        for pair in combinations(members, 2):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _blocks(tellings: Sequence[Telling], rarity: Rarity) -> dict[tuple[Hashable, ...], list[int]]:
    blocks: defaultdict[tuple[Hashable, ...], list[int]] = defaultdict(list)
    for index, telling in enumerate(tellings):
        for key in block_keys(telling, rarity):
            blocks[key].append(index)
    return blocks


def block_keys(telling: Telling, rarity: Rarity) -> Iterable[tuple[Hashable, ...]]:
    """The blocks that a telling is in, each once."""
    return dict.fromkeys(_keys(telling, rarity))


def _keys(telling: Telling, rarity: Rarity) -> Iterator[tuple[Hashable, ...]]:
    days = _days(telling)
    if telling.spot:
        division = (telling.spot.country, telling.spot.admin1)
        yield from (("division", *division, day) for day in days if telling.spot.admin1)
        yield from (("cell", *cell, day) for cell, day in product(_cells(telling), days))
        if telling.spot.radius_km <= FINE_KM:
            yield "rare", telling.spot.id or telling.spot.name
    for word in _rarest(telling, rarity):
        yield "rare", word
        yield from (("rare", word, stretch) for stretch in _fortnights(telling))


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


def _rarest(telling: Telling, rarity: Rarity) -> Iterable[str]:
    words = telling.names | telling.words
    return sorted((word for word in words if rarity.holding.get(word, 0) > 1), key=lambda w: (-rarity.weigh(w), w))[
        :RAREST
    ]


def _fortnights(telling: Telling) -> set[int]:
    """Stretches of two weeks that the event, or else its report, may fall into; two, half a stretch apart, so that neighbours meet."""
    day = telling.earliest or telling.published
    return (
        {2 * (day.toordinal() // FORTNIGHT), 2 * ((day.toordinal() + FORTNIGHT // 2) // FORTNIGHT) + 1}
        if day
        else set()
    )
