"""Outlines of land, borders and large places, for maps that the server draws; made by `assets/build.py`, two degrees of detail.

Land and borders are Natural Earth's (public domain), places GeoNames' (CC BY 4.0). What a dashed border means stands in docs/map.md.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

from harmledger.resources.packaged import read_packaged

CREDIT = "Natural Earth · GeoNames CC BY 4.0"

Line = tuple[tuple[float, float], ...]
"""Points as (longitude, latitude)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line and the box that holds it."""

    points: Line
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One degree of detail."""

    land: tuple[Stretch, ...]
    """Closed rings; lakes and enclosed seas are rings too, so land is drawn by the even-odd rule."""
    borders: tuple[Stretch, ...]
    disputed: tuple[Stretch, ...]
    """Borders that not all sides recognise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A place large enough to be named, and the zoom from which maps name it."""

    name: str
    lat: float
    lon: float
    zoom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """All of it: the coarse level for views of continents, the fine one for views of countries."""

    coarse: Level
    fine: Level
    towns: tuple[Town, ...]
    """The largest first."""


@cache
def load_outline() -> Outline:
    """The packaged outlines; read once."""
    content: dict[str, Any] = json.loads(gzip.decompress(read_packaged("outline/outline.json.gz")))
    steps: int = content["steps_per_degree"]
    coarse, fine = (_level(level, steps) for level in content["levels"])
    towns = tuple(Town(name=name, lon=x / steps, lat=y / steps, zoom=zoom) for name, x, y, zoom in content["places"])
    return Outline(coarse=coarse, fine=fine, towns=towns)


def _level(level: dict[str, list[list[int]]], steps: int) -> Level:
    land, borders, disputed = (
        tuple(_stretch(flat, steps) for flat in level[part]) for part in ("land", "borders", "disputed")
    )
    return Level(land=land, borders=borders, disputed=disputed)


def _stretch(flat: list[int], steps: int) -> Stretch:
    xs = [x / steps for x in accumulate(flat[::2])]
    ys = [y / steps for y in accumulate(flat[1::2])]
    return Stretch(tuple(zip(xs, ys, strict=True)), min(xs), min(ys), max(xs), max(ys))
