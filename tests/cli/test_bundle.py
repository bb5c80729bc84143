"""`harmledger bundle` on the command line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from worlds import make_world

from harmledger.cli import main


@pytest.fixture
def run(tmp_path: Path):
    folder = make_world(tmp_path)

    def call(*said: str):
        return CliRunner().invoke(main, ["bundle", *said, "--ledger", str(folder), "--out", str(tmp_path / "b.wacz")])

    return call


def test_told(run, tmp_path: Path):
    """What is in a bundle and what isn't is told in lines."""
    done = run("--all", "--named", "leave-out")
    assert done.exit_code == 0, done.output
    assert "4 reports, 4 captures" in done.output
    assert "1 report left out: names in them are withheld" in done.output
    assert "came as files" in done.output
    assert "datapackage.json" in zipfile.ZipFile(tmp_path / "b.wacz").namelist()


def test_names_stop_it(run, tmp_path: Path):
    """Where a name is withheld nothing is written before the user says what becomes of it."""
    done = run("--all")
    assert done.exit_code != 0
    assert not (tmp_path / "b.wacz").exists()


@pytest.mark.parametrize("said", [[], ["--all", "abc"]])
def test_one_or_all(run, said: list[str]):
    """Incidents are named, or all are asked for; not both, not neither."""
    done = run(*said)
    assert done.exit_code == 2
    assert "name incidents, or take --all" in done.output


def test_no_such_incident(run):
    """An incident that isn't there is told."""
    done = run("ffffffffffff")
    assert done.exit_code != 0
