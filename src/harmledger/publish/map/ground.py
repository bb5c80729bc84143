"""Land, borders and names of towns as SVG: only what the view holds, and no point nearer to its neighbour than an eye sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import pairwise
from math import hypot

from harmledger.domain import View
from harmledger.publish.map.projection import HEIGHT, WIDTH, Projection, latitude, mercator
from harmledger.resources.outline import Line, Outline, Stretch, Town

Point = tuple[float, float]
FINE_BELOW_DEGREES = 70.0
"""Views wider than this are drawn from the coarse outlines: finer ones would be thinned to the same."""
THINNEST = 3.0
"""Units between two points of a line: 1.5 pixels where the drawing is 800 wide, which keeps a map under 20 kB compressed."""
EDGE = 0.02
"""Of the view, drawn beyond its edges so that a cut is never seen."""
TOWN_TEXT, LETTER, MAX_TOWNS, MAJOR_TOWNS = 24, 13.5, 22, 6
"""Height of a town's name and width of a letter, in units; how many are named, and how many of them where there is little room."""
ZOOM_0_DEGREES = 1100.0
"""Width in degrees of a drawing that shows the towns of zoom 0; each zoom halves it."""


def render_ground(outline: Outline, projection: Projection) -> Iterator[str]:
    """The map under the incidents; colours are attributes, which a page's style sheet may change by class."""
    view = projection.view
    level = outline.fine if view.east - view.west < FINE_BELOW_DEGREES else outline.coarse
    yield f'<rect class="water" width="{WIDTH}" height="{HEIGHT}" fill="#d5e0e6"/>'
    yield f'<path class="land" fill="#f6f4ee" fill-rule="evenodd" d="{_land(level.land, projection)}"/>'
    border = 'fill="none" stroke="#b3aca0" stroke-width="2"'
    yield f'<path class="border" {border} d="{_lines(level.borders, projection)}"/>'
    yield f'<path class="border disputed" {border} stroke-dasharray="5 7" d="{_lines(level.disputed, projection)}"/>'
    yield from _towns(outline.towns, projection)


def _land(rings: Iterable[Stretch], projection: Projection) -> str:
    view = _wider(projection.view)
    clipped = (_clip(ring.points, view) for ring in rings if _meets(ring, view))
    thinned = (_thin(_project(points, projection)) for points in clipped)
    return "".join(f"{_path(points)}z" for points in thinned if len(points) > 2)


def _lines(lines: Iterable[Stretch], projection: Projection) -> str:
    view = _wider(projection.view)
    runs = (run for line in lines if _meets(line, view) for run in _runs(line.points, view))
    thinned = (_thin(_project(run, projection)) for run in runs)
    return "".join(_path(points) for points in thinned if len(points) > 1)


def _wider(view: View) -> View:
    aside, up = (view.east - view.west) * EDGE, (mercator(view.north) - mercator(view.south)) * EDGE
    south, north = latitude(mercator(view.south) - up), latitude(mercator(view.north) + up)
    return View(west=view.west - aside, south=south, east=view.east + aside, north=north)


def _meets(stretch: Stretch, view: View) -> bool:
    beside = stretch.east < view.west or stretch.west > view.east
    return not beside and stretch.north >= view.south and stretch.south <= view.north


def _project(points: Iterable[Point], projection: Projection) -> Iterator[tuple[int, int]]:
    return ((round(projection.x(lon)), round(projection.y(lat))) for lon, lat in points)


def _clip(ring: Line, view: View) -> list[Point]:
    """The part of a closed ring within the view, side by side (Sutherland and Hodgman)."""
    points = list(ring[:-1] if ring[0] == ring[-1] else ring)
    points = _clip_side(points, 0, view.west, lambda value, limit: value >= limit)
    points = _clip_side(points, 0, view.east, lambda value, limit: value <= limit)
    points = _clip_side(points, 1, view.south, lambda value, limit: value >= limit)
    return _clip_side(points, 1, view.north, lambda value, limit: value <= limit)


def _clip_side(points: list[Point], axis: int, limit: float, keeps: Callable[[float, float], bool]) -> list[Point]:
    kept: list[Point] = []
    for before, here in zip([*points[-1:], *points[:-1]], points, strict=True):
        if keeps(here[axis], limit) != keeps(before[axis], limit):
            kept.append(_crossing(before, here, axis, limit))
        if keeps(here[axis], limit):
            kept.append(here)
    return kept


def _crossing(before: Point, here: Point, axis: int, limit: float) -> Point:
    share = (limit - before[axis]) / (here[axis] - before[axis])
    other = before[1 - axis] + share * (here[1 - axis] - before[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)


def _runs(points: Line, view: View) -> Iterator[list[Point]]:
    """The stretches of a line within the view, each with the step in and the step out."""
    run: list[Point] = []
    inside = [view.west <= lon <= view.east and view.south <= lat <= view.north for lon, lat in points]
    for index, point in enumerate(points):
        if any(inside[max(0, index - 1) : index + 2]):
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _thin(points: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    last: tuple[int, int] | None = None
    for last in points:
        if not kept or hypot(last[0] - kept[-1][0], last[1] - kept[-1][1]) >= THINNEST:
            kept.append(last)
    # A line ends where it ends, or two that meet would no longer.
    return [*kept, last] if last is not None and len(kept) > 1 and kept[-1] != last else kept


def _path(points: list[tuple[int, int]]) -> str:
    steps = (f"{x - from_x} {y - from_y}" for (from_x, from_y), (x, y) in pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}".replace(" -", "-")


def _towns(towns: Iterable[Town], projection: Projection) -> Iterator[str]:
    yield f'<g class="towns" font-size="{TOWN_TEXT}" fill="#4b4a45" aria-hidden="true">'
    for number, (town, x, y) in enumerate(_that_fit(towns, projection)):
        kind = "town major" if number < MAJOR_TOWNS else "town"
        yield f'<g class="{kind}"><circle cx="{x}" cy="{y}" r="3"/><text x="{x + 8}" y="{y + 8}">{escape(town.name)}</text></g>'
    yield "</g>"


def _that_fit(towns: Iterable[Town], projection: Projection) -> Iterator[tuple[Town, int, int]]:
    """The largest towns whose names lie on no other's."""
    view, taken = projection.view, list[tuple[float, float, float]]()
    shown = (town for town in towns if view.west <= town.lon <= view.east and view.south <= town.lat <= view.north)
    for town in shown:
        if (view.east - view.west) * 2**town.zoom > ZOOM_0_DEGREES or len(taken) == MAX_TOWNS:
            continue
        x, y = round(projection.x(town.lon)), round(projection.y(town.lat))
        right = x + 8 + LETTER * len(town.name)
        inside = right < WIDTH and TOWN_TEXT < y < HEIGHT - TOWN_TEXT
        if inside and not any(
            x < other_right and right > other_x and abs(y - other_y) < TOWN_TEXT
            for other_x, other_right, other_y in taken
        ):
            taken.append((x, right, y))
            yield town, x, y
