"""The API, asked by a program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from sites import Served
from starlette.testclient import TestClient


@pytest.fixture
def program(world: Served) -> TestClient:
    """Whoever asks."""
    return world.browser()
