"""How the site answers many readers while a reviewer decides, beside Datasette on the same tables in the same run.

    python benchmarks/site_load.py --ledger DIR [--readers 50] [--seconds 8] [--rounds 4] [--writes 4] [--map]

Both serve the same SQLite file from one process each. Readers ask for lists of incidents and for incidents, these by Zipf's law, each for its next
page as soon as it has the last; the servers take turns, round by round, and the first round of each counts for nothing. All the while a
reviewer, signed in, opens claims of the incidents that are read on the desk and decides by its form. Of Datasette the page of the table of incidents stands for the home
page, and the row's page with the table of its claims (its foreign key followed) for an incident's: both requests are timed apart and together.
Decisions are added to the ledger. Exits with 1 where the home page is slower than Datasette's table, or an incident's page than both requests
together, at the median or the 95th percentile, or where any request fails; the ratios to each request alone are told beside. `--map` tells when the map is usable in headless Chromium. Needs `make bench-site`, and `site_world.py` for a ledger.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import json
import os
import random
import re
import secrets
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from itertools import accumulate
from pathlib import Path
from urllib.parse import urlencode

from keep_alive import Answer, Choose, read_for

from harmledger.domain import Role, Verdict
from harmledger.store import get_ledger
from harmledger.store.accounts import add_account
from harmledger.web.passwords import hash_password

HOME_SHARE = 0.3
HOME_PAGES = 10
ZIPF = 1.0
VERDICTS = (7, 1, 2)
"""How often a reviewer accepts, holds and rejects."""
STARTING_SECONDS = 120
PATIENCE_SECONDS = 30
PASSWORD = os.environ.setdefault("SITE_LOAD_PASSWORD", secrets.token_urlsafe(24))
"""The reviewer's, for this run; its own process is told it."""
DATASETTE = "--setting suggest_facets off --setting default_page_size 50 --setting sql_time_limit_ms 20000".split()
"""Without its suggestions, which cost it a question a column; with as many rows a page as the site has."""
SOFTWARE_WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-sandbox")
MAP_SECONDS = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What readers read, the most read first."""

    incidents: Sequence[str]
    weights: Sequence[float]
    """Summed up."""
    homes: Sequence[str] = ()
    """Paths of the home page and of the list's further pages."""
    lists: Sequence[str] = ()
    """Paths of the pages of Datasette's table."""


def load_pages(ledger: Path, seed: int) -> Pages:
    """All incidents, in an order of chance."""
    with sqlite3.connect(f"file:{ledger / 'ledger.sqlite'}?mode=ro", uri=True) as connection:
        of = "SELECT DISTINCT incident_id FROM incident_claims WHERE incident_id IS NOT NULL ORDER BY incident_id"
        incidents = [row[0] for row in connection.execute(of)]
    random.Random(seed).shuffle(incidents)
    weights = list(accumulate(1 / rank**ZIPF for rank in range(1, len(incidents) + 1)))
    return Pages(incidents=incidents, weights=weights)


def choose_site(pages: Pages, chance: random.Random) -> list[tuple[str, str]]:
    """What a reader of the site asks for next."""
    if chance.random() < HOME_SHARE:
        return [("home", pages.homes[min(len(pages.homes), int(chance.paretovariate(1))) - 1])]
    return [("incident", f"/incidents/{_incident(pages, chance)}")]


def choose_datasette(pages: Pages, chance: random.Random) -> list[tuple[str, str]]:
    """The nearest to it that Datasette has."""
    if chance.random() < HOME_SHARE:
        return [("home", pages.lists[min(len(pages.lists), int(chance.paretovariate(1))) - 1])]
    incident = _incident(pages, chance)
    claims = f"/ledger/incident_claims?incident_id={incident}"
    return [("row", f"/ledger/incidents/{incident}"), ("claims", claims)]


def _incident(pages: Pages, chance: random.Random) -> str:
    (found,) = chance.choices(pages.incidents, cum_weights=pages.weights)
    return found


# --- servers and the reviewer ----------------------------------------------------------------------------------------


@contextmanager
def running(command: Sequence[str], port: int, **environment: str) -> Generator[tuple[str, int]]:
    """A server, from when it answers until it is no longer needed."""
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    try:
        _await(port, process)
        yield "127.0.0.1", port
    finally:
        process.terminate()
        process.wait()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"{process.args} doesn't answer")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def list_homes(address: tuple[str, int]) -> list[str]:
    """Paths of the first pages of the site's list: each leads to the next."""
    paths = ["/"]
    while len(paths) < HOME_PAGES:
        with urllib.request.urlopen(f"http://{address[0]}:{address[1]}{paths[-1]}") as answer:
            found = re.search(r'href="(/\?[^"]*\bafter=[^"]*)"', answer.read().decode())
        if found is None:
            break
        paths.append(html.unescape(found[1]))
    return paths


def list_tables(address: tuple[str, int]) -> list[str]:
    """Paths of the first pages of Datasette's table of incidents: each names the next."""
    paths, query = list[str](), ""
    for _ in range(HOME_PAGES):
        paths.append(f"/ledger/incidents{query}")
        asked = f"http://{address[0]}:{address[1]}/ledger/incidents.json{query}"
        with urllib.request.urlopen(asked) as answer:
            following = json.load(answer).get("next")
        if not following:
            break
        query = f"?_next={following}"
    return paths


class Reviewer:
    """A reviewer's browser: signs in, opens claims on the desk, and decides by their form."""

    def __init__(self, address: tuple[str, int], name: str) -> None:
        self._connection = HTTPConnection(*address, timeout=PATIENCE_SECONDS)
        self._cookies = SimpleCookie()
        fields = self._fields("/sign-in")
        self._send("POST", "/sign-in", {**fields, "name": name, "password": PASSWORD, "code": ""})

    def decide(self, claim: str, verdict: Verdict) -> None:
        """Look at a claim, then accept, hold or reject it."""
        path = f"/desk/claims/{claim}"
        fields = self._fields(path)
        status, _ = self._send("POST", path, {**fields, "verdict": verdict.value, "reason": "looked at"})
        if status not in {303, 409}:  # 409: somebody decided so already
            raise ValueError(f"{status} of {path}")

    def _fields(self, path: str) -> dict[str, str]:
        """What the page's first form for this very path keeps hidden."""
        status, body = self._send("GET", path)
        form = body.partition(f'action="{path}"')[2].partition("</form>")[0]
        if status != 200 or not form:
            raise ValueError(f"{status} of {path}")
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))

    def _send(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> tuple[int, str]:
        cookies = "; ".join(f"{name}={each.value}" for name, each in self._cookies.items())
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
        self._connection.request(method, path, urlencode(fields) if fields else None, {"Cookie": cookies, **kind})
        answer = self._connection.getresponse()
        for cookie in answer.headers.get_all("set-cookie", []):
            self._cookies.load(cookie)
        return answer.status, answer.read().decode()


def add_reviewer(ledger: Path) -> str:
    """A new account on the ledger, by its name."""
    name = f"load {secrets.token_hex(4)}"
    opened = get_ledger(ledger, now=lambda: datetime.now(UTC))
    with opened.writing() as writer:
        hashed = hash_password(PASSWORD, name=name)
        add_account(writer, name, Role.REVIEWER, password_hash=hashed, now=datetime.now(UTC))
    opened.close()
    return name


def write_decisions(told: argparse.Namespace) -> None:
    """Decide of claims of the incidents that are read, until stopped."""
    pages, chance = load_pages(told.ledger, told.seed), random.Random()
    with sqlite3.connect(f"file:{told.ledger / 'ledger.sqlite'}?mode=ro", uri=True) as connection:
        claims = defaultdict(list)
        for claim, incident in connection.execute("SELECT claim_id, incident_id FROM incident_claims"):
            claims[incident].append(claim)
    reviewer = Reviewer(("127.0.0.1", told.port), told.as_reviewer)
    print("ready", flush=True)
    while True:
        claim = chance.choice(claims[_incident(pages, chance)])
        (verdict,) = chance.choices((Verdict.ACCEPT, Verdict.HOLD, Verdict.REJECT), VERDICTS)
        began = time.monotonic()
        try:
            reviewer.decide(claim, verdict)
            print("decided", f"{time.monotonic() - began:.4f}", flush=True)
        except (OSError, ValueError) as e:
            print("failed", e, flush=True)
        time.sleep(max(0.0, 1 / told.writes - (time.monotonic() - began)))


@contextmanager
def reviewing(told: argparse.Namespace, port: int) -> Generator[list[str]]:
    """A reviewer at work; gives what became of the decisions, once over."""
    command = [sys.executable, __file__, "--ledger", str(told.ledger), "--as-reviewer", add_reviewer(told.ledger)]
    command += ["--port", str(port), "--writes", str(told.writes), "--seed", str(told.seed)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    lines: list[str] = []
    try:
        yield lines
    finally:
        process.terminate()
        lines += process.stdout.read().splitlines()
        process.wait()


# --- what came of it -------------------------------------------------------------------------------------------------


def percentile(seconds: Sequence[float], share: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


def tell(name: str, answers: Iterable[Answer]) -> dict[str, tuple[float, float]]:
    """Median and 95th percentile of each kind, in milliseconds; prints them."""
    of: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        of[answer.kind].append(answer)
    found: dict[str, tuple[float, float]] = {}
    for kind, some in sorted(of.items()):
        seconds = [answer.seconds for answer in some]
        median, late = statistics.median(seconds) * 1000, percentile(seconds, 0.95)
        failed = sum(answer.failed is not None for answer in some)
        size = statistics.mean(answer.size for answer in some) / 1024
        print(f"{name:10} {kind:9} {len(some):7,} {median:9.1f} {late:9.1f} {failed:7} {size:8.1f} KB")
        found[kind] = (median, late)
    for failed in [a.failed for a in answers if a.failed][:5]:
        print(f"           failed: {failed}")
    return found


def together(answers: Sequence[Answer]) -> list[Answer]:
    """Datasette's two requests for an incident as one: its readers ask for them one after the other."""
    rows = [a for a in answers if a.kind == "row"]
    claims = [a for a in answers if a.kind == "claims"]
    return [
        Answer("both", row.seconds + claim.seconds, row.failed or claim.failed, row.size + claim.size)
        for row, claim in zip(rows, claims, strict=False)
    ]


def compare(ours: dict[str, tuple[float, float]], theirs: dict[str, tuple[float, float]]) -> bool:
    """Whether every page is at least as quick as what tells the same in Datasette; prints the ratios."""
    good = True
    for kind, peers in (("home", ("home",)), ("incident", ("row", "claims", "both"))):
        for peer in peers:
            ratios = [their / our for our, their in zip(ours[kind], theirs[peer], strict=True)]
            print(f"{kind} is {ratios[0]:.1f} times as quick as {peer} at the median, {ratios[1]:.1f} at the 95th")
            good &= min(ratios) >= 1 or peer in {"row", "claims"}
    return good


def measure(told: argparse.Namespace) -> bool:
    """Serve, read, write, tell; whether all is as it should be."""
    serve_port, peer_port = free_port(), free_port()
    ours = [sys.executable, "-c", "from harmledger.cli import main; main()", "serve", "--ledger", str(told.ledger)]
    ours += ["--port", str(serve_port), *told.serve_options.split()]
    database = str(told.ledger / "ledger.sqlite")
    peer = [sys.executable, "-m", "datasette", "serve", database, "-p", str(peer_port), *DATASETTE]
    pages = load_pages(told.ledger, told.seed)
    answers: dict[str, list[Answer]] = {"site": [], "datasette": []}
    with running(ours, serve_port, HARMLEDGER_SITE_RATE="0") as site, running(peer, peer_port) as datasette:
        pages = replace(pages, homes=list_homes(site), lists=list_tables(datasette))
        chance = random.Random(told.seed)
        turns: dict[str, tuple[tuple[str, int], Choose]] = {
            "site": (site, partial(choose_site, pages, chance)),
            "datasette": (datasette, partial(choose_datasette, pages, chance)),
        }
        with reviewing(told, serve_port) as decided:
            for number in range(told.rounds + 1):
                for name, (address, choose) in turns.items():
                    some = asyncio.run(read_for(address, choose, readers=told.readers, seconds=told.seconds))
                    answers[name] += some if number else []
        usable = measure_map(site) if told.map else None
    return report(answers, decided, usable)


def report(answers: dict[str, list[Answer]], decided: Sequence[str], usable: float | None) -> bool:
    print(f"{'server':10} {'page':9} {'asked':>7} {'median ms':>9} {'95th ms':>9} {'failed':>7} {'size':>11}")
    ours = tell("site", answers["site"])
    theirs = tell("datasette", answers["datasette"]) | tell("datasette", together(answers["datasette"]))
    good = compare(ours, theirs)
    waits = [float(line.split()[1]) for line in decided if line.startswith("decided")]
    failed = [line for line in decided if line.startswith("failed")]
    if waits:
        print(
            f"{len(waits)} decisions written meanwhile: median {statistics.median(waits) * 1000:.1f} ms, {len(failed)} failed"
        )
    for line in failed[:5]:
        print(f"           {line}")
    if usable is not None:
        print(f"the map is usable after {usable:.1f} s")
    failures = [a.failed for some in answers.values() for a in some if a.failed]
    return good and not failures and not failed and (usable is None or usable < MAP_SECONDS)


def measure_map(address: tuple[str, int]) -> float:
    """Seconds from asking for the home page until its map has drawn everything, in a browser that has nothing yet; the median of three."""
    from playwright.sync_api import sync_playwright

    seconds: list[float] = []
    with sync_playwright() as playwright:
        chromium = os.environ.get("HARMLEDGER_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(SOFTWARE_WEBGL))
        for _ in range(3):
            page = browser.new_context().new_page()
            began = time.perf_counter()
            page.goto(f"http://{address[0]}:{address[1]}/")
            page.wait_for_selector("#map[data-map=ready]", state="attached", timeout=60_000)
            seconds.append(time.perf_counter() - began)
            page.context.close()
        browser.close()
    return statistics.median(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", type=Path, required=True, help="folder of a ledger, as site_world.py makes one")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=8, help="of each round")
    parser.add_argument("--rounds", type=int, default=4, help="of each server, besides the first")
    parser.add_argument("--writes", type=float, default=4, help="decisions a second")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--map", action="store_true", help="the map in Chromium too")
    parser.add_argument("--serve-options", default="", help="further options of `harmledger serve`")
    parser.add_argument("--as-reviewer", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.as_reviewer:
        write_decisions(told)
    elif not measure(told):
        sys.exit("not all is as it should be")


if __name__ == "__main__":
    main()
