"""One question to an authority or a calendar, and its answer: within bounds of time and bytes, no redirect followed, nothing unpacked.

Addresses that the user set are gone to wherever they lead, since an institution's own authority stands in its own network. An address that a
calendar told leads to the public internet, or nowhere.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_network

import httpcore2
import httpx2

from harmledger import __version__
from harmledger.errors import NotFound, SourceFailed
from harmledger.reach import Address, Budget, Guard, Heard, Resolve, Stopped, Wire, look_up, parse_address

MOST_BYTES = 256 * 1024
"""Of one answer, its head among it: a token has 6 KB, a calendar's proof 1 KB."""
CONNECT_SECONDS = 10.0
WHOLE_SECONDS = 30.0
"""Authorities sign within a second; some make one wait for their hardware."""
_ANYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long one question may take."""

    connect_seconds: float = CONNECT_SECONDS
    whole_seconds: float = WHOLE_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of an address."""

    url: str
    content: bytes | None = None
    """What is posted; None: it is only asked for."""
    accept: str
    kind: str | None = None
    """Of the content."""


class Asker:
    """Asks one address after another."""

    def __init__(
        self,
        *,
        trusted: Sequence[str] = (),
        limits: Limits | None = None,
        resolve: Resolve = look_up,
        clock: Callable[[], float] = time.monotonic,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """`trusted`: addresses that the user set; `trust` stands in for the machine's own certificates."""
        self._limits, self._clock = limits or Limits(), clock
        self._own = {_origin(parse_told(url)) for url in trusted}
        self._guards = {True: Guard(private=_ANYWHERE, resolve=resolve), False: Guard(resolve=resolve)}
        self._trust = trust or httpx2.create_ssl_context(trust_env=False)

    def ask(self, question: Question) -> bytes:
        """The answer's body.

        Raises:
            NotFound: where nothing is posted, the address says that it has nothing (404).
            SourceFailed: it can't be reached, refuses, or sends what isn't taken.
        """
        address = parse_told(question.url)
        try:
            status, body = self._exchange(address, question)
        except Stopped as e:
            raise SourceFailed(e.what, question.url, "the next run asks again") from e
        except (httpcore2.TimeoutException, TimeoutError) as e:
            raise SourceFailed("it doesn't answer in time", question.url, "the next run asks again") from e
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as e:
            what = f"it can't be reached, or breaks off ({str(e)[:200] or type(e).__name__})"
            raise SourceFailed(what, question.url, "the next run asks again") from e
        if status == 404 and question.content is None:
            raise NotFound("it has nothing by that name", question.url, "ask again later")
        if status != 200:
            raise SourceFailed(f"it answers with status {status}", question.url, "check its address")
        return body

    def _exchange(self, address: Address, question: Question) -> tuple[int, bytes]:
        limits, heard = self._limits, Heard()
        budget = Budget(
            clock=self._clock,
            ends=self._clock() + limits.whole_seconds,
            bytes_left=MOST_BYTES,
            idle_seconds=limits.whole_seconds,
            connect_seconds=limits.connect_seconds,
        )
        wire = Wire(self._guards[_origin(address) in self._own].look(address), budget=budget, heard=heard)
        url = httpcore2.URL(address.url)
        with httpcore2.HTTPConnection(url.origin, ssl_context=self._trust, network_backend=wire) as way:
            request = httpcore2.Request(
                "GET" if question.content is None else "POST",
                url,
                headers=_heads(address, question),
                content=question.content,
            )
            response = way.handle_request(request)
            return response.status, b"".join(response.iter_stream())


def parse_told(url: str) -> Address:
    """An address in its parts.

    Raises:
        SourceFailed: it is none.
    """
    try:
        return parse_address(url)
    except Stopped as e:
        raise SourceFailed(e.what, url[:200], e.remedy) from e


def _origin(address: Address) -> tuple[str, str, int]:
    return address.scheme, address.host, address.port


def _heads(address: Address, question: Question) -> list[tuple[str, str]]:
    posted = [("Content-Length", str(len(question.content)))] if question.content is not None else []
    return [
        ("Host", address.authority),
        ("User-Agent", f"harmledger/{__version__}"),
        ("Accept", question.accept),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
        *([("Content-Type", question.kind)] if question.kind else []),
        *posted,
    ]
