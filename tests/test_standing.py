"""What people decided and entered takes part in linking, incidents, `why` and checking, and says that it is theirs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import load_in_place

from harmledger.cli import main, reading

TEXT = (
    "Army shells town\n\n{n} civilians were killed by Syrian forces in Raqqa on May 5, 2017, a medic said. The shells fell on the bakery of "
    "Hamdan Zarqan, where six women of the Sarraj family died in Raqqa.\n"
)


@pytest.fixture(autouse=True)
def in_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, either_database: str) -> None:
    monkeypatch.setattr(reading, "load_reader", load_in_place)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return result


def read(name: str, *, n: int = 7, text: str = TEXT) -> str:
    line = {"id": name, "published": "2017-05-06", "text": text.format(n=n)}
    Path(f"{name}.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    return json.loads(run("read", f"{name}.jsonl", "--format", "jsonl").stdout)["claims"][0]["claim_id"]


def decide(claim: str, *words: str) -> None:
    run("decide", claim, *words, "--reason", "as the list has it", "--by", "Amal")


def enter(document: str, *more: str) -> str:
    run("enter", document, "--by", "Bo", *more)
    return json.loads(run("log", "--format", "jsonl").stdout.splitlines()[-1])["subject"]


def listed() -> list[dict]:
    return [json.loads(line) for line in run("incidents", "--format", "jsonl").stdout.splitlines()]


def members() -> list[set[str]]:
    return [set(incident["claims"]) for incident in listed()]


def test_a_rejected_claim_leaves_its_incident() -> None:
    """It is gone from the incident at once and from the next linking; undone, it comes back."""
    kept, rejected = read("one"), read("two", n=8)
    run("link")
    decide(rejected, "reject")
    assert members() == [{kept}]
    assert "1 claims are of 1 incidents" in run("link").stderr
    assert "people took it out" in run("why", kept[:10], rejected[:10], code=1).stderr
    undone = json.loads(run("log", rejected, "--format", "jsonl").stdout)["decision_id"]
    decide(undone, "undo")
    assert "2 claims are of 1 incidents" in run("link").stderr


def test_an_incident_without_standing_claims_is_not_listed() -> None:
    """Where people rejected all claims there is no incident to show, and asked for by its id that is said."""
    claim = read("one")
    run("link")
    (incident,) = listed()
    decide(claim, "reject")
    assert listed() == []
    assert "people took out all its claims" in run("incidents", incident["incident_id"], code=1).stderr


def test_corrections_bring_a_claim_to_its_incident() -> None:
    """Without `--again` the next linking goes by the corrected place and days, the place looked up; the figure says what was corrected."""
    first = read("one")
    moved = read(
        "two", text="{n} people were injured in Aleppo on March 20, 2014, while bread for Hamdan Zarqan was sold.\n"
    )
    run("link")
    assert sorted(map(sorted, members())) == sorted([[first], [moved]])
    days = (("latest", "2017-05-05"), ("earliest", "2017-05-05"))
    for field, value in (("place", "Raqqa"), *days, ("harm", "killed"), ("actor", "Syrian army"), ("high", "9")):
        decide(moved, "correct", field, value)
    run("link")
    (incident,) = listed()
    assert set(incident["claims"]) == {first, moved}
    figure = next(each for each in incident["figures"] if each["claim_id"] == moved)
    assert (figure["harm"], figure["count"]["high"]) == ("killed", 9)
    assert figure["actor"]["id"] == "syrian-government-forces"
    assert figure["standing"]["corrected"]["place"] == "Aleppo"
    assert "high, low" not in (shown := " ".join(run("incidents").stdout.split()))
    assert "corrected" in shown
    assert "none changed" in run("link").stderr


def test_a_corrected_place_is_looked_up() -> None:
    """A place that a person names gets the gazetteer's point, and no place in the text, which doesn't say it."""
    claim = read("one")
    decide(claim, "correct", "place", "Idlib")
    run("link")
    (incident,) = listed()
    assert (incident["place"]["name"], incident["place"]["start"]) == ("Idlib", None)
    assert 35 < incident["place"]["lat"] < 37


def test_an_entered_claim_is_linked_with_the_others() -> None:
    """What a person entered in a read report joins that report's incident, is explained by `why`, and is shown as a person's."""
    claim, other = read("one"), read("two", n=8)
    quote = ("--quote", "six women of the Sarraj family died in Raqqa", "--low", "6", "--high", "6", "--group", "women")
    entry = enter("one", *quote, "--place", "Raqqa", "--earliest", "2017-05-05", "--latest", "2017-05-05")
    run("link")
    assert members() == [{claim, other, entry}]
    figure = next(f for f in listed()[0]["figures"] if f["claim_id"] == entry)
    assert figure["quote"]["start"] is not None
    assert figure["standing"]["entered"]
    assert "entered by a person" in " ".join(run("incidents").stdout.split())
    assert "likely to be of one event" in run("why", entry[:10], other[:10]).stdout


def test_a_claim_on_a_photograph_is_linked() -> None:
    """A document that no engine reads is a source like any other: its entered claims come together with those of reports."""
    claim = read("one")
    Path("board.jpg").write_bytes(b"\xff\xd8\xff\xe0 not really")
    day = ("--earliest", "2017-05-05", "--latest", "2017-05-05")
    asked = ("--place", "Raqqa", *day, "--claimant", "a medic", "--actor", "Syrian army", "--means", "shelling")
    enter("board.jpg", "--quote", "seven killed at the bakery of Hamdan Zarqan", "--low", "7", "--high", "7", *asked)
    entry = enter("board.jpg", "--quote", "ten hurt there", "--low", "10", "--harm", "injured", *asked)
    run("decide", entry, "merge", claim, "--reason", "the same bakery", "--by", "Bo")
    run("link")
    (incident,) = listed()
    assert len(incident["claims"]) == 3
    assert incident["sources"] == 2
    assert {figure["harm"] for figure in incident["figures"]} == {"killed", "injured"}
    assert run("incidents").stdout


def test_a_check_goes_by_what_stands() -> None:
    """`check` on a document of the ledger asks the recorder with people's corrections and entries, not with what they rejected."""
    claim = read("one")
    ged = "id,date_start,date_end,latitude,longitude,where_coordinates,side_a,side_b,best,low,high,deaths_civilians,dyad_name,adm_1,country"
    row = "7,2017-05-05,2017-05-05,35.95,39.01,Raqqa,Government of Syria,Civilians,7,7,7,7,x,Raqqa,Syria"
    Path("ged.csv").write_text(f"{ged}\n{row}\n", encoding="utf-8")
    added = run("reference", "add", "ged", "ged.csv")
    assert "1 incidents" in added.stderr
    decide(claim, "correct", "high", "99")
    decide(claim, "correct", "low", "99")
    checked = json.loads(run("check", "one", "--against", "ged", "--format", "jsonl").stdout)
    assert checked["claims"][0]["count"]["low"] == 99
    decide(claim, "reject")
    assert json.loads(run("check", "one", "--against", "ged", "--format", "jsonl").stdout)["claims"] == []
