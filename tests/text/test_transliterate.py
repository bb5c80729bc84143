"""Names carried over from Arabic meet under one key however they are spelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.text.transliterate import fold_name, is_arabic, skeleton_key, skeleton_of, sound_key

ONE_NAME = [
    ("Al-Mayādīn", "Mayadeen", "al-Mayadin", "al Mayadin", "MAYADIN"),
    ("Ar Raqqah", "Raqqa", "al-Raqqah", "Arraqqa", "Raqqeh", "Rakka"),
    ("Deir ez-Zor", "Deir Ezzor", "Dayr az Zawr", "Deir al-Zour", "Der-Ezzor"),
    ("Maaret al-Nouman", "Maarat al-Numan", "Ma'arrat an-Nu'man", "Ma‘arrat an Nu‘mān", "Maaret Alnouman"),
    ("As-Suwayda", "Sweida", "Suwaydā’"),
    ("Khan Sheikhoun", "Khān Shaykhūn", "Khan-Shaikhoun"),
    ("al-Hasakah", "Hassakeh", "Hasaka"),
    ("Al Ḩudaydah", "Hodeidah", "Hudaydah"),
    ("Ash Shaddādī", "Shaddadi", "al-Shadadi"),
    ("الرَّقّة", "الرقه", "رقة"),
    ("إدلب", "ادلب", "اِدلب"),
    ("معرّة النعمان", "معرة نعمان", "معره النعمان"),
]


@pytest.mark.parametrize("spellings", ONE_NAME, ids=lambda spellings: spellings[0])
def test_spellings_of_one_name_sound_alike(spellings: tuple[str, ...]) -> None:
    """Article, vowels, doubled letters, final -h, hyphens and points don't tell names apart."""
    assert len({sound_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Hama", "Homs"), ("Douma", "Duhok"), ("Azaz", "Idlib"), ("Mosul", "Mocha"), ("حمص", "حماة")]
)
def test_different_names_do_not_meet(one: str, other: str) -> None:
    """Consonants do tell names apart."""
    assert sound_key(one) != sound_key(other)
    assert skeleton_key(one) != skeleton_key(other)


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Al-Mayadin", "الميادين"),
        ("Khan Sheikhoun", "خان شيخون"),
        ("Maarat al-Numan", "معرة النعمان"),
        ("Raqqa", "الرقة"),
    ],
)
def test_scripts_meet_in_consonants(latin: str, arabic: str) -> None:
    """A name's consonants are the same from Latin as from Arabic letters."""
    assert skeleton_key(latin) == skeleton_key(arabic)


def test_a_spelling_is_its_letters() -> None:
    """A fold keeps letters and the breaks between words, nothing else."""
    assert fold_name("  Ma'arrat an-Nu‘mān ") == "maarrat an numan"
    assert fold_name("الـــرقّة") == "الرقه"


@pytest.mark.parametrize("name", ["", "'", "-", "...", "\u0640", "🙂"])
def test_no_letters_no_key(name: str) -> None:
    """What has no letter has no key."""
    assert sound_key(name) == skeleton_key(name) == ""


def test_an_article_alone_stays() -> None:
    """A name that is nothing but an article keeps it."""
    assert sound_key("Al") == "al"


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(name: str) -> None:
    """A fold is its own fold, whatever the text."""
    assert fold_name(fold_name(name)) == fold_name(name)


@given(st.text(max_size=60))
def test_case_and_hyphens_never_matter(name: str) -> None:
    """A key is the same with all hyphens written as spaces."""
    assert sound_key(name.replace("-", " ")) == sound_key(name)


@given(st.text(max_size=60))
def test_a_skeleton_is_no_longer_than_its_key(name: str) -> None:
    """Consonants are some of a key's letters."""
    assert len(skeleton_of(sound_key(name))) <= len(sound_key(name))


def test_arabic_is_known_by_its_letters() -> None:
    """Quotation marks and Latin accents are no Arabic."""
    assert is_arabic("مدينة Raqqa")
    assert not is_arabic("“Rāqqa”…")
