"""Words that a correction points at are found where they stand, or it is said that they don't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import Target
from harmledger.errors import BadInput
from harmledger.reply.checks import LONGEST_TARGET
from harmledger.reply.targets import Passage, locate

DOCUMENT = "d" * 64
TEXT = "Title\n\nTen were hurt. Ten were seen 😀 later. نادي█ was there."
QUOTE = Passage(document_id=DOCUMENT, claim_id="c" * 64, text="Ten were hurt.", start=7)
WHOLE = Passage(document_id=DOCUMENT, claim_id=None, text=TEXT, start=0)


def at(
    exact: str, start: int | None = None, end: int | None = None, **more: str
) -> tuple[int | None, int | None, str | None]:
    found = locate(Target(exact=exact, start=start, end=end, **more), [QUOTE, WHOLE])
    assert found.start is None or TEXT[found.start : found.end] == found.exact
    assert found.document_id == DOCUMENT
    return found.start, found.end, found.claim_id


def test_words_are_found_where_they_are_said_to_stand() -> None:
    """The place counts where the words stand twice; in a claim's sentence they are the claim's."""
    assert at("Ten were", 22, 30) == (22, 30, None)
    assert at("Ten were", 7, 15) == (7, 15, "c" * 64)
    assert at("later", 38, 43) == (38, 43, None)


def test_a_wrong_place_is_put_right_by_the_words() -> None:
    """Where the place is not theirs, or none is said, they are found by themselves, across other white space too."""
    assert at("seen", 3, 7) == (31, 35, None)
    assert at("Ten were hurt.", 0, 3) == (7, 21, "c" * 64)
    assert at("hurt. \n Ten")[0] == 16
    assert at("Ten", -5, 10**12)[:2] == (7, 10)


@pytest.mark.parametrize("exact", ["", " ", "nobody", "ten were", "x" * (LONGEST_TARGET + 1), "نادية", "T.n", "\x00"])
def test_what_doesnt_stand_there_is_refused(exact: str) -> None:
    """Other words, none, too many, patterns, and what is withheld: what can't be seen can't be found out."""
    with pytest.raises(BadInput, match=r"^the chosen words: .+\.$"):
        at(exact)


def test_a_value_alone_points_at_its_claims_sentence() -> None:
    """Who says which value is meant needn't choose words."""
    assert at("", field="low") == (7, 21, "c" * 64)


def test_a_document_without_text_has_no_places() -> None:
    """Words of what a person entered from a photograph stand nowhere in a text."""
    entered = Passage(document_id=DOCUMENT, claim_id="e" * 64, text="Ten were hurt.", start=None)
    found = locate(Target(exact="hurt", start=3, end=7), [entered])
    assert (found.start, found.end, found.claim_id) == (None, None, "e" * 64)


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 30))
def test_whatever_is_chosen_is_found_at_its_place(start: int, length: int) -> None:
    """Each stretch of the text is found where it was chosen."""
    exact = TEXT[start : start + length]
    if exact.strip():
        assert locate(Target(exact=exact, start=start, end=start + len(exact)), [WHOLE]).start == start
