"""UCDP's columns, as scripts written for UCDP GED take them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from fake_incidents import ISLAMIC_STATE, SYRIAN_ARMY, TABQA, a_bare_incident, an_incident, figure, rolled

from harmledger.check.recorders import find_recorder
from harmledger.domain import Harm, MeansKind, PlacePrecision, VictimKind
from harmledger.publish.exports.codes import date_prec, where_prec
from harmledger.publish.exports.sides import type_of_violence
from harmledger.publish.exports.table import render_header, render_rows
from harmledger.publish.exports.ucdp import UCDP

COLUMNS = """id, relid, year, active_year, code_status, type_of_violence, conflict_dset_id, conflict_new_id, conflict_name, dyad_dset_id, dyad_new_id, dyad_name, side_a_dset_id, side_a_new_id,
side_a, side_b_dset_id, side_b_new_id, side_b, number_of_sources, source_article, source_office, source_date, source_headline, source_original, where_prec, where_coordinates,
where_description, adm_1, adm_2, latitude, longitude, geom_wkt, priogrid_gid, country, country_id, region, event_clarity, date_prec, date_start, date_end, deaths_a, deaths_b,
deaths_civilians, deaths_unknown, best, high, low, gwnoa, gwnob"""


def frame(*incidents) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(render_header(UCDP) + "".join(render_rows(UCDP, i) for i in incidents)))


def test_the_columns_are_ucdps() -> None:
    """All 49, in their order."""
    assert list(UCDP.names) == [name.strip() for name in COLUMNS.replace("\n", " ").split(",")]


def test_a_script_for_ucdp_reads_it() -> None:
    """Whole numbers, days that parse, sums by year, codes within their range, best between low and high, sides that add up."""
    incidents = [
        an_incident(letter, earliest=date(2016 + n, 5, 1), latest=date(2016 + n, 5, 1))
        for n, letter in enumerate("abc")
    ]
    found = frame(*incidents)
    assert str(found.id.dtype) == "int64"
    assert found.id.is_unique
    assert (found.id < 2**53).all()
    assert (pd.to_datetime(found.date_start) <= pd.to_datetime(found.date_end)).all()
    assert found.groupby("year").best.sum().to_dict() == {2016: 14, 2017: 14, 2018: 14}
    assert found.where_prec.between(1, 7).all()
    assert found.date_prec.between(1, 5).all()
    assert ((found.low <= found.best) & (found.best <= found.high)).all()
    assert (found[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].sum(axis=1) == found.best).all()
    assert (found.country.iloc[0], found.country_id.iloc[0], found.region.iloc[0]) == ("Syria", 652, "Middle East")
    assert found.geom_wkt.iloc[0] == "POINT (38.54828 35.83758)"


def test_the_claimant_is_the_original_source() -> None:
    """`source_original` is whom the outlets quote, `source_office` the outlets."""
    row = frame(an_incident()).iloc[0]
    assert "doctors" in row.source_original
    assert row.source_office == "The Euphrates Courier; شبكة الفرات"
    assert row.number_of_sources == 2


def test_prio_grid_counts_from_the_south_west() -> None:
    """The half-degree cell of a point, by the grid's own numbering."""
    corner = an_incident(place=replace(TABQA, lat=-90.0, lon=-180.0))
    last = an_incident(place=replace(TABQA, lat=90.0, lon=180.0))
    assert frame(corner, last).priogrid_gid.tolist() == [1, 259200]
    assert frame(an_incident()).priogrid_gid.tolist() == [251 * 720 + 437 + 1]


@pytest.mark.parametrize(
    ("days", "code"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (30, 4), (31, 4), (32, 5), (366, 5)]
)
def test_date_prec(days: int, code: int) -> None:
    """A day, two to six, a week, up to a month, up to a year."""
    assert date_prec(days) == code


@pytest.mark.parametrize(
    ("precision", "admin1", "code"),
    [
        (PlacePrecision.EXACT, "Raqqa", 1), (PlacePrecision.CITY, "Raqqa", 1), (PlacePrecision.DISTRICT, "Raqqa", 3),
        (PlacePrecision.PROVINCE, "Raqqa", 4), (PlacePrecision.PROVINCE, None, 5), (PlacePrecision.UNASSIGNED, None, 6),
    ],
)  # fmt: skip
def test_where_prec(precision: PlacePrecision, admin1: str | None, code: int) -> None:
    """From a known point over divisions to a country; a region that is no division is a fuzzy area."""
    assert where_prec(replace(TABQA, precision=precision, admin1=admin1)) == code


def test_who_has_no_place_in_ucdp_is_refused_with_the_reason() -> None:
    """No deaths, no day, more than a year, no place: UCDP has no such events."""
    shown = an_incident()
    injured = tuple(total for total in shown.totals if total.harm is Harm.INJURED)
    assert UCDP.refuses(shown) is None
    assert UCDP.refuses(replace(shown, totals=injured)) == "the rule gives no deaths"
    assert UCDP.refuses(a_bare_incident()) == "its days aren't known"
    assert UCDP.refuses(replace(shown, place=None)) == "its place isn't known"
    assert shown.earliest
    assert UCDP.refuses(replace(shown, latest=shown.earliest + timedelta(days=400)))


def test_supposed_days_are_coarse_and_say_so() -> None:
    """Where no claim says when, the days up to the first report: UCDP's second precision, and a word in code_status."""
    supposed = (date(2016, 12, 31), date(2017, 1, 2))
    undated = an_incident(earliest=None, latest=None, date_precision=None, supposed=supposed)
    assert UCDP.refuses(undated) is None
    row = frame(undated).iloc[0]
    assert (row.date_start, row.date_end, row.date_prec, row.year) == ("2016-12-31", "2017-01-02", 2, 2016)
    assert "days supposed from publication" in row.code_status
    assert "supposed" not in frame(an_incident(supposed=supposed)).iloc[0].code_status


def test_a_rule_without_a_best_estimate_leaves_it_empty() -> None:
    """A range is no estimate; where both ends agree the figure stands."""
    open_range = an_incident(totals=(rolled(13, 16),))
    agreed = an_incident(totals=(rolled(13, 13),))
    assert frame(open_range, agreed).best.isna().tolist() == [True, False]


def test_type_of_violence_only_where_claims_tell() -> None:
    """A state's strike is state-based; civilians who are shot are one-sided; a group that fights nobody knows whom, or an unknown actor, leaves it empty."""
    shown = an_incident()
    civilians = (figure("1", 2, 2),)
    shot = replace(shown, means=(MeansKind.SHOOTING,), figures=civilians)
    assert type_of_violence(replace(shown, actors=(SYRIAN_ARMY,))) == 1
    assert type_of_violence(shot) == 3
    assert (
        type_of_violence(replace(shot, figures=(figure("1", 2, 2, kind=VictimKind.MIXED),), actors=(ISLAMIC_STATE,)))
        is None
    )
    assert type_of_violence(replace(shown, actors=())) is None


def test_our_own_reader_of_ucdp_takes_it() -> None:
    """`harmledger reference add` reads the export back with the same range."""
    recorder = find_recorder(UCDP.names)
    assert recorder
    row = frame(an_incident()).astype(object).where(lambda f: f.notna(), None).to_dict("records")[0]
    found = recorder.parse(row)
    assert [(f.low, f.high) for f in found.figures] == [(13, 16)]
    assert found.earliest == date(2017, 3, 23)
