"""`harmledger reference` and `harmledger check` as a user calls them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import load_in_place, write_reports

from harmledger.cli import main

CSV = """code,date,location_name,location_name_arabic,region,civilian_harm_status,latitude,longitude,geolocation_accuracy,civilian_non_combatants_killed_min,civilian_non_combatants_killed_max,belligerent_1_name,belligerent_1_type,belligerent_1_assessment,belligerent_1_deaths_conceded_min,belligerent_1_deaths_conceded_max
EX1,2017-05-01,Raqqa,الرقة,Raqqa,Fair,35.95,39.01,City,1,4,Syrian Regime,suspected,not_yet_assessed,,
EX2,2017-05-01,Aleppo,حلب,Aleppo,Weak,36.2,37.16,City,7,9,Russian Military,known,credible,2,3
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the ledger is made, with a report and a table beside it, read by the fake engine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("harmledger.cli.checking.load_reader", load_in_place)
    monkeypatch.setattr("harmledger.cli.reading.load_reader", load_in_place)
    (tmp_path / "known.csv").write_text(CSV, encoding="utf-8")
    write_reports(tmp_path / "reports.jsonl", 1)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_a_report_is_set_beside_a_data_set(folder: Path) -> None:
    """The likeliest incident, its range, grade and the belligerent's own assessment are told, and where the figure lies."""
    assert run("reference", "add", "known", "known.csv").exit_code == 0
    result = run("check", "reports.jsonl", "--against", "known")
    assert result.exit_code == 0, result.output
    for words in (
        "Most likely EX1 Raqqa: 1 killed lies within its 1–4.",
        "grade Fair",
        "its own assessment: not yet assessed",
        "same day:",
    ):
        assert words in result.stdout


def test_json_lines_give_the_same_as_data(folder: Path) -> None:
    """With the recorder's own codes, every candidate's evidence, and no rating of truth."""
    run("reference", "add", "known", "known.csv")
    (claim,) = json.loads(run("check", "reports.jsonl", "--against", "known", "--format", "jsonl").stdout)["claims"]
    first = claim["candidates"][0]
    assert (claim["match"], first["incident"]["code"], first["lies"]) == ("one", "EX1", "within")
    assert first["incident"]["positions"][0]["assessment"] == "not_yet_assessed"
    assert all({"feature", "value", "weight", "reason"} == set(each) for each in first["evidence"])


def test_a_document_of_the_ledger_can_be_checked(folder: Path) -> None:
    """By its own id, as `show` takes it; a name that is neither file nor document is told."""
    run("reference", "add", "known", "known.csv")
    assert run("read", "reports.jsonl").exit_code == 0
    assert "EX1 Raqqa" in run("check", "r0", "--against", "known").stdout
    unknown = run("check", "nowhere", "--against", "known")
    assert unknown.exit_code == 1
    assert "neither a file nor a document" in unknown.stderr


def test_a_bad_row_is_told_and_the_others_are_kept(folder: Path) -> None:
    """One sentence for the row, exit code 1, and everything else in the ledger."""
    (folder / "known.csv").write_text(CSV + "EX3,some day,Homs,,,,,,,,,,,,,\n", encoding="utf-8")
    result = run("reference", "add", "known", "known.csv")
    assert result.exit_code == 1
    assert "EX3: the row was passed over" in result.stderr
    assert "2 incidents of Airwars added" in result.stderr


def test_the_same_file_again_adds_nothing(folder: Path) -> None:
    """Packed or not, the same table under the same name is there already; a new one is the next version."""
    run("reference", "add", "known", "known.csv")
    (folder / "known.csv.gz").write_bytes(gzip.compress(CSV.encode()))
    assert "nothing added" in run("reference", "add", "known", "known.csv.gz").stderr
    (folder / "known.csv").write_text(CSV.replace("EX2", "EX5"), encoding="utf-8")
    run("reference", "add", "known", "known.csv", "--licence", "CC BY 4.0", "--citation", "Somebody (2024)")
    listed = run("reference", "list").stdout
    assert listed.count("replaced") == listed.count("current") == 1
    assert "licence: none stated" in listed
    assert "Somebody (2024)" in listed


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"", "it is empty", id="empty"),
        pytest.param(b"a,b\n1,2\n", "none of a known recorder", id="another table"),
        pytest.param(b"code,date\n\xff\xfe,1\n", "not UTF-8", id="another encoding"),
        pytest.param(gzip.compress(CSV.encode())[:-20], "breaks off", id="cut short"),
        pytest.param(CSV.splitlines()[0].encode(), "none of its rows", id="a header alone"),
        pytest.param(b"[1]\n[2]\n", "none of a known recorder", id="no objects"),
    ],
)
def test_what_is_no_table_is_told_in_one_sentence(folder: Path, content: bytes, why: str) -> None:
    """The ledger holds nothing of it, and the exit code is 1."""
    (folder / "bad.csv").write_bytes(content)
    result = run("reference", "add", "bad", "bad.csv")
    assert result.exit_code == 1
    assert why in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_name_that_isn_t_there_is_told(folder: Path) -> None:
    """Checking against an unknown data set says how to add one."""
    run("reference", "add", "known", "known.csv")
    result = run("check", "reports.jsonl", "--against", "ucdp")
    assert result.exit_code == 1
    assert "harmledger reference add" in result.stderr


def test_json_lines_of_incidents_are_taken(folder: Path) -> None:
    """Lines of JSON with Airwars' shorter names are the same table; a line that is none is told by its number."""
    line = {
        "code": "EX1",
        "date": "2017-05-01",
        "place": "Raqqa",
        "lat": 35.95,
        "lon": 39.01,
        "killed_min": 1,
        "killed_max": 4,
        "belligerent": "Syrian Regime",
    }
    (folder / "lines.jsonl").write_text(json.dumps(line) + "\nno object\n", encoding="utf-8")
    result = run("reference", "add", "lines", "lines.jsonl")
    assert result.exit_code == 1
    assert "row 2" in result.stderr
    assert "EX1 Raqqa" in run("check", "reports.jsonl", "--against", "lines").stdout
