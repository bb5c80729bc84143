"""The cheap first look for words of harm."""

from __future__ import annotations

import pytest

from harmledger.extract.screen import find_harm_words, lower, mark_sentences, screen
from harmledger.text.sentences import split_sentences

CASES = [
    ("Three people were KILLED near the bridge.", ["KILLED"]),
    ("The skilled workers unkilled nothing.", []),
    ("The parliament met on Tuesday to discuss a budget.", []),
    ("Die Körper: two bodies.", ["Die", "bodies"]),
    ("واستشهد ثلاثة مدنيين", ["استشه"]),
    ("اجتمع المجلس يوم الثلاثاء", []),
]


@pytest.mark.parametrize(("text", "stems"), CASES)
def test_harm_words_are_found_where_they_begin(text: str, stems: list[str]) -> None:
    """English stems count at the beginning of a word, Arabic ones under their prefixes too, in any case."""
    found = find_harm_words(text)
    assert all(any(text.startswith(stem, i) for i in found) for stem in stems)
    assert bool(found) == bool(stems)


def test_lowering_keeps_every_offset() -> None:
    """Letters that lengthen when lowered stay as they are."""
    text = "İstanbul KILLED"
    assert len(lower(text)) == len(text)
    assert lower(text)[9:] == "killed"


def test_a_sentence_is_marked_by_the_words_within_it() -> None:
    """A harm word marks the sentence it stands in and no other."""
    assert mark_sentences([(0, 10), (10, 20), (20, 30)], [12]) == [False, True, False]


SCREENED = [
    ("Shells killed nine farmers. The mill stood still.", [True, False]),
    ("They left two hours later. The council claimed success.", [False, False]),
    ("Shells killed nine farmers. Two brothers left the village in fear.", [True, True]),
    ("Civilians have died. Nobody counted.", [False, False]),
    ("Samira Noor was murdered. Rain fell.", [True, False]),
    ("قُتل مدنيان في القصف. واجتمع المجلس.", [True, False]),
]


@pytest.mark.parametrize(("text", "hits"), SCREENED)
def test_a_sentence_may_claim_where_harm_stands_beside_a_count_or_name(text: str, hits: list[bool]) -> None:
    """Weak words of harm count only in a report that has a strong one; a sentence that counts and names nobody is no hit."""
    assert screen(text, split_sentences(text)) == hits
