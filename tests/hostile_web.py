"""A web of its own for tests: several hosts in one process, over http and https, good and hostile.

    with HostileWeb() as web:
        web["https://news.example/a"] = page("<html>…")       # an answer, or what makes one of each request
        web["https://slow.example/"] = drip(page("…"), seconds=0.1)
        web.names["inside.example"] = ["10.0.0.1"]             # where a name leads; else to an address of its own
        web.fetcher().fetch(Asked(url="https://news.example/a"))
        web.hits                                               # what was asked of it
        web.local("news.example")                              # http://127.0.0.1:PORT, for programs with a resolver of their own

Names are found by `web.resolve`, and connections to the addresses that it gives come out at this process (`web.network`): all between is the
real client with its real guard. Whatever would leave this process is in `web.escaped`, and isn't connected.
"""

from __future__ import annotations

import contextlib
import gzip
import itertools
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpcore2
import trustme

from harmledger.collect.fetch import Fetcher, FetchLimits
from harmledger.reach import Guard

NET = "93.184.216."
QUICK = FetchLimits(connect_seconds=10, idle_seconds=10, whole_seconds=20)
"""Bounds that a busy machine keeps and tests needn't wait long for."""


@dataclass(frozen=True)
class Hit:
    """One request as it came in."""

    url: str
    head: bytes
    at: float = field(compare=False)

    def heads(self) -> dict[str, str]:
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines) if name}


Answer = bytes | Callable[[Hit], "bytes | Iterable[bytes]"]


def page(
    content: str | bytes = "<html><body><p>Nothing was reported.</p></body></html>",
    *,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    heads: Sequence[str] = (),
    length: int | None = None,
) -> bytes:
    """A whole answer. `kind` empty: not declared; `length`: what it says of its length, where that isn't so."""
    body = content.encode() if isinstance(content, str) else content
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), *heads]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def packed(content: bytes, *, coding: str = "gzip", pack: Callable[[bytes], bytes] = gzip.compress) -> bytes:
    """A page that comes packed."""
    return page(pack(content), heads=[f"Content-Encoding: {coding}"])


def redirect(to: str, status: str = "302 Found") -> bytes:
    """An answer that leads elsewhere."""
    return page(b"", status=status, heads=[f"Location: {to}"])


def drip(answer: bytes, *, seconds: float, piece: int = 1) -> Callable[[Hit], Iterator[bytes]]:
    """An answer that comes a few bytes at a time."""

    def make(_: Hit) -> Iterator[bytes]:
        for start in range(0, len(answer), piece):
            yield answer[start : start + piece]
            time.sleep(seconds)

    return make


def unless_known(answer: bytes, *, etag: str) -> Callable[[Hit], bytes]:
    """An answer with a validator; 304 to who knows it."""
    head, _, body = answer.partition(b"\r\n\r\n")
    fresh = head + f"\r\nETag: {etag}\r\n\r\n".encode() + body

    def make(hit: Hit) -> bytes:
        known = hit.heads().get("if-none-match")
        return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode() if known == etag else fresh

    return make


def in_turn(*answers: Answer) -> Callable[[Hit], bytes | Iterable[bytes]]:
    """One answer after another; the last one stays."""
    turns, lock = iter(answers), threading.Lock()
    last: list[Answer] = []

    def make(hit: Hit) -> bytes | Iterable[bytes]:
        with lock:
            last[:] = [next(turns, *last)]
        return last[0] if isinstance(last[0], bytes) else last[0](hit)

    return make


def endless(head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", more: bytes = b"x" * 65536) -> Answer:
    """An answer without an end."""
    return lambda _: itertools.chain([head], itertools.repeat(more))


class HostileWeb(httpcore2.NetworkBackend):
    """Hosts by what they answer at each address; also the network by which they are reached."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.names: dict[str, Sequence[str] | Callable[[], Sequence[str]]] = {}
        self.certificates: dict[str, str] = {}
        """Of hosts whose certificate isn't in order: `expired`, `wrong name`, `self-signed`, `no TLS`."""
        self.hits: list[Hit] = []
        self.escaped: list[tuple[str, int]] = []
        self._authority = trustme.CA()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._local: dict[str, int] = {}
        self._closing = False
        self._plain, self._secure = self._listen("http"), self._listen("https")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing = True
        for listening in self._open:
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()

    def __setitem__(self, url: str, answer: Answer) -> None:
        self.answers[url] = answer

    def clear(self) -> None:
        """Forget what was answered and asked, for a test after another; hosts keep their certificates."""
        for kept in (self.answers, self.names, self.hits, self.escaped):
            kept.clear()

    # --- as the client finds it ---

    @property
    def trust(self) -> ssl.SSLContext:
        """What trusts this web's authority, and no other."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._authority.configure_trust(context)
        return context

    def fetcher(self, *, limits: FetchLimits = QUICK, guard: Guard | None = None, **more: Any) -> Fetcher:
        """The real client, on this web."""
        guard = guard or Guard(resolve=self.resolve)
        return Fetcher(guard=guard, limits=limits, network=self, trust=self.trust, **more)

    def resolve(self, host: str, _port: int) -> Sequence[str]:
        """Where a name leads: as `names` has it, else to a public address of its own if the host answers anything."""
        known = self.names.get(host)
        if known is not None:
            return known() if callable(known) else known
        hosts = sorted({str(urlsplit(url).hostname) for url in self.answers})
        return [f"{NET}{hosts.index(host) + 1}"] if host in hosts else []

    def local(self, host: str) -> str:
        """An address at which a host of this web answers whoever has no resolver of this one's."""
        if host not in self._local:
            self._local[host] = self._listen("http", host)
        return f"http://127.0.0.1:{self._local[host]}"

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        if not host.startswith((NET, "2606:2800:220:1:")) or port not in {80, 443}:
            self.escaped.append((host, port))
            raise httpcore2.ConnectError(f"{host}:{port} is outside of the test web")
        at = self._plain if port == 80 else self._secure
        return httpcore2.SyncBackend().connect_tcp("127.0.0.1", at, timeout, local_address, socket_options)

    # --- as it serves ---

    def _listen(self, scheme: str, host: str | None = None) -> int:
        listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._open.append(listening)
        threading.Thread(target=self._serve, args=(listening, scheme, host), daemon=True).start()
        return int(listening.getsockname()[1])

    def _serve(self, listening: socket.socket, scheme: str, host: str | None) -> None:
        while not self._closing:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection, scheme, host), daemon=True).start()

    def _answer(self, connection: socket.socket, scheme: str, host: str | None) -> None:
        with contextlib.suppress(OSError, ssl.SSLError), connection:
            connection.settimeout(10)
            stream = self._secured(connection) if scheme == "https" else connection
            head = _read_head(stream)
            if head:
                for piece in self._made(head, scheme, host):
                    stream.sendall(piece)
                with contextlib.suppress(OSError):
                    stream.shutdown(socket.SHUT_WR)

    def _made(self, head: bytes, scheme: str, host: str | None) -> Iterable[bytes]:
        target = head.split(b" ", 2)[1].decode("latin-1")
        hit = Hit("", head, time.monotonic())
        url = f"{scheme}://{host or hit.heads().get('host', '')}{target}"
        hit = Hit(url, head, hit.at)
        with self._lock:
            self.hits.append(hit)
        answer = self.answers.get(url, self.answers.get(url.replace("http:", "https:", 1)) if host else None)
        if answer is None:
            return [page("there is nothing here", status="404 Not Found")]
        made = answer if isinstance(answer, bytes) else answer(hit)
        return [made] if isinstance(made, bytes) else made

    def _secured(self, connection: socket.socket) -> socket.socket:
        if "no TLS" in self.certificates.values():  # whose host it is for, only TLS would say
            connection.sendall(page("speak http here", status="400 Bad Request"))
            return connection
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

        def choose(stream: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
            stream.context = self._context(name or "")

        self._context("").sni_callback = choose
        context = self._context("")
        return context.wrap_socket(connection, server_side=True)

    def _context(self, host: str) -> ssl.SSLContext:
        with self._lock:
            if host not in self._contexts:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                self._certificate(host or "nobody.example").configure_cert(context)
                self._contexts[host] = context
            return self._contexts[host]

    def _certificate(self, host: str) -> trustme.LeafCert:
        match self.certificates.get(host):
            case "expired":
                now = datetime.now(UTC)
                ends = {"not_before": now - timedelta(days=30), "not_after": now - timedelta(days=1)}
                return self._authority.issue_cert(host, **ends)
            case "wrong name":
                return self._authority.issue_cert("another.example")
            case "self-signed":
                return trustme.CA().issue_cert(host)
            case _:
                return self._authority.issue_cert(host)


def _read_head(stream: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        more = stream.recv(65536)
        if not more:
            return b""
        head += more
    return head


# --- what sites tell of their pages -----------------------------------------------------------------------------------


def render_feed(urls: Iterable[str], title: str = "News") -> str:
    """An RSS feed of those addresses."""
    items = "".join(f"<item><title>{url}</title><link>{url}</link></item>" for url in urls)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


def render_sitemap(urls: Iterable[str]) -> str:
    """A sitemap of those addresses."""
    places = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
