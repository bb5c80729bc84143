"""A world for the tests of the API: made once, served afresh for each test."""

from __future__ import annotations

import sys
from collections.abc import Generator
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
def world(made_world: Path, tmp_path: Path) -> Generator[Served]:
    """A site on it."""
    served = Served(made_world, tmp_path / "world")
    yield served
    served.site.close()


@pytest.fixture
def program(world: Served) -> TestClient:
    """Whoever asks."""
    return world.browser()
