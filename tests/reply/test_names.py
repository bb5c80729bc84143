"""What may name a person is found; it may be wrong on that side alone."""

from __future__ import annotations

import pytest

from harmledger.reply.names import find_name


@pytest.mark.parametrize(
    "text",
    [
        "A baker called Kotek Welles saw it.",
        "Dr. Welles was on duty",
        "J. Welles was on duty",
        "the mayor Kotek was there",
        "KOTEK WELLES",
        "Kotek al-Welles",
        "his son Tarn stood there",
        "ahmad was there",
        "That was Abu Tarn's shop",
        "that was in mohammed's house",
        "Kotek\nWelles",
        "Котек Веллес был там",
        "قال محمد إنه رأى ذلك",
        "وأحمد كان هناك",
        "السيد قيس كان هناك",
        "كان مُحَمَّد هناك",
        "رأيت أبو تارن",
        "שלום",
        "王先生",
    ],
)
def test_a_name_is_found(text: str) -> None:
    """By its own word, a word before it, capitals in a row, or a script in which nobody here could tell."""
    assert find_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the count of the wounded differs",
        "The stalls burnt. Nobody came. They left.",
        "It was in Mosul on Monday, not on Tuesday.",
        "The United Nations and the Red Crescent counted twelve.",
        "Human Rights Watch says 12, the Ministry of Health 14",
        "على الطريق قتل ثلاثة مدنيين في السوق",
        "12 & 14 😀",
        "see https://news.example.com/a",
    ],
)
def test_what_names_nobody_isnt_held_for_it(text: str) -> None:
    """Places, days, offices and beginnings of sentences are no persons."""
    assert find_name(text) is None
