"""One connection: to the addresses that were looked at and no other, within bounds of time and bytes, and written down as it goes.

Below HTTP: httpcore2 speaks through it. What went out and what came in are kept as they were, to the end of the answer's head.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpcore2

from harmledger.domain import FetchOutcome
from harmledger.reach.stopped import Stopped

HEAD_BYTES = 64 * 1024
"""Of an answer's head; servers send 1 kB, and 20 kB where they set many cookies."""
_MOST_ADDRESSES = 4
"""Tried one after another."""
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_INTERIM = re.compile(rb"HTTP/1\.[01] 1\d\d\b")
_SECRET_HEAD = re.compile(rb"(?im)^proxy-authorization:[^\r\n]*\r?\n")


@dataclass(slots=True)
class Budget:
    """What is left of one fetch, over all its hops."""

    clock: Callable[[], float]
    ends: float
    bytes_left: int
    idle_seconds: float
    connect_seconds: float

    def seconds(self, most: float) -> float:
        """How long the next step may take.

        Raises:
            Stopped: the time is over.
        """
        left = self.ends - self.clock()
        if left <= 0:
            raise Stopped(FetchOutcome.TIMED_OUT, "the answer takes too long as a whole", "try again later")
        return min(left, most)

    def spend(self, count: int) -> None:
        """Count bytes that came.

        Raises:
            Stopped: they are too many.
        """
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise Stopped(FetchOutcome.TOO_LARGE, "the answer is too long", "save the page and give the file")


@dataclass(slots=True)
class Heard:
    """What went over a connection: all that was sent, and what came, to the end of its head."""

    sent: bytearray = field(default_factory=bytearray)
    came: bytearray = field(default_factory=bytearray)
    address: str = ""
    """The network address that answered."""
    ended: bool = False
    """Whether the other side hung up."""

    @property
    def request(self) -> bytes:
        """The request as sent, less the word by which a proxy knows us."""
        return _SECRET_HEAD.sub(b"", bytes(self.sent))

    def find_head(self) -> bytes | None:
        """The status line and head as they came, to the empty line; answers that only announce another are passed over."""
        start = 0
        while end := _HEAD_END.search(self.came, start):
            if not _INTERIM.match(self.came, start):
                return bytes(self.came[start : end.end()])
            start = end.end()
        return None

    def hear(self, data: bytes) -> None:
        """Take down what came.

        Raises:
            Stopped: its head has no end.
        """
        self.ended = not data
        if self.find_head() is not None:
            return
        self.came += data
        if len(self.came) > HEAD_BYTES and self.find_head() is None:
            raise Stopped(FetchOutcome.TOO_LARGE, "the head of the answer is too long", "nothing can be done here")


class Wire(httpcore2.NetworkBackend):
    """Connects to the addresses that were looked at, whatever name it is told."""

    def __init__(
        self, addresses: Sequence[str], *, budget: Budget, heard: Heard, inner: httpcore2.NetworkBackend | None = None
    ) -> None:
        self._addresses, self._budget, self._heard = addresses[:_MOST_ADDRESSES], budget, heard
        self._inner = inner or httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002  a name, which has been looked up
        port: int,
        timeout: float | None = None,  # noqa: ARG002  the budget knows better
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        last: Exception = httpcore2.ConnectError("no address")
        for address in self._addresses:
            seconds = self._budget.seconds(self._budget.connect_seconds)
            try:
                stream = self._inner.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as e:
                last = e
            else:
                self._heard.address = address
                return _Stream(stream, self._budget, self._heard)
        raise last


class _Stream(httpcore2.NetworkStream):
    """Bytes either way, counted, timed and written down."""

    def __init__(self, inner: httpcore2.NetworkStream, budget: Budget, heard: Heard) -> None:
        self._inner, self._budget, self._heard = inner, budget, heard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  the budget knows better
        data = self._inner.read(max_bytes, self._budget.seconds(self._budget.idle_seconds))
        self._budget.spend(len(data))
        self._heard.hear(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002  as above
        self._inner.write(buffer, self._budget.seconds(self._budget.idle_seconds))
        self._heard.sent += buffer

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002  as above
    ) -> httpcore2.NetworkStream:
        """What was said before, to a proxy, is no part of the exchange."""
        seconds = self._budget.seconds(self._budget.connect_seconds)
        inner = self._inner.start_tls(ssl_context, server_hostname, seconds)
        self._heard.sent.clear()
        self._heard.came.clear()
        return _Stream(inner, self._budget, self._heard)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
