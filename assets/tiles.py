"""The basemap: land, borders and places as vector tiles in one PMTiles file, zoom 0 to 7, through tippecanoe.

Comes in: the finest outlines and the named places. Goes out: a file that a browser reads by ranges of bytes; nothing else serves it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from atlas import Atlas, Border, Dispute, Point
from places import LAST_ZOOM, NamedPlace

TILES = "basemap.pmtiles"
DECIMALS = 4
CREDIT = "Natural Earth; places: GeoNames, CC BY 4.0"


def build_tiles(atlas: Atlas, disputes: Iterable[Dispute], places: Iterable[NamedPlace], folder: Path) -> Path:
    """Write the tiles in `folder`; names of files are relative, since tippecanoe keeps its command in the result."""
    layers = {
        "land": (_polygon(rings) for rings in atlas.polygons()),
        "borders": (_line(border) for border in atlas.borders(disputes)),
        "places": (_point(place) for place in places),
    }
    for name, features in layers.items():
        with (folder / f"{name}.ndjson").open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(feature, ensure_ascii=False) + "\n" for feature in features)
    command = [Path(sys.executable).with_name("tippecanoe"), "--output", TILES, "--force", "--quiet", *_OPTIONS]
    subprocess.run([*command, *(f"--named-layer={name}:{name}.ndjson" for name in layers)], cwd=folder, check=True)
    return folder / TILES


_OPTIONS = (
    *("--minimum-zoom=0", f"--maximum-zoom={LAST_ZOOM}", "--name=harmledger basemap", f"--attribution={CREDIT}"),
    # Each place says by itself from which zoom it is shown: tippecanoe thins nothing out.
    *("--drop-rate=1", "--no-feature-limit", "--no-tile-size-limit", "--read-parallel"),
    # Eight units of a tile are one pixel on a screen: what is smaller isn't seen.
    "--simplification=8",
)


def _polygon(rings: tuple[tuple[Point, ...], ...]) -> dict[str, Any]:
    coordinates = [[_rounded(point) for point in ring] for ring in rings]
    return {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": coordinates}}


def _line(border: Border) -> dict[str, Any]:
    geometry = {"type": "LineString", "coordinates": [_rounded(point) for point in border.points]}
    return {"type": "Feature", "properties": {"disputed": int(border.disputed)}, "geometry": geometry}


def _point(place: NamedPlace) -> dict[str, Any]:
    properties = {"name": place.name, "country": int(place.country), "population": place.population}
    return {
        "type": "Feature",
        "tippecanoe": {"minzoom": place.zoom},
        "properties": properties | ({"name_ar": place.name_ar} if place.name_ar else {}),
        "geometry": {"type": "Point", "coordinates": _rounded((place.lon, place.lat))},
    }


def _rounded(point: Point) -> tuple[float, float]:
    return round(point[0], DECIMALS), round(point[1], DECIMALS)
