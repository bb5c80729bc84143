"""A claim finds the recorded incident that it speaks of, says why, and says where its figure lies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from harmledger.check import Recorded, ask_record, check_claims
from harmledger.check.features import FEATURES
from harmledger.check.figures import where_lies
from harmledger.check.geometry import direction_agreement, find_direction
from harmledger.check.names import likeness
from harmledger.check.score import load_weights
from harmledger.domain import Harm, Lies, Match, Position, RecordedFigure, RecordedIncident
from harmledger.geo import distance_km
from harmledger.resources.registry import load_registry


def claim(**changes: Any) -> dict[str, Any]:
    """A claim's record: 12 killed in Tell Example on one day by the coalition."""
    record: dict[str, Any] = {
        "claim_id": "c1",
        "quote": {"exact": "12 people died in Tell Example."},
        "count": {"exact": "12", "low": 12, "high": 12},
        "harm": "killed",
        "victims": None,
        "scope": "incident",
        "polarity": "asserted",
        "place": {
            "exact": "Tell Example",
            "name": "Tell Example",
            "id": "1",
            "lat": 35.5,
            "lon": 39.0,
            "radius_m": 2000,
            "admin1": "Raqqa",
        },
        "when": {"exact": "9 May 2017", "earliest": "2017-05-09", "latest": "2017-05-09"},
        "actor": {"id": "us-led-coalition", "name": "US-led coalition"},
        "means": {"kind": "airstrike"},
    }
    return record | changes


def report(*claims: dict[str, Any], **changes: Any) -> dict[str, Any]:
    document = {
        "text": "12 people died in Tell Example.",
        "published": "2017-05-11",
        "published_from": "given",
        "published_earliest": "2017-05-11",
        "published_latest": "2017-05-11",
    }
    return {"document": document | changes, "claims": list(claims)}


def incident(code: str, **changes: Any) -> RecordedIncident:
    """12 to 15 killed in Tell Example on the same day by the coalition."""
    values: dict[str, Any] = {
        "code": code,
        "earliest": date(2017, 5, 9),
        "latest": date(2017, 5, 9),
        "place": "Tall Example",
        "admin1": "Ar Raqqah",
        "lat": 35.51,
        "lon": 39.0,
        "radius_m": 2000,
        "belligerents": ("U.S.-led Coalition",),
        "means": "Airstrike",
        "grade": "Fair",
        "figures": (RecordedFigure(harm=Harm.KILLED, low=10, high=15),),
        "positions": (Position(belligerent="coalition", role="suspected", assessment="non_credible"),),
    }
    values |= changes
    if "earliest" in changes:
        values["latest"] = changes.get("latest", changes["earliest"])
    return RecordedIncident(**values)


def check_one(record: dict[str, Any], *incidents: RecordedIncident):
    (checked,) = check_claims(ask_record(record), Recorded(incidents), load_registry())
    return checked


def test_the_incident_of_that_day_and_place_comes_first() -> None:
    """Day, place, belligerent and figure together point to one incident, and each says why."""
    elsewhere = incident(
        "far", lat=36.2, lon=37.1, place="Elsewhere", admin1="Aleppo", belligerents=("Russian Military",)
    )
    later = incident("later", earliest=date(2017, 5, 10), figures=())
    checked = check_one(report(claim()), elsewhere, later, incident("right"))
    assert (checked.match, checked.candidates[0].incident.code, checked.candidates[0].lies) == (
        Match.ONE,
        "right",
        Lies.WITHIN,
    )
    assert {"same day", "same name", "same actor", "figure fits"} <= {e.feature for e in checked.candidates[0].evidence}
    assert all(e.reason for each in checked.candidates for e in each.evidence)


def test_alike_incidents_are_several_possible() -> None:
    """Two incidents that fit as well are both named, and neither stands alone."""
    checked = check_one(report(claim()), incident("one"), incident("two"))
    assert checked.match is Match.SEVERAL
    assert [each.incident.code for each in checked.candidates] == ["one", "two"]
    assert checked.candidates[0].share == pytest.approx(0.5)


def test_nothing_of_that_time_is_no_match() -> None:
    """An incident of another year is not thought of, and the note says that nothing is recorded."""
    checked = check_one(report(claim()), incident("old", earliest=date(2016, 5, 9)))
    assert (checked.match, checked.candidates) == (Match.NONE, ())
    assert "nothing is recorded" in checked.note


def test_the_same_day_elsewhere_is_no_match() -> None:
    """A strike of that day by the same belligerent with the same figures, 300 km away, is told of and not taken for a match."""
    other = incident("other", lat=33.0, lon=36.2, place="Elsewhere", admin1="Daraa")
    checked = check_one(report(claim()), other)
    assert checked.match is Match.NONE
    assert "none fits well" in checked.note


def test_a_claim_without_a_day_is_dated_by_its_report() -> None:
    """Where the claim says no day, the incident shortly before the publication is likelier, with less weight than a day told."""
    near, long_before = incident("near"), incident("before", earliest=date(2017, 4, 29))
    checked = check_one(report(claim(when=None)), long_before, near)
    assert [each.incident.code for each in checked.candidates] == ["near", "before"]
    told = check_one(report(claim()), near)
    assert told.candidates[0].score > checked.candidates[0].score


def test_a_day_without_a_year_fits_any_year() -> None:
    """Of a report whose year nobody knows, "May 9" finds the incident of that day in whatever year it was."""
    undated = {"published": None, "published_from": None, "published_earliest": None, "published_latest": "2020-01-01"}
    when = {"exact": "May 9", "earliest": None, "latest": None}
    checked = check_one(
        report(claim(when=when), **undated), incident("right"), incident("other day", earliest=date(2017, 7, 1))
    )
    assert [each.incident.code for each in checked.candidates] == ["right"]


def test_arabic_names_meet_latin_ones() -> None:
    """A claim's place in Arabic letters finds an incident that is recorded in both scripts, and one in Latin letters alone."""
    assert likeness(["الرقة"], ["Ar Raqqah", "الرقة"]) == 1
    assert likeness(["الميادين"], ["Al Mayadin"]) > 0.7
    assert likeness(["Kobani"], ["Manbij"]) == 0


def test_the_side_that_the_words_say_decides() -> None:
    """Words such as "south of the town" point to the incident in the south, though one in the north is as near."""
    place = claim()["place"] | {"exact": "an area south of Tell Example", "radius_m": 15000}
    north = incident("north", lat=35.58, place="North Place")
    south = incident("south", lat=35.42, place="South Place")
    assert check_one(report(claim(place=place)), north, south).candidates[0].incident.code == "south"


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("south of the city", (-1, 0)),
        ("the northeastern countryside", (1, 1)),
        ("ريف حلب الشمالي", (1, 0)),
        ("the city", None),
        ("Northampton Easterly", (1, 1)),
    ],
)
def test_directions_are_read(words: str, direction: tuple[int, int] | None) -> None:
    """English and Arabic words for the quarters of the sky are understood."""
    assert find_direction(words) == direction


def test_distances_and_sides() -> None:
    """A degree of latitude is 111 km; what lies due south agrees with the south wholly."""
    assert distance_km(35, 39, 36, 39) == pytest.approx(111.2, abs=0.1)
    assert direction_agreement((-1, 0), 35, 39, 34, 39) == pytest.approx(1)


@pytest.mark.parametrize(
    ("low", "high", "lies"),
    [
        (12, 12, Lies.WITHIN),
        (16, 16, Lies.ABOVE),
        (3, 9, Lies.BELOW),
        (9, 12, Lies.WITHIN),
        (12, None, Lies.WITHIN),
        (16, None, Lies.ABOVE),
        (None, 20, Lies.WITHIN),
        (None, 9, Lies.BELOW),
        (None, None, Lies.NO_FIGURE),
    ],
)
def test_where_a_figure_lies(low: int | None, high: int | None, lies: Lies) -> None:
    """A figure that meets the range is within it; an open end never contradicts."""
    assert where_lies(low, high, RecordedFigure(harm=Harm.KILLED, low=10, high=15)) is lies


def test_no_recorded_figure_is_said() -> None:
    """Where the recorder counts no injured, an injured claim lies nowhere."""
    checked = check_one(report(claim(harm="injured")), incident("right"))
    assert checked.candidates[0].lies is Lies.NO_FIGURE


def test_every_feature_is_weighed() -> None:
    """The weights that ship name exactly the features that there are."""
    assert set(load_weights().of) == {name for name, _ in FEATURES}
