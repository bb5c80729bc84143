"""A desk with enough on it: reports of several events, one whose words are hostile, one in Arabic, one without a claim."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator
from functools import partial
from pathlib import Path

import pytest
from fakes import fixed_now, load_fake
from sites import Served

sys.path.append(str(Path(__file__).parent))

from desks import REPORTS, Desk

from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.store import open_ledger


@pytest.fixture(scope="session")
def desk_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that tests copy."""
    folder = tmp_path_factory.mktemp("desk")
    ledger = open_ledger(folder / "ledger", now=fixed_now)
    path = folder / "reports.jsonl"
    lines = [
        json.dumps({"id": f"r{n}", "title": text.split("\n")[0], "published": "2018-08-30", "text": text})
        for n, text in enumerate(REPORTS)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    for _ in read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger):
        pass
    link_ledger(ledger, now=fixed_now)
    ledger.close()
    return folder / "ledger"


@pytest.fixture
def desk(desk_ledger: Path, tmp_path: Path) -> Generator[Desk]:
    """A site on a copy of it."""
    served = Served(desk_ledger, tmp_path / "site")
    yield Desk(served)
    served.site.close()
