"""The outlines that the server draws maps with: land, borders and large places, packaged small, in two degrees of detail.

Comes in: world-atlas' coarse and middle outlines, the named places. Goes out: `outline.json.gz`, in hundredths of a degree, each point of a
line as the step from the one before.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from typing import Any

from atlas import Atlas, Dispute, Point
from places import NamedPlace

STEPS_PER_DEGREE = 100
LAST_ZOOM_NAMED = 5
"""Places that the tiles name only from a later zoom on are left out: the file stays small."""
SMALLEST_RING = 4
SOUTHERNMOST = -60.0
"""Nothing is said of Antarctica; drawn on this projection it would be larger than any continent."""


def build_outlines(coarse: Atlas, middle: Atlas, disputes: Iterable[Dispute], places: Iterable[NamedPlace]) -> bytes:
    """The packaged file."""
    known = tuple(disputes)
    content = {
        "source": "world-atlas 2.0.2 (Natural Earth, public domain); places: GeoNames, CC BY 4.0",
        "steps_per_degree": STEPS_PER_DEGREE,
        "levels": [_level(atlas, known) for atlas in (coarse, middle)],
        "places": [
            [place.name, _steps(place.lon), _steps(place.lat), place.zoom] for place in places if _is_shown(place)
        ],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8"), 9, mtime=0)


def _is_shown(place: NamedPlace) -> bool:
    return not place.country and place.zoom <= LAST_ZOOM_NAMED


def _level(atlas: Atlas, disputes: Sequence[Dispute]) -> dict[str, Any]:
    rings = [
        _deltas(ring) for polygon in atlas.polygons() for ring in polygon if max(y for _, y in ring) > SOUTHERNMOST
    ]
    borders = [(border.disputed, _deltas(border.points)) for border in atlas.borders(disputes)]
    return {
        "land": [ring for ring in rings if len(ring) >= 2 * SMALLEST_RING],
        "borders": [line for disputed, line in borders if not disputed and len(line) > 2],
        "disputed": [line for disputed, line in borders if disputed and len(line) > 2],
    }


def _deltas(points: Iterable[Point]) -> list[int]:
    flat: list[int] = []
    last = (0, 0)
    for x, y in points:
        here = (_steps(x), _steps(y))
        if not flat or here != last:
            flat.extend((here[0] - last[0], here[1] - last[1]))
        last = here
    return flat


def _steps(degrees: float) -> int:
    return round(degrees * STEPS_PER_DEGREE)
