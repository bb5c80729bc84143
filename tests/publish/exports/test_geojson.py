"""GeoJSON through the readers that researchers use."""

from __future__ import annotations

import io
import json

import geopandas as gpd
import pytest
from fake_incidents import a_bare_incident, an_incident

from harmledger.publish.exports.geojson import render_geojson


def test_geopandas_reads_it() -> None:
    """Points in WGS 84, longitude first, with precision_m; an incident without a place has no geometry."""
    found = gpd.read_file(io.BytesIO("".join(render_geojson([an_incident(), a_bare_incident()])).encode()))
    assert found.crs.to_epsg() == 4326
    assert (found.geometry.iloc[0].x, found.geometry.iloc[0].y) == (38.54828, 35.83758)
    assert found.geometry.isna().tolist() == [False, True]
    assert found.precision_m.iloc[0] == 4000
    assert found.killed_high.iloc[0] == 16


@pytest.mark.parametrize("incidents", [[], [an_incident()]], ids=["none", "one"])
def test_it_is_a_collection_of_features(incidents: list) -> None:
    """By RFC 7946: type, features with type, id, geometry and properties, no crs; also where there is nothing."""
    found = json.loads("".join(render_geojson(incidents)))
    assert found.keys() == {"type", "features"}
    assert all(feature.keys() == {"type", "id", "geometry", "properties"} for feature in found["features"])
    assert len(found["features"]) == len(incidents)
