"""Withheld names are struck: nothing of any spelling is left, and no offset moves."""

from __future__ import annotations

import unicodedata

import pytest
from fake_incidents import COALITION
from hypothesis import given
from hypothesis import strategies as st

from harmledger.publish.redact import BLOCK, Withholding, fold_name

NAMES = ("Ahmad al-Masri", "José Núñez", "محمد الأحمد", "Straße", "Haddad*")
WITHHOLDING = Withholding(NAMES)
SPACES = st.text(alphabet=" \t\n\u00a0\u2009-‑–", min_size=1, max_size=4)
MARKS = st.sampled_from(["", "\u064e", "\u0651", "\u0640", "\u200f", "\u00ad", "\u0301"])


@st.composite
def spellings(draw: st.DrawFn) -> str:
    """A way of writing one of the names: another case, marks within, anything that parts words between them."""
    name = draw(st.sampled_from(NAMES[:4]))
    cased = draw(st.sampled_from([str.upper, str.lower, str.title, str.casefold, str.swapcase]))(name)
    form = draw(st.sampled_from(["NFC", "NFD", "NFKC"]))
    letters = "".join(
        draw(SPACES) if not letter.isalnum() and unicodedata.category(letter) != "Mn" else letter + draw(MARKS)
        for letter in unicodedata.normalize(form, cased)
    )
    return letters.replace("أ", draw(st.sampled_from(["أ", "ا", "إ"])))


@given(before=st.text(max_size=30), written=spellings(), after=st.text(max_size=30))
def test_no_spelling_survives_and_no_offset_moves(before: str, written: str, after: str) -> None:
    """However a name is written between other words, the text keeps its length, all else stays where it was, and the name can't be found again."""
    text = f"{before} {written} {after}"
    struck = WITHHOLDING.text(text)
    assert len(struck) == len(text)
    assert all(new in {old, BLOCK} for old, new in zip(text, struck, strict=True))
    start = len(before) + 1
    assert not any(letter.isalnum() for letter in struck[start : start + len(written)])
    assert WITHHOLDING.text(struck) == struck


@given(text=st.text(max_size=80))
def test_nothing_is_struck_where_nothing_is_withheld(text: str) -> None:
    """Without names a text is as it was."""
    assert Withholding(()).text(text) == text


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        pytest.param("Ahmad al-Masri's son", "██████████████'s son", id="possessive"),
        pytest.param("AhmadAl\nMasri", "█████████████", id="run together"),
        pytest.param("Ahmad al-Masrian", "Ahmad al-Masrian", id="a longer word is another"),
        pytest.param("قال ومحمد الاحمد", "قال و███████████", id="behind an Arabic prefix"),
        pytest.param("STRASSE", "███████", id="letters that fold to two"),
        pytest.param("the Haddadin family", "the ████████ family", id="any ending"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_a_name_is(text: str, struck: str) -> None:
    """A name is its letters between words' ends, whatever parts them."""
    assert WITHHOLDING.text(text) == struck


def test_a_record_says_that_something_was_struck() -> None:
    """Each part of a record from which a name was struck says `redacted`; ids and numbers stay."""
    record = {
        "claim_id": "ab" * 32,
        "quote": {"exact": "José Núñez died", "start": 3},
        "attribution": [{"name": "JOSE NUNEZ"}],
        "low": 1,
    }
    assert WITHHOLDING.record(record) == {
        "claim_id": "ab" * 32,
        "quote": {"exact": "██████████ died", "start": 3, "redacted": True},
        "attribution": [{"name": "██████████", "redacted": True}],
        "low": 1,
    }


def test_values_of_the_domain_keep_their_codes() -> None:
    """In a value every text is struck; members of closed sets and numbers are as they were."""
    struck = Withholding(["coalition", "stated"]).value(COALITION)
    assert struck.name == "US-led █████████"
    assert (struck.certainty, struck.claims) == (COALITION.certainty, COALITION.claims)


def test_names_that_are_too_short_strike_nothing() -> None:
    """One letter would be struck from every text."""
    assert not Withholding(["a", "*", "", "…"])
    assert fold_name("  Al-Ḥaddād* ") == "alhaddad*"
