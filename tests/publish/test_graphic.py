"""A warning stands before graphic texts, and before no others."""

from __future__ import annotations

import pytest

from harmledger.publish.graphic import is_graphic


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("Rescuers gathered body parts from the yard.", True),
        ("The men had been TORTURED.", True),
        ("عثر الأهالي على أشلاء الضحايا", True),
        ("ونقلت الجثث إلى المشفى", True),
        ("Seven people were killed and nine wounded.", False),
        ("The drapes of the hall burnt.", False),
        ("قتل سبعة مدنيين", False),
        ("", False),
    ],
)
def test_readers_are_warned_of_graphic_words(text: str, warned: bool) -> None:
    """Mutilated bodies, torture and rape warn; deaths alone, and words that only look alike, don't."""
    assert is_graphic(text) is warned
