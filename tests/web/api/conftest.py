"""A world for the tests of the API: made once, served afresh for each test."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from sites import Served
from starlette.testclient import TestClient
from worlds import make_world


@pytest.fixture(scope="session")
def made_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that tests copy."""
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
def program(world: Served) -> TestClient:
    """Whoever asks."""
    return world.browser()
