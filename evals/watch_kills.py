"""Watching, killed again and again: whether anything is lost, or in the ledger twice.

    python evals/watch_kills.py [--pages 10000] [--kills 10] [--seed 1]

A web of fifty hosts on this machine's loopback addresses lists its pages in feeds, sitemaps, an index of them, and pages of links. Some pages
differ with every fetch, some redirect, some are gone. `harmledger watch --once` collects them with its real client and engine, and is killed
(SIGKILL) at random moments; started again to the end, the ledger must hold one capture of every page that there is, read, and none twice.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from harmledger.store import get_ledger
from harmledger.store.schema import CAPTURES, READINGS
from harmledger.store.schema_fetched import FETCHES
from harmledger.store.schema_watch import FRONTIER

HOSTS = 50
RESTLESS, MOVED, GONE = 0.05, 0.02, 0.02
"""Shares of pages that differ with every fetch, that redirect, that are gone."""
KINDS = ("feed", "atom", "json", "sitemap", "index", "links")


@dataclass
class Web:
    """Hosts that answer, and remember what they were asked and gave."""

    pages: int
    hosts: int = HOSTS
    port: int = 0
    asked: list[tuple[str, float]] = field(default_factory=list)
    given: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """SHA-256 of every body that an address gave."""
    under_way: Counter[str] = field(default_factory=Counter)
    most_under_way: int = 0

    def __post_init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self._run, args=(ready,), daemon=True).start()
        ready.wait(10)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    def host(self, number: int) -> str:
        return f"127.0.0.{1 + number % self.hosts}:{self.port}"

    def url(self, page: int) -> str:
        return f"http://{self.host(page)}/2026/03/report-{page}"

    def kind(self, page: int) -> str:
        """What a page is, the same in every run."""
        chance = random.Random(page).random()
        for name, share in (("restless", RESTLESS), ("moved", MOVED), ("gone", GONE)):
            if chance < share:
                return name
            chance -= share
        return "plain"

    def list_toml(self, delay: str) -> str:
        """What to watch: one listing a host, of all kinds."""
        tables = [f'[watch]\ndelay = "{delay}"\nhosts = {min(self.hosts, 32)}\n']
        for number in range(self.hosts):
            name = KINDS[number % len(KINDS)]
            kind = {"sitemap": "sitemap", "index": "sitemap", "links": "page"}.get(name, "feed")
            url = f"http://{self.host(number)}/{name}"
            tables.append(
                f'[[source]]\nname = "host {number}"\nkind = "{kind}"\nurl = "{url}"\nevery = "1 day"\nmost = 50000\n'
            )
        return "\n".join(tables)

    # --- answers ---

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)

        async def start() -> None:
            first = await asyncio.start_server(self._answer, "127.0.0.1", 0, backlog=512)
            self.port = first.sockets[0].getsockname()[1]
            others = [f"127.0.0.{1 + number}" for number in range(1, self.hosts)]
            self._servers = [first, *[await asyncio.start_server(self._answer, each, self.port) for each in others]]
            ready.set()

        self._loop.create_task(start())
        self._loop.run_forever()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
            return
        heads = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        host = heads["host"]
        url = f"http://{host}{head.split(' ', 2)[1]}"
        self.under_way[host] += 1
        self.most_under_way = max(self.most_under_way, self.under_way[host])
        self.asked.append((url, time.monotonic()))
        try:
            await asyncio.sleep(0.005)
            writer.write(self._made(url, heads))
            await writer.drain()
        except ConnectionError:
            pass
        finally:
            self.under_way[host] -= 1
            writer.close()

    def _made(self, url: str, heads: dict[str, str]) -> bytes:
        parts = urlsplit(url)
        name = parts.path.strip("/")
        if name.startswith(("2026/03/report-", "moved/report-")):
            return self._page(int(name.rpartition("-")[2]), is_moved=name.startswith("moved"))
        number = int(str(parts.hostname).rpartition(".")[2]) - 1
        urls = [self.url(page) for page in range(number, self.pages, self.hosts)]
        if name == "robots.txt":
            return self._whole(b"User-agent: *\nDisallow: /private\n", "text/plain")
        etag = f'"{name}-{len(urls)}"'
        if heads.get("if-none-match") == etag:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        made = _render(name, f"http://{parts.netloc}", urls)
        return (
            self._whole(made.encode(), "text/html" if name == "links" else "application/xml", f"ETag: {etag}\r\n")
            if made
            else _NOT_FOUND
        )

    def _page(self, page: int, *, is_moved: bool) -> bytes:
        kind = self.kind(page)
        if kind == "gone":
            return _NOT_FOUND
        if kind == "moved" and not is_moved:
            return f"HTTP/1.1 301 Moved\r\nLocation: /moved/report-{page}\r\nContent-Length: 0\r\n\r\n".encode()
        stamp = f"<p>Shown {len(self.asked)} times.</p>" if kind == "restless" else ""
        body = _TEXT.format(page=page, stamp=stamp).encode()
        self.given[self.url(page)].add(hashlib.sha256(body).hexdigest())
        return self._whole(body, "text/html; charset=utf-8")

    def _whole(self, body: bytes, kind: str, more: str = "") -> bytes:
        return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body


_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nnone"
_TEXT = """<!doctype html><html lang="en"><head><title>Council meets, day {page}</title></head><body><article><h1>Council meets, day {page}</h1>
<p>The town council met for session {page} and spoke about the market, the water pipes and the new school.</p>
<p>Members agreed to meet again. The road to the river stays closed for repairs until the spring.</p>{stamp}</article></body></html>"""


def _render(name: str, place: str, urls: Sequence[str]) -> str | None:
    """A listing of those addresses; of a sitemap's index, the index or one of its two parts."""
    half = len(urls) // 2
    made: dict[str, Callable[[], str]] = {
        "feed": lambda: (
            f"<rss version='2.0'><channel>{''.join(f'<item><link>{url}?utm_source=rss</link></item>' for url in urls)}</channel></rss>"
        ),
        "atom": lambda: (
            f"<feed xmlns='http://www.w3.org/2005/Atom'>{''.join(f'<entry><link href={chr(34)}{url}#top{chr(34)}/></entry>' for url in urls)}</feed>"
        ),
        "json": lambda: json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": url} for url in urls]}
        ),
        "sitemap": lambda: _sitemap(urls),
        "part-1": lambda: _sitemap(urls[:half]),
        "part-2": lambda: _sitemap(urls[half:]),
        "index": lambda: (
            "<sitemapindex>"
            + "".join(f"<sitemap><loc>{place}/part-{n}</loc></sitemap>" for n in (1, 2))
            + "</sitemapindex>"
        ),
        "links": lambda: (
            f"<html><body>{''.join(f'<a href={chr(34)}{url}{chr(34)}>report</a>' for url in urls)}</body></html>"
        ),
    }
    return made[name]() if name in made else None


def _sitemap(urls: Sequence[str]) -> str:
    return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>"


# --- killing ---------------------------------------------------------------------------------------------------------


def run_and_kill(
    start: Callable[[], subprocess.Popen[bytes]], web: Web, *, kills: int, chance: random.Random
) -> list[int]:
    """Run to the end, killed so many times on the way; gives after how many requests each kill came."""
    when = sorted(chance.randrange(web.pages) for _ in range(kills))
    came: list[int] = []
    for asked in when:
        process = start()
        while process.poll() is None and len(web.asked) < asked:
            time.sleep(0.01)
        time.sleep(chance.random())
        assert process.poll() is None, f"it ended before it was killed: {process.returncode}"
        process.send_signal(signal.SIGKILL)
        process.wait()
        came.append(len(web.asked))
    assert start().wait() == 0, "the last run failed"
    return came


@dataclass(frozen=True)
class Found:
    """What a ledger holds, held against what the web had to give."""

    there: int
    """Pages that are to be had."""
    captured: int
    """Of them, those with a capture."""
    lost: Sequence[str]
    twice: Sequence[str]
    """Pages with more than one capture, or more than one line in the log that says so."""
    unread: int
    altered: Sequence[str]
    """Captures whose bytes the web never gave."""
    unknown: Sequence[str]
    """Captures of what is no page of this web."""
    asked_again: int
    """Requests for pages beyond one each: those that a kill made for nothing."""
    gone: int
    """Pages that are gone and given up."""

    @property
    def holds(self) -> bool:
        return not (self.lost or self.twice or self.unread or self.altered or self.unknown)


def compare(connection: Connection, web: Web) -> Found:
    """Every page's captures, log and state."""
    captures = defaultdict[str, list[str]](list)
    for row in connection.execute(select(CAPTURES)):
        captures[row.source].append(row.document_id)
    told = Counter(connection.execute(select(FETCHES.c.url).where(FETCHES.c.outcome == "captured")).scalars())
    read = set(connection.execute(select(READINGS.c.document_id)).scalars())
    states = Counter(connection.execute(select(FRONTIER.c.state)).scalars())
    waits = connection.execute(select(FRONTIER.c.page_id).where(FRONTIER.c.capture_id.is_not(None))).all()
    there = {web.url(page) for page in range(web.pages) if web.kind(page) != "gone"}
    asked = Counter(url for url, _ in web.asked if "/2026/03/report-" in url)
    return Found(
        there=len(there),
        captured=sum(url in captures for url in there),
        lost=sorted(there - captures.keys()),
        twice=sorted(url for url in there if len(captures[url]) > 1 or told[url] > 1),
        unread=len(waits) + sum(document not in read for documents in captures.values() for document in documents),
        altered=sorted(
            url for url, documents in captures.items() if url in there and not web.given[url].issuperset(documents)
        ),
        unknown=sorted(captures.keys() - there),
        asked_again=sum(asked.values()) - len(asked),
        gone=states["given up"],
    )


def pauses(web: Web, kills: Sequence[int]) -> list[float]:
    """Seconds between visits to one host that follow one another in one run; a new run doesn't know of the last one's, and a redirect is of its visit."""
    found: list[float] = []
    for start, end in itertools.pairwise([0, *kills, len(web.asked)]):
        last: dict[str, float] = {}
        for url, at in web.asked[start:end]:
            host = urlsplit(url).netloc
            if host in last and "/moved/" not in url:
                found.append(at - last[host])
            last[host] = at
    return sorted(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    web = Web(said.pages)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "list.toml").write_text(web.list_toml("1 s"), encoding="utf-8")
        environment = {**os.environ, "HARMLEDGER_FETCH_PRIVATE": "127.0.0.0/8"}
        command = [
            sys.executable,
            "-c",
            "from harmledger.cli import main; main()",
            "watch",
            str(folder / "list.toml"),
            "--once",
        ]

        def start() -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [*command, "--ledger", str(folder / "ledger")], env=environment, stdout=subprocess.DEVNULL
            )

        began = time.monotonic()
        came = run_and_kill(start, web, kills=said.kills, chance=random.Random(said.seed))
        seconds = time.monotonic() - began
        ledger = get_ledger(folder / "ledger", now=lambda: datetime.now(UTC))
        with ledger.reading() as connection:
            found = compare(connection, web)
        ledger.close()
    between = pauses(web, came)
    print(
        f"{said.pages:,} pages on {web.hosts} hosts, killed {len(came)} times, after {', '.join(map(str, came))} requests; {seconds:,.0f} s"
    )
    print(
        f"there {found.there:,}, captured {found.captured:,}, lost {len(found.lost)}, twice {len(found.twice)}, unread {found.unread}"
    )
    print(f"altered {len(found.altered)}, unknown {len(found.unknown)}; gone and given up {found.gone:,}")
    print(
        f"requests {len(web.asked):,}, of pages again {found.asked_again}; at once to one host at most {web.most_under_way}"
    )
    print(f"pauses between visits to a host: least {between[0]:.2f} s, middle {between[len(between) // 2]:.2f} s")
    return 0 if found.holds else 1


if __name__ == "__main__":
    sys.exit(main())
