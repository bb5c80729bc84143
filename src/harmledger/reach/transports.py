"""How providers of sign-in are asked: bounded in time and size, no redirect followed, no proxy, nothing unpacked.

An address that a visitor typed is held to more: its name is looked up once, every address it has must be of the public internet, and the
connection goes to the very address that was looked at, so that a name that changes its mind meanwhile leads nowhere else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import cast

import httpx2

from harmledger import __version__
from harmledger.errors import BadInput
from harmledger.reach.names import Resolve, look_up
from harmledger.reach.public import is_public

MOST_BYTES = 256 * 1024
"""Of one answer: a provider's description is 2 kB, its keys 10 kB, a token 4 kB."""
STEP_SECONDS = 4.0
"""To connect, and between two pieces of an answer."""
ANSWER_SECONDS = 7.0
"""For all of one answer, however slowly it trickles in."""
HEADERS = {"User-Agent": f"harmledger/{__version__}", "Accept": "application/json", "Accept-Encoding": "identity"}


def reach(
    *,
    typed: bool = False,
    resolve: Resolve | None = None,
    inner: httpx2.BaseTransport | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> httpx2.BaseTransport:
    """The way to a provider. `typed`: a visitor named it, so it must lie in the public internet."""
    way: httpx2.BaseTransport = inner or httpx2.HTTPTransport(trust_env=False)
    way = Public(way, resolve or look_up) if typed else way
    return Bounded(way, clock)


class Bounded(httpx2.BaseTransport):
    """Gives up an answer that is too long, comes in too slowly, or is packed."""

    def __init__(self, inner: httpx2.BaseTransport, clock: Callable[[], float]) -> None:
        self._inner, self._clock = inner, clock

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """One request."""
        ends = self._clock() + ANSWER_SECONDS
        answer = self._inner.handle_request(request)
        if answer.headers.get("content-encoding", "identity") != "identity":
            answer.close()
            raise httpx2.DecodingError("a packed answer isn't taken", request=request)
        stream = _BoundedStream(cast("httpx2.SyncByteStream", answer.stream), lambda: self._clock() > ends)
        return httpx2.Response(answer.status_code, headers=answer.headers, stream=stream, extensions=answer.extensions)

    def close(self) -> None:
        """Let go of connections."""
        self._inner.close()


class _BoundedStream(httpx2.SyncByteStream):
    def __init__(self, inner: httpx2.SyncByteStream, is_late: Callable[[], bool]) -> None:
        self._inner, self._is_late = inner, is_late

    def __iter__(self) -> Iterator[bytes]:
        seen = 0
        for piece in self._inner:
            seen += len(piece)
            if seen > MOST_BYTES:
                raise httpx2.ReadError("the answer is too long")
            if self._is_late():
                raise httpx2.ReadTimeout("the answer takes too long")
            yield piece

    def close(self) -> None:
        self._inner.close()


class Public(httpx2.BaseTransport):
    """Goes to addresses of the public internet alone, over https; the certificate is held to the name."""

    def __init__(self, inner: httpx2.BaseTransport, resolve: Resolve) -> None:
        self._inner, self._resolve = inner, resolve

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """One request, to the address that was looked at.

        Raises:
            BadInput: it leads elsewhere.
        """
        host, port = request.url.host, request.url.port or 443
        if request.url.scheme != "https" or port != 443:
            raise BadInput("instances are reached over https alone", host, "name one that is")
        addresses = self._resolve(host, port)
        if not addresses or not all(is_public(address) for address in addresses):
            raise BadInput("this instance isn't in the public internet", host, "name another")
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=addresses[0])  # the head `Host` was written before
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Let go of connections."""
        self._inner.close()
