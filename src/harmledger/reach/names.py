"""The network addresses of a name, looked up once, within a bound of time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence

LOOK_UP_SECONDS = 15.0
"""Two servers asked twice at the usual five seconds each, less the last."""

Resolve = Callable[[str, int], Sequence[str]]
"""A host and a port → its network addresses; none where nobody knows it."""


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as this machine finds them; none where there is no such host."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def look_up_within(resolve: Resolve, host: str, port: int, *, seconds: float = LOOK_UP_SECONDS) -> Sequence[str]:
    """What `resolve` finds, or nothing where it takes too long: the system's own look-up can't be given a bound.

    Raises:
        TimeoutError: it took too long.
    """
    found: list[Sequence[str]] = []
    asking = threading.Thread(target=lambda: found.append(resolve(host, port)), daemon=True, name=f"look up {host}")
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise TimeoutError(host)
    return found[0] if found else []
