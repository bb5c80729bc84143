"""A connection to a service elsewhere that is cut when its time is over.

In come an address and seconds; out goes a connection of the standard library. Redirects aren't followed, proxies not used.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult


@contextmanager
def connected(url: SplitResult, seconds: float) -> Generator[HTTPConnection]:
    """A connection for so long, however slowly its bytes come.

    Raises:
        TimeoutError: the time is over.
    """
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    connection = kind(url.hostname or "", url.port, timeout=seconds)
    begun = time.monotonic()
    connection.connect()
    timer = Timer(seconds, _cut, [connection.sock])
    timer.start()
    try:
        yield connection
    except (OSError, HTTPException):
        _hold_time(begun, seconds)
        raise
    finally:
        timer.cancel()
        connection.close()
    _hold_time(begun, seconds)


def _cut(connected: socket.socket) -> None:
    """Whoever reads from it finds its end; encryption is left as it is, since another thread is in it."""
    with suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)


def _hold_time(begun: float, seconds: float) -> None:
    if time.monotonic() - begun >= seconds:
        raise TimeoutError
