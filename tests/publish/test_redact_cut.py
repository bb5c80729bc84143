"""Names are struck from whole incidents, and from quotes that a cut divides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.publish.redact import Withholding

NAME = "Zaynab Testname"
HELD = Withholding([NAME])


@pytest.mark.parametrize(
    ("field", "text", "struck"),
    [
        ("suffix", "all night. Zaynab T", "all night. ████████"),
        ("suffix", "night. Zaynab", "night. ██████"),
        ("prefix", "ynab Testname sold", "█████████████ sold"),
        ("prefix", "Testname sold", "████████ sold"),
        ("suffix", "nothing of it", "nothing of it"),
        ("exact", "all night. Zaynab T", "all night. Zaynab T"),
    ],
)
def test_a_name_that_is_cut_is_struck(field: str, text: str, struck: str) -> None:
    """What stands about a quote ends anywhere; a part of a name at its edge is struck like the whole, a sentence's own words are not touched."""
    assert HELD.part(field, text) == struck


@given(before=st.text("abc .", max_size=20), cut=st.integers(1, len(NAME)))
def test_wherever_a_name_is_cut_nothing_of_it_is_left(before: str, cut: int) -> None:
    """For every cut, on either side, no letter of the name that was kept is still there, and the length holds."""
    left, right = f"{before} {NAME[:cut]}", f"{NAME[-cut:]} {before}"
    struck = HELD.part("suffix", left), HELD.part("prefix", right)
    assert [len(each) for each in struck] == [len(left), len(right)]
    assert not set(struck[0][len(before) + 1 :]) & set(NAME.replace(" ", ""))
    assert not set(struck[1][:cut]) & set(NAME.replace(" ", ""))
