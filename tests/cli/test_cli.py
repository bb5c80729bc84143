"""The command line does what it says, tells what it couldn't, and shows what it keeps."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import load_in_place, write_reports

from harmledger.cli import main, reading

HEAVY = ("sqlalchemy", "numpy", "onnxruntime", "rich", "alembic", "lxml", "trafilatura", "tokenizers", "ahocorasick_rs")


@pytest.fixture(autouse=True)
def fake_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, either_database: str) -> None:
    monkeypatch.setattr(reading, "load_reader", load_in_place)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return result


def read_some(number: int = 2) -> list[dict]:
    write_reports(Path("reports.jsonl"), number)
    return [json.loads(line) for line in run("read", "reports.jsonl", "--format", "jsonl").stdout.splitlines()]


def test_help_loads_nothing_heavy() -> None:
    """Help and version come at once: no library that takes time is loaded for them."""
    for words in (["--help"], ["--version"], ["read", "--help"]):
        script = f"import sys\nfrom harmledger.cli import main\ntry: main({words})\nexcept SystemExit: print(*sys.modules, file=sys.stderr)"
        loaded = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        ).stderr.split()
        assert "harmledger.cli" in loaded
        assert set(loaded) & set(HEAVY) == set()


def test_a_table_is_printed_and_everything_kept() -> None:
    """By default a report's claims are a table, and the ledger has them."""
    write_reports(Path("reports.jsonl"), 1)
    result = run("read", "reports.jsonl")
    assert "1 civilians" in result.stdout
    assert "1 report read, 1 claim; kept in ledger" in result.stderr
    assert "1 civilians" in run("show").stdout


def test_json_lines_stand_in_order_with_errors_in_place() -> None:
    """One line a report, in the order given, and one sentence on stderr for what failed."""
    write_reports(Path("reports.jsonl"), 2)
    Path("empty.txt").touch()
    result = run("read", "reports.jsonl", "empty.txt", "reports.jsonl", "--format", "jsonl", code=1)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert ["error" in line for line in lines] == [False, False, True, False, False]
    assert len(result.stderr.splitlines()) == 1
    assert "empty.txt" in result.stderr


def test_csv_is_one_table_for_all() -> None:
    """CSV has one header, then a row for each claim of every report."""
    write_reports(Path("reports.jsonl"), 3)
    rows = list(csv.DictReader(io.StringIO(run("read", "reports.jsonl", "--format", "csv").stdout)))
    assert [row["low"] for row in rows] == ["1", "2", "3"]


def test_no_ledger_keeps_nothing() -> None:
    """With `--no-ledger` nothing is written anywhere."""
    write_reports(Path("reports.jsonl"), 1)
    before = sorted(Path().rglob("*"))
    run("read", "reports.jsonl", "--no-ledger")
    assert sorted(Path().rglob("*")) == before


def test_reading_again_prints_the_same_and_adds_nothing() -> None:
    """The second run prints what the first did, down to the capture that was kept."""
    first = read_some()
    shown = run("show", "--format", "jsonl").stdout
    assert read_some() == first
    assert run("show", "--format", "jsonl").stdout == shown
    assert [json.loads(line) for line in shown.splitlines()] == first


def test_a_claim_is_shown_in_its_context() -> None:
    """`show` with the beginning of a claim's id gives its fields and its sentence among its neighbours."""
    claim = read_some()[0]["claims"][0]
    shown = run("show", claim["claim_id"][:12]).stdout
    for told in (
        "1 civilians",
        "Army shells town",
        "Paris condemned Damascus",
        claim["claim_id"],
        "a medic",
        "fake 1 pattern",
    ):
        assert told in shown
    alone = json.loads(run("show", claim["claim_id"], "--format", "jsonl").stdout)
    assert alone["claims"] == [claim]


def test_a_document_is_shown_with_all_its_claims() -> None:
    """`show` with a report's own id gives the report."""
    record = read_some()[1]
    assert json.loads(run("show", "r1", "--format", "jsonl").stdout) == record


def test_an_unknown_or_ambiguous_id_is_told() -> None:
    """What isn't there, and what is there twice, are each one sentence with what to do."""
    claims = [c["claim_id"] for record in read_some(20) for c in record["claims"]]
    twice = next(digit for digit in "0123456789abcdef" if sum(c.startswith(digit) for c in claims) > 1)
    assert "give more letters" in run("show", twice, code=1).stderr
    assert "called so" in run("show", "nothing", code=1).stderr
    assert "called so" in run("explain", "nothing", code=1).stderr


def test_why_a_claim_was_read_so_is_told() -> None:
    """`explain` gives the words of each value, the sentence they stand in, what rules made of them, and the engine's reasons."""
    claim = read_some()[0]["claims"][0]["claim_id"]
    told = run("explain", claim[:12]).stdout
    for reason in (
        "let through by “killed” at 35, in its own sentence",
        "“Raqqa” at 62, in its own sentence",
        "→ 1, exact: the number as it stands, from “1”",
        "published 2017-06-01, given with the report",
        "→ 2017-05-01, precise to day",
        "harm word 'killed'",
        "pattern number-of-people",
    ):
        assert reason in told


@pytest.mark.parametrize("verb", [["show"], ["show", "abc"], ["explain", "abc"]])
def test_a_missing_ledger_is_told(verb: list[str]) -> None:
    """Where there is no ledger that is said, and none is made."""
    result = run(*verb, "--ledger", "nowhere", code=1)
    assert "there is no ledger here" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not Path("nowhere").exists()


def test_a_folder_of_other_things_is_told() -> None:
    """A ledger is never begun among other files."""
    write_reports(Path("reports.jsonl"), 1)
    assert "the folder is no ledger" in run("read", "reports.jsonl", "--ledger", ".", code=1).stderr


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger's folder may be set for good; the option still outweighs it."""
    monkeypatch.setenv("HARMLEDGER_LEDGER", "kept")
    write_reports(Path("reports.jsonl"), 1)
    run("read", "reports.jsonl")
    run("read", "reports.jsonl", "--ledger", "other")
    assert Path("kept/blobs").is_dir()
    assert Path("other/blobs").is_dir()
    monkeypatch.setenv("HARMLEDGER_JOBS", "many")
    assert "jobs can't be 'many'" in run("show", code=1).stderr


def test_the_database_may_be_named_by_an_option(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--database` outweighs the environment; the folder then keeps bytes and no rows."""
    monkeypatch.setenv("HARMLEDGER_DATABASE", "mysql://nowhere/harm")
    assert "can't be kept in mysql" in run("show", code=1).stderr
    if database:
        write_reports(Path("reports.jsonl"), 1)
        run("read", "reports.jsonl", "--database", database)
        assert "1 civilians" in run("show", "--database", database).stdout
        assert sorted(path.name for path in Path("ledger").iterdir()) == ["blobs"]


def test_others_words_on_stderr_cannot_drive_the_terminal() -> None:
    """A file's name is somebody's words too."""
    result = run("read", "\x1b[2Jevil\nname.txt", "--no-ledger", code=1)
    assert "\x1b" not in result.stderr
    assert "evil name.txt" in result.stderr


def test_a_stopped_run_has_kept_what_it_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a run in one line; what was read before is in the ledger."""
    write_reports(Path("reports.jsonl"), 3)
    printed = reading.render_record

    def interrupted(result: object) -> object:
        if result.document.id == "r1":  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        return printed(result)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "render_record", interrupted)
    assert "stopped" in run("read", "reports.jsonl", code=130).stderr
    assert len(run("show", "--format", "jsonl").stdout.splitlines()) == 2


def test_places_are_added_to_the_ledger() -> None:
    """`gazetteer add` takes a table of place codes into the ledger's folder; what is none is told."""
    Path("codes.csv").write_text(
        "admin4Name_en,admin4Pcode,admin0Pcode,latitude,longitude\nTal Example,SY990101,SY,35.5,39.5\n"
    )
    assert "1 places of codes.csv" in run("gazetteer", "add", "codes.csv").stderr
    assert Path("ledger/gazetteer.sqlite").exists()
    read_some(1)
    assert "nowhere.csv" in run("gazetteer", "add", "nowhere.csv", code=1).stderr


BIN = Path(sys.executable).with_name("harmledger")


@pytest.mark.skipif(not BIN.exists(), reason="the command isn't installed beside this Python")
def test_a_reader_that_goes_away_is_no_error() -> None:
    """`harmledger … | head` ends quietly."""
    read_some(200)
    command = f"'{BIN}' show --format jsonl | head -n 1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == ""
