"""The world that the site is measured on is a ledger like any other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from harmledger.config import Config

SHARED = Path(os.environ.get("HARMLEDGER_SHARED", Path(__file__).parents[2] / "shared"))
INCIDENTS = 30


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the open data isn't here (HARMLEDGER_SHARED)")
def test_every_verb_and_page_takes_it(tmp_path: Path) -> None:
    """It has as many incidents and claims as it was asked for, its log holds, it goes on where it stopped, and its pages answer."""
    from site_world import make_world

    from harmledger.cli import main
    from harmledger.web.app import make_app

    folder = tmp_path / "world"
    for _ in range(2):
        make_world(folder, incidents=INCIDENTS, keep_bytes=False)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, [*arguments, "--ledger", str(folder)])
        assert result.exit_code == 0, result.output
        return result.output

    assert run("show").count("world.jsonl:") >= INCIDENTS
    assert "each as it was written" in run("log", "--verify")
    assert run("incidents").count(" claims\n") >= INCIDENTS // 2
    with TestClient(make_app(Config(ledger=str(folder))), base_url="http://localhost") as browser:
        home = browser.get("/")
        assert (home.status_code, 'href="/incidents/' in home.text) == (200, True)
        path = home.text.split('href="/incidents/')[1].split('"')[0]
        assert browser.get(f"/incidents/{path}").status_code == 200
