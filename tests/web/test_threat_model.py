"""The threat model names a test for every line, and each is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "threat-model.md"
ELSEWHERE = (
    "publish", "store", "collect", "collecting", "watching", "bundling", "reach", "attest", "stamping", "compare", "proving", "bulk",
)  # fmt: skip
"""Folders of tests beside this one that hold some of them."""


def test_every_threat_has_its_test() -> None:
    """A line without a test, or with one that isn't there, fails."""
    tests = {
        node.name
        for folder in (HERE, *(HERE.parent / other for other in ELSEWHERE))
        for path in folder.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    rows = [
        line.strip("|").split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")
    ]
    named = [re.findall(r"`(\w+)`", cells[-1]) for cells in rows[2:]]
    assert len(named) > 30
    assert all(named)
    assert {test for found in named for test in found} <= tests
