"""Copies are known by the words they share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.reply.copies import MOST_SHINGLES, least_shared, shingle

TEXT = "the stalls by the west gate had burnt out before noon and nobody of the guards was there when the second truck came up the road from the quay"


def is_copy(text: str, other: str) -> bool:
    shingles = shingle(text)
    return len(shingles & shingle(other)) >= least_shared(shingles)


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.upper(),
        TEXT.replace(" ", "  \n"),
        f"{TEXT}!!!",
        TEXT.replace("e", "e\u0301"),
        TEXT.replace("a", "a\u200b"),
        f"Look: {TEXT}",
        TEXT.replace("truck", "car"),
    ],
)
def test_a_copy_with_little_changed_is_one(copy: str) -> None:
    """Neither case, signs, marks, hidden signs nor a changed word make it another text."""
    assert is_copy(copy, TEXT)


@pytest.mark.parametrize("other", ["", "the stalls", "nobody of the guards said when the road to the quay was closed that day and by whom it was"])  # fmt: skip
def test_another_text_is_none(other: str) -> None:
    """Words in common are no copy."""
    assert not is_copy(other, TEXT)


@given(st.text(max_size=300))
def test_every_text_is_a_copy_of_itself(text: str) -> None:
    """And of few numbers, that fit a column."""
    shingles = shingle(text)
    assert is_copy(text, text)
    assert 1 <= len(shingles) <= MOST_SHINGLES
    assert all(-(2**63) <= each < 2**63 for each in shingles)
