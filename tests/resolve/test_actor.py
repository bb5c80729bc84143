"""An actor is whom the words blame, and no more than they say."""

from __future__ import annotations

import pytest

from harmledger.domain import Blamed, Certainty, Words
from harmledger.resolve.actor import resolve_actor
from harmledger.resources.registry import load_registry


def resolve(text: str, wording: str) -> str | None:
    start = text.index(wording)
    blamed = Blamed(words=Words(exact=wording, start=start, end=start + len(wording)), certainty=Certainty.SUSPECTED)
    actor = resolve_actor(blamed, text=text, registry=load_registry())
    assert actor.words == blamed.words
    assert actor.certainty is Certainty.SUSPECTED
    assert (actor.id is None) == (actor.name is None)
    return actor.id


@pytest.mark.parametrize(
    ("text", "wording", "slug"),
    [
        ("An Israeli airstrike killed four people in Khan Younis.", "Israeli", "israeli-forces"),
        ("Russian warplanes hit a market in Idlib.", "Russian warplanes", "russian-forces"),
        ("Syrian fighter jets bombed Douma.", "Syrian fighter jets", "syrian-government-forces"),
        ("A regime helicopter dropped barrels on Aleppo, Syria.", "regime helicopter", "syrian-government-forces"),
        ("Washington struck a base in Anbar.", "Washington", "us-forces"),
        ("طائرات الاحتلال الروسي قصفت ريف إدلب في سوريا.", "الاحتلال الروسي", "russian-forces"),
        ("قصفت طائرة مسيرة تركية سيارة في الحسكة.", "طائرة مسيرة تركية", "turkish-forces"),
        ("Warplanes hit the town of Hajin, Syria.", "Warplanes", None),
        ("Unknown gunmen shot a teacher in Mosul.", "Unknown gunmen", None),
    ],
)
def test_the_doer_is_named_by_the_words(text: str, wording: str, slug: str | None) -> None:
    """A state as the doer is its forces; words that name nobody known name nobody."""
    assert resolve(text, wording) == slug


def test_rebels_of_a_country_are_not_its_forces() -> None:
    """A state's name before other fighters doesn't blame the state."""
    assert resolve("Iraqi militants shelled a village near Kirkuk.", "Iraqi militants") is None


def test_the_coalition_is_the_one_that_the_text_named() -> None:
    """A shared name means its bearer last named in full, before any guess by country."""
    text = "In Syria and Yemen people died. The Saudi-led coalition denied it. Later the coalition struck Saada."
    assert resolve(text, "the coalition") == "saudi-led-coalition"


def test_an_outlet_is_no_doer() -> None:
    """Only those who can do harm are actors."""
    assert resolve("Reuters counted ten dead in Kabul.", "Reuters") is None
