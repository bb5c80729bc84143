"""What the packaged outlines hold."""

from __future__ import annotations

import pytest

from harmledger.resources.outline import Level, load_outline


def is_land(level: Level, lat: float, lon: float) -> bool:
    """By the even-odd rule, as maps are filled."""
    inside = False
    for ring in level.land:
        points = ring.points
        for (x, y), (next_x, next_y) in zip(points, [*points[1:], points[0]], strict=True):
            if (y > lat) != (next_y > lat) and lon < x + (lat - y) / (next_y - y) * (next_x - x):
                inside = not inside
    return inside


@pytest.mark.parametrize("level", ["coarse", "fine"])
@pytest.mark.parametrize(
    ("lat", "lon", "land"),
    [
        (33.5, 36.3, True),
        (15.4, 44.2, True),
        (35.0, 20.0, False),
        (42.0, 51.0, False),
        (66.0, 179.0, True),
        (66.5, -178.0, True),
        (-15.0, 0.0, False),
    ],
)
def test_land_is_land(level: str, lat: float, lon: float, land: bool) -> None:
    """Damascus, Sanaa and Chukotka on both sides of the 180th meridian are land; the Mediterranean, the Caspian and the Atlantic are not."""
    assert is_land(getattr(load_outline(), level), lat, lon) is land


@pytest.mark.parametrize(
    ("west", "south", "east", "north"), [(35.6, 32.6, 36.1, 33.5), (33.2, 45.9, 35.0, 46.4), (-17.2, 20.5, -8.6, 27.8)]
)
def test_disputed_borders_are_apart(west: float, south: float, east: float, north: float) -> None:
    """The lines of the Golan, of Crimea and of Western Sahara are among the disputed, none among the others."""
    fine = load_outline().fine

    def count(lines: tuple) -> int:
        return sum(any(west < x < east and south < y < north for x, y in line.points) for line in lines)

    assert count(fine.disputed)
    assert not [line for line in fine.borders if all(west < x < east and south < y < north for x, y in line.points)]


def test_no_line_runs_across_the_map() -> None:
    """Rings that lie across the 180th meridian are not drawn right around the earth."""
    for level in (load_outline().coarse, load_outline().fine):
        for ring in level.land:
            assert all(abs(x - next_x) < 30 for (x, _), (next_x, _) in zip(ring.points, ring.points[1:], strict=False))


def test_towns_are_named_where_reports_speak_of_them() -> None:
    """Large cities of countries at war are among the towns, none named by its number."""
    names = {town.name for town in load_outline().towns}
    assert {"Aleppo", "Mosul", "Sanaa", "Kharkiv"} <= names
