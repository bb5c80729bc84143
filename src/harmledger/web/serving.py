"""Serves the site until it is stopped."""

from __future__ import annotations

import gc
import logging
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from harmledger.config import Config
from harmledger.errors import BadInput, NotAllowed
from harmledger.web.app import make_app

MOST_AT_ONCE = 1000
"""Requests open at one time; one more is told to come again."""
BACKLOG = 512
KEPT_OPEN_SECONDS = 15
STOPPING_SECONDS = 10
SWITCHING_SECONDS = 0.001
"""How long one thread computes before another may: a fifth of Python's own, so that kept pages and refusals wait for no thread that makes a page."""


def serve(config: Config, *, host: str, port: int, proxies: str | None, started: Callable[[str], None]) -> None:
    """Serve until a signal stops it. `proxies`: addresses of reverse proxies whose word on where a request comes from is taken.

    Raises:
        HarmledgerError: the ledger can't be opened, or nothing can listen there.
    """
    logging.basicConfig(format="harmledger: %(message)s", level=logging.WARNING)
    sys.setswitchinterval(SWITCHING_SECONDS)
    app = make_app(config, makers=config.site_makers)
    gc.freeze()  # what is there now stays: going through all of it again and again takes 75 ms each time, and stops every page
    with listening(host, port) as listener, suppress(KeyboardInterrupt):  # Ctrl-C is how it is ended
        settings = uvicorn.Config(
            app,
            access_log=False,  # it would hold addresses; what was done is in the audit
            log_config=None,
            server_header=False,
            proxy_headers=proxies is not None,
            forwarded_allow_ips=proxies or "",
            limit_concurrency=MOST_AT_ONCE,
            timeout_keep_alive=KEPT_OPEN_SECONDS,
            timeout_graceful_shutdown=STOPPING_SECONDS,
        )
        started(_address(listener))
        uvicorn.Server(settings).run(sockets=[listener])


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises:
        BadInput: there is no such host.
        NotAllowed: the port is taken, or kept for the system.
    """
    where = f"{host}:{port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as e:
        raise BadInput(f"there is no such host ({e.strerror})", where, "name another with --host") from e
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as e:
        listener.close()
        raise NotAllowed(f"nothing can listen there ({e.strerror})", where, "name another with --port") from e
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
