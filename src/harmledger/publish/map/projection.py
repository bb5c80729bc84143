"""Web Mercator onto a drawing: which stretch of the earth is shown, and where on it a point comes to lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import asinh, atan, cos, degrees, radians, sinh, tan

from harmledger.domain import Mark, View
from harmledger.geo import KM_PER_DEGREE

WIDTH, HEIGHT = 1600, 960
"""Of a drawing, in its own units; pages scale it."""
WORLD_DEGREES = 360.0
SOUTHERNMOST, NORTHERNMOST = -70.0, 84.0
LEAST_DEGREES = 2.5
"""The packaged outlines lie a kilometre or two apart: nearer by, they would be drawn with corners that no coast has."""
MARGIN = 0.08
"""Of the drawing's width and height, kept free about the outermost incidents."""


class Projection:
    """From degrees to a drawing's units."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._top = mercator(view.north)
        self._scale = WIDTH / (view.east - view.west)

    def x(self, lon: float) -> float:
        return (lon - self.view.west) * self._scale

    def y(self, lat: float) -> float:
        return (self._top - mercator(lat)) * self._scale

    def length(self, metres: float, lat: float) -> float:
        """So many metres at that latitude: the projection stretches towards the poles."""
        return metres / 1000 / KM_PER_DEGREE * self._scale / cos(radians(lat))


def mercator(lat: float) -> float:
    """How far north a latitude lies on the map, in degrees of longitude; beyond the map's edge it lies on it."""
    return degrees(asinh(tan(radians(min(NORTHERNMOST, max(SOUTHERNMOST, lat))))))


def latitude(north: float) -> float:
    """The latitude that `mercator` puts there."""
    return degrees(atan(sinh(radians(north))))


def is_placed(mark: Mark) -> bool:
    """Whether the earth has such a point: a coordinate that is none is no place."""
    return mark.lat is not None and mark.lon is not None and -90 <= mark.lat <= 90 and -180 <= mark.lon <= 180


def fit_view(marks: Iterable[Mark], *, margin: float = MARGIN) -> View:
    """The smallest view of the drawing's shape that holds all incidents with their areas; the whole world where none has a place."""
    boxes = [_box(mark.lat or 0.0, mark.lon or 0.0, mark.radius_m or 0) for mark in marks if is_placed(mark)]
    if not boxes:
        boxes = [
            (
                -WORLD_DEGREES / 2,
                -WORLD_DEGREES / 2 * HEIGHT / WIDTH,
                WORLD_DEGREES / 2,
                WORLD_DEGREES / 2 * HEIGHT / WIDTH,
            )
        ]
    west, south, east, north = _around(boxes)
    wanted = max(east - west, (north - south) * WIDTH / HEIGHT) * (1 + 2 * margin)
    width = min(WORLD_DEGREES, max(LEAST_DEGREES, wanted))
    west = _within((west + east - width) / 2, -WORLD_DEGREES / 2, WORLD_DEGREES / 2 - width)
    height = width * HEIGHT / WIDTH
    lowest, highest = mercator(SOUTHERNMOST), mercator(NORTHERNMOST)
    south = _within((south + north - height) / 2, lowest, highest - height)
    return View(west=west, south=latitude(south), east=west + width, north=latitude(south + height))


def _box(lat: float, lon: float, radius_m: int) -> tuple[float, float, float, float]:
    reach = radius_m / 1000 / KM_PER_DEGREE / cos(radians(min(NORTHERNMOST, max(SOUTHERNMOST, lat))))
    north = mercator(lat)
    return lon - reach, north - reach, lon + reach, north + reach


def _around(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))
