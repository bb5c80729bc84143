"""Distances between places that are known only to within a radius, and between stretches of days."""

from __future__ import annotations

import math

from harmledger.domain import Spot, Telling

EARTH_KM = 6371.0


def distance_km(a: Spot, b: Spot) -> float:
    """Along the great circle between the two points."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    north, east = lat_b - lat_a, math.radians(b.lon - a.lon)
    h = math.sin(north / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def beyond_km(a: Spot, b: Spot) -> float:
    """How far two places lie apart at the least, whatever points of their circles are meant."""
    return max(0.0, distance_km(a, b) - a.radius_km - b.radius_km)


def is_within(a: Spot, b: Spot) -> bool:
    """Whether both can be one place: the same entry, or circles that meet."""
    return (a.id is not None and a.id == b.id) or beyond_km(a, b) == 0


def days_apart(a: Telling, b: Telling) -> int | None:
    """Days between two periods at the least; 0 where they overlap, None where one isn't known."""
    if a.earliest is None or a.latest is None or b.earliest is None or b.latest is None:
        return None
    return max(0, (b.earliest - a.latest).days, (a.earliest - b.latest).days)
