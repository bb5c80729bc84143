"""Which place on the map a report's words mean.

In come the words as they stand in the text ("an area in the south of the city of Raqqah") and the text; out comes a `Place`
with gazetteer entry, point, precision and radius, or with the words alone where nothing fits. The names in the words are
looked up, the common nouns around them say of which kind and how near (`place_words`), a place that holds another ("X in
Y province") must hold it, and between namesakes the countries and places that the text speaks of decide.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from harmledger.domain import Place, PlacePrecision, Words
from harmledger.geo import flat_km
from harmledger.resolve.place_context import Surroundings, survey
from harmledger.resolve.place_mentions import FindsPlaces
from harmledger.resolve.place_parse import Named, PlaceReading, read_place
from harmledger.resolve.place_words import INSIDE, NEAR, PRECISION, RADIUS_M
from harmledger.resources.gazetteer import Closeness, Entry, Namesake, PlaceKind, country_adjectives

CLOSENESS_WEIGHT = {Closeness.SPELLING: 2.0, Closeness.SOUND: 0.5, Closeness.SKELETON: -1.0}
COUNTRY_WEIGHT = 4.0
PEOPLE_WEIGHT = 0.35
KIND_WEIGHT = 1.5
HOLDS_WEIGHT = 4.0
NEIGHBOUR_WEIGHT = 1.0
NEIGHBOUR_KM = 60
"""Weights of a namesake's likelihood, set by hand on the place wordings of claims_train: being said to lie in a place
outweighs all, then the country the text speaks of; the number of people decides what is left."""
SIDE = 0.7
"""A side of a country or province reaches so far, measured in its whole radius."""
SPOKEN_OF, MENTIONED = 0.15, 0.05
"""Shares of a country in all that the text says of countries. One that is only mentioned must have the place's neighbours
named as well, or the place be more than a village; consonants alone are believed only in one that is spoken of."""
BY_IT = 0.5
"""A street or mosque that bears a place's name is there only if other places within 60 km are named."""
ALIKE = (
    {PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.VILLAGE},
    {PlaceKind.VILLAGE, PlaceKind.NEIGHBOURHOOD, PlaceKind.LANDMARK},
)
"""Kinds that reports don't hold apart."""
FEW_SIGNS = 1.0
"""Weight of all a text says of countries below which it doesn't tell where it speaks of (a short flash)."""
FOREIGN_PEOPLE = 100_000
"""A place in a country that the text doesn't speak of is believed only if it is a well-known city."""


class PlaceResolver:
    """Resolves the places of documents, one text after another; what it learns of a text it keeps while that is read."""

    def __init__(self, gazetteer: FindsPlaces) -> None:
        self._gazetteer = gazetteer
        self._survey: Callable[[str], Surroundings] = lru_cache(maxsize=2)(partial(survey, gazetteer=gazetteer))

    def resolve(self, words: Words, *, text: str) -> Place:
        """The place that the words mean in this text; only the words where none can be told."""
        surroundings = self._survey(text)
        reading = read_place(words, text=text, gazetteer=self._gazetteer)
        if reading.names or reading.holders:
            return self._of_names(reading, words, surroundings)
        if reading.noun is PlaceKind.COUNTRY:
            earlier = self._country(surroundings.main_country())
        else:
            earlier = surroundings.last_of(reading.noun, before=words.start) if reading.noun else None
        return _place(words, earlier, reading.noun, near=reading.near) if earlier else Place(words=words)

    def _country(self, code: str | None) -> Entry | None:
        adjective = next((word for word, country in country_adjectives().items() if country == code), None)
        found = self._gazetteer.find(adjective) if adjective else ()
        return next((n.entry for n in found if n.entry.kind is PlaceKind.COUNTRY), None)

    def _of_names(self, reading: PlaceReading, words: Words, surroundings: Surroundings) -> Place:
        holders = _choose_all(reading.holders, (), surroundings)
        chosen = _choose_all(reading.names, holders, surroundings)
        if reading.unknown and not chosen:
            chosen = self._by_skeleton(reading, holders, surroundings)
        places = [_of_named(words, named, entry) for named, entry in chosen]
        if not places and holders:
            named, entry = holders[0]
            return _of_named(words, replace(named, noun=None), entry)
        return _together(places, words)

    def _by_skeleton(
        self, reading: PlaceReading, holders: Sequence[tuple[Named, Entry]], surroundings: Surroundings
    ) -> list[tuple[Named, Entry]]:
        """Names known by their consonants alone, in a country that the text speaks of."""
        likely: list[Named] = []
        for named in reading.unknown:
            namesakes = tuple(
                n
                for n in self._gazetteer.find_by_skeleton(named.name)
                if n.entry.country and surroundings.share(n.entry.country) >= SPOKEN_OF
            )
            likely.append(replace(named, namesakes=namesakes))
        found = _choose_all(likely, holders, surroundings)
        return [(n, e) for n, e in found if not holders or _holds(holders[0][1], e)]


def _choose_all(
    names: Sequence[Named], holders: Sequence[tuple[Named, Entry]], surroundings: Surroundings
) -> list[tuple[Named, Entry]]:
    within = [entry for _, entry in holders]
    return [(named, entry) for named in names if (entry := _choose(named, within, surroundings))]


def _choose(named: Named, holders: Sequence[Entry], surroundings: Surroundings) -> Entry | None:
    believable = [n for n in named.namesakes if _believable(n, named, holders, surroundings)]
    if not believable:
        return None
    return max(
        believable, key=lambda n: (_likelihood(n, named, holders, surroundings), n.entry.population, n.entry.id)
    ).entry


def _believable(namesake: Namesake, named: Named, holders: Sequence[Entry], surroundings: Surroundings) -> bool:
    """Whether a place may be meant at all: in a country that is spoken of, and not half of another name."""
    entry, spelt = namesake.entry, namesake.closeness is Closeness.SPELLING
    if not spelt and (entry.kind is PlaceKind.COUNTRY or named.loose or named.noun_word in INSIDE):
        return False
    held = any(_holds(holder, entry) for holder in holders)
    beside = surroundings.neighbours(entry, NEIGHBOUR_KM)
    if named.noun_word in INSIDE and entry.kind < PlaceKind.LANDMARK and not held and beside < BY_IT:
        return False
    share = surroundings.share(entry.country)
    if (
        not entry.country
        or held
        or share >= SPOKEN_OF
        or (share >= MENTIONED and (beside or entry.kind < PlaceKind.VILLAGE))
    ):
        return True
    few_signs = sum(surroundings.countries.values()) < FEW_SIGNS
    return spelt and not named.loose and (few_signs or entry.population >= FOREIGN_PEOPLE)


def _likelihood(namesake: Namesake, named: Named, holders: Sequence[Entry], surroundings: Surroundings) -> float:
    entry = namesake.entry
    score = CLOSENESS_WEIGHT[namesake.closeness] + PEOPLE_WEIGHT * math.log10(entry.population + 1)
    score += COUNTRY_WEIGHT * surroundings.share(entry.country)
    score += KIND_WEIGHT * _kind_fits(entry.kind, named)
    score += HOLDS_WEIGHT * sum(_holds(holder, entry) for holder in holders)
    return score + NEIGHBOUR_WEIGHT * surroundings.neighbours(entry, NEIGHBOUR_KM)


def _kind_fits(kind: PlaceKind, named: Named) -> float:
    """1 where the noun beside the name says just this kind, -1 where it says another; a bare name is a town's."""
    if named.rural:
        return 1.0 if kind is PlaceKind.PROVINCE else 0.0
    settled = kind in (PlaceKind.CITY, PlaceKind.TOWN)
    if named.noun is None or named.noun_word in INSIDE or (settled and named.noun > kind):
        return -0.7 if kind in (PlaceKind.PROVINCE, PlaceKind.DISTRICT) else 0.0
    if kind is named.noun:
        return 1.0
    alike = any({kind, named.noun} <= kinds for kinds in ALIKE)
    return 0.3 if alike else -1.0


def _holds(holder: Entry, entry: Entry) -> bool:
    """Whether a place lies in another, as far as divisions, kinds and distance tell."""
    if holder.kind is PlaceKind.COUNTRY:
        return holder.country == entry.country
    if holder.kind is PlaceKind.PROVINCE and holder.name == holder.admin1:
        return (holder.country, holder.admin1) == (entry.country, entry.admin1)
    return flat_km(holder.lat, holder.lon, entry.lat, entry.lon) <= 40 or (holder.country, holder.admin1) == (
        entry.country,
        entry.admin1,
    )


def _of_named(words: Words, named: Named, entry: Entry) -> Place:
    """The place that a name with its common words means; on its north side, if they say so and it is wide."""
    place = _place(words, entry, named.noun, near=named.near)
    if named.towards == (0, 0) or entry.kind > PlaceKind.DISTRICT or not place.radius_m:
        return place
    north, east = named.towards
    step = place.radius_m / 2 / math.hypot(north, east) / 111_195
    lat, lon = entry.lat + north * step, entry.lon + east * step / math.cos(math.radians(entry.lat))
    return replace(place, lat=round(lat, 5), lon=round(lon, 5), radius_m=round(place.radius_m * SIDE))


def _place(words: Words, entry: Entry, noun: PlaceKind | None, *, near: bool) -> Place:
    precision = _precision(entry, noun)
    radius = entry.radius_m
    if near:
        coarser = NEAR.get(precision, precision)
        radius = None if coarser is not precision else radius
        precision = coarser
    return Place(
        words=words,
        name=entry.name,
        gazetteer=entry.gazetteer,
        id=entry.id,
        country=entry.country,
        admin1=entry.admin1,
        lat=entry.lat,
        lon=entry.lon,
        precision=precision,
        radius_m=radius or RADIUS_M[precision],
    )


def _precision(entry: Entry, noun: PlaceKind | None) -> PlacePrecision:
    """The entry's own, unless its size isn't known and the words say what it is."""
    said = noun if noun in (PlaceKind.TOWN, PlaceKind.NEIGHBOURHOOD, PlaceKind.CITY) else None
    return PRECISION[said if said and entry.kind is PlaceKind.VILLAGE else entry.kind]


def _together(places: Sequence[Place], words: Words) -> Place:
    """Several places named as one: the point between them, with a radius that reaches them all."""
    distinct = list({(place.gazetteer, place.id): place for place in places}.values())
    if len(distinct) < 2:
        return distinct[0] if distinct else Place(words=words)
    first = distinct[0]
    lat = sum(place.lat or 0.0 for place in distinct) / len(distinct)
    lon = sum(place.lon or 0.0 for place in distinct) / len(distinct)
    reach = max(_metres(lat, lon, place) + (place.radius_m or 0) for place in distinct)
    return Place(
        words=words,
        name=", ".join(place.name or "" for place in distinct),
        gazetteer=None,
        id=None,
        country=first.country if len({place.country for place in distinct}) == 1 else None,
        admin1=first.admin1 if len({place.admin1 for place in distinct}) == 1 else None,
        lat=round(lat, 5),
        lon=round(lon, 5),
        precision=_for_reach(reach, distinct),
        radius_m=round(reach),
    )


def _for_reach(reach_m: float, places: Sequence[Place]) -> PlacePrecision:
    """The finest precision whose radius covers the reach, no finer than any of the places'."""
    order = list(PlacePrecision)
    coarsest = max(order.index(place.precision) for place in places)
    for precision in order[coarsest:]:
        if RADIUS_M[precision] >= reach_m:
            return precision
    return PlacePrecision.UNASSIGNED


def _metres(lat: float, lon: float, place: Place) -> float:
    return 1000 * flat_km(lat, lon, place.lat or 0.0, place.lon or 0.0)
