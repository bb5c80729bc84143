"""From the words that an engine marked to the number that they stand for."""

from __future__ import annotations

import pytest

from harmledger.extract.counted import LONGEST_COUNT, read_count

CASES = [
    # text, words marked, words of the count, low, high, hedge
    ("At least 12 shepherds died.", "12 shepherds", "At least 12 shepherds", 12, None, "at_least"),
    ("The blast killed as many as 30 people.", "30", "as many as 30", None, 30, "at_most"),
    ("The blast killed 9 people.", "9 people", "9 people", 9, 9, "exact"),
    ("Fire killed a nurse.", "a nurse", "a nurse", 1, 1, "article"),
    ("قتل أكثر من 20 شخصاً في القصف", "20 شخصاً", "أكثر من 20 شخصاً", 21, None, "more_than"),
    ("They buried Sami Harb and his wife.", "Sami Harb and his wife", "Sami Harb and his wife", 2, 2, "names"),
]


@pytest.mark.parametrize(("text", "marked", "words", "low", "high", "hedge"), CASES)
def test_a_count_begins_with_its_hedge(
    text: str, marked: str, words: str, low: int | None, high: int | None, hedge: str
) -> None:
    """The hedge before a number belongs to its words and to its bounds, whether or not it was marked."""
    at = text.index(marked)
    count = read_count(text, (0, len(text)), (at, at + len(marked)))
    assert count is not None
    assert (count.words.exact, count.low, count.high, count.hedge.value) == (words, low, high, hedge)
    assert text[count.words.start : count.words.end] == count.words.exact


def test_a_hedge_of_the_sentence_before_is_left_alone() -> None:
    """What stands before the sentence is not reached for."""
    text = "He waited at least 7 died there."
    count = read_count(text, (19, len(text)), (19, 20))
    assert count is not None
    assert count.words.exact == "7"


def test_words_without_a_number_give_none() -> None:
    """A bare plural counts nobody."""
    text = "Civilians died."
    assert read_count(text, (0, len(text)), (0, 9)) is None


def test_an_overlong_expression_is_cut_at_a_word() -> None:
    """A count that is no list of names holds no more than may count."""
    text = "Some 40 of the people who had come down from the hills of the far north to sell wool and salt, cheese and hides died."
    count = read_count(text, (0, len(text)), (0, text.index(" died")))
    assert count is not None
    assert len(count.words.exact) <= LONGEST_COUNT
    assert text[count.words.end] in " ,"
