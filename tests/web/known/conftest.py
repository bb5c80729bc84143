"""The smaller pages, as somebody reads them."""

from __future__ import annotations

import pytest
from sites import Served
from starlette.testclient import TestClient


@pytest.fixture
def reader(world: Served) -> TestClient:
    """Whoever reads."""
    return world.browser()
