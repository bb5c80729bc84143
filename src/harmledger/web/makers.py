"""Processes beside the site that make pages anybody may see: Python computes on one core a process, and those who wait for kept pages shall not wait for these.

A maker opens the ledger by itself and answers a request as the site's own threads would; it sees the ledger no earlier than the request came.
Where makers can't be started, or end, the site's threads make the pages.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Protocol, cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from harmledger.config import Config
from harmledger.web.kept import KeptPage

LONGEST_PATH_CHARS = 4_000
"""What is longer no maker is asked for."""
_HEADERS = (b"host", b"cookie", b"hx-request", b"hx-boosted", b"accept")
"""All of a request's headers that a kept page may depend on."""
_LOG = logging.getLogger("harmledger.web")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a kept page, as it is handed to a maker."""

    scheme: str
    server: tuple[str, int | None] | None
    path: str
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal on its way back: Starlette's own loses its headers between processes."""

    status: int
    detail: str
    headers: dict[str, str] | None


class MakesPages(Protocol):
    """What answers a route whose pages are kept."""

    def make_now(self, request: Request) -> KeptPage | Response:
        """The page as it is made for everybody, packed where it may be kept."""
        ...


class Makers:
    """A bounded number of processes that make pages."""

    def __init__(self, config: Config, *, processes: int, open_app: Callable[[Config], Starlette]) -> None:
        """`open_app` is called in each process, and so is a function that a module names."""
        self._config, self._processes, self._open_app = config, processes, open_app
        self._pool: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """Begin all of them now, so that no page waits for it."""
        if self._processes < 1:
            return
        self._pool = ProcessPoolExecutor(
            self._processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_open,
            initargs=(self._open_app, self._config),
        )
        for _ in range(self._processes):
            self._pool.submit(_nothing)

    async def make(self, request: Request) -> KeptPage | Response | None:
        """The page; None where no maker can be asked.

        Raises:
            HTTPException, HarmledgerError: as the page's handler does.
        """
        if self._pool is None or len(request.url.path) + len(request.url.query) > LONGEST_PATH_CHARS:
            return None
        try:
            made = await asyncio.wrap_future(self._pool.submit(_make, _ask(request)))
        except BrokenProcessPool:
            _LOG.warning("a process that made pages has ended; from now on this one makes them")
            self._pool = None
            return None
        if isinstance(made, Refusal):
            raise HTTPException(made.status, made.detail, made.headers)
        return made

    def close(self) -> None:
        """End them."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _ask(request: Request) -> Asked:
    scope = request.scope
    headers = tuple((name, value) for name, value in scope["headers"] if name in _HEADERS)
    server = tuple(scope["server"]) if scope.get("server") else None
    return Asked(scope["scheme"], server, request.url.path, scope["query_string"], headers)


# --- inside a maker --------------------------------------------------------------------------------------------------

_APP: list[Starlette] = []
"""The site as this process has it, from its first page to its last."""


def _open(open_app: Callable[[Config], Starlette], config: Config) -> None:
    """Ctrl-C is for the process that serves."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _APP.append(open_app(config))


def _nothing() -> None:
    """Asked of each process so that it begins."""


def _make(asked: Asked) -> KeptPage | Response | Refusal:
    app = _APP[0]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "scheme": asked.scheme,
        "server": asked.server,
        "client": None,
        "root_path": "",
        "path": asked.path,
        "query_string": asked.query,
        "headers": list(asked.headers),
        "app": app,
    }
    for route in app.routes:
        match, found = route.matches(scope)
        if match is Match.FULL and isinstance(route, Route):
            try:
                return cast("MakesPages", route.endpoint).make_now(Request({**scope, **found}))
            except HTTPException as e:
                return Refusal(e.status_code, e.detail, dict(e.headers) if e.headers else None)
    raise AssertionError(f"no page is at {asked.path}")
