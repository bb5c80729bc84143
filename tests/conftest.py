"""What every test may use: a reader of reports, each kind of database, and hypothesis profiles."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings
from postgres import Server, why_not

Record = dict[str, Any]
ReadLines = Callable[[Sequence[Record]], list[Record]]

settings.register_profile("quick", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed is as wide wherever and however the tests run."""
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture(scope="session")
def read_lines(tmp_path_factory: pytest.TempPathFactory) -> ReadLines:
    """Read reports (`{"id", "title", "published", "captured", "text"}`) as a user would; one record each, in order."""
    from harmledger.cli import main

    def read(reports: Sequence[Record]) -> list[Record]:
        path: Path = tmp_path_factory.mktemp("reports") / "reports.jsonl"
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in reports), encoding="utf-8")
        result = CliRunner().invoke(main, ["read", str(path), "--format", "jsonl", "--no-ledger"])
        assert result.exit_code == 0, result.output
        return [json.loads(line) for line in result.stdout.splitlines()]

    return read


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, started once for all tests that want one."""
    if reason := why_not():
        pytest.skip(reason)
    started = Server()
    yield started
    started.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Where a ledger's rows may be: in a file of its folder (an empty address), or in an empty PostgreSQL database."""
    return "" if request.param == "sqlite" else request.getfixturevalue("server").make_database()


@pytest.fixture
def either_database(database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same, named to the command line by its environment; no other setting of the person who runs the tests counts."""
    for name in [name for name in os.environ if name.startswith("HARMLEDGER_") and name != "HARMLEDGER_SHARED"]:
        monkeypatch.delenv(name)
    if database:
        monkeypatch.setenv("HARMLEDGER_DATABASE", database)
    return database
