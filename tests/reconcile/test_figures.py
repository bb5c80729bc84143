"""Claims as they stand, as figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from fake_figures import claim, document, speaker, standing

from harmledger.domain import ClaimedFigure, SpeakerType, Verdict
from harmledger.reconcile.figures import OF_A_FIGURE, list_figures
from harmledger.review.fields import PARSERS

SENTENCE = "7 people were killed."


def read(originals: dict[str, str] | None = None, **more: Any) -> ClaimedFigure:
    pairs = [(document("d", publisher="The Post"), claim("a", SENTENCE, "7", **more))]
    (figure,) = list_figures(pairs, originals or {})
    return figure


def test_the_innermost_source_is_the_claimant() -> None:
    """Who says it first-hand counts, and when; the outlet where it names nobody."""
    told = read(attribution=[speaker("an agency"), speaker("SOHR", slug="sohr", said="2017-05-04")])
    assert (told.claimant.key, told.said) == ("sohr", date(2017, 5, 4))
    own = read()
    assert (own.claimant.key, own.claimant.type, own.said) == ("outlet post", SpeakerType.MEDIA, date(2017, 5, 5))


def test_two_mentions_of_a_name_are_one_claimant() -> None:
    """Case and an article make no other claimant."""
    one, other = (read(attribution=[speaker(name)]).claimant.key for name in ("The camp's clinic", "the Camp's Clinic"))
    assert one == other


@pytest.mark.parametrize("field", sorted(PARSERS))
def test_a_figure_is_by_hand_where_people_corrected_what_it_has(field: str) -> None:
    """A corrected place, day or means leaves the figure as it was read."""
    assert set(PARSERS) > OF_A_FIGURE
    by_hand = read(standing=standing(verdict="correct", corrected={field: None})).by_hand
    assert by_hand == (field not in {"place", "earliest", "latest", "means"})


def test_a_persons_bounds_have_no_hedge() -> None:
    """Nor counted words, which say something else; a machine's have both."""
    corrected = read(count={**claim("a", SENTENCE, "7")["count"], "low": 9, "hedge": None})
    assert (corrected.low, corrected.high, corrected.hedge, corrected.counted) == (9, 7, None, None)
    assert (read().hedge, read().counted) == ("exact", "7")


def test_a_copys_own_voice_is_its_originals() -> None:
    """Outlets that print one text aren't several claimants."""
    pairs = [
        (document(d, publisher=p), claim(d, SENTENCE, "7")) for d, p in (("d", "The Post"), ("copy", "The Courier"))
    ]
    figures = list_figures(pairs, {"copy": "d"})
    assert {f.claimant.key for f in figures} == {"outlet post"}
    assert {f.origin_id for f in figures} == {"d"}


def test_an_entered_claim_is_a_figure_by_hand() -> None:
    """With its verdict, and with no day where its document has none."""
    about = document("photo", published=None)
    entered = claim("e", "9 graves", "9", standing=standing(entered=True, verdict="accept"))
    (figure,) = list_figures([(about, entered)], {})
    assert (figure.claim_id, figure.by_hand, figure.said, figure.standing) == ("e", True, None, Verdict.ACCEPT)
