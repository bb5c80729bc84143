"""The map's two styles, light and dark, as MapLibre style files: the same layers, other colours.

No glyphs and no sprite are named: labels are drawn with the reader's own fonts, Arabic ones shaped by MapLibre. Incidents' layers are
here too, over an empty source that `map.js` fills, so that a style can be changed as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tiles import CREDIT, TILES

Style = dict[str, Any]
LIGHT = {
    "water": "#d5e0e6", "land": "#f6f4ee", "border": "#b3aca0", "label": "#4b4a45", "halo": "#f6f4ee",
    "country": "#6a675f", "mark": "#a3320b", "mark_text": "#ffffff", "area": "#a3320b",
}  # fmt: skip
DARK = {
    "water": "#10181d", "land": "#222b31", "border": "#5b656c", "label": "#c3c9cc", "halo": "#1a2227",
    "country": "#929ba0", "mark": "#ffb27d", "mark_text": "#20140b", "area": "#ffb27d",
}  # fmt: skip
CLUSTER_RADIUS_PX, CLUSTER_MAX_ZOOM, MARK_RADIUS_PX = 44, 12, 6
FARTHEST_ZOOM = 24
FONT = ["sans-serif"]
INCIDENTS = ["coalesce", ["get", "incidents"], 1]
"""How many incidents a point stands for: a cell that the server made says so, one by itself says nothing."""


def render_style(colours: Mapping[str, str], name: str) -> Style:
    """A whole style."""
    return {
        "version": 8,
        "name": f"harmledger {name}",
        "sources": {
            "basemap": {"type": "vector", "url": f"pmtiles://{TILES}", "attribution": CREDIT},
            "incidents": {
                "type": "geojson",
                "data": {"type": "FeatureCollection", "features": []},
                "cluster": True,
                "clusterRadius": CLUSTER_RADIUS_PX,
                "clusterMaxZoom": CLUSTER_MAX_ZOOM,
                "clusterProperties": {"incidents": ["+", INCIDENTS]},
            },
        },
        "layers": [*_ground(colours), *_labels(colours), *_incidents(colours)],
    }


def _ground(colours: Mapping[str, str]) -> list[Style]:
    line = {"type": "line", "source": "basemap", "source-layer": "borders"}
    paint = {"line-color": colours["border"], "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.5, 7, 1.2]}
    return [
        {"id": "water", "type": "background", "paint": {"background-color": colours["water"]}},
        {
            "id": "land",
            "type": "fill",
            "source": "basemap",
            "source-layer": "land",
            "paint": {"fill-color": colours["land"]},
        },
        {"id": "borders", **line, "filter": ["==", ["get", "disputed"], 0], "paint": paint},
        {
            "id": "disputed",
            **line,
            "filter": ["==", ["get", "disputed"], 1],
            "paint": {**paint, "line-dasharray": [2, 3]},
        },
    ]


def _labels(colours: Mapping[str, str]) -> list[Style]:
    by_population = ["-", 0, ["get", "population"]]
    layout = {"text-field": ["get", "name"], "text-font": FONT, "text-max-width": 8, "symbol-sort-key": by_population}
    label = {"type": "symbol", "source": "basemap", "source-layer": "places"}
    halo = {"text-halo-color": colours["halo"], "text-halo-width": 1.2}
    size = ["interpolate", ["linear"], ["log10", ["max", 10, ["get", "population"]]], 4, 11, 7, 15]
    is_country = ["==", ["get", "country"], 1]
    return [
        {
            "id": "places",
            **label,
            "filter": ["!", is_country],
            "layout": {**layout, "text-size": size},
            "paint": {"text-color": colours["label"], **halo},
        },
        {
            "id": "countries",
            **label,
            "maxzoom": 6,
            "filter": is_country,
            "layout": {**layout, "text-size": ["interpolate", ["linear"], ["zoom"], 1, 10, 5, 15]},
            "paint": {"text-color": colours["country"], **halo},
        },
    ]


def _incidents(colours: Mapping[str, str]) -> list[Style]:
    grouped = [">", INCIDENTS, 1]
    alone = ["!", grouped]
    circle = {"type": "circle", "source": "incidents"}
    edge = {"circle-stroke-color": colours["halo"], "circle-stroke-width": 1.5}
    # `pixels_at_zoom_0` is the radius in metres as pixels of the whole-world view; each zoom doubles it.
    metres = ["get", "pixels_at_zoom_0"]
    reach = ["interpolate", ["exponential", 2], ["zoom"], 0, metres, FARTHEST_ZOOM, ["*", metres, 2**FARTHEST_ZOOM]]
    area = {"circle-color": colours["area"], "circle-opacity": 0.1, "circle-radius": reach}
    area_edge = {"circle-stroke-color": colours["area"], "circle-stroke-width": 1, "circle-stroke-opacity": 0.45}
    group = {
        "circle-color": colours["mark"],
        "circle-opacity": 1,
        "circle-radius": ["step", INCIDENTS, 13, 10, 17, 100, 22, 1000, 28],
    }
    thousands = ["concat", ["to-string", ["/", ["round", ["/", INCIDENTS, 100]], 10]], "k"]
    count = {
        "text-field": ["case", ["<", INCIDENTS, 1000], ["to-string", INCIDENTS], thousands],
        "text-font": FONT,
        "text-size": 12,
        "text-allow-overlap": True,
    }
    return [
        {"id": "areas", **circle, "filter": ["all", alone, [">", metres, 0]], "paint": {**area, **area_edge}},
        {"id": "groups", **circle, "filter": grouped, "paint": {**group, **edge}},
        {
            "id": "group-counts",
            "type": "symbol",
            "source": "incidents",
            "filter": grouped,
            "layout": count,
            "paint": {"text-color": colours["mark_text"]},
        },
        {
            "id": "incidents",
            **circle,
            "filter": alone,
            "paint": {"circle-color": colours["mark"], "circle-radius": MARK_RADIUS_PX, **edge},
        },
    ]
