"""Words as they are searched: one spelling for what writers spell in several ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.text.finding import find_names, find_words, fold_phrase, index_names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("المدرسة", "مدرسه"),
        ("أَرْبَعَة", "اربعة"),
        ("وبالقصف", "وبالقصف"),
        ("القصف", "بالقصف"),
        ("مستشفى", "المستشفي"),
        ("Sana'a", "Sanaa"),
        ("Ṣan‘ā’", "sana"),
        ("Al-Raqqa", "raqqa"),
        ("the Raqqa", "RAQQA"),
        ("Kyïv", "kyiv"),
    ],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    """Case, accents, vowel marks, forms of a letter and the article tell no words apart."""
    assert fold_phrase(one) == fold_phrase(other) != ()


@pytest.mark.parametrize(("one", "other"), [("قتل", "قتيل"), ("raid", "raids"), ("Hama", "Homs"), ("5", "15")])
def test_other_words_are_others(one: str, other: str) -> None:
    """What isn't the same word isn't found by it."""
    assert fold_phrase(one) != fold_phrase(other)


@given(st.text(max_size=60))
def test_words_stand_where_they_say(text: str) -> None:
    """Whatever the text, each word folds to what was found, in order, none within another, and holds nothing that a query could be made of."""
    last = 0
    for found in find_words(text):
        assert last <= found.start < found.end <= len(text)
        assert fold_phrase(text[found.start : found.end]) in {(found.word,), fold_phrase(found.word)}
        assert found.word.isalnum()
        last = found.end


def test_the_longest_name_is_found() -> None:
    """A name is found in any spelling, the longest where several begin at one word."""
    words = list(find_words("Then LAYLA al-Haddad Omar and Layla came"))
    names = index_names(["Layla", "layla Haddad", "Haddad Omar"])
    assert [[w.word for w in words[a:b]] for a, b in find_names(words, names)] == [["layla", "haddad"], ["layla"]]
