"""What every table gives: cells safe in a spreadsheet and reversible, HXL tags, keys that hold."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pandas as pd
import pytest
from fake_incidents import a_bare_incident, an_incident
from hypothesis import given
from hypothesis import strategies as st

from harmledger.publish.exports.airwars import AIRWARS
from harmledger.publish.exports.formats import FORMATS
from harmledger.publish.exports.own import OWN
from harmledger.publish.exports.table import CellType, render_csv_rows, render_header, render_rows
from harmledger.publish.wording import render_cell

EVERY_TABLE = [table for each in FORMATS.values() if each.name not in {"parquet", "sqlite"} for table in each.tables]
HXL = re.compile(r"#[a-z]+[0-9]?(\+[a-z]+)*")


def taken_off(cell: str) -> str:
    """What the docs tell a reader to do."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", cell) else cell


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("'=+-@\t\n"), max_size=8))
def test_a_guarded_cell_is_no_formula_and_comes_back(words: str) -> None:
    """Whatever a report says: no spreadsheet runs it, and taking one apostrophe off gives the exact words."""
    shown = render_cell(words)
    assert isinstance(shown, str)
    assert not re.match(r"[=+\-@\t\r\n]", shown)
    assert taken_off(shown) == words


def test_numbers_stay_numbers() -> None:
    """A longitude west of Greenwich is no formula."""
    assert render_csv_rows([[-3.5, -1, None, True, "-3.5"]]) == "-3.5,-1,,true,'-3.5\n"


def test_a_hostile_claimant_is_guarded_in_every_table() -> None:
    """A name that begins like a formula stands behind an apostrophe wherever it goes out."""
    for table in EVERY_TABLE:
        for row in csv.reader(io.StringIO(render_rows(table, an_incident()))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@"))], table.name


@pytest.mark.parametrize("table", EVERY_TABLE, ids=lambda table: table.name)
def test_hxl_tags_stand_below_the_header(table) -> None:
    """The second row has a tag or nothing for each column, and tags are HXL's."""
    names, tags = csv.reader(io.StringIO(render_header(table, hxl=True)))
    assert len(names) == len(tags) == len(set(names)) == len(table.columns)
    assert all(HXL.fullmatch(tag) for tag in tags if tag)


@pytest.mark.parametrize("table", EVERY_TABLE, ids=lambda table: table.name)
def test_cells_are_of_their_columns_type(table) -> None:
    """Whole numbers, numbers, days, booleans and words, of full and of bare incidents; closed sets hold."""
    types = {"integer": int, "number": (int, float), "string": str, "boolean": bool}
    for incident in (an_incident(), a_bare_incident()):
        for row in table.rows(incident):
            for column, cell in zip(table.columns, row, strict=True):
                if cell is None:
                    assert not column.required, column.name
                elif column.type is not CellType.DATE:
                    assert isinstance(cell, types[column.type]), column.name
                assert not column.choices or cell is None or cell in column.choices, column.name


def test_own_tables_join_in_pandas() -> None:
    """Read as a researcher reads them, every figure finds its incident, report and sentence; bounds keep their emptiness."""
    frames = {
        table.name: pd.read_csv(io.StringIO(render_header(table) + render_rows(table, an_incident()) + render_rows(table, a_bare_incident())))
        for table in OWN
    }  # fmt: skip
    joined = frames["figures"].merge(frames["incidents"], on="incident_id", validate="m:1")
    joined = joined.merge(frames["claims"][["claim_id", "quote"]], on="claim_id", validate="1:1")
    joined = joined.merge(frames["documents"], on=["incident_id", "document_id"], validate="m:1")
    assert len(joined) == len(frames["figures"]) == 7
    assert frames["incidents"].killed_low.tolist()[0] == 13
    assert frames["incidents"].killed_low.isna().tolist() == [False, True]
    assert pd.to_datetime(frames["incidents"].earliest).dt.year.tolist()[0] == 2017
    assert frames["totals"].query("harm == 'killed' and kind == 'civilian'").high.tolist() == [16]
    assert frames["figures"].superseded.dropna().tolist() == ["later figure"]


def test_airwars_columns_are_in_its_order() -> None:
    """The researchers' subset in the order of its dictionary; ours behind it."""
    fixed = "code previous_codes date_type date date_end local_time country_name location_name location_name_arabic region strike_status strike_type civilian_harm_reported civilian_harm_status cause_of_death_injury latitude longitude geolocation_accuracy num_victims num_victims_named".split()
    assert list(AIRWARS.names[: len(fixed)]) == fixed
    assert AIRWARS.names[len(fixed) : len(fixed) + 5] == (
        "civilian_non_combatants_killed_min",
        "civilian_non_combatants_killed_max",
        "civilian_non_combatants_injured_min",
        "civilian_non_combatants_injured_max",
        "children_killed_min",
    )
    assert AIRWARS.names[-3:] == ("rule", "proposed_civilian_harm_status", "proposed_because")
    assert AIRWARS.names.index("num_sources") + 1 == AIRWARS.names.index("belligerent_1_name")


def test_airwars_in_pandas() -> None:
    """A grade is proposed and none is set; what the belligerent concedes is its own figure; children are within."""
    text = render_header(AIRWARS) + render_rows(AIRWARS, an_incident()) + render_rows(AIRWARS, a_bare_incident())
    frame = pd.read_csv(io.StringIO(text))
    first, bare = frame.iloc[0], frame.iloc[1]
    assert frame.civilian_harm_status.isna().all()
    assert (first.proposed_civilian_harm_status, first.strike_status) == ("Confirmed", "Declared strike")
    assert (first.civilian_non_combatants_killed_min, first.civilian_non_combatants_killed_max) == (13, 16)
    assert (first.children_killed_min, first.belligerent_1_deaths_conceded_max) == (4, 3)
    assert (first.belligerent_1_assessment, first.belligerent_2_assessment) == ("credible", "non_credible")
    assert (first.previous_codes, first.date, first.geolocation_accuracy) == ("HLFFFFFFFFFFFF", "2017-03-23", "town")
    assert bare[["date", "latitude", "country_name"]].isna().all()
    assert bare.geolocation_accuracy == "unassigned"


def test_without_quotes_no_sentence_goes_out() -> None:
    """Where a sentence stands is kept; its words are in no table."""
    from harmledger.publish.exports.assemble import leave_out_quotes

    shown = an_incident()
    bare = leave_out_quotes(replace(shown, figures=shown.figures))
    text = "".join(render_rows(table, bare) for table in EVERY_TABLE)
    assert "doctors said." not in text
    assert "doctors said." in "".join(render_rows(table, shown) for table in OWN)
