"""Words that were marked in a text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.errors import BadInput
from harmledger.review.marked import LONGEST_TARGET, find_marked

TEXT = "In Homs, they said; in Homs again. \U0001f691 Three lay there."


def target(exact: str, start: Any = None, end: Any = None, **around: str) -> str:
    position = [] if start is None else [{"type": "TextPositionSelector", "start": start, "end": end}]
    return json.dumps({"selector": [*position, {"type": "TextQuoteSelector", "exact": exact, **around}]})


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_a_position_is_taken_in_code_points(text: str, data: st.DataObject) -> None:
    """Whatever stands before them, the words are those at the position."""
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    if text[start:end].strip():
        found = find_marked(target(text[start:end], start, end), text)
        assert (found.exact, found.start, found.end) == (text[start:end], start, end)


def test_a_quote_finds_words_that_moved() -> None:
    """Where the position says something else, what stands around the words tells which are meant."""
    assert find_marked(target("Homs", 0, 4, prefix="in "), TEXT).start == TEXT.rindex("Homs")
    assert find_marked(target("Three"), TEXT).start == TEXT.index("Three")


@pytest.mark.parametrize(
    "said",
    [
        "",
        "null",
        "[]",
        "{",
        '{"selector": 3}',
        '{"selector": [3]}',
        '{"selector": [{"type": "TextQuoteSelector", "exact": 3}]}',
        target(" "),
        target("Homs"),
        target("Atlantis", 0, 8),
        target("Homs", "0", True, prefix="of "),
        "[" * 100_000,
        target("x" * LONGEST_TARGET),
    ],
)
def test_what_is_no_mark_is_told(said: str) -> None:
    """What is malformed, not there, or there more than once is refused in a sentence."""
    with pytest.raises(BadInput):
        find_marked(said, TEXT)
