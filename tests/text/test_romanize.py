"""Arabic words can be said and searched by those who don't read them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.text.romanize import romanize

ARABIC = re.compile("[\u0600-\u06ff]")


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("الميادين", "al-myadin"),
        ("دير الزور", "dir al-zur"),
        ("مصدر طبي", "msdr tbi"),
        ("٤ أشخاص", "4 ashkhas"),
        ("محرَّر", "mhrrar"),
        ("شبكةِ", "shbkti"),
        ("Raqqa (الرقة)", "Raqqa (al-rqa)"),
    ],
)
def test_letter_by_letter(words: str, letters: str) -> None:
    """Each letter has its Latin one, the article its hyphen, a doubled letter is written twice."""
    assert romanize(words) == letters


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x6FF)))
def test_no_arabic_letter_is_left(text: str) -> None:
    """Whatever comes in, nothing of the Arabic block goes out, and what has none of it stays as it was."""
    assert not ARABIC.search(romanize(text))
    assert ARABIC.search(text) or romanize(text) == text
