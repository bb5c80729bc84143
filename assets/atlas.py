"""Land and borders from world-atlas, which is Natural Earth as TopoJSON: features that share their lines.

Comes in: a TopoJSON object with `countries` and `land`. Goes out: polygons of land, and each border once, with whether it is disputed.
A line that two features share is a border; `disputed.csv` says which of them not all sides recognise.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
LISTED = Path(__file__).with_name("disputed.csv")
ANY_NEIGHBOUR = "*"
FULL_TURN = 360
LEASED = frozenset({"Baikonur", "USNB Guantanamo Bay"})
"""Features that are another state's land, leased: no border runs about them."""
EVERYWHERE = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """A line between two features."""

    points: tuple[Point, ...]
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Whose border isn't recognised by all, and where."""

    between: frozenset[str]
    west: float
    south: float
    east: float
    north: float

    def meets(self, owners: set[str], points: tuple[Point, ...]) -> bool:
        """Whether a line between these features is meant: most of it lies within the stretch."""
        named = self.between - {ANY_NEIGHBOUR}
        if not named <= owners or (ANY_NEIGHBOUR not in self.between and len(owners) != len(named)):
            return False
        inside = sum(self.west <= x <= self.east and self.south <= y <= self.north for x, y in points)
        return 2 * inside > len(points)


def read_disputes(listed: Path = LISTED) -> tuple[Dispute, ...]:
    """The reviewed list."""
    lines = [line for line in listed.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return tuple(
        Dispute(
            between=frozenset((row["a"], row["b"])),
            **{side: float(row[side] or whole) for side, whole in zip(_SIDES, EVERYWHERE, strict=True)},
        )
        for row in csv.DictReader(lines)
    )


_SIDES = ("west", "south", "east", "north")


class Atlas:
    """One TopoJSON file of world-atlas."""

    def __init__(self, topology: dict[str, Any]) -> None:
        self._arcs = tuple(_decode(arc, topology["transform"]) for arc in topology["arcs"])
        self._countries = topology["objects"]["countries"]["geometries"]
        self._land = topology["objects"]["land"]["geometries"]

    def polygons(self) -> Iterator[tuple[tuple[Point, ...], ...]]:
        """Land, a polygon an island or continent: its rings, the outer one first."""
        for geometry in self._land:
            for polygon in _polygons(geometry):
                rings = [_unwrapped(self._ring(ring)) for ring in polygon]
                for turn in _turns(rings[0]):
                    yield tuple(_turned(ring, turn) for ring in rings)

    def borders(self, disputes: Iterable[Dispute]) -> Iterator[Border]:
        """Each line that two features share, once."""
        known = tuple(disputes)
        for arc, owners in sorted(self._owners().items()):
            points = self._arcs[arc]
            if len(owners - LEASED) > 1:
                yield Border(points=points, disputed=any(dispute.meets(owners, points) for dispute in known))

    def names(self) -> frozenset[str]:
        """What the features are called."""
        return frozenset(geometry["properties"]["name"] for geometry in self._countries)

    def _owners(self) -> dict[int, set[str]]:
        owners: dict[int, set[str]] = defaultdict(set)
        for geometry in self._countries:
            for polygon in _polygons(geometry):
                for arc in (index for ring in polygon for index in ring):
                    owners[arc if arc >= 0 else ~arc].add(geometry["properties"]["name"])
        return owners

    def _ring(self, indices: list[int]) -> tuple[Point, ...]:
        points: list[Point] = []
        for index in indices:
            arc = self._arcs[index] if index >= 0 else self._arcs[~index][::-1]
            points.extend(arc[1:] if points else arc)
        return tuple(points)


def _decode(arc: list[list[int]], transform: dict[str, Any]) -> tuple[Point, ...]:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    xs, ys = (accumulate(values) for values in zip(*arc, strict=True))
    return tuple((x * scale_x + move_x, y * scale_y + move_y) for x, y in zip(xs, ys, strict=True))


def _unwrapped(ring: tuple[Point, ...]) -> tuple[Point, ...]:
    """The ring without its jumps from one side of the 180th meridian to the other, which would be drawn right across the map.

    One that goes all around the pole is closed along it.
    """
    points, around = [ring[0]], 0
    for (before, _), (x, y) in pairwise(ring):
        around += FULL_TURN * ((before - x > FULL_TURN / 2) - (x - before > FULL_TURN / 2))
        points.append((x + around, y))
    if around:
        pole = -90.0 if points[0][1] < 0 else 90.0
        points += [(points[-1][0], pole), (points[0][0], pole), points[0]]
    return tuple(points)


def _turns(ring: tuple[Point, ...]) -> list[int]:
    """How often a ring is on the map: twice, a turn of the earth apart, if it lies across the 180th meridian."""
    xs = [x for x, _ in ring]
    return [0, *([-FULL_TURN] if max(xs) > FULL_TURN / 2 else []), *([FULL_TURN] if min(xs) < -FULL_TURN / 2 else [])]


def _turned(ring: tuple[Point, ...], turn: int) -> tuple[Point, ...]:
    return tuple((x + turn, y) for x, y in ring)


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    if geometry["type"] == "GeometryCollection":
        return [polygon for part in geometry["geometries"] for polygon in _polygons(part)]
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
