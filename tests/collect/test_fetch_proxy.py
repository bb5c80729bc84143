"""A proxy is asked for what may be had, and told nothing else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from hostile_web import (
    NET,
    QUICK,
    WORDS,
    page,
)

from harmledger.collect.fetch import Fetcher, Proxy
from harmledger.domain import Asked, Fetched, FetchOutcome, NotFetched
from harmledger.reach import Guard


@contextmanager
def a_proxy(answer: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A proxy of its own: notes what it is asked, and answers that."""
    asked: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            while True:
                connection, _ = listening.accept()
                with connection:
                    asked.append(connection.recv(65536))
                    connection.sendall(answer)
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    yield listening.getsockname()[1], asked
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def by_proxy(port: int, *, looks_up: bool) -> Fetcher:
    guard = Guard(resolve=lambda host, _: [f"{NET}1"] if host == "news.example" else ["10.0.0.1"])
    return Fetcher(guard=guard, limits=QUICK, proxy=Proxy(url=f"http://me:secret@127.0.0.1:{port}", looks_up=looks_up))


def test_a_proxy_is_asked_and_its_password_not_kept() -> None:
    """All goes through it; the records of a capture, which are published, hold nothing that signs in there."""
    with a_proxy(page(WORDS)) as (port, asked):
        result = by_proxy(port, looks_up=False).fetch(Asked(url="http://news.example/a"))
    assert isinstance(result, Fetched)
    assert asked[0].startswith(b"GET http://news.example/a HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic " in asked[0]
    (exchange,) = result.exchanges
    assert b"roxy" not in exchange.request
    assert exchange.address == ""


def test_a_proxy_is_asked_for_nothing_within_the_network() -> None:
    """Names are looked at here first, unless the proxy alone knows them; what is no name is looked at all the same."""
    with a_proxy(page(WORDS)) as (port, asked):
        outcomes = {
            url: by_proxy(port, looks_up=looks_up).fetch(Asked(url=url))
            for looks_up in (False, True)
            for url in (f"http://inside.example/{looks_up}", f"http://10.0.0.1/{looks_up}", f"http://metadata.google.internal/{looks_up}", f"http://inside.example:22/{looks_up}")
        }  # fmt: skip
    assert [url for url, result in outcomes.items() if isinstance(result, Fetched)] == ["http://inside.example/True"]
    assert len(asked) == 1


def test_a_proxy_that_says_no_is_told() -> None:
    """As no connection, which is tried again."""
    with a_proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n") as (port, _):
        result = by_proxy(port, looks_up=False).fetch(Asked(url="https://news.example/a"))
    assert isinstance(result, NotFetched)
    assert (result.outcome, "the proxy refuses (407" in result.message) == (FetchOutcome.NO_CONNECTION, True)
    assert "secret" not in result.message


def test_what_is_not_there_through_a_proxy_is_told_as_that() -> None:
    """Its answer is left where its head tells so."""
    with a_proxy(page(WORDS, status="404 Not Found")) as (port, _):
        result = by_proxy(port, looks_up=False).fetch(Asked(url="http://news.example/a"))
    assert isinstance(result, NotFetched)
    assert (result.outcome, result.status) == (FetchOutcome.GONE, 404)
