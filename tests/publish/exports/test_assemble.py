"""An incident ready for export is what its claims say, as people left them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fake_incidents import an_incident

from harmledger.domain import MeansKind, Reconciled, Responsibility, Rule, Stance, Verdict
from harmledger.publish.exports.assemble import Told, assemble, is_rejected

DOCUMENT = {
    "document_id": "d" * 64,
    "title": "Strike",
    "publisher": "Courier",
    "published": "2017-03-24",
    "language": "en",
}


def a_claim(letter: str, place: str, radius_m: int, day: str, means: str | None) -> dict[str, Any]:
    found = {
        "exact": place,
        "name": place,
        "gazetteer": "geonames",
        "id": "1",
        "country": "SY",
        "admin1": None,
        "lat": 1.0,
        "lon": 2.0,
    }
    return {
        "claim_id": letter * 64, "document_id": DOCUMENT["document_id"],
        "quote": {"exact": "words", "prefix": "", "suffix": "", "start": 0, "end": 5},
        "place": {**found, "precision": "town", "radius_m": radius_m},
        "when": {"earliest": day, "latest": "2017-03-24", "precision": "days"},
        "means": means and {"kind": means}, "by": {"engine": "fake", "version": "1", "models": []},
    }  # fmt: skip


CLAIMS = (
    a_claim("1", "Tabqa", 4000, "2017-03-24", "airstrike"),
    a_claim("2", "the market", 500, "2017-03-20", "shelling"),
    a_claim("3", "Raqqa", 60_000, "2017-03-22", "shelling"),
)


def found_place(words: str, country: str | None) -> dict[str, Any]:
    return {**CLAIMS[0]["place"], "exact": words, "name": f"{words} in {country}"}


def reconciled(*responsibility: Responsibility, rejected: str = "") -> Reconciled:
    shown = an_incident()
    figures = tuple(
        replace(f, claim_id=letter * 64, standing=Verdict.REJECT if letter in rejected else None)
        for f, letter in zip(shown.figures, "123", strict=False)
    )
    return Reconciled(incident_id="a" * 64, figures=figures, responsibility=responsibility, grade=shown.grade)


def told(**corrections: dict[str, Any]) -> Told:
    said = {letter.removeprefix("c") * 64: of for letter, of in corrections.items()}
    claims = tuple((DOCUMENT, claim) for claim in CLAIMS)
    return Told(incident_id="a" * 64, claims=claims, originals={}, find_place=found_place, corrections=said)


def stance(stance: Stance, actor: str | None, *on: str) -> Responsibility:
    return Responsibility(stance=stance, by="somebody", actor_id=actor, actor=actor, certainty=None, on=on)


def test_the_finest_place_the_shortest_days_and_the_commonest_means() -> None:
    """Each from whichever claim knows it best."""
    found = assemble(told(), reconciled(), (), Rule.RANGE)
    assert found.place
    assert (found.place.name, str(found.earliest), found.means[0]) == ("the market", "2017-03-24", MeansKind.SHELLING)


def test_what_was_rejected_says_neither_where_nor_when() -> None:
    """The next best claim does; its sentence still goes out with what people made of it."""
    found = assemble(told(), reconciled(rejected="12"), (), Rule.RANGE)
    assert found.place
    assert (found.place.name, str(found.earliest)) == ("Raqqa", "2017-03-22")
    assert len(found.quotes) == 3
    assert not is_rejected(reconciled(rejected="12"))
    assert is_rejected(reconciled(rejected="123"))


@pytest.mark.parametrize(
    ("said", "place", "earliest", "precision"),
    [
        ({"place": "Ayn Issa"}, "Ayn Issa in SY", "2017-03-24", "days"),
        ({"place": None}, "the market", "2017-03-24", "days"),
        ({"earliest": "2017-03-21", "latest": "2017-03-21"}, "the market", "2017-03-21", "day"),
        ({"earliest": None}, "the market", "2017-03-24", "days"),
    ],
)
def test_corrections_go_before_what_was_read(said: dict, place: str, earliest: str, precision: str) -> None:
    """A corrected place or day is the incident's; one that people found not stated leaves it to the other claims."""
    found = assemble(told(c3=said), reconciled(), (), Rule.RANGE)
    assert found.place
    assert found.date_precision
    assert (found.place.name, str(found.earliest), found.date_precision.value) == (place, earliest, precision)


def test_actors_are_those_blamed_or_admitting() -> None:
    """Most often blamed first, with whether each denies; a denial alone makes nobody an actor, and nor does blame of nobody named."""
    found = assemble(
        told(),
        reconciled(
            stance(Stance.BLAMES, "x", "1"), stance(Stance.BLAMES, "y", "2", "3"), stance(Stance.DENIES, "y", "4"),
            stance(Stance.DENIES, "z", "5"), stance(Stance.BLAMES, None, "6"), stance(Stance.ADMITS, "x", "7", "8"),
        ),
        (),
        Rule.RANGE,
    )  # fmt: skip
    assert [(a.name, a.admits, a.denies, a.claims) for a in found.actors] == [
        ("x", True, False, 3),
        ("y", False, True, 2),
    ]
