"""Watching survives being killed."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from postgres import Server
from watch_kills import Web, compare, run_and_kill

from harmledger.store import open_ledger

HOSTS = 20
WATCH = """
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from fakes import load_fake
from harmledger.collect.fetch import Fetcher
from harmledger.reach import Guard, parse_networks
from harmledger.store import open_ledger
from harmledger.watching import Run, load_watch_list
now = lambda: datetime.now(UTC)
watched = load_watch_list(sys.argv[1])
watched = replace(watched, patience=replace(watched.patience, delay=timedelta()))
ledger = open_ledger(Path(sys.argv[2]), now=now, database=sys.argv[3])
fetcher = Fetcher(guard=Guard(private=parse_networks("127.0.0.0/8", "here")))
Run(ledger=ledger, watched=watched, fetches=fetcher, load=load_fake, now=now, once=True).go()
"""


@pytest.mark.parametrize(("kind", "pages", "kills"), [("sqlite", 300, 3), ("postgresql", 100, 2)])
def test_killed_at_random_nothing_is_lost_and_nothing_twice(
    tmp_path: Path, request: pytest.FixtureRequest, kind: str, pages: int, kills: int
) -> None:
    """However often it is killed, in the end every page that is there has one capture, of bytes that it gave, and is read; among them pages
    that differ with every fetch.
    """
    database = ""
    if kind == "postgresql":
        server: Server = request.getfixturevalue("server")
        database = server.make_database()
    web = Web(pages, hosts=HOSTS)
    (tmp_path / "list.toml").write_text(web.list_toml("1 s"), encoding="utf-8")
    command = [sys.executable, "-c", WATCH, str(tmp_path / "list.toml"), str(tmp_path / "ledger"), database]

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd=Path(__file__).parents[1])

    run_and_kill(start, web, kills=kills, chance=random.Random(7))
    web.close()
    ledger = open_ledger(tmp_path / "ledger", now=lambda: datetime.now(UTC), database=database)
    with ledger.reading() as connection:
        found = compare(connection, web)
    ledger.close()
    assert found.holds, found
    assert found.captured == found.there > pages * 0.9
    assert web.most_under_way == 1
