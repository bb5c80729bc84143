"""`link`, `incidents` and `why` on a ledger of reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import load_in_place, write_reports

from harmledger.cli import main, reading

WIRE = (
    "Army shells town\n\n7 civilians were killed by Syrian forces in Raqqa on May 5, 2017, a medic said. The shells fell on the bakery of Hamdan "
    "Zarqan beside the Rumaila bridge while families queued for bread, and the fire burnt until the evening, when the wounded were taken over "
    "the river in fishing boats because no road was open.\n"
)
LATER = "Toll rises in Raqqa\n\n9 civilians were killed by Syrian forces in Raqqa on May 5, 2017, a medic said. Hamdan Zarqan lost his bakery.\n"


@pytest.fixture(autouse=True)
def fake_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, either_database: str) -> None:
    monkeypatch.setattr(reading, "load_reader", load_in_place)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return result


def read(name: str, text: str, published: str) -> str:
    """Read one report; gives its claim's id."""
    Path(name).write_text(json.dumps({"id": name, "published": published, "text": text}) + "\n", encoding="utf-8")
    record = json.loads(run("read", name, "--format", "jsonl").stdout)
    return record["claims"][0]["claim_id"]


def listed(*arguments: str) -> list[dict]:
    return [json.loads(line) for line in run("incidents", *arguments, "--format", "jsonl").stdout.splitlines()]


def test_an_echo_is_one_source() -> None:
    """A wire text that two outlets print is one source and one copy; a later figure of the same claimant leaves the earlier one standing."""
    first = read("wire.jsonl", WIRE, "2017-05-05")
    read("copy.jsonl", WIRE + "\n(Agency)\n", "2017-05-06")
    read("later.jsonl", LATER, "2017-05-07")
    assert "3 claims are of 1 incidents (1 new); 1 report copied from another" in run("link").stderr
    (incident,) = listed()
    assert (incident["sources"], incident["copies"], incident["founding_claim"]) == (2, 1, first)
    assert [(f["count"]["low"], f["superseded"]) for f in incident["figures"]] == [(7, True), (7, True), (9, False)]
    shown = run("incidents").stdout
    assert "2 sources, 1 copy" in shown
    assert "Raqqa, SY · 2017-05-05" in shown
    assert "7, civilian (superseded: later figure" in " ".join(shown.split())


def test_linking_again_keeps_ids_and_adds_nothing() -> None:
    """Nothing new, nothing changed; a new report joins the incident that is there."""
    read("wire.jsonl", WIRE, "2017-05-05")
    run("link")
    (before,) = listed()
    assert "none changed" in run("link").stderr
    assert "none changed" in run("link", "--again").stderr
    read("later.jsonl", LATER, "2017-05-07")
    assert "2 claims are of 1 incidents (none changed)" in run("link").stderr
    (after,) = listed(before["incident_id"][:8])
    assert after["incident_id"] == before["incident_id"]
    assert len(after["claims"]) == 2


def test_why_tells_each_reason() -> None:
    """A pair of claims is explained by its features, in words."""
    left, right = read("wire.jsonl", WIRE, "2017-05-05"), read("later.jsonl", LATER, "2017-05-07")
    told = run("why", left[:10], right[:10]).stdout
    assert "likely to be of one event" in told
    assert "7 and 9 killed" in told
    assert "zarqan" in told
    assert "one report tells both as one event" in run("why", left, left).stdout


def test_what_isnt_there_is_told() -> None:
    """No ledger, nothing linked, no such incident or claim: one sentence each."""
    assert "there is no ledger here" in run("link", code=1).stderr
    write_reports(Path("reports.jsonl"), 1)
    run("read", "reports.jsonl")
    assert "run `harmledger link` first" in run("incidents", code=1).stderr
    run("link")
    assert "no incident in the ledger is called so" in run("incidents", "ffff", code=1).stderr
    assert "no claim in the ledger is called so" in run("why", "ffff", "eeee", code=1).stderr
