"""A desk with enough on it: reports of several events, one whose words are hostile, one in Arabic, one without a claim."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Generator
from functools import partial
from pathlib import Path

import pytest
import uvicorn
from fakes import fixed_now, load_fake
from sites import Served

sys.path.append(str(Path(__file__).parent))

from desks import REPORTS, Desk

from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.store import open_ledger
from harmledger.web.serving import listening


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
    served = Served(desk_ledger, tmp_path / "site", site_hosts="127.0.0.1")
    yield Desk(served)
    served.site.close()


@pytest.fixture
def address(desk: Desk) -> Generator[str]:
    """The same site on a port of this machine, for who needs a real server: a browser, several people at once."""
    listener = listening("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(desk.served.app, access_log=False, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
