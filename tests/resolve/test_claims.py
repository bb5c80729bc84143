"""Joining what was read with what is known: nothing is lost, and ids hold what they stand for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from fakes import FakeEngine

from harmledger.domain import (
    Blamed,
    By,
    Certainty,
    Claim,
    Document,
    Extraction,
    Harm,
    Hedge,
    Means,
    MeansKind,
    Part,
    PartRole,
    Polarity,
    Published,
    PublishedFrom,
    Scope,
    Source,
    VictimKind,
    Words,
)
from harmledger.resolve.claims import REPEATED, identify_claim, resolve_reading
from harmledger.resolve.place import PlaceResolver
from harmledger.resources.gazetteer import load_gazetteer
from harmledger.resources.registry import load_registry

TEXT = "12 civilians were killed by Syrian forces in Raqqa on May 3, 2017, a medic said. 4 fighters were injured in Raqqa on May 3, 2017."
KNOWLEDGE: dict[str, Any] = {"registry": load_registry(), "places": PlaceResolver(load_gazetteer())}


def document(text: str = TEXT, **fields: Any) -> Document:
    given: dict[str, Any] = {
        "document_id": "d" * 64,
        "capture_id": "c" * 64,
        "source": "report.txt",
        "fetched": datetime(2024, 3, 1, tzinfo=UTC),
        "id": None,
        "title": None,
        "author": None,
        "publisher": None,
        "language": "en",
        "published": Published(),
        "text": text,
        "parts": (Part(role=PartRole.BODY, kind=None, start=0, end=len(text)),),
        "dropped": (),
    }
    return Document(**{**given, **fields})


def first_claim() -> Claim:
    return FakeEngine().extract(document()).claims[0]


def test_a_claims_words_become_place_days_and_names() -> None:
    """Each value of a claim is looked up where its words stand."""
    reading = resolve_reading(document(), FakeEngine().extract(document()), **KNOWLEDGE)
    claim = reading.claims[0]
    assert claim.place is not None
    assert (claim.place.country, claim.place.words.exact) == ("SY", "Raqqa")
    assert claim.when is not None
    assert (claim.when.earliest, claim.when.latest) == (date(2017, 5, 3), date(2017, 5, 3))
    assert claim.actor is not None
    assert claim.actor.words.exact == "Syrian"
    assert [speaker.words.exact for speaker in claim.attribution] == ["a medic"]


def test_a_report_without_a_day_gets_the_likeliest() -> None:
    """A publication day that nobody states is inferred; one that is stated stays."""
    extraction = FakeEngine().extract(document())
    assert resolve_reading(document(), extraction, **KNOWLEDGE).document.published.basis is PublishedFrom.INFERRED
    given = Published(
        day=date(2017, 5, 9), basis=PublishedFrom.GIVEN, earliest=date(2017, 5, 9), latest=date(2017, 5, 9)
    )
    assert resolve_reading(document(published=given), extraction, **KNOWLEDGE).document.published == given


def test_a_part_names_its_whole() -> None:
    """The index of the figure that a claim is part of becomes that claim's id."""
    extraction = FakeEngine().extract(document())
    whole, part = extraction.claims
    parted = replace(extraction, claims=(whole, replace(part, scope=Scope.PART, part_of=0)))
    reading = resolve_reading(document(), parted, **KNOWLEDGE)
    assert reading.claims[1].part_of == reading.claims[0].claim_id
    assert reading.claims[0].part_of is None


def test_a_claim_read_twice_is_one_claim_and_a_dropped_one() -> None:
    """Two readings of the same words and values are one claim; parts of either are parts of it."""
    extraction = FakeEngine().extract(document())
    whole, part = extraction.claims
    doubled = replace(extraction, claims=(whole, replace(whole, confidence=0.1), replace(part, part_of=1)))
    reading = resolve_reading(document(), doubled, **KNOWLEDGE)
    assert [claim.claim.confidence for claim in reading.claims] == [0.9, 0.9]
    assert reading.claims[1].part_of == reading.claims[0].claim_id
    assert [dropped.reason for dropped in reading.dropped] == [REPEATED]
    assert len(reading.claims) + len(reading.dropped) == len(doubled.claims) + len(doubled.dropped)


WORD = Words(exact="12", start=0, end=2)
CHANGES: dict[str, dict[str, Any]] = {
    "harm": {"harm": Harm.INJURED},
    "scope": {"scope": Scope.CUMULATIVE},
    "polarity": {"polarity": Polarity.DENIED},
    "place": {"place": None},
    "when": {"when": None},
    "actor": {"actor": Blamed(words=WORD, certainty=Certainty.SUSPECTED)},
    "means": {"means": Means(words=WORD, kind=MeansKind.BOMB)},
    "attribution": {"attribution": (Source(words=WORD, cue=None, said=None),)},
    "victims": {"victims": None},
}


@pytest.mark.parametrize("name", CHANGES)
def test_another_value_is_another_claim(name: str) -> None:
    """Claims that differ in any value read have different ids."""
    claim = first_claim()
    assert identify_claim("d", claim) != identify_claim("d", replace(claim, **CHANGES[name]))


def test_another_count_kind_or_document_is_another_claim() -> None:
    """The count's span and bounds, the victims' kind and the document are all part of what a claim is."""
    claim = first_claim()
    assert claim.victims
    others = (
        replace(claim, count=replace(claim.count, low=11)),
        replace(claim, count=replace(claim.count, hedge=Hedge.ABOUT)),
        replace(claim, count=replace(claim.count, words=WORD)),
        replace(claim, victims=replace(claim.victims, kind=VictimKind.MIXED)),
    )
    ids = {identify_claim("d", claim), identify_claim("e", claim), *(identify_claim("d", other) for other in others)}
    assert len(ids) == 2 + len(others)


@pytest.mark.parametrize("change", [{"confidence": 0.2}, {"reasons": ("other",)}, {"part_of": 0}, {"sentence": WORD}])
def test_how_a_claim_was_read_is_no_part_of_it(change: dict[str, Any]) -> None:
    """Another engine that reads the same has the same claim, however sure it is and whatever its reasons."""
    claim = first_claim()
    assert identify_claim("d", claim) == identify_claim("d", replace(claim, **change))


def test_ids_are_the_same_on_every_machine() -> None:
    """An id is fixed by content alone: this one was written down once."""
    assert identify_claim("d" * 64, first_claim()) == IDENTITY


IDENTITY = "a8ba9e589c32d5372b0e0549c3705aa84e316d0db3031dbfae5c12fb70e3c9b1"


def test_an_empty_extraction_gives_an_empty_reading() -> None:
    """A report without claims is read, and found to have none."""
    empty = Extraction(claims=(), statements=(), dropped=(), by=By(engine="fake", version="1"))
    reading = resolve_reading(document(), empty, **KNOWLEDGE)
    assert (reading.claims, reading.statements, reading.dropped) == ((), (), ())
