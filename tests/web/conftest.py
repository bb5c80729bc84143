"""Sites for the tests of the web."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from postgres import Server

from harmledger.web import passwords

sys.path.append(str(Path(__file__).parent))

from sites import Served, make_ledger
from starlette.testclient import TestClient


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Hashing that costs little, but where a test is about the cost."""
    if "real_hashes" not in request.keywords:
        monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()


@pytest.fixture(scope="session")
def made_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that tests copy."""
    return make_ledger(tmp_path_factory.mktemp("made"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever a test marked `either_database` serves is served from SQLite and from PostgreSQL, anything else from SQLite."""
    if "rows_in" in metafunc.fixturenames:
        either = metafunc.definition.get_closest_marker("either_database")
        metafunc.parametrize("rows_in", ["sqlite", "postgresql"] if either else ["sqlite"], ids=str if either else None)


@pytest.fixture(scope="session")
def made_rows(server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same ledger's rows in a PostgreSQL database."""
    database = server.make_whole_database()
    make_ledger(tmp_path_factory.mktemp("made"), database)
    return database


@pytest.fixture
def copy_rows(rows_in: str, request: pytest.FixtureRequest) -> Callable[[], str]:
    """Gives the address of a copy of them, or nothing where rows are in a file of the ledger's folder."""
    if rows_in == "sqlite":
        return lambda: ""
    server: Server = request.getfixturevalue("server")
    made: str = request.getfixturevalue("made_rows")
    return lambda: server.make_whole_database(like=made)


@pytest.fixture
def serve(made_ledger: Path, tmp_path: Path, copy_rows: Callable[[], str]) -> Generator[Callable[..., Served]]:
    """Serve a copy of the ledger with settings of one's own."""
    opened: list[Served] = []

    def open_one(**config: str | int | bool) -> Served:
        told = {"database": copy_rows(), **config}
        opened.append(Served(made_ledger, tmp_path / str(len(opened)), **told))
        return opened[-1]

    yield open_one
    for served in opened:
        served.site.close()


@pytest.fixture
def served(serve: Callable[..., Served]) -> Served:
    """A site as it is by default."""
    return serve()


@pytest.fixture
def browser(served: Served) -> TestClient:
    """Somebody who isn't signed in."""
    return served.browser()
