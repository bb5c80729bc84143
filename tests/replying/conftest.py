"""The ledger that tests of replies begin with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_replies import People, make_people
from fakes import fixed_now

from harmledger.store import open_ledger


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that tests copy."""
    folder = tmp_path_factory.mktemp("made")
    make_people(folder).ledger.close()
    return folder


@pytest.fixture
def people(made: Path, tmp_path: Path) -> Iterator[People]:
    shutil.copytree(made / "ledger", tmp_path / "ledger")
    copied = People(ledger=open_ledger(tmp_path / "ledger", now=fixed_now), folder=tmp_path)
    yield copied
    copied.ledger.close()
