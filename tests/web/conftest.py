"""Sites for the tests of the web."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Generator
from functools import cache, partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from postgres import Server

from harmledger.web import passwords

sys.path.append(str(Path(__file__).parent))

from sites import Served, make_ledger
from starlette.testclient import TestClient
from worlds import make_world

Make = Callable[[Path, str], Path]
"""Makes a ledger in a folder, its rows in a database where one is named."""


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
def made_rows(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Make], str]:
    """Gives the address of a PostgreSQL database with the rows of what is made so; each made once."""

    @cache
    def make_once(make: Make) -> str:
        server: Server = request.getfixturevalue("server")
        database = server.make_whole_database()
        make(tmp_path_factory.mktemp("made"), database)
        return database

    return make_once


@pytest.fixture(scope="session")
def untouched() -> dict[Make, list[str]]:
    """Copies of such rows in which tests only read: others may have them, which costs less than copying."""
    return defaultdict(list)


@pytest.fixture
def copy_rows(
    rows_in: str, request: pytest.FixtureRequest, untouched: dict[Make, list[str]]
) -> Generator[Callable[[Make], str]]:
    """Gives the address of a copy of such rows, for this test; or nothing where rows are in a file of the ledger's folder."""
    if rows_in == "sqlite":
        yield lambda _make: ""
        return
    server: Server = request.getfixturevalue("server")
    made: Callable[[Make], str] = request.getfixturevalue("made_rows")
    given: list[tuple[Make, str]] = []
    written = ""

    def copy(make: Make) -> str:
        nonlocal written
        left = untouched[make]
        given.append((make, left.pop() if left else server.make_whole_database(like=made(make))))
        written = server.written() if len(given) == 1 else "more than one copy"
        return given[-1][1]

    yield copy
    for make, database in given:
        if server.written() == written:
            untouched[make].append(database)
        else:
            server.drop(database)


@pytest.fixture
def serve_copy(tmp_path: Path, copy_rows: Callable[[Make], str]) -> Generator[Callable[..., Served]]:
    """Serve a copy of a ledger that was made, with settings of one's own."""
    opened: list[Served] = []

    def open_one(made: Path, make: Make, **config: str | int | bool) -> Served:
        told = {"database": copy_rows(make), **config}
        opened.append(Served(made, tmp_path / str(len(opened)), **told))
        return opened[-1]

    yield open_one
    for served in opened:
        served.site.close()


@pytest.fixture
def serve(made_ledger: Path, serve_copy: Callable[..., Served]) -> Callable[..., Served]:
    """The same, of the small ledger."""
    return partial(serve_copy, made_ledger, make_ledger)


@pytest.fixture(scope="session")
def made_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which there is something of everything, that tests copy."""
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture
def serve_world(made_world: Path, serve_copy: Callable[..., Served]) -> Callable[..., Served]:
    """Serve a copy of it with settings of one's own."""
    return partial(serve_copy, made_world, make_world)


@pytest.fixture
def world(serve_world: Callable[..., Served]) -> Served:
    """A site on it."""
    return serve_world()


@pytest.fixture
def served(serve: Callable[..., Served]) -> Served:
    """A site as it is by default."""
    return serve()


@pytest.fixture
def browser(served: Served) -> TestClient:
    """Somebody who isn't signed in."""
    return served.browser()
