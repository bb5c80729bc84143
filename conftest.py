"""The README and the tutorial are run: Python blocks as code, console blocks as commands with what they print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from sybil import Example, Sybil
from sybil.integration.pytest import SybilItem
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

sys.path.append(str(Path(__file__).parent / "docs"))

from console import Console, matches, parse_steps


def run_console(example: Example) -> str | None:
    """Run a block's commands; what differs, or nothing."""
    for step in parse_steps(example.parsed):
        printed = example.namespace["console"].run(step.command)
        if not matches(step.expected, printed):
            return f"$ {step.command}\nexpected:\n{step.expected}\nprinted:\n{printed}"
    return None


def open_console(namespace: dict[str, Any]) -> None:
    """Each page has a folder of its own, kept from its first block to its last."""
    namespace["console"] = Console()


def close_console(namespace: dict[str, Any]) -> None:
    """The folder goes with the page."""
    namespace["console"].close()


pytest_collect_file = Sybil(
    parsers=[CodeBlockParser("console", run_console), PythonCodeBlockParser()],
    patterns=[
        "README.md",
        "docs/tutorial.md",
        "docs/incidents.md",
        "docs/check.md",
        "docs/review.md",
        "docs/replies.md",
        "docs/recapture.md",
        "docs/reconcile.md",
        "docs/exports.md",
        "docs/site.md",
    ],
    setup=open_console,
    teardown=close_console,
).pytest()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A page's blocks build on one another: they stay together and in order, however the tests are shuffled."""
    pages = [item for item in items if isinstance(item, SybilItem)]
    others = [item for item in items if not isinstance(item, SybilItem)]
    items[:] = [*others, *sorted(pages, key=lambda item: (item.path, item.example.line))]
