"""A flood of replies against a running site: all are taken or refused with a reason, none is lost, and pages are still served.

    python benchmarks/reply_flood.py --ledger DIR [--rate 200] [--seconds 60] [--readers 4]

Serves a copy of the ledger with `harmledger serve`, makes people who are signed in to reply (20 replies each, as many as one may send a day), and
sends so many replies a second, each at its time whether or not those before it were answered, from as many networks as people. Meanwhile readers
ask for the home page and incidents; before, they do so alone. In the end it counts rows. Exits with 1 where a reply that was taken has no row or
a row no reply that was taken, an answer is neither, or a page fails. The proxy's word on networks is taken, as behind a real one.
"""

from __future__ import annotations

import argparse
import asyncio
import hmac
import itertools
import os
import random
import secrets
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from keep_alive import Answer, read_for

from harmledger.store import get_ledger
from harmledger.store.replier_sessions import sign_replier_in

EACH = 4
"""Replies of one person within a minute: below the bound, so that it is the write path that is measured, not the refusal."""
BEFORE_SECONDS = 15
STARTING_SECONDS = 60
PATIENCE_SECONDS = 60
WORDS = (
    "road bridge well roof door yard field shop mill quay barn wall tower stair gate lamp boat rope net sack".split()
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in: the cookies of a browser, and where it is."""

    token: str
    seed: str
    address: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one reply."""

    seconds: float
    status: int
    reference: str


def make_people(ledger: Path, number: int) -> list[Person]:
    """People with sessions, each in a network of their own."""
    opened, now, people = get_ledger(ledger, now=_now), _now(), []
    with opened.writing() as writer:
        for n in range(number):
            token = secrets.token_urlsafe(32)
            sign_replier_in(writer, secrets.token_hex(32), provider="mail", token=token, now=now)
            people.append(Person(token, secrets.token_urlsafe(24), f"198.18.{n // 250}.{n % 250 + 1}"))
    opened.close()
    return people


@contextmanager
def serving(ledger: Path) -> Iterator[tuple[str, int]]:
    """The site on a port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from harmledger.cli import main; main()", "serve", "--ledger", str(ledger)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--behind", "127.0.0.1"]
    server = subprocess.Popen(command, env={**os.environ, "HARMLEDGER_SITE_RATE": "0"})
    try:
        _wait(port)
        yield "127.0.0.1", port
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int) -> None:
    ends = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < ends:
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/method").close()
            return
        time.sleep(0.2)
    raise SystemExit("the site didn't start")


def list_paths(ledger: Path) -> list[str]:
    """The home page and a hundred incidents."""
    with sqlite3.connect(f"file:{ledger / 'ledger.sqlite'}?mode=ro", uri=True) as connection:
        of = "SELECT DISTINCT incident_id FROM incident_claims WHERE incident_id IS NOT NULL ORDER BY 1 LIMIT 100"
        return [f"/incidents/{row[0]}" for row in connection.execute(of)]


def make_request(key: bytes, person: Person, path: str, number: int, host: str) -> bytes:
    """A form as the person's browser would send it, a minute after it was shown."""
    when = f"{_now() - timedelta(minutes=1):%Y-%m-%dT%H:%M:%S}"
    text = " ".join(random.choices(WORDS, k=24)) + f" at {number}"
    fields = {
        "csrf": _sign(key, "form", person.seed),
        "stamp": f"{when}.{_sign(key, 'reply form', f'{person.seed}{chr(0)}{when}')}",
        "kind": "comment",
        "text": text,
        "go": "send",
    }
    body = urlencode(fields).encode()
    head = (
        f"POST {path}/reply HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-For: {person.address}\r\n"
        f"Cookie: reply-session={person.token}; visit={person.seed}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


async def flood(address: tuple[str, int], requests: Sequence[bytes], rate: float) -> list[Sent]:
    """Each at its time."""
    began = time.perf_counter()

    async def one(number: int, request: bytes) -> Sent:
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        return await _send(address, request)

    return await asyncio.gather(*(one(n, request) for n, request in enumerate(requests)))


async def _send(address: tuple[str, int], request: bytes) -> Sent:
    sent = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            reader, writer = await asyncio.open_connection(*address)
            writer.write(request)
            answer = await reader.read()
            writer.close()
    except (OSError, TimeoutError, EOFError):
        return Sent(time.perf_counter() - sent, 0, "")
    status = int(answer[9:12] or 0)
    number = answer.partition(b"location: /replies/")[2].partition(b"?")[0].decode() if status == 303 else ""
    return Sent(time.perf_counter() - sent, status, number)


async def measure(
    address: tuple[str, int], requests: Sequence[bytes], paths: Sequence[str], told: argparse.Namespace
) -> int:
    """Readers alone, then beside the flood; gives how many things went wrong."""
    turns = itertools.cycle([("home", "/"), *(("incident", path) for path in paths)])

    def choose() -> list[tuple[str, str]]:
        return [next(turns)]

    alone = await read_for(address, choose, readers=told.readers, seconds=BEFORE_SECONDS)
    beside, sent = await asyncio.gather(
        read_for(address, choose, readers=told.readers, seconds=told.seconds), flood(address, requests, told.rate)
    )
    for name, answers in (("without the flood", alone), ("beside the flood", beside)):
        _tell(name, answers)
    wrong = sum(answer.failed is not None for answer in (*alone, *beside))
    return wrong + _count(told.copy, sent)


def _tell(name: str, answers: Sequence[Answer]) -> None:
    for kind in ("home", "incident"):
        times = sorted(1000 * a.seconds for a in answers if a.kind == kind and not a.failed)
        if len(times) > 1:
            at = statistics.quantiles(times, n=20)
            print(
                f"{kind} {name}: {len(times)} pages, median {statistics.median(times):.1f} ms, 95th percentile {at[18]:.1f} ms"
            )


def _count(ledger: Path, sent: Sequence[Sent]) -> int:
    """What became of the replies, and whether the ledger says the same."""
    with sqlite3.connect(f"file:{ledger / 'ledger.sqlite'}?mode=ro", uri=True) as connection:
        rows = {row[0] for row in connection.execute("SELECT reference FROM replies")}
        states = dict(connection.execute("SELECT state, count(*) FROM replies GROUP BY state").fetchall())
    taken = {one.reference for one in sent if one.reference}
    statuses = Counter(one.status for one in sent)
    times = sorted(1000 * one.seconds for one in sent)
    at = statistics.quantiles(times, n=20)
    print(f"sent {len(sent)}: {dict(statuses)} (303 taken, 429, 503 and 403 refused with a reason, 0 no answer)")
    print(
        f"answered within {statistics.median(times):.0f} ms at the median, {at[18]:.0f} ms at the 95th percentile, {times[-1]:.0f} ms at the most"
    )
    print(f"rows {len(rows)} {states}; taken without a row {len(taken - rows)}; rows of none taken {len(rows - taken)}")
    return len(taken ^ rows) + sum(n for status, n in statuses.items() if status not in {303, 403, 429, 503})


def _sign(key: bytes, purpose: str, value: str) -> str:
    return hmac.new(key, f"{purpose}\0{value}".encode(), "sha256").hexdigest()


def _now() -> datetime:
    return datetime.now(UTC)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", type=Path, required=True)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--readers", type=int, default=4)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told.copy = Path(folder) / "ledger"
        shutil.copytree(told.ledger, told.copy)
        number = round(told.rate * told.seconds)
        people, paths = make_people(told.copy, -(-number // EACH)), list_paths(told.copy)
        with serving(told.copy) as address:
            key, host = (told.copy / "site.key").read_bytes(), f"{address[0]}:{address[1]}"
            requests = [
                make_request(key, people[n % len(people)], paths[n % len(paths)], n, host) for n in range(number)
            ]
            return min(1, asyncio.run(measure(address, requests, paths, told)))


if __name__ == "__main__":
    sys.exit(main())
