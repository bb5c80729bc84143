"""Claims and entries as figures, with people's corrections in effect."""

from __future__ import annotations

from datetime import date

import pytest
from fake_figures import NAMES, claim, document, speaker, standing

from harmledger.domain import (
    ClaimedFigure,
    Correction,
    Entered,
    Harm,
    Polarity,
    Scope,
    SpeakerType,
    Verdict,
    VictimGroup,
    VictimKind,
)
from harmledger.reconcile.figures import Told, Written, list_figures

SENTENCE = "7 people were killed."


def read(*corrections: Correction, originals: dict[str, str] | None = None, **more) -> ClaimedFigure:
    about = document("d", publisher="The Post")
    told = Told(document=about, claim=claim("a", SENTENCE, "7", **more), standing=standing(corrections=corrections))
    (figure,) = list_figures([told], [], originals or {}, NAMES)
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


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("low", 9, {"low": 9, "hedge": None}),
        ("high", None, {"high": None}),
        ("harm", "injured", {"harm": Harm.INJURED}),
        ("kind", "civilian", {"kind": VictimKind.CIVILIAN}),
        ("group", "women", {"group": VictimGroup.WOMEN}),
        ("scope", "part", {"scope": Scope.PART}),
        ("polarity", "denied", {"polarity": Polarity.DENIED}),
        ("actor", "Syrian Army", {"actor_id": "syrian-government-forces"}),
        ("actor", None, {"actor_id": None, "actor": None, "certainty": None}),
    ],
)
def test_corrections_are_in_effect(field: str, value: int | str | None, expected: dict) -> None:
    """A figure says what people corrected, and that it is by hand."""
    actor = {"exact": "jets", "id": "russia", "name": "Russia", "certainty": "stated"}
    corrected = read(Correction(field=field, value=value), actor=actor)
    assert corrected.by_hand
    assert {name: getattr(corrected, name) for name in expected} == expected


def test_a_corrected_claimant_is_looked_up() -> None:
    """A name that the registry knows has its slug and its type, in Arabic too."""
    for words in ("Syrian Observatory for Human Rights", "المرصد السوري لحقوق الإنسان"):
        claimant = read(Correction(field="claimant", value=words)).claimant
        assert (claimant.key, claimant.type) == ("sohr", SpeakerType.MONITOR)


def test_what_no_figure_has_changes_none() -> None:
    """A corrected place leaves the figure as it was read."""
    assert not read(Correction(field="place", value="Raqqa")).by_hand


def test_a_copys_own_voice_is_its_originals() -> None:
    """Outlets that print one text aren't several claimants."""
    originals = {"copy": "d"}
    told = [
        Told(document=document(d, publisher=p), claim=claim(d, SENTENCE, "7"), standing=standing(d))
        for d, p in (("d", "The Post"), ("copy", "The Courier"))
    ]
    figures = list_figures(told, [], originals, NAMES)
    assert {f.claimant.key for f in figures} == {"outlet post"}
    assert {f.origin_id for f in figures} == {"d"}


def test_an_entry_is_a_figure_by_hand() -> None:
    """What a person entered stands beside what was read, with its verdict, from a document that no engine read too."""
    entered = Entered(
        entry_id="e", document_id="photo", quote="nine graves", start=None, end=None, harm=Harm.KILLED, low=9, high=9,
        kind=VictimKind.UNKNOWN, group=None, scope=Scope.INCIDENT, polarity=Polarity.ASSERTED, place=None, earliest=None,
        latest=None, actor=None, means=None, claimant="a nurse",
    )  # fmt: skip
    written = Written(document=None, entered=entered, standing=standing("e", verdict=Verdict.ACCEPT))
    (figure,) = list_figures([], [written], {}, NAMES)
    assert (figure.claim_id, figure.low, figure.by_hand, figure.said) == ("e", 9, True, None)
    assert (figure.claimant.type, figure.standing) == (SpeakerType.MEDICAL, Verdict.ACCEPT)
