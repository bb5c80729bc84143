"""`harmledger recapture` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from victim_lists import simulated

from harmledger.cli import main
from harmledger.reconcile import recapture
from harmledger.reconcile.recapture.latent import Length

MARK = "\x1b[31m"


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chains as short as well-listed people allow."""
    lengths = (Length(burn_in=500, kept=1_000, thinning=5),)
    monkeypatch.setitem(recapture.estimate_total.__kwdefaults__, "lengths", lengths)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """145 invented people on three lists, the last with record ids of its own."""
    lists = simulated(150, [1.0], [[0.7, 0.6, 0.65]], seed=3)
    every = [overlap.lists for overlap in lists.overlaps for _ in range(overlap.people)]
    rows = [f"P{n},{int(0 in on)},{int(1 in on)},{f'R{n}' * (2 in on)}\n" for n, on in enumerate(every)]
    path = tmp_path / "victims.csv"
    path.write_text(f"person,hospitals,families,monitor\n{''.join(rows)}", encoding="utf-8")
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["recapture", *arguments])


def test_both_models_are_shown_by_name(table: Path) -> None:
    """With intervals, what they assume, the best models, and whom they count."""
    result = run(str(table))
    assert result.exit_code == 0, result.output
    for words in (
        "145 people are named on 3 lists",
        "log-linear model with the least BIC",
        "latent classes",
        "95 % interval",
        "8 log-linear models were fitted",
        "Counted are only people whom these lists could have held",
    ):
        assert words in " ".join(result.stdout.split())


def test_json_lines_give_the_same_as_data(table: Path) -> None:
    """One object with everything and the seed, and no person's id."""
    result = run(str(table), "--format", "jsonl", "--seed", "7")
    found = json.loads(result.stdout)
    assert (found["named"], found["latent_classes"]["seed"], found["log_linear"]["tried"]) == (145, 7, 8)
    assert found["log_linear"]["estimate"]["low"] < found["log_linear"]["estimate"]["best"]
    assert "P1" not in result.stdout


def test_a_refusal_is_one_sentence_and_no_number(tmp_path: Path) -> None:
    """Nothing on stdout, the exit code is 1, and a list's name can't drive the terminal."""
    path = tmp_path / "x.csv"
    rows = [f"p{number},1,0,0\nq{number},0,1,0\nr{number},1,1,0\n" for number in range(10)]
    path.write_text(f"person,A,B,{MARK}C\n{''.join(rows)}s,0,0,1\n", encoding="utf-8")
    result = run(str(path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "shares nobody with any other" in result.stderr
    assert "\x1b" not in result.stderr


def test_names_of_lists_cannot_drive_the_terminal(table: Path) -> None:
    """They are others' words wherever they are printed."""
    table.write_text(table.read_text(encoding="utf-8").replace("hospitals", f"{MARK}hospitals", 1), encoding="utf-8")
    result = run(str(table))
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.output
    assert "hospitals" in result.output
