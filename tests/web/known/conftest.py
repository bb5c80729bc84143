"""The world of the API's tests, for those of the smaller pages."""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "api"))

from sites import Served
from starlette.testclient import TestClient
from worlds import make_world


@pytest.fixture(scope="session")
def made_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that tests copy."""
    return make_world(tmp_path_factory.mktemp("known"))


@pytest.fixture
def world(made_world: Path, tmp_path: Path) -> Generator[Served]:
    """A site on it."""
    served = Served(made_world, tmp_path / "world")
    yield served
    served.site.close()


@pytest.fixture
def reader(world: Served) -> TestClient:
    """Whoever reads."""
    return world.browser()
