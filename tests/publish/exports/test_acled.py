"""ACLED's columns, as scripts written for ACLED take them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from fake_incidents import COALITION, ISLAMIC_STATE, SYRIAN_ARMY, an_incident, figure, rolled

from harmledger.check.recorders import find_recorder
from harmledger.domain import Harm, MeansKind, VictimKind
from harmledger.publish.exports.acled import ACLED
from harmledger.publish.exports.sides import Inter, inter, interaction
from harmledger.publish.exports.table import render_header, render_rows

COLUMNS = """event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type, actor1, assoc_actor_1, inter1, actor2, assoc_actor_2, inter2, interaction,
civilian_targeting, iso, region, country, admin1, admin2, admin3, location, latitude, longitude, geo_precision, source, source_scale, notes, fatalities, tags, timestamp"""


def frame(*incidents) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(render_header(ACLED) + "".join(render_rows(ACLED, i) for i in incidents)))


def test_the_columns_are_acleds() -> None:
    """All 31, in their order."""
    assert list(ACLED.names) == [name.strip() for name in COLUMNS.replace("\n", " ").split(",")]


def test_a_script_for_acled_reads_it() -> None:
    """Unique ids, days that parse, sums by year and country, codes within their range, whole fatalities."""
    incidents = [
        an_incident(letter, earliest=date(2016, n + 1, 1), latest=date(2016, n + 1, 1))
        for n, letter in enumerate("abc")
    ]
    found = frame(*incidents)
    assert found.event_id_cnty.is_unique
    assert (pd.to_datetime(found.event_date).dt.year == found.year).all()
    assert found.groupby(["country", "year"]).fatalities.sum().to_dict() == {("Syria", 2016): 42}
    assert str(found.fatalities.dtype) == "int64"
    assert found.time_precision.isin([1, 2, 3]).all()
    assert found.geo_precision.isin([1, 2, 3]).all()
    assert (found.iso == 760).all()
    row = found.iloc[0]
    assert (row.event_type, row.sub_event_type) == ("Explosions/Remote violence", "Air/drone strike")
    assert (row.actor1, row.inter1, row.actor2, row.inter2, row.interaction) == (
        "US-led coalition",
        8,
        "Civilians (Syria)",
        7,
        78,
    )
    assert row.tags == "rule=range; proposed grade=confirmed"


@pytest.mark.parametrize(
    ("means", "kind", "event"),
    [
        (MeansKind.SHELLING, VictimKind.CIVILIAN, ("Explosions/Remote violence", "Shelling/artillery/missile attack")),
        (
            MeansKind.MINE_OR_REMNANT,
            VictimKind.UNKNOWN,
            ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
        ),
        (MeansKind.SHOOTING, VictimKind.CIVILIAN, ("Violence against civilians", "Attack")),
        (MeansKind.GROUND_ATTACK, VictimKind.COMBATANT, ("Battles", "Armed clash")),
        (MeansKind.OTHER, VictimKind.UNKNOWN, (None, None)),
    ],
)
def test_event_types_follow_means_and_victims(means: MeansKind, kind: VictimKind, event: tuple) -> None:
    """By the means where they tell, else by who was harmed; where nothing tells, empty."""
    shown = an_incident(means=(means,), figures=(figure("1", 2, 2, kind=kind),))
    cells = dict(zip(ACLED.names, next(ACLED.rows(shown)), strict=True))
    assert (cells["event_type"], cells["sub_event_type"]) == event


def test_inter_codes() -> None:
    """A state's forces at home are 1, elsewhere 8; a coalition 8; an armed group 2; nobody 0. Both together, the smaller first."""
    shown = an_incident()
    turkish = replace(SYRIAN_ARMY, actor_id="turkey")
    codes = [inter(actor, shown) for actor in (SYRIAN_ARMY, turkish, COALITION, ISLAMIC_STATE, None)]
    assert codes == [1, 8, 8, 2, 0]
    assert [interaction(Inter(a), Inter(b)) for a, b in ((1, 7), (7, 1), (0, 7), (8, 0), (0, 0))] == [17, 17, 70, 80, 0]


def test_a_figure_that_no_rule_gives_is_empty_and_no_deaths_are_0() -> None:
    """0 says that nobody speaks of deaths, an empty cell that the rule gives no figure; an open range gives its lower end."""
    nobody = an_incident(totals=(rolled(3, 3, harm=Harm.INJURED),))
    deferred = an_incident("b", totals=(rolled(None, None),))
    ranged = an_incident("c", totals=(rolled(13, 16),))
    fatalities = frame(nobody, deferred, ranged).fatalities
    assert fatalities.isna().tolist() == [False, True, False]
    assert fatalities.dropna().tolist() == [0, 13]


def test_a_week_is_its_middle_day() -> None:
    """Precision 2, and the day between both ends, from which our own reader of ACLED comes back to them."""
    week = an_incident(earliest=date(2017, 3, 20), latest=date(2017, 3, 26))
    row = frame(week).iloc[0]
    assert (row.event_date, row.time_precision) == ("2017-03-23", 2)
    recorder = find_recorder(ACLED.names)
    assert recorder
    found = recorder.parse({name: None if pd.isna(cell) else cell for name, cell in row.items()})
    assert (found.earliest, found.latest) == (date(2017, 3, 20), date(2017, 3, 26))
    assert ACLED.refuses(an_incident(latest=date(2017, 6, 1)))


def test_supposed_days_are_coarse_and_say_so() -> None:
    """Where no claim says when: the middle of the days up to the first report, ACLED's second precision, and a word in notes."""
    undated = an_incident(
        earliest=None, latest=None, date_precision=None, supposed=(date(2017, 3, 22), date(2017, 3, 24))
    )
    assert ACLED.refuses(undated) is None
    row = frame(undated).iloc[0]
    assert (row.event_date, row.time_precision) == ("2017-03-23", 2)
    assert "days supposed from publication" in row.notes
    assert "supposed" not in frame(an_incident()).iloc[0].notes
