"""What a gazetteer knows of a place, and how near a name came to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class PlaceKind(IntEnum):
    """What a place is, coarsest first; the number is stored in gazetteer files."""

    COUNTRY = 0
    REGION = 1
    """A named stretch of land that is no division: Donbas, Darfur, the Sahel."""
    PROVINCE = 2
    """First-order division, and second-order ones that the press calls governorates (Gaza's)."""
    DISTRICT = 3
    SUBDISTRICT = 4
    CITY = 5
    TOWN = 6
    VILLAGE = 7
    """Also any populated place whose size isn't known."""
    NEIGHBOURHOOD = 8
    """Also refugee camps and areas within a city."""
    STREET = 9
    LANDMARK = 10
    """Hospital, dam, crossing, airport, base, mosque, hill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place of a gazetteer."""

    gazetteer: str
    """`geonames`, `harmledger` (the reviewed supplement), or the name of a file that the user added."""
    id: str
    name: str
    country: str | None
    """ISO 3166-1 alpha-2."""
    admin1: str | None
    lat: float
    lon: float
    kind: PlaceKind
    population: int
    radius_m: int | None
    """How far it reaches, where that is known; None leaves it to its kind."""


class Closeness(IntEnum):
    """How near a name in a text came to a name in a gazetteer."""

    SKELETON = 0
    """The same consonants."""
    SOUND = 1
    """The same but for article, vowels, doubled letters."""
    SPELLING = 2
    """The same letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """One place that a name may mean."""

    entry: Entry
    closeness: Closeness
