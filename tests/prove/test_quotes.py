"""Words either stand in the text where they are said to, or are told."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from harmledger.prove.quotes import find_misquoted, find_outside, find_uncovered

TEXTS = st.text(min_size=2, max_size=60)


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


def quoted(text: str, start: int, end: int) -> dict[str, Any]:
    return {"exact": text[start:end], "start": start, "end": end}


@given(spans())
def test_a_right_quote_passes_however_deep_it_lies(span: tuple[str, int, int]) -> None:
    """What stands there is told nowhere: in a record, a list, or a list of records."""
    right = quoted(*span)
    assert list(find_misquoted({"count": right, "attribution": [{"target": right}]}, span[0])) == []


@given(spans(), st.data())
def test_a_changed_letter_or_offset_is_told(span: tuple[str, int, int], data: st.DataObject) -> None:
    """Any other words, or the same words elsewhere than they stand, are told with the way to them."""
    text, start, end = span
    wrong = quoted(text, start, end)
    if data.draw(st.booleans()):
        wrong["exact"] = data.draw(TEXTS)
    else:
        wrong["start"] = data.draw(st.integers(-3, len(text) + 3))
    assume(not (0 <= wrong["start"] <= wrong["end"] and text[wrong["start"] : wrong["end"]] == wrong["exact"]))
    (told,) = find_misquoted({"attribution": [{"target": wrong}]}, text)
    assert "attribution[0].target" in told


def test_a_cue_is_held_to_its_own_offsets() -> None:
    """A speaker's words of saying stand beside the speaker's own."""
    text = "Somebody said so."
    speaker: dict[str, Any] = {**quoted(text, 0, 8), "cue": "said", "cue_start": 9, "cue_end": 13}
    assert list(find_misquoted(speaker, text)) == []
    assert len(list(find_misquoted({**speaker, "cue_start": 8}, text))) == 1


def test_what_stands_either_side_of_a_quote_is_held_too() -> None:
    """Prefix and suffix are of the text."""
    text = "One. Two. Three."
    quote = {**quoted(text, 5, 9), "prefix": "One. ", "suffix": " Three."}
    assert list(find_misquoted({"quote": quote}, text)) == []
    assert len(list(find_misquoted({"quote": {**quote, "prefix": "One, "}}, text))) == 1
    assert len(list(find_misquoted({"quote": {**quote, "suffix": ""}}, text))) == 1


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5))
def test_parts_cover_the_text(cuts: list[int]) -> None:
    """Parts that follow one another pass; one that is taken out or moved is told."""
    text = "x" * 30
    edges = sorted({0, 30, *cuts})
    parts = [{"start": start, "end": end} for start, end in pairwise(edges)]
    assert list(find_uncovered(parts, text)) == []
    if len(parts) > 1:
        assert list(find_uncovered(parts[1:], text))
        assert list(find_uncovered(parts[:-1], text))
    assert list(find_uncovered([*parts, {"start": 29, "end": 31}], text))


def test_a_passage_outside_the_text_is_told() -> None:
    """Half-open, and within."""
    assert list(find_outside(0, 3, "abc")) == []
    assert all(list(find_outside(start, end, "abc")) for start, end in ((-1, 2), (2, 1), (0, 4), (None, 2)))
