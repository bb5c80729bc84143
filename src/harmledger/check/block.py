"""Which recorded incidents a claim can speak of at all: those of its days and of its place.

An index over one reference set. Days are compared one by one, which costs a thousandth of a second for some thousand incidents; places are looked up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from math import ceil, cos, floor, radians

from harmledger.check.asked import Asked
from harmledger.check.names import consonant_keys, name_keys
from harmledger.domain import RecordedIncident
from harmledger.geo import distance_km

DAYS_EITHER_SIDE = 2
"""An event of the night has the one day or the other, and sources confuse the day told with the day of telling."""
REACH_KM = 15.0
"""Beyond both radii: geocoders' points for one place differ so much at most."""
CELL_DEGREES = 0.25
KM_PER_DEGREE = 111.2


class Recorded:
    """A reference set, indexed by place on the ground and by name."""

    def __init__(self, incidents: Iterable[RecordedIncident]) -> None:
        self.incidents: Sequence[RecordedIncident] = tuple(incidents)
        self._by_cell: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for index, incident in enumerate(self.incidents):
            self._add(index, incident)

    def find(self, asked: Asked) -> list[RecordedIncident]:
        """The incidents that a claim may speak of; none where it says neither a place nor days."""
        near = self._near(asked)
        if not near and not asked.is_dated and not (asked.month and asked.day):
            return []
        pool = range(len(self.incidents)) if near is None else sorted(near)
        return [self.incidents[i] for i in pool if _fits_days(self.incidents[i], asked)]

    def _add(self, index: int, incident: RecordedIncident) -> None:
        if incident.lat is not None and incident.lon is not None:
            self._by_cell[_cell(incident.lat, incident.lon)].append(index)
        for key in incident_keys(incident):
            self._by_name[key].append(index)

    def _near(self, asked: Asked) -> set[int] | None:
        """By name or on the ground, or named in the claim's sentence or report; None for a dated claim: its days hold few enough."""
        if asked.is_dated:
            return None
        keys = {key for name in asked.place_names for key in (*name_keys(name), *consonant_keys(name))}
        found = {i for key in keys | asked.named.sentence for i in self._by_name.get(key, ())}
        if asked.lat is not None and asked.lon is not None:
            found.update(self._around(asked.lat, asked.lon, (asked.radius_m or 0) / 1000))
        return found or None

    def _around(self, lat: float, lon: float, radius_km: float) -> Iterator[int]:
        reach = radius_km + REACH_KM
        north = ceil(reach / KM_PER_DEGREE / CELL_DEGREES)
        east = ceil(reach / KM_PER_DEGREE / max(0.1, cos(radians(lat))) / CELL_DEGREES)
        row, column = _cell(lat, lon)
        for r in range(row - north, row + north + 1):
            for c in range(column - east, column + east + 1):
                yield from (i for i in self._by_cell.get((r, c), ()) if self._within(i, lat, lon, reach))

    def _within(self, index: int, lat: float, lon: float, reach: float) -> bool:
        incident = self.incidents[index]
        if incident.lat is None or incident.lon is None:
            return False
        return distance_km(lat, lon, incident.lat, incident.lon) <= reach + incident.radius_m / 1000


def find_window(claims: Iterable[Asked]) -> tuple[date | None, date | None]:
    """Between which days all that these claims may speak of lies; None where there is no bound."""
    windows = [each.window for each in claims]
    firsts, lasts = [first for first, _ in windows if first], [last for _, last in windows if last]
    around = timedelta(days=DAYS_EITHER_SIDE)
    return (
        min(firsts) - around if windows and len(firsts) == len(windows) else None,
        max(lasts) + around if windows and len(lasts) == len(windows) else None,
    )


def incident_keys(incident: RecordedIncident) -> frozenset[str]:
    """All keys of its names."""
    return _keys(incident.place or "") | _keys(incident.place_local or "")


@lru_cache(maxsize=65536)
def _keys(name: str) -> frozenset[str]:
    return name_keys(name) | consonant_keys(name) if name else frozenset()


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return floor(lat / CELL_DEGREES), floor(lon / CELL_DEGREES)


def _fits_days(incident: RecordedIncident, asked: Asked) -> bool:
    """Whether it may have happened when the claim says; a day without a year fits any year."""
    if asked.month and asked.day and days_from_anniversary(incident, asked.month, asked.day) > DAYS_EITHER_SIDE:
        return False
    first, last = asked.window
    begins = first is None or incident.latest.toordinal() >= first.toordinal() - DAYS_EITHER_SIDE
    return begins and (last is None or incident.earliest.toordinal() <= last.toordinal() + DAYS_EITHER_SIDE)


def days_from_anniversary(incident: RecordedIncident, month: int, day: int) -> int:
    """Days between an incident and the nearest such day of its year."""
    try:
        near = date(incident.earliest.year, month, day)
    except ValueError:
        return 366
    if incident.earliest <= near <= incident.latest:
        return 0
    return min(abs((near - incident.earliest).days), abs((near - incident.latest).days))
