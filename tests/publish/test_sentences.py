"""What a search shows of a report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.publish.sentences import MOST_CHARS, parse_phrases, show_sentence
from harmledger.text.finding import fold_phrase


def shown(text: str, *phrases: str) -> str:
    shreds = show_sentence(text, [fold_phrase(phrase) for phrase in phrases])
    return "".join(f"[{shred.text}]" if shred.marked else shred.text for shred in shreds)


def test_the_sentence_with_most_is_shown() -> None:
    """The first that holds most phrases, as it stands in the text, each of them marked wherever it stands in it."""
    text = "The market burnt. A raid hit the market at noon, a raid of jets. Nobody spoke."
    assert shown(text, "raid", "market") == "A [raid] hit the [market] at noon, a [raid] of jets."
    assert shown(text, "hit the market") == "A raid [hit the market] at noon, a raid of jets."
    assert shown("قُتل خمسة في المدرسة أمس.", "مدرسه") == "قُتل خمسة في [المدرسة] أمس."


def test_what_isnt_there_marks_nothing() -> None:
    """A report found by a looked-up name is shown by its beginning."""
    assert shown("The market burnt. A raid hit it.", "Mosul") == "The market burnt."
    assert shown("", "Mosul") == ""


@given(st.text(max_size=900), st.text(min_size=1, max_size=5))
def test_what_is_shown_stands_in_the_text(text: str, asked: str) -> None:
    """Whatever the text and the words, the shreds together are a stretch of it, no longer than a reader wants."""
    phrases = [folded for part in parse_phrases(asked, most=9) if (folded := fold_phrase(part))]
    sentence = "".join(shred.text for shred in show_sentence(text, phrases))
    assert sentence in text
    assert len(sentence) <= MOST_CHARS


@pytest.mark.parametrize(
    ("asked", "phrases"),
    [
        ("a b", ["a", "b"]),
        ('a "b c" d', ["a", "b c", "d"]),
        ("«b c»", ["b c"]),
        ('"a b', ["a", "b"]),
        ('""', []),
        ("a b c d", ["a", "b", "c"]),
    ],
)
def test_words_and_phrases_are_told_apart(asked: str, phrases: list[str]) -> None:
    """Quotation marks of any language hold a phrase together; one that isn't closed holds nothing."""
    assert parse_phrases(asked, most=3) == phrases
