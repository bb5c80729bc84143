"""What people write down has its quote, its values and an id that is their hash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import Sex, VictimKind
from harmledger.errors import BadInput
from harmledger.review.enter import enter_claim, enter_victim, find_quote, identify_entered, identify_victim

TEXT = "Two boys were killed at the well.\n\nTheir aunt, Nadia, 40, was hurt."


def victim(salt: str = "s", **said: str):
    return enter_victim("d", TEXT, quote="Nadia, 40,", salt=salt, names=["Nadia"], said=said, claims=["c"])


def test_a_quote_is_found_as_the_text_has_it() -> None:
    """White space may be typed otherwise; what is kept are the text's own letters and where they stand."""
    found = find_quote("at the well. Their  aunt", TEXT)
    assert (found.exact, TEXT[found.start : found.end]) == ("at the well.\n\nTheir aunt",) * 2


@pytest.mark.parametrize("quote", ["at the wel", "two boys", "at the well, Their", "", " \n"])
def test_what_the_text_does_not_say_is_no_quote(quote: str) -> None:
    """A letter more, less or otherwise, and it isn't what the document says."""
    with pytest.raises(BadInput):
        find_quote(quote, TEXT)


@given(st.data())
def test_any_whole_words_of_a_text_can_be_quoted(data: st.DataObject) -> None:
    """Words that stand once in a text are found where they stand."""
    words = TEXT.split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    found = find_quote(" ".join(words[start:end]), TEXT)
    assert found.exact.split() == words[start:end]
    assert TEXT[found.start : found.end] == found.exact


def test_an_id_is_the_content() -> None:
    """The same claim of the same words has the same id, whoever enters it; any other value gives another."""
    one = enter_claim("d", TEXT, quote="Two boys were killed", said={"low": "2", "high": "2"})
    same = enter_claim("d", TEXT, quote="Two  boys were killed", said={"high": "2", "low": "2", "kind": "none"})
    other = enter_claim("d", TEXT, quote="Two boys were killed", said={"low": "2", "high": "2", "group": "children"})
    assert one == same
    assert one.entry_id != other.entry_id
    assert identify_entered(one) == one.entry_id


@pytest.mark.parametrize(
    "said",
    [{}, {"low": "3", "high": "2"}, {"low": "2", "harm": "none"}, {"low": "2", "earliest": "2018-02-30"}, {"low": "2", "kind": "child"}],
)  # fmt: skip
def test_a_claim_without_sense_is_refused(said: dict[str, str]) -> None:
    """No number at all, bounds the wrong way round, a value that there isn't: none is entered."""
    with pytest.raises(BadInput):
        enter_claim("d", TEXT, quote="Two boys were killed", said=said)


def test_a_victims_id_tells_nothing_of_the_name() -> None:
    """Chance goes into the id: whoever guesses name, age and words still can't prove the guess by it."""
    assert victim("s").victim_id != victim("t").victim_id
    assert identify_victim(victim()) == victim().victim_id


def test_a_victim_is_what_the_report_says() -> None:
    """What isn't stated is unknown."""
    known, unknown = victim(age="40", sex="female", status="civilian"), victim()
    assert (known.age, known.sex, known.status) == ("40", Sex.FEMALE, VictimKind.CIVILIAN)
    assert (unknown.age, unknown.sex, unknown.status) == (None, Sex.UNKNOWN, VictimKind.UNKNOWN)
    with pytest.raises(BadInput, match="one name"):
        enter_victim("d", TEXT, quote="Nadia, 40,", salt="s", names=[" "], said={}, claims=[])
