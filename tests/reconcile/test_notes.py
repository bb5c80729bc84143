"""Outlets' notes on their own reports."""

from __future__ import annotations

import pytest
from fake_figures import claim, document

from harmledger.reconcile.notes import read_noted

BODY = "Shells fell on the bakery at noon, a medic said.\n\n"


@pytest.mark.parametrize(
    ("note", "earlier"),
    [
        ("Correction: An earlier version of this report said 12 people were killed; the figure is 9.", "12"),
        ("An earlier version of this article misstated the toll. It was 9, not 12.", "12"),
        ("Correction: 9 people were killed, not 12.", "12"),
        ("Clarification: the bakery was hit twice and 9 people died.", ""),
        ("(Corrects toll to 9 from 12 in first paragraph)", "12"),
        ("تصحيح: ورد في نسخة سابقة من هذا التقرير مقتل 12 مدنياً، والصحيح 9 مدنيين.", "12"),
        ("تصويب: قتل 9 مدنيين وليس 12 كما ورد.", "12"),
    ],
)
def test_a_note_names_the_earlier_figure(note: str, earlier: str) -> None:
    """The figure after the words for the earlier version is taken back, and the right one isn't."""
    numbers = [number for number in ("12", "9") if number in note]
    claims = [claim(number, note, number, at=len(BODY)) for number in numbers]
    noted = read_noted({"document": document("d", BODY + note), "claims": claims})
    assert noted.corrects
    assert not noted.retracts
    assert noted.taken_back == frozenset(earlier.split())


@pytest.mark.parametrize(
    "text",
    [
        "This report has been retracted. 12 people were killed, it said.",
        "RETRACTION\n12 people were killed.",
        "We withdraw this story, which said that 12 died.",
        "تم سحب هذا الخبر لعدم دقته.",
    ],
)
def test_a_retraction_is_of_this_report(text: str) -> None:
    """Words that take back the report itself are a retraction."""
    assert read_noted({"document": document("d", text), "claims": []}).retracts


@pytest.mark.parametrize(
    "text",
    [
        "The army retracted its statement that 12 people were killed.",
        "Officials issued a correction of the toll, which was not 12.",
        "The minister said the report had been withdrawn by the ministry.",
        "قال الوزير إن الجيش سحب قواته من المدينة.",
    ],
)
def test_others_corrections_are_no_notes(text: str) -> None:
    """A report on somebody else's correction or retraction isn't corrected by it."""
    noted = read_noted({"document": document("d", text), "claims": []})
    assert not noted.corrects
    assert not noted.retracts


def test_a_figure_outside_the_note_stands() -> None:
    """The body's "not 12" is no earlier figure."""
    body = "It was 9, not 12, a medic said.\n\n"
    text = body + "Correction: the bakery's name was wrong."
    noted = read_noted({"document": document("d", text), "claims": [claim("12", body, "12")]})
    assert noted.taken_back == frozenset()
