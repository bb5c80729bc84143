"""Sentences keep their offsets, and end where a newspaper reader ends them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.text.sentences import split_sentences

CASES = {
    "plain": ["Shells fell on the market.", "Four people died."],
    "closing quote": ["“We condemn the raid.”", "“It was a crime,” she said."],
    "titles": ["Gen. Amin Qasem met Lt. Col. Rashid.", "Mr. Haddad was absent."],
    "initials": [
        "John F. Kaplan of the U.S. Army spoke.",
        "He left the U.S.",
        "The army stayed.",
    ],
    "clock": [
        "It hit at 5 a.m. Monday in Sarmin.",
        "It ended at 9 p.m.",
        "Witnesses fled.",
    ],
    "figures": ["About 3.5 million fled.", "No. 5 was hit on Oct. 12.", "12 died."],
    "question in a quote": ["“Why us?” he asked.", "Nobody answered."],
    "ellipsis": ["They waited...", "Then it fell."],
    "no space after the stop": ["Two died.", "The army left."],
    "arabic": [
        "قُتل مدنيان في القصف.",
        "هل أصيب أحد؟",
        "نعم!",
        "ثم عاد الهدوء؛",
        "وقال ناشطون ذلك.",
    ],
}


@pytest.mark.parametrize("name", CASES)
def test_sentences_end_at_their_stops(name: str) -> None:
    """Sentences joined by a space come apart again at the same places."""
    glue = "" if name == "no space after the stop" else " "
    text = glue.join(CASES[name])
    assert [text[a:b] for a, b in split_sentences(text)] == CASES[name]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Market hit\n\nFour people died", ["Market hit", "Four people died"]),
        (
            "killed the boy\nSami Harb\n(7), and his sister",
            ["killed the boy\nSami Harb\n(7), and his sister"],
        ),
        ("The dead:\n- a woman\n- a man", ["The dead:", "- a woman", "- a man"]),
        ("It ended.\nthe next line", ["It ended.\nthe next line"]),
        ("Raid on Douma  Four people died.", ["Raid on Douma", "Four people died."]),
        ("the army of  Yemen", ["the army of  Yemen"]),
        (" \n ", []),
    ],
)
def test_layout_ends_sentences(text: str, sentences: list[str]) -> None:
    """A blank line, a list item and a wide gap end a sentence; a line break alone does not."""
    assert [text[a:b] for a, b in split_sentences(text)] == sentences


def test_a_stretch_is_split_by_itself() -> None:
    """Only the given stretch is split, in the offsets of the whole text."""
    text = "One. Two died. Three."
    assert split_sentences(text, 5, 14) == [(5, 14)]


@given(st.text(alphabet=' .!?\nAbz”"3؟م-*', max_size=60))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    """Spans are in order, do not overlap, are trimmed, and leave out only white space."""
    spans = split_sentences(text)
    assert all(text[a:b] == text[a:b].strip() and a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
