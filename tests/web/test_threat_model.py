"""The threat model names a test for every line, and each is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "threat-model.md"


def test_every_threat_has_its_test() -> None:
    """A line without a test, or with one that isn't there, fails."""
    tests = {
        node.name
        for folder in (HERE, *(HERE.parent / other for other in ("publish", "store", "collect", "collecting", "reach")))
        for path in folder.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    rows = [
        line.strip("|").split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")
    ]
    named = [re.findall(r"`(\w+)`", cells[-1]) for cells in rows[2:]]
    assert len(named) > 30
    assert all(len(found) == 1 for found in named)
    assert {found[0] for found in named} <= tests
