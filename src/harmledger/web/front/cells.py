"""Many incidents on a map as few cells: squares of the earth, each with how many incidents lie in it.

Comes in: the points at which incidents lie. Goes out: every incident in one cell; squares as small as lets the cells be no more than asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmledger.domain import Box
from harmledger.store.front import Spot

FINEST_DEGREES = 360 / 2**17
"""Three hundred metres: nearer by than this a map need not tell apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The incidents of one square."""

    spots: Sequence[Spot]
    """At least one; the first holds the most incidents."""
    incidents: int

    @property
    def lat(self) -> float:
        """In the middle of its incidents, so within its square."""
        return sum(spot.lat * spot.incidents for spot in self.spots) / self.incidents

    @property
    def lon(self) -> float:
        """As `lat`."""
        return sum(spot.lon * spot.incidents for spot in self.spots) / self.incidents

    @property
    def box(self) -> Box:
        """What its incidents take up of the square, and no incident of another one."""
        return bounds_of(self.spots)


def gather(spots: Iterable[Spot], *, most: int) -> list[Cell]:
    """All spots in cells of one size, `most` of them at most."""
    held: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in spots:
        held[int((spot.lon + 360) // FINEST_DEGREES), int((spot.lat + 90) // FINEST_DEGREES)].append(spot)
    while len(held) > max(1, most):
        coarser: dict[tuple[int, int], list[Spot]] = defaultdict(list)
        for (x, y), some in held.items():
            coarser[x >> 1, y >> 1] += some
        held = coarser
    return [_cell(some) for some in held.values()]


def bounds_of(spots: Sequence[Spot]) -> Box:
    """The least stretch of the earth that holds them; there is one at least."""
    lats, lons = [spot.lat for spot in spots], [spot.lon for spot in spots]
    return Box(west=min(lons), south=min(lats), east=max(lons), north=max(lats))


def within(spots: Iterable[Spot], box: Box) -> list[Spot]:
    """Those that lie in a stretch of the earth, its edges among it."""
    return [s for s in spots if box.west <= s.lon <= box.east and box.south <= s.lat <= box.north]


def _cell(spots: Sequence[Spot]) -> Cell:
    most_first = sorted(spots, key=lambda spot: (-spot.incidents, spot.incident_id))
    return Cell(spots=most_first, incidents=sum(spot.incidents for spot in spots))
