"""`incidents --rule` and `totals`: an incident's figures side by side, on a ledger that people decide in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import load_in_place

from harmledger.cli import main, reading
from harmledger.domain import Rule

REPORT = (
    "{n} civilians were killed by Syrian forces in Raqqa on May 5, 2017, {who} said. Hamdan Zarqan lost his bakery.\n"
)


@pytest.fixture(autouse=True)
def ledger(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, either_database: str) -> dict[str, str]:
    """A ledger of one incident, with the ids of its claims by their number."""
    monkeypatch.setattr(reading, "load_reader", load_in_place)
    monkeypatch.chdir(tmp_path)
    claims = {}
    for n, who in (("7", "a medic"), ("9", "a policeman")):
        row = {"id": who, "published": "2017-05-05", "text": REPORT.format(n=n, who=who)}
        Path("report.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
        claims[n] = json.loads(run("read", "report.jsonl", "--format", "jsonl").stdout)["claims"][0]["claim_id"]
    run("link")
    return claims


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return result


def rolled(rule: str = "range") -> dict:
    (incident,) = map(json.loads, run("incidents", "--rule", rule, "--format", "jsonl").stdout.splitlines())
    return incident


def ends(rule: str = "range") -> tuple[int | None, int | None]:
    (roll_up,) = rolled(rule)["roll_ups"]
    return roll_up["low"], roll_up["high"]


def test_every_rule_can_be_named(ledger: dict[str, str]) -> None:
    """Each gives a roll-up by its name; another name is refused."""
    for rule in Rule:
        assert [r["rule"] for r in rolled(rule.value)["roll_ups"]] == [rule.value]
    assert "Invalid value for '--rule'" in run("incidents", "--rule", "truth", code=2).stderr


def test_an_incident_shows_what_follows_from_its_figures(ledger: dict[str, str]) -> None:
    """Claimants, who is blamed, the roll-up with its claims, the proposed grade: in words and as data."""
    shown = " ".join(run("incidents").stdout.split())
    assert "blamed: Syrian government forces, by a medic, a policeman" in shown
    assert "killed by range: 7–9, lowest to highest of 2 claimants" in shown
    assert (
        "proposed grade: fair: 2 independent sources, and Syrian government forces is blamed (people set grades)"
        in shown
    )
    record = rolled()
    assert record["grade"]["grade"] == "fair"
    assert {r["by"] for r in record["responsibility"]} == {"a medic", "a policeman"}
    assert sorted(record["roll_ups"][0]["used"]) == sorted(ledger.values())


def test_what_people_decide_is_in_effect_and_can_be_undone(ledger: dict[str, str]) -> None:
    """A correction shows, as by hand; a rejected claim counts nowhere; undone, all is as before."""
    reason = ("--by", "Amal", "--reason", "the report says so")
    corrected = run("decide", ledger["9"], "correct", "high", "12", *reason).stderr
    assert ends() == (7, 12)
    assert {f["count"]["high"]: f["by_hand"] for f in rolled()["figures"]} == {7: False, 12: True}
    run("decide", ledger["7"], "reject", *reason)
    assert ends() == (9, 12)
    assert ends("pending") == (9, 12)
    (out,) = rolled()["roll_ups"][0]["left_out"]
    assert (out["claim_id"], out["reason"]) == (ledger["7"], "rejected by a reviewer")
    assert "(rejected)" in run("incidents").stdout
    run("decide", corrected.split("decision ")[1].split(":")[0], "undo", *reason)
    assert ends() == (9, 9)


def test_an_entry_joins_by_a_merge(ledger: dict[str, str]) -> None:
    """What a person entered stands in the incident that it is merged with."""
    said = ("--quote", "Hamdan Zarqan lost his bakery.", "--low", "11", "--high", "11", "--claimant", "a baker")
    entered = run("enter", "a medic", *said, "--by", "Bo").stderr.split("claim ")[1].split()[0]
    assert ends() == (7, 9)
    run("decide", entered, "merge", ledger["7"], "--by", "Amal", "--reason", "the same strike")
    assert ends() == (7, 11)


def test_totals_tell_sums_and_models(ledger: dict[str, str]) -> None:
    """The sums come first, and no interval stands alone."""
    shown = " ".join(run("totals").stdout.split())
    assert "killed by range: 7–9, the sums of the least and the most of 1 incident" in shown
    assert "independent: 7–9" in shown
    assert "shared bias .3: 7–9" in shown
    (total,) = map(json.loads, run("totals", "--rule", "conservative", "--format", "jsonl").stdout.splitlines())
    assert (total["rule"], total["low"], total["high"], len(total["models"])) == ("conservative", 7, 7, 2)


def test_totals_want_a_linked_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without incidents one sentence says what to do."""
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.chdir(other)
    monkeypatch.delenv("HARMLEDGER_DATABASE", raising=False)
    Path("r.jsonl").write_text(json.dumps({"text": REPORT.format(n=7, who="a medic")}) + "\n", encoding="utf-8")
    run("read", "r.jsonl")
    assert "run `harmledger link` first" in run("totals", code=1).stderr
