"""A site on a small ledger and browsers of it: what every test of the web begins with. Made once, copied for each test."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from fakes import FIXED_NOW, fixed_now, load_fake
from starlette.testclient import TestClient

from harmledger.config import Config
from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.store import open_ledger
from harmledger.web.app import make_app
from harmledger.web.site import Site

HOST = "record.example.org"
REPORTS = (
    "Army shells town\n\n7 civilians were killed by Syrian forces in Raqqa on May 5, 2017, a medic said.\n",
    "Raid on market\n\n31 civilians were killed in Mosul on January 9, 2016, a trader said. The stalls burnt all night.\n",
    "Boat hit\n\n12 people were injured in Hodeidah on August 2, 2018, a fisher said. Nets and fuel lay on the quay.\n",
)
"""Of three events, far from one another."""
_TOKEN = re.compile(r'name="csrf" value="(\w+)"')


@dataclass
class Clock:
    """A clock that a test moves."""

    at: datetime = FIXED_NOW

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **time: float) -> None:
        self.at += timedelta(**time)


def make_ledger(folder: Path) -> Path:
    """A linked ledger of a few reports, each of an incident of its own."""
    ledger = open_ledger(folder / "ledger", now=fixed_now)
    path = folder / "reports.jsonl"
    lines = [json.dumps({"id": f"r{n}", "published": "2018-08-30", "text": text}) for n, text in enumerate(REPORTS)]
    path.write_text("\n".join(lines), encoding="utf-8")
    for _ in read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger):
        pass
    link_ledger(ledger, now=fixed_now)
    ledger.close()
    return folder / "ledger"


class Served:
    """An open site, and as many browsers as a test wants."""

    def __init__(self, made: Path, folder: Path, *, https: bool = False, **config: str | int) -> None:
        shutil.copytree(made, folder / "ledger")
        self.clock = Clock()
        self._base = f"{'https' if https else 'http'}://{HOST}"
        settings = Config(ledger=str(folder / "ledger"), site_url=self._base, **config)
        self.app = make_app(settings, now=self.clock)
        self.site: Site = self.app.state.site

    def browser(self, address: str = "198.51.100.7") -> TestClient:
        """A browser that follows no redirect by itself."""
        return TestClient(self.app, base_url=self._base, follow_redirects=False, client=(address, 50000))


def token(page: str) -> str:
    """The token of a page's forms."""
    found = _TOKEN.search(page)
    assert found, page
    return found[1]
