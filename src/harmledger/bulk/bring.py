"""Brings an input of the web or of an object store to a local file; local ones stay where they are.

The web is reached by the guard that fetches go by: what isn't the public internet isn't asked. An object store is asked where the user says that it is.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpcore2
import httpx2

from harmledger.bulk.inputs import Input
from harmledger.bulk.stores import Access, Store
from harmledger.collect.answers import REDIRECTS, judge_status
from harmledger.collect.troubles import telling
from harmledger.collecting.opened import render_agent
from harmledger.config import FetchSettings
from harmledger.errors import BadInput, SourceFailed
from harmledger.reach import Budget, Guard, Heard, Stopped, Wire, parse_address, parse_networks

MOST_BYTES = 20_000_000_000
"""Of one archive: those of Common Crawl have one gigabyte, WACZ of long crawls ten."""
LIST_BYTES = 200_000_000
"""Of a list of paths."""
WHOLE_SECONDS = 6 * 3600.0
"""For one archive, however slowly it comes."""
IDLE_SECONDS = 60.0
CONNECT_SECONDS = 15.0
TRIES = 3
WAIT_SECONDS = 5.0
"""Before an archive is asked for again, longer each time."""


class Web:
    """Asks for one archive after another."""

    def __init__(
        self,
        fetch: FetchSettings,
        *,
        network: httpcore2.NetworkBackend | None = None,
        trust: ssl.SSLContext | None = None,
        guard: Guard | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """`network`, `trust`, `guard` and `wait` stand in for the machine's own."""
        if fetch.proxy:
            raise BadInput(
                "archives aren't fetched through a proxy", "fetch_proxy", "bring them by other means and give the files"
            )
        self._agent = render_agent(fetch.contact)
        self._guard = guard or Guard(private=parse_networks(fetch.private, "fetch_private"))
        self._network, self._wait = network, wait
        self._trust = trust or httpx2.create_ssl_context(trust_env=False)

    def save(self, url: str, path: Path, *, most_bytes: int = MOST_BYTES) -> None:
        """The bytes at an address as a file.

        Raises:
            SourceFailed: they can't be had.
        """
        for turn in range(1, TRIES + 1):
            try:
                return self._save(url, path, most_bytes)
            except Stopped as e:
                if turn == TRIES or not e.outcome.retried:
                    raise SourceFailed(e.what, url, e.remedy) from e
            self._wait(WAIT_SECONDS * turn)
        return None

    def _save(self, url: str, path: Path, most_bytes: int) -> None:
        address, heard = parse_address(url), Heard()
        budget = Budget(
            clock=time.monotonic,
            ends=time.monotonic() + WHOLE_SECONDS,
            bytes_left=most_bytes,
            idle_seconds=IDLE_SECONDS,
            connect_seconds=CONNECT_SECONDS,
        )
        wire = Wire(self._guard.look(address), budget=budget, heard=heard, inner=self._network)
        asked = httpcore2.URL(address.url)
        way = httpcore2.HTTPConnection(asked.origin, ssl_context=self._trust, network_backend=wire)
        heads = [(b"Host", address.authority.encode()), (b"User-Agent", self._agent.encode()), (b"Accept", b"*/*")]
        heads += [(b"Accept-Encoding", b"identity"), (b"Connection", b"close")]
        with closing(way), telling(heard, address), path.open("wb") as file:
            answer = way.handle_request(httpcore2.Request("GET", asked, headers=heads))
            if answer.status in REDIRECTS:
                raise SourceFailed("the server redirects", url, "give the address that leads to the archive itself")
            judge_status(answer.status)
            for piece in answer.iter_stream():
                file.write(piece)


def bring(wanted: Input, scratch: Path, fetch: FetchSettings | None, access: Access | None = None) -> Path:
    """Where the bytes of an input lie, brought into `scratch` where they lie elsewhere.

    Raises:
        SourceFailed: they can't be had.
    """
    path = scratch / "archive"
    if wanted.is_web:
        Web(fetch or FetchSettings()).save(wanted.name, path)
    elif wanted.is_bucket:
        Store(access or Access()).save(wanted.name, path, most_bytes=MOST_BYTES)
    else:
        return Path(wanted.name)
    return path
