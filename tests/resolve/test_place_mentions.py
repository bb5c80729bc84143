"""The places that a text names are found by the gazetteer alone, quickly, and common words are no places."""

from __future__ import annotations

from itertools import pairwise

import pytest
from growth import grows_in_proportion
from hypothesis import given
from hypothesis import strategies as st

from harmledger.resolve.place_mentions import find_mentions, find_places
from harmledger.resources.gazetteer import load_gazetteer

GAZETTEER = load_gazetteer()


def names(text: str) -> list[str]:
    return [words.exact for words in find_places(text, gazetteer=GAZETTEER)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shells hit Aleppo and al-Mayadin on Monday.", ["Aleppo", "al-Mayadin"]),
        ("In Khan Younis, in the Gaza Strip, two died.", ["Khan Younis", "Gaza Strip"]),
        ("The police chief said in March that most people had left. Most of them were Same.", []),
        ("Mohammad Hassan al-Rimawi told Omar Khalil.", []),
        ("UN and SANA reports on ISIS", []),
        ("Damascus's suburbs", ["Damascus"]),
        ("Raids on Hama City and Idlib Province", ["Hama", "Idlib"]),
        ("قصف على مدينة الباب وبلدة سرمين في ريف إدلب", ["الباب", "سرمين", "إدلب"]),
    ],
)
def test_names_of_places(text: str, found: list[str]) -> None:
    """Capitalised runs that the gazetteer knows are places; persons, agencies and common words are none."""
    assert names(text) == found


@given(st.text(max_size=300))
def test_offsets_slice(text: str) -> None:
    """Every mention is the text's own words, in order, without overlap."""
    found = find_places(text, gazetteer=GAZETTEER)
    assert all(text[words.start : words.end] == words.exact for words in found)
    latin = [words for words in found if words.exact.isascii()]
    assert all(one.end <= other.start for one, other in pairwise(latin))


def test_only_between_the_offsets() -> None:
    """A search within bounds finds what lies within them."""
    text = "Homs, Aleppo, Idlib"
    assert [w.exact for w in find_places(text, 5, 13, gazetteer=GAZETTEER)] == ["Aleppo"]


def test_a_long_text_takes_no_long_time() -> None:
    """Twenty thousand capitalised words, and a word of a hundred thousand letters, cost in proportion to their length."""
    assert not list(find_mentions("Xq " * 20_000 + "a" * 100_000, gazetteer=GAZETTEER))
    assert grows_in_proportion(lambda n: list(find_mentions("Xq " * n + "a" * 5 * n, gazetteer=GAZETTEER)), 20_000)
