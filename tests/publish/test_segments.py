"""Texts cut where marks begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harmledger.publish.segments import Mark, cut_segments, widen


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, int, int, list[Mark]]:
    text = draw(st.text(min_size=1, max_size=40))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    start, end = draw(ends)
    marks = [
        Mark(start=a, end=b, key=draw(st.sampled_from("abc")), label="x") for a, b in draw(st.lists(ends, max_size=6))
    ]
    return text, start, end, marks


@given(marked())
def test_the_pieces_are_the_text(of: tuple[str, int, int, list[Mark]]) -> None:
    """Put together they are the stretch, and every mark within it opens once and covers just its own words."""
    text, start, end, marks = of
    segments = cut_segments(text, start, end, marks)
    assert "".join(segment.text for segment in segments) == text[start:end]
    for mark in {m for m in marks if m.start < end and m.end > start and m.start < m.end}:
        covered = "".join(segment.text for segment in segments if mark in segment.marks)
        assert covered == text[max(start, mark.start) : min(end, mark.end)]
        assert sum(mark in segment.opens for segment in segments) == 1


def test_the_narrowest_mark_comes_first() -> None:
    """A word within a sentence is shown as itself before it is shown as a part of that."""
    wide, narrow = Mark(start=0, end=9, key="quote", label=""), Mark(start=2, end=4, key="place", label="")
    middle = cut_segments("123456789", 0, 9, [wide, narrow])[1]
    assert (middle.text, middle.marks) == ("34", (narrow, wide))


@given(st.text(st.sampled_from("ab \n"), min_size=1, max_size=60), st.data())
def test_a_stretch_is_widened_around(text: str, data: st.DataObject) -> None:
    """It holds what it was, no more than asked for on either side, and begins and ends with no empty lines of its own."""
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    first, last = widen(text, start, end, around=10)
    assert max(0, start - 10) <= first <= start
    assert end <= last <= min(len(text), end + 10)
    assert first == start or not text[first].isspace()
