"""Recorders' rows become incidents by the columns of their tables, and what is no incident says why."""

from __future__ import annotations

from datetime import date

import pytest

from harmledger.check.recorders import RECORDERS, UCDP_COLUMNS, find_recorder, name_columns
from harmledger.check.recorders.airwars import parse_airwars
from harmledger.check.recorders.others import parse_acled, parse_ibc, parse_ucdp
from harmledger.domain import Harm, Position, RecordedFigure, VictimGroup
from harmledger.errors import BadInput

AIRWARS = {
    "code": "CS1",
    "date": "2017-05-25",
    "date_end": "2017-05-26",
    "country_name": "Syria",
    "location_name": "Tell Example",
    "location_name_arabic": "تل مثال",
    "region": "Raqqa",
    "strike_type": "Airstrike",
    "civilian_harm_status": "Fair",
    "latitude": "35.5",
    "longitude": "39.25",
    "geolocation_accuracy": "Within 100m (via Coalition)",
    "civilian_non_combatants_killed_min": "3",
    "civilian_non_combatants_killed_max": "7",
    "children_killed_min": "2",
    "children_killed_max": "",
    "belligerent_1_name": "US-led Coalition",
    "belligerent_1_type": "suspected",
    "belligerent_1_assessment": "credible",
    "belligerent_1_deaths_conceded_min": "2",
    "belligerent_1_deaths_conceded_max": "4",
    "belligerent_2_name": "",
}
AIRWARS_LINE = {
    "code": "CS1",
    "date": "2017-05-25",
    "place": "Tell Example",
    "place_ar": "تل مثال",
    "governorate": "Raqqa",
    "grade": "Fair",
    "lat": 35.5,
    "lon": 39.25,
    "geo_accuracy": "village",
    "killed_min": 3,
    "killed_max": 7,
    "belligerent": "U.S.-led Coalition, YPG",
    "positions": [{"belligerent": "coalition", "role": "known", "assessment": "non_credible"}],
}


def test_airwars_csv_is_read_by_its_columns() -> None:
    """Days, place, grade, ranges by group and what each belligerent conceded are taken from the researchers' columns."""
    incident = parse_airwars(AIRWARS)
    assert (incident.code, incident.earliest, incident.latest) == ("CS1", date(2017, 5, 25), date(2017, 5, 26))
    assert (incident.place, incident.place_local, incident.admin1, incident.grade) == (
        "Tell Example",
        "تل مثال",
        "Raqqa",
        "Fair",
    )
    assert (incident.lat, incident.lon, incident.radius_m) == (35.5, 39.25, 100)
    assert incident.figures == (
        RecordedFigure(harm=Harm.KILLED, low=3, high=7),
        RecordedFigure(harm=Harm.KILLED, group=VictimGroup.CHILDREN, low=2, high=2),
    )
    assert incident.positions == (
        Position(
            belligerent="US-led Coalition", role="suspected", assessment="credible", conceded_low=2, conceded_high=4
        ),
    )


def test_airwars_lines_are_read_as_its_csv() -> None:
    """The JSON lines' shape gives the same kind of incident, and names every belligerent."""
    incident = parse_airwars(AIRWARS_LINE)
    assert incident.figures == (RecordedFigure(harm=Harm.KILLED, low=3, high=7),)
    assert incident.belligerents == ("U.S.-led Coalition", "YPG", "coalition")
    assert incident.positions[0].assessment == "non_credible"
    assert incident.radius_m == 2000


def test_ucdp_events_have_a_range_and_both_sides() -> None:
    """UCDP's low and high are the range, and its two sides the belligerents."""
    row = dict.fromkeys(UCDP_COLUMNS, "") | {
        "id": "9", "date_start": "2019-02-03 00:00:00.000", "date_end": "2019-02-05", "low": "4", "best": "6", "high": "9",
        "side_a": "Government of Syria", "side_b": "IS", "where_prec": "2", "latitude": "35", "longitude": "40", "adm_1": "Deir ez-Zor",
    }  # fmt: skip
    incident = parse_ucdp(row)
    assert (incident.earliest, incident.latest, incident.radius_m) == (date(2019, 2, 3), date(2019, 2, 5), 25_000)
    assert incident.figures == (RecordedFigure(harm=Harm.KILLED, low=4, high=9),)
    assert incident.belligerents == ("Government of Syria", "IS")


def test_ucdp_without_a_header_is_known() -> None:
    """A first row of 49 cells that begins with a number is an event, not a header."""
    columns, is_header = name_columns([str(n) for n in range(49)])
    assert (find_recorder(columns), is_header) == (RECORDERS[0], False)


def test_acled_months_are_a_month_wide() -> None:
    """time_precision 3 puts an event anywhere within about a month, and its one figure is both ends."""
    row = {
        "event_id_cnty": "SYR7",
        "event_date": "16 March 2020",
        "time_precision": "3",
        "fatalities": "12",
        "actor1": "A",
    }
    incident = parse_acled(row)
    assert (incident.earliest, incident.latest) == (date(2020, 3, 1), date(2020, 3, 31))
    assert incident.figures == (RecordedFigure(harm=Harm.KILLED, low=12, high=12),)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param({"date": "2004-08-05", "place": "Samarra", "minimum deaths": "3", "maximum deaths": "5"}, "2004-08-05 Samarra", id="without a code"),
        pytest.param({"ibc code": "k9", "start date": "05 Aug 2004", "location": "Samarra", "reported minimum": "3", "reported maximum": "5"}, "k9", id="as its site exports"),
    ],
)  # fmt: skip
def test_iraq_body_count_is_read_in_both_shapes(row: dict[str, str], code: str) -> None:
    """Its columns differ from release to release; an incident comes out of each."""
    incident = parse_ibc(row)
    assert (incident.code, incident.earliest, incident.place) == (code, date(2004, 8, 5), "Samarra")
    assert incident.figures == (RecordedFigure(harm=Harm.KILLED, low=3, high=5),)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"date": ""}, "no date"),
        ({"date": "the fifth"}, "is no day"),
        ({"code": " "}, "no code"),
        ({"civilian_non_combatants_killed_min": "some"}, "is no number"),
        ({"civilian_non_combatants_killed_min": "-3"}, "no number of people"),
        ({"civilian_non_combatants_killed_min": "inf"}, "no number of people"),
    ],
)
def test_a_row_that_is_no_incident_says_why(change: dict[str, str], why: str) -> None:
    """What is wrong with a row is told in one sentence that names the row."""
    with pytest.raises(BadInput, match=why):
        parse_airwars(AIRWARS | change)


def test_slips_that_leave_an_incident_findable_are_forgiven() -> None:
    """An end before the start and a point off the earth are left out; the incident stays."""
    incident = parse_airwars(AIRWARS | {"date_end": "2017-02-01", "longitude": "4239.00"})
    assert (incident.latest, incident.lat, incident.lon) == (date(2017, 5, 25), None, None)


def test_other_tables_are_nobodys() -> None:
    """Columns of no known recorder find none."""
    assert find_recorder(["a", "date", "code"]) is None
