"""Captions by their wording and credits."""

from __future__ import annotations

import pytest

from harmledger.read.captions import find_bracketed, is_caption, is_caption_label, may_be_caption


@pytest.mark.parametrize(
    "line",
    [
        "A video grab made from footage of March 5, 2019 shows smoke over Marib. (via AFP)",
        "File photo: Rescuers search a house in Taiz.",
        "FILE - Rescuers search a house in Taiz, March 5, 2019.",
        "Rescuers search a house in Taiz on March 5, 2019. REUTERS/Amal Saleh",
        "Rescuers search a house in Taiz [Amal Saleh/Anadolu Agency]",
        "Rescuers search a house in Taiz (Photo: Amal Saleh)",
        "This satellite image provided by a private firm shows the burnt market.",
        "Smoke over the market in Marib. Amal Saleh/Getty Images",
        "Rescuers in Taiz, Yemen. Pic: Saba via AP",
        "Image source, Reuters",
        "قصف على تعز في 5 آذار 2019 (رويترز)",
        "صورة أرشيفية لسوق في مأرب",
        "آثار القصف على سوق في مأرب - أرشيف",
    ],
)
def test_captions(line: str) -> None:
    """A line that says it is a picture's, or ends in a credit, is a caption."""
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "The photo shows that the market was hit twice, an expert said.",
        "The picture that emerged was grim, with nine killed in a day.",
        "Images of the dead were shared by residents, who counted seven bodies.",
        "“They were children,” he told the agency by telephone on Monday.",
        "The attack killed four members of the Syrian Democratic Forces (SDF).",
        "Two men were killed in Marib. Nine were wounded. The army denied it. It said nothing was hit. --Reuters",
    ],
)
def test_sentences_on_pictures(line: str) -> None:
    """A sentence that speaks of a picture, or a report signed by its agency, is none."""
    assert not is_caption(line)


def test_label_above_a_caption() -> None:
    """A bare label announces a caption."""
    assert is_caption_label("Image:")
    assert not is_caption_label("Images of the dead were shared")


def test_line_that_may_be_a_caption() -> None:
    """An open line that ends in what can be a credit may be one, a hyphenated name not."""
    assert may_be_caption("Rescuers at the market in Marib – Saba Press")
    assert not may_be_caption("Muhammad Salim Ahmad al-Mashhadani")


def test_captions_in_brackets() -> None:
    """Captions in brackets are found with their offsets."""
    text = "Two died. (Photo: smoke over Marib by AFP) Nine were hurt (four badly)."
    assert [text[start:end] for start, end in find_bracketed(text, 0, len(text))] == [
        "(Photo: smoke over Marib by AFP)"
    ]
