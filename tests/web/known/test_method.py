"""The page of the method."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.testclient import TestClient

from harmledger.web.known.method import SETS, SHOWN

ROOT = Path(__file__).resolve().parents[3]


def test_the_figures_are_those_that_were_measured(reader: TestClient) -> None:
    """The packaged figures are the measured ones, and the page shows them with their intervals."""
    measured = json.loads((ROOT / "evals" / "figures.json").read_text(encoding="utf-8"))
    packaged = json.loads((ROOT / "src/harmledger/resources/figures.json").read_text(encoding="utf-8"))
    assert packaged == measured
    page = reader.get("/method").text
    for name, words in SETS:
        assert words in page.replace("&#39;", "'")
        for measure in SHOWN.keys() & measured[name].keys():
            assert f"<td>{measured[name][measure]['value']:.2f}</td>" in page
    assert "does not say which claim is true" in page
