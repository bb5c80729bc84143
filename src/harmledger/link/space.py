"""Distances between places that are known only to within a radius, and between stretches of days."""

from __future__ import annotations

from harmledger.domain import Spot, Telling
from harmledger.geo import distance_km


def apart_km(a: Spot, b: Spot) -> float:
    """Between the two points, whatever their radii."""
    return distance_km(a.lat, a.lon, b.lat, b.lon)


def beyond_km(a: Spot, b: Spot) -> float:
    """How far two places lie apart at the least, whatever points of their circles are meant."""
    return max(0.0, apart_km(a, b) - a.radius_km - b.radius_km)


def is_within(a: Spot, b: Spot) -> bool:
    """Whether both can be one place: the same entry, or circles that meet."""
    return (a.id is not None and a.id == b.id) or beyond_km(a, b) == 0


def days_apart(a: Telling, b: Telling) -> int | None:
    """Days between two periods at the least; 0 where they overlap, None where one isn't known."""
    if a.earliest is None or a.latest is None or b.earliest is None or b.latest is None:
        return None
    return max(0, (b.earliest - a.latest).days, (a.earliest - b.latest).days)
