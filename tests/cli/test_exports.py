"""`export` and `release` on a ledger of reports."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from fakes import load_in_place

from harmledger.cli import export_verbs, main, reading
from harmledger.publish.exports.formats import FORMATS

STRIKE = "{n} civilians were killed by Syrian forces in Raqqa on May 5, 2017, {who} said."
REPORTS = {
    "one": f"Army shells town\n\n{STRIKE.format(n=7, who='a medic')} The bakery of Hamdan Zarqan burnt beside the Rumaila bridge.\n",
    "two": f"Toll in Raqqa rises\n\n{STRIKE.format(n=9, who='the mayor')} Hamdan Zarqan lost his bakery and a cousin.\n",
    "other": "Farm hit\n\n2 civilians were killed by Russian forces in Aleppo on June 17, 2017, a farmer said. Olive groves smouldered all week.\n",
    "nowhere": "Deaths\n\n3 civilians were killed. Nothing more is known from the mountains.\n",
}
DAYS = {"other": "2017-06-18", "nowhere": "2017-09-18"}
LATE = f"Nurse counts again\n\n{STRIKE.format(n=12, who='a nurse')} Under the bakery of Hamdan Zarqan rescuers dug until Monday.\n"


@pytest.fixture(autouse=True)
def ledger(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, either_database: str) -> Path:
    """Two reports of one strike, one of another, and one of nowhere; linked."""
    monkeypatch.setattr(reading, "load_reader", load_in_place)
    monkeypatch.chdir(tmp_path)
    lines = [
        json.dumps({"id": name, "published": f"{DAYS.get(name, '2017-05-06')}", "text": text})
        for name, text in REPORTS.items()
    ]
    Path("reports.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run("read", "reports.jsonl", "--format", "jsonl")
    run("link")
    return tmp_path


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return result


def test_every_format_is_offered() -> None:
    """The choices of --format, written out so that --help loads nothing, are the formats that there are."""
    (option,) = (p for p in export_verbs.export.params if p.name == "form")
    assert sorted(option.type.choices) == sorted(FORMATS)


@pytest.mark.parametrize("form", ["ucdp", "acled", "airwars"])
def test_a_recorders_table_is_printed_under_its_rule(form: str) -> None:
    """As pandas reads it: one row an incident with deaths; those without a place are counted on stderr, not in it."""
    result = run("export", "--format", form)
    frame = pd.read_csv(io.StringIO(result.stdout))
    assert f"{len(frame)} incidents as {form}, by the rule {FORMATS[form].rule.value}" in result.stderr
    assert len(frame) == (3 if form == "airwars" else 2)
    assert ("1 incident left out: its" in result.stderr) == (form != "airwars")


def test_a_named_rule_makes_other_figures() -> None:
    """The rule is switchable, and each export says which it is."""
    conservative = pd.read_csv(io.StringIO(run("export", "--format", "acled").stdout))
    assert sorted(conservative.fatalities) == [2, 7]
    assert set(conservative.tags.str.split(";").str[0]) == {"rule=conservative"}
    ranged = pd.read_csv(
        io.StringIO(run("export", "--format", "csv", "--table", "incidents", "--rule", "range").stdout)
    )
    assert sorted(zip(ranged.killed_low, ranged.killed_high, strict=True)) == [(2, 2), (3, 3), (7, 9)]


def test_an_incident_all_of_whose_claims_are_rejected_goes_out_nowhere() -> None:
    """What people rejected is in no export; a corrected figure goes out corrected."""
    claims = pd.read_csv(io.StringIO(run("export", "--format", "csv", "--table", "figures").stdout))
    three, two = (claims[(claims.high == n) & (claims.harm == "killed")].claim_id.iloc[0] for n in (3, 2))
    run("decide", three, "reject", "--by", "Amal", "--reason", "no place, no day")
    run("decide", two, "correct", "high", "5", "--by", "Amal", "--reason", "two bodies and three more")
    incidents = pd.read_csv(io.StringIO(run("export", "--format", "csv", "--table", "incidents").stdout))
    assert sorted(incidents.killed_high) == [5, 9]


def test_what_people_say_of_place_and_day_goes_before_what_was_read() -> None:
    """A corrected place is found in the gazetteer; a corrected day is the incident's; one that the gazetteer doesn't know is somewhere in its country."""
    claims = pd.read_csv(io.StringIO(run("export", "--format", "csv", "--table", "figures").stdout))
    two, seven = (claims[claims.high == n].claim_id.iloc[0] for n in (2, 7))
    run("decide", two, "correct", "place", "Idlib", "--by", "Amal", "--reason", "the farm is near Idlib")
    run("decide", two, "correct", "earliest", "2017-06-16", "--by", "Amal", "--reason", "it went on for two days")
    run("decide", seven, "correct", "place", "Qarqafsh", "--by", "Amal", "--reason", "the quarter's name")
    found = pd.read_csv(io.StringIO(run("export", "--format", "csv", "--table", "incidents").stdout))
    farm = found[found.killed_high == 2].iloc[0]
    assert (farm.place_name, farm.admin1, farm.earliest, farm.latest, farm.date_precision) == (
        "Idlib",
        "Idlib",
        "2017-06-16",
        "2017-06-17",
        "days",
    )
    strike = found[found.killed_high == 9].iloc[0]
    assert (strike.place_words, strike.place_name, strike.place_precision) == ("Qarqafsh", "Syria", "unassigned")


def test_days_that_no_claim_states_are_supposed_and_say_so() -> None:
    """UCDP and ACLED get the days up to the first report, told to be supposed; our own tables leave them empty."""
    text = "Strike\n\n4 civilians were killed by Russian forces in Idlib, a teacher said. Pear trees of the Nahas family fell.\n"
    Path("undated.jsonl").write_text(json.dumps({"id": "undated", "published": "2018-02-09", "text": text}) + "\n")
    run("read", "undated.jsonl", "--format", "jsonl")
    run("link")
    ucdp = pd.read_csv(io.StringIO(run("export", "--format", "ucdp").stdout))
    supposed = ucdp[ucdp.best == 4].iloc[0]
    assert (supposed.date_start, supposed.date_end, supposed.date_prec) == ("2018-02-07", "2018-02-09", 2)
    assert ucdp.code_status.str.contains("days supposed from publication").sum() == 1
    own = pd.read_csv(io.StringIO(run("export", "--format", "csv", "--table", "incidents").stdout))
    assert own[own.killed_high == 4].earliest.isna().all()


def test_entered_claims_go_out_with_their_place_and_day() -> None:
    """Of an incident that only a photograph tells, place and days are the person's."""
    Path("board.jpg").write_bytes(b"\xff\xd8\xff\xe0 not really")
    said = (
        "--quote",
        "six dead",
        "--low",
        "6",
        "--high",
        "6",
        "--place",
        "Idlib",
        "--earliest",
        "2019-01-02",
        "--latest",
        "2019-01-02",
    )
    run("enter", "board.jpg", *said, "--by", "Bo")
    run("link")
    found = pd.read_csv(io.StringIO(run("export", "--format", "csv", "--table", "incidents").stdout))
    entered = found[found.killed_high == 6].iloc[0]
    assert (entered.place_name, entered.earliest) == ("Idlib", "2019-01-02")


def test_what_was_rejected_goes_out_as_rejected() -> None:
    """Of an incident that stands, a rejected figure is kept with what people made of it, its sentence and what read it; it counts nowhere."""
    figures = pd.read_csv(io.StringIO(run("export", "--format", "csv", "--table", "figures").stdout))
    nine = figures[figures.high == 9].claim_id.iloc[0]
    run("decide", nine, "reject", "--by", "Amal", "--reason", "the mayor was misquoted")
    figures = pd.read_csv(io.StringIO(run("export", "--format", "csv", "--table", "figures").stdout))
    assert figures.set_index("claim_id").decided[nine] == "reject"
    claims = pd.read_csv(io.StringIO(run("export", "--format", "csv", "--table", "claims").stdout))
    assert claims.set_index("claim_id").start.notna()[nine]
    incidents = pd.read_csv(io.StringIO(run("export", "--format", "csv", "--table", "incidents").stdout))
    assert sorted(incidents.killed_high) == [2, 3, 7]
    assert "released" in run("release", "releases", "--version", "1").stderr


def test_files_and_folders(ledger: Path) -> None:
    """A table goes into a file, several into a folder, SQLite into one file that answers; nothing half-made is left."""
    run("export", "--format", "geojson", "--out", "map/harm.geojson")
    run("export", "--format", "csv", "--out", "tables", "--hxl")
    run("export", "--format", "parquet", "--out", "tables")
    run("export", "--format", "sqlite", "--out", "harm.sqlite")
    assert len(json.loads((ledger / "map" / "harm.geojson").read_text())["features"]) == 3
    frame = pd.read_csv(ledger / "tables" / "figures.csv", skiprows=[1])
    assert len(frame) == len(pd.read_parquet(ledger / "tables" / "figures.parquet")) == 4
    with closing(sqlite3.connect(ledger / "harm.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM figures JOIN incidents USING (incident_id)").fetchone() == (4,)
    assert not [path for path in ledger.rglob("*") if path.name.endswith(".partial")]


def test_quotes_can_be_left_out() -> None:
    """Sentences name people: with --no-quotes none goes out, in any form."""
    assert "a medic said" in run("export", "--format", "csv", "--table", "claims").stdout
    assert "a medic said" not in run("export", "--format", "csv", "--table", "claims", "--no-quotes").stdout
    assert "a medic said" not in run("export", "--format", "jsonld", "--no-quotes").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--format", "csv"), "it has 7 tables"),
        (("--format", "csv", "--table", "none"), "csv has no such table"),
        (("--format", "acled", "--table", "acled"), "leave out --table"),
        (("--format", "jsonld", "--hxl"), "no second header row"),
        (("--format", "sqlite"), "name a file or folder with --out"),
        (("--format", "parquet", "--table", "claims"), "name a file or folder with --out"),
        (("--format", "acled", "--out", "reports.jsonl/x"), "the file can't be written"),
        (("--format", "acled", "--ledger", "none"), "there is no ledger here"),
    ],
)
def test_what_cant_be_is_told_in_one_sentence(
    arguments: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Options that don't go together, a place that can't be written, a ledger that isn't there."""
    if "none" in arguments:
        monkeypatch.delenv("HARMLEDGER_DATABASE", raising=False)
    result = run("export", *arguments, code=1)
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_release_and_the_next(ledger: Path) -> None:
    """The second says what changed since the first; quotes stood in their reports, or there would be none."""
    assert (
        "3 incidents released in releases/1, the first release" in run("release", "releases", "--version", "1").stderr
    )
    Path("more.jsonl").write_text(json.dumps({"id": "late", "published": "2017-05-08", "text": LATE}) + "\n")
    run("read", "more.jsonl", "--format", "jsonl")
    run("link")
    assert "since 1: 0 added, 0 gone, 1 with other figures" in run("release", "releases", "--version", "2").stderr
    assert "killed (all): 7–9 → 7–12" in (ledger / "releases" / "2" / "CHANGES.md").read_text()
    assert "a version is letters" in run("release", "releases", "--version", "../3", code=1).stderr


def test_a_ledger_that_isnt_linked_has_nothing_to_give(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both verbs say what to run first."""
    monkeypatch.delenv("HARMLEDGER_DATABASE", raising=False)
    run("read", "reports.jsonl", "--ledger", "fresh", "--format", "jsonl")
    assert "run `harmledger link` first" in run("export", "--format", "ucdp", "--ledger", "fresh", code=1).stderr
    assert "run `harmledger link` first" in run("release", "releases", "--ledger", "fresh", code=1).stderr
