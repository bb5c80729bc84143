"""An incident ready for export is what its claims say, as people left them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from fake_incidents import an_incident

from harmledger.domain import MeansKind, Reconciled, Responsibility, Rule, Stance
from harmledger.publish.exports.assemble import Told, assemble

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


def reconciled(*responsibility: Responsibility) -> Reconciled:
    shown = an_incident()
    figures = tuple(replace(f, claim_id=letter * 64) for f, letter in zip(shown.figures, "123", strict=False))
    return Reconciled(incident_id="a" * 64, figures=figures, responsibility=responsibility, grade=shown.grade)


def told(rejected: str = "", corrected: str = "", fields: tuple[str, ...] = (), **more: Any) -> Told:
    """The three claims as people left them."""
    standing = {"entered": False, "verdict": "correct", "disputed": False, "corrected": dict.fromkeys(fields)}
    claims = [{**c, "standing": standing} if c["claim_id"][0] in corrected else c for c in CLAIMS]
    parts = {name: [(DOCUMENT, c) for c in claims if (c["claim_id"][0] in rejected) == out] for name, out in (("claims", False), ("rejected", True))}  # fmt: skip
    return Told(incident_id="a" * 64, originals={}, **{**parts, **more})


def stance(stance: Stance, actor: str | None, *on: str) -> Responsibility:
    return Responsibility(stance=stance, by="somebody", actor_id=actor, actor=actor, certainty=None, on=on)


def test_the_finest_place_the_shortest_days_and_the_commonest_means() -> None:
    """Each from whichever claim knows it best."""
    found = assemble(told(), reconciled(), (), Rule.RANGE)
    assert found.place
    assert (found.place.name, str(found.earliest), found.means[0]) == ("the market", "2017-03-24", MeansKind.SHELLING)


def test_what_was_rejected_says_neither_where_nor_when() -> None:
    """The next best claim does; its sentence still goes out, with what read it."""
    found = assemble(told(rejected="12"), reconciled(), (), Rule.RANGE)
    assert found.place
    assert (found.place.name, str(found.earliest)) == ("Raqqa", "2017-03-22")
    assert [quoted.by is not None for quoted in found.quotes] == [True, True, True]


@pytest.mark.parametrize(
    ("fields", "place", "earliest"),
    [
        (("place",), "Raqqa", "2017-03-24"),
        (("earliest",), "the market", "2017-03-22"),
        (("low",), "the market", "2017-03-24"),
    ],
)
def test_what_people_corrected_goes_before_what_was_read(fields: tuple[str, ...], place: str, earliest: str) -> None:
    """A corrected place or day is the incident's, however fine those of other claims are."""
    found = assemble(told(corrected="3", fields=fields), reconciled(), (), Rule.RANGE)
    assert found.place
    assert (found.place.name, str(found.earliest)) == (place, earliest)


def test_a_corrected_place_that_isnt_stated_leaves_it_to_the_others() -> None:
    """Where it was, other claims say then."""
    (last,) = told(corrected="3", fields=("place",)).claims[2:]
    stood = [(DOCUMENT, CLAIMS[0]), (DOCUMENT, CLAIMS[1]), (DOCUMENT, {**last[1], "place": None})]
    found = assemble(told(claims=stood), reconciled(), (), Rule.RANGE)
    assert found.place
    assert found.place.name == "the market"


def test_what_a_person_entered_says_where_and_when() -> None:
    """An entered claim's place and days go out; nothing is said to have read it."""
    standing = {"entered": True, "verdict": None, "disputed": False, "corrected": {}}
    person = {"engine": "person", "version": None, "models": []}
    entered = {**a_claim("4", "the bakery", 50, "2017-03-23", None), "standing": standing, "by": person}
    found = assemble(told(claims=[(DOCUMENT, entered)]), reconciled(), (), Rule.RANGE)
    assert found.place
    assert (found.place.name, str(found.earliest), found.quotes[0].by, found.read_by) == (
        "the bakery",
        "2017-03-23",
        None,
        (),
    )


def test_days_are_supposed_only_where_no_claim_has_any() -> None:
    """What a claim states stands alone."""
    guess = (date(2017, 3, 22), date(2017, 3, 24))
    undated = [(DOCUMENT, {**claim, "when": None}) for claim in CLAIMS]
    assert assemble(told(supposed=guess), reconciled(), (), Rule.RANGE).supposed is None
    found = assemble(told(claims=undated, supposed=guess), reconciled(), (), Rule.RANGE)
    assert (found.earliest, found.date_precision, found.supposed) == (None, None, guess)


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
