"""On which side of one point on earth another lies."""

from __future__ import annotations

import re
from math import cos, hypot, radians

_SIDES = (
    (re.compile(r"\bnorth|شمال", re.IGNORECASE), (1.0, 0.0)),
    (re.compile(r"\bsouth|جنوب", re.IGNORECASE), (-1.0, 0.0)),
    (re.compile(r"(?:\b|north|south)[- ]?east|شرق", re.IGNORECASE), (0.0, 1.0)),
    (re.compile(r"(?:\b|north|south)[- ]?west|غرب", re.IGNORECASE), (0.0, -1.0)),
)
Direction = tuple[float, float]
"""Northward and eastward."""


def find_direction(words: str) -> Direction | None:
    """The side that a place's words say: "south of the city", "ريف حلب الشمالي"; None where they say none."""
    said = [side for pattern, side in _SIDES if pattern.search(words)]
    north, east = sum(side[0] for side in said), sum(side[1] for side in said)
    return (north, east) if north or east else None


def direction_agreement(wanted: Direction, lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The cosine between the side wanted and that on which the other point lies: 1 the same, -1 the opposite."""
    north, east = other_lat - lat, (other_lon - lon) * cos(radians(lat))
    length = hypot(north, east) * hypot(*wanted)
    return (north * wanted[0] + east * wanted[1]) / length if length else 0.0
