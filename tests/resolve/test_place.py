"""Words for a place become a place on the map, as coarse as the words are; the text decides between namesakes."""

from __future__ import annotations

import math
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.domain import Place, PlacePrecision, Words
from harmledger.resolve.place import PlaceResolver
from harmledger.resolve.place_words import NEAR, RADIUS_M
from harmledger.resources.gazetteer import load_gazetteer

RESOLVER = PlaceResolver(load_gazetteer())
SYRIA = "Fighting went on across Syria on Tuesday, residents of Aleppo and Homs said. "
P = PlacePrecision


def resolve(wording: str, text: str = SYRIA + "{} was hit.") -> Place:
    full = text.replace("{}", wording)
    start = full.index(wording)
    return RESOLVER.resolve(Words(exact=wording, start=start, end=start + len(wording)), text=full)


def is_near(place: Place, lat: float, lon: float, km: float = 10) -> bool:
    assert place.lat is not None
    assert place.lon is not None
    return 111.2 * math.hypot(place.lat - lat, (place.lon - lon) * math.cos(math.radians(lat))) <= km


@pytest.mark.parametrize(
    ("wording", "admin1", "lat", "lon", "precision"),
    [
        ("al-Mayadin", "Deir ez-Zor", 35.02, 40.45, P.TOWN),
        ("the town of Al Mayadeen", "Deir ez-Zor", 35.02, 40.45, P.TOWN),
        ("the city of Raqqah", "Raqqa", 35.95, 39.01, P.CITY),
        ("an area in the south of the city of Raqqah", "Raqqa", 35.95, 39.01, P.SUBDISTRICT),
        ("the outskirts of Manbij", "Aleppo", 36.53, 37.95, P.SUBDISTRICT),
        ("near the Tishrin Dam", "Aleppo", 36.38, 38.18, P.LANDMARK),
        ("Damascus international airport", "Rif Dimashq", 33.41, 36.52, P.LANDMARK),
        ("the Sheikh Maqsood neighbourhood", "Aleppo", 36.23, 37.15, P.NEIGHBOURHOOD),
        ("Jobar", "Damascus", 33.53, 36.33, P.NEIGHBOURHOOD),
        ("Raqqa province", "Raqqa", 36.2, 39.0, P.PROVINCE),
        ("Damascus countryside", "Rif Dimashq", 33.6, 36.4, P.PROVINCE),
        ("the Syrian capital", "Damascus", 33.51, 36.29, P.CITY),
        ("Eastern Ghouta", "Rif Dimashq", 33.53, 36.42, P.PROVINCE),
        ("Saraqeb in Idlib province", "Idlib", 35.86, 36.80, P.TOWN),
        ("a Saraqeb market", "Idlib", 35.86, 36.80, P.TOWN),
    ],
)
def test_words_and_how_coarse_they_are(
    wording: str, admin1: str, lat: float, lon: float, precision: PlacePrecision
) -> None:
    """The name gives the point; the common nouns around it, sides and "near" give the precision."""
    place = resolve(wording)
    assert (place.country, place.admin1, place.precision) == ("SY", admin1, precision)
    assert is_near(place, lat, lon, 60 if precision is P.PROVINCE else 10)
    assert place.radius_m


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Shells fell on {} as Libyan factions fought south of the capital, officials in Misrata said.", "LY"),
        ("Shells fell on {} as Lebanese soldiers fought militants, officials in Beirut said.", "LB"),
        ("Rockets struck {} in northern Lebanon.", "LB"),
    ],
)
def test_the_text_decides_between_namesakes(text: str, country: str) -> None:
    """Tripoli is in the country that the text speaks of."""
    assert resolve("Tripoli", text).country == country


def test_a_province_holds_its_places() -> None:
    """Of two neighbourhoods of one name, the one in the city named after it is meant."""
    assert resolve("the al-Midan neighbourhood of Damascus").admin1 == "Damascus"
    assert resolve("the al-Midan neighbourhood of Aleppo").admin1 == "Aleppo"


def test_what_follows_the_words_counts() -> None:
    """A place named right after the words, outside of them, holds the place too."""
    assert resolve("al-Midan", SYRIA + "Shells hit {}, in central Damascus.").admin1 == "Damascus"
    assert resolve("al-Midan", SYRIA + "Shells hit {} in Aleppo.").admin1 == "Aleppo"


def test_an_unknown_place_within_a_known_one() -> None:
    """Where only the place that holds it is known, that one stands, no finer than it is."""
    place = resolve("the Zarzur family home in the Bayt Zarzur quarter, east of Khan Yunis")
    assert (place.name, place.country) == ("Khan Yunis", "PS")
    assert place.precision is P.SUBDISTRICT


@pytest.mark.parametrize("wording", ["Qaryat Zurzur al-Fawqani", "a house", "two villages", "the front", "🙂", "9"])
def test_what_no_gazetteer_has_keeps_its_words(wording: str) -> None:
    """Words that can't be resolved stay as they are, with nothing made up."""
    place = resolve(wording)
    assert place == Place(words=place.words)
    assert place.words.exact == wording


def test_several_places_are_one_area() -> None:
    """Two places give the point between them, with a radius that reaches both and no id of either."""
    place = resolve("between the towns of Saraqib and Ariha")
    assert place.name == "Saraqib, Ariha"
    assert (place.id, place.gazetteer, place.country, place.admin1) == (None, None, "SY", "Idlib")
    assert is_near(place, 35.84, 36.71)
    assert place.radius_m is not None
    assert 10_000 < place.radius_m < 30_000


def test_two_provinces_have_no_common_one() -> None:
    """Places of different provinces have none; their country stays."""
    place = resolve("Hama and Idlib provinces")
    assert (place.admin1, place.country) == (None, "SY")
    assert place.precision in (P.PROVINCE, P.UNASSIGNED)


def test_a_side_of_a_country() -> None:
    """The north of a country lies north of its middle and is smaller than it."""
    whole, north = resolve("Syria"), resolve("northern Syria")
    assert whole.lat is not None
    assert north.lat is not None
    assert whole.radius_m is not None
    assert north.radius_m is not None
    assert north.lat > whole.lat
    assert north.radius_m < whole.radius_m
    assert north.precision is P.UNASSIGNED


def test_the_city_is_the_one_named_before() -> None:
    """Without a name, "the city" is the one the text named last; "a city" is none."""
    text = "Warplanes circled over Homs. In Manbij, shells fell on {}. Later Azaz was hit."
    assert resolve("the city", text).name == "Manbij"
    assert resolve("a city", text).name is None


def test_the_country_is_what_the_text_is_about() -> None:
    """Without a name, "the country" is the one that most of the text speaks of."""
    assert resolve("the country", "Across Yemen, aid groups said, hunger spread in {}.").country == "YE"


def test_who_acts_is_not_where() -> None:
    """Russian warplanes and a spokesman in Moscow don't carry a Syrian town to Russia."""
    text = "MOSCOW — Russian warplanes, the Russian ministry in Moscow said, hit {} in Syria."
    assert resolve("Salma", text).country == "SY"
    assert resolve("Mar'ayan", text).country == "SY"


def test_a_street_named_after_a_town_is_not_there() -> None:
    """A street or mosque may bear a far town's name."""
    place = resolve("Jaffa Street", "In the Gaza Strip, in Gaza City, a strike hit {}, medics in Khan Yunis said.")
    assert place.country in (None, "PS")


@pytest.mark.parametrize(
    ("wording", "admin1"),
    [
        ("مدينة الميادين", "Deir ez-Zor"),
        ("بلدة سرمين", "Idlib"),
        ("ريف إدلب الجنوبي", "Idlib"),
        ("جسر الشغور", "Idlib"),
        ("حي جوبر", "Damascus"),
        ("بالرقة", "Raqqa"),
    ],
)
def test_arabic_words(wording: str, admin1: str) -> None:
    """Arabic words are read as well, with a preposition or article written as one with the name."""
    place = resolve(wording, "قالت مصادر محلية في سوريا إن قصفا استهدف {} اليوم.")
    assert (place.country, place.admin1) == ("SY", admin1)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Clashes in Darfur: drones hit {}, Sudan's army said.", "SD"),
        ("Ukrainian officials said Russian shells hit {} in Donetsk.", "UA"),
        ("Houthi media in Yemen said raids hit {}.", "YE"),
    ],
)
def test_other_wars(text: str, country: str) -> None:
    """Not one war's places only."""
    towns = {"SD": "El Fasher", "UA": "Kostiantynivka", "YE": "Dahyan"}
    assert resolve(towns[country], text).country == country


def test_every_coarser_precision_reaches_farther() -> None:
    """From fine to coarse no radius shrinks, and what is near a place is no finer than the place."""
    order = list(PlacePrecision)
    radii = [RADIUS_M[precision] for precision in order]
    assert radii[4:] == sorted(radii[4:])
    for precision, coarser in NEAR.items():
        assert RADIUS_M[coarser] >= RADIUS_M[precision]
        assert coarser is precision or precision is P.EXACT or order.index(coarser) >= order.index(precision)


@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=100))
@settings(max_examples=200, deadline=None)
def test_any_words_in_any_text(before: str, wording: str, after: str) -> None:
    """Whatever the words: they are kept, the point is on Earth, and the same is said again."""
    words = Words(exact=wording, start=len(before), end=len(before) + len(wording))
    text = before + wording + after
    place = RESOLVER.resolve(words, text=text)
    assert place.words == words
    assert (place.name is None) == (place.lat is None) == (place.radius_m is None)
    assert place.lat is None or (abs(place.lat) <= 90 and abs(place.lon or 0) <= 360)
    assert place == PlaceResolver(load_gazetteer()).resolve(words, text=text)
    assert pickle.loads(pickle.dumps(place)) == place  # noqa: S301
