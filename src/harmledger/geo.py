"""Kilometres between two points on earth."""

from __future__ import annotations

from math import asin, cos, hypot, radians, sin, sqrt

EARTH_KM = 6371.0
KM_PER_DEGREE = 111.195


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Along the great circle; the earth as a ball is exact to half a per cent."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    half = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def flat_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """As on a flat map about the first point: quicker, and right for neighbours."""
    return KM_PER_DEGREE * hypot(lat - other_lat, (lon - other_lon) * cos(radians(lat)))
