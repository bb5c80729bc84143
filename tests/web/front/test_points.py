"""The map's points: single incidents, cells of many, and one view of them."""

from __future__ import annotations

import random
from html import unescape
from typing import Any

import pytest
from sites import INCIDENTS, REPORTS, Served
from starlette.testclient import TestClient

from harmledger.store.front import Spot
from harmledger.web.front import points
from harmledger.web.front.cells import gather


def spots(count: int) -> list[Spot]:
    chance = random.Random(4)
    return [
        Spot(chance.uniform(-60, 70), chance.uniform(-180, 180), None, chance.randint(1, 9), f"{n:064x}", "P", "T")
        for n in range(count)
    ]


def points_of(browser: TestClient, query: str = "") -> dict[str, Any]:
    return browser.get(f"/map.geojson{query}").json()


def count(collection: dict[str, Any]) -> int:
    return sum(each["properties"].get("incidents", 1) for each in collection["features"])


@pytest.mark.parametrize("most", [1, 2, 30, 500, 5000])
def test_every_incident_is_in_one_cell(most: int) -> None:
    """However few cells there may be, together they hold every spot once; and none lies outside of what its incidents take up."""
    every = spots(1000)
    cells = gather(every, most=most)
    assert len(cells) <= most
    assert sorted(spot for cell in cells for spot in cell.spots) == sorted(every)
    assert sum(cell.incidents for cell in cells) == sum(spot.incidents for spot in every)
    for cell in cells:
        assert cell.box.west - 1e-9 <= cell.lon <= cell.box.east + 1e-9
        assert cell.box.south - 1e-9 <= cell.lat <= cell.box.north + 1e-9


def test_no_cells_of_nothing() -> None:
    """Nothing is in no cell."""
    assert gather([], most=1) == []


@pytest.mark.either_database
def test_cells_lead_to_the_list_of_theirs(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many incidents cells are sent that count each once; the list that a cell leads to has as many, and keeps the filters."""
    monkeypatch.setattr(points, "MOST_SINGLE", 1)
    monkeypatch.setattr(points, "MOST_CELLS", 2)
    found = points_of(browser, "?from=2001-01-01")
    assert found["cells"] is True
    assert count(found) == len(REPORTS) > len(found["features"])
    for each in found["features"]:
        told = each["properties"]
        page = unescape(browser.get(told["href"]).text)
        if "incidents" in told:
            assert "from=2001-01-01" in told["href"]
            assert f"<strong>{told['incidents']}</strong> incident" in page
        else:
            assert browser.get(told["href"]).status_code == 200


@pytest.mark.either_database
def test_a_view_has_what_lies_in_it(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two views beside one another have each incident once; one that holds few has them one by one, with their days."""
    monkeypatch.setattr(points, "MOST_SINGLE", 1)
    monkeypatch.setattr(points, "MOST_CELLS", 1)
    west, east = (points_of(browser, f"?view={view}") for view in ("-180,-90,40,90", "40,-90,180,90"))
    assert count(west) + count(east) == len(REPORTS)
    (alone,) = points_of(browser, "?view=38,35,40,37")["features"]
    assert alone["properties"]["title"] == INCIDENTS[0]
    assert alone["properties"]["when"] == "2017-05-05"
    assert points_of(browser, "?view=-170,-10,-160,0") == {"type": "FeatureCollection", "cells": False, "features": []}


@pytest.mark.either_database
def test_a_view_keeps_the_filters(browser: TestClient) -> None:
    """What the filters leave out is in no view, a chosen stretch of the map among them."""
    assert count(points_of(browser, "?view=-180,-90,180,90&country=IQ")) == 1
    assert count(points_of(browser, "?view=-180,-90,180,90&box=38,35,40,37")) == 1
    assert browser.get("/map.geojson?view=9,9,1,1").status_code == 400


@pytest.mark.either_database
def test_cells_tell_nothing_of_closed_documents(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that is closed is in no cell from then on."""
    monkeypatch.setattr(points, "MOST_SINGLE", 1)
    public = served.browser()
    assert count(points_of(public)) == len(REPORTS)
    served.add("Amal")
    served.close(served.documents()[1], "Amal")
    found = points_of(public)
    assert count(found) == len(REPORTS) - 1
    assert "Mosul" not in str(found)
