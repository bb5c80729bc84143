"""One address → what it gave, exactly as it came, or why it gave nothing.

Redirects are walked by hand, each held to the same guard; nothing is executed, no cookie is kept, no certificate is passed over. What comes is
hostile: every step is bounded in time, bytes and unpacking. Doesn't read what came, keep it, try again, or ask robots.txt.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import httpcore2
import httpx2

from harmledger import __version__
from harmledger.collect.answers import NOT_MODIFIED, REDIRECTS, Heads, judge_kind, judge_status
from harmledger.collect.sniff import find_binary
from harmledger.collect.troubles import telling
from harmledger.domain import Asked, Exchange, Fetched, FetchOutcome, Led, NotFetched
from harmledger.reach import (
    CODINGS,
    LOOK_UP_SECONDS,
    Address,
    Bounds,
    Budget,
    Guard,
    Heard,
    Stopped,
    Wire,
    is_within,
    look_up,
    parse_address,
    unpack,
)

MOST_HOPS = 10
"""Redirects followed. Browsers follow twenty; real chains have up to five."""
_MOST_SHOWN = 300
"""Of an address in a message."""


class Fetches(Protocol):
    """Whatever fetches an address."""

    def fetch(self, asked: Asked) -> Fetched | NotFetched: ...

    def step(self, asked: Asked | Led) -> Fetched | NotFetched | Led: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """Bounds of one fetch, all its redirects together."""

    wire_bytes: int = 20_000_000
    """As much as one report may have."""
    content_bytes: int = 20_000_000
    connect_seconds: float = 15.0
    """To one network address, and again to agree on TLS."""
    idle_seconds: float = 30.0
    """Between two pieces."""
    whole_seconds: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A proxy that all goes through."""

    url: str
    looks_up: bool = False
    """Whether it finds names by itself, and so guards where they lead."""


class Fetcher:
    """Fetches one address after another, or several at once from several threads; holds nothing of one that another could see."""

    def __init__(
        self,
        *,
        agent: str = f"harmledger/{__version__}",
        guard: Guard | None = None,
        limits: FetchLimits | None = None,
        proxy: Proxy | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        network: httpcore2.NetworkBackend | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """`agent` names us and whom to write to; `network` and `trust` stand in for the machine's own."""
        self.agent, self.guard, self.limits = agent, guard or Guard(), limits or FetchLimits()
        self.now, self.network, self.proxy = now, network, proxy
        self.trust = trust or httpx2.create_ssl_context(trust_env=False)

    def fetch(self, asked: Asked) -> Fetched | NotFetched:
        """What the address gave, or why nothing; raises nothing for whatever comes."""
        attempt = _Attempt(self, asked)
        try:
            while not (found := attempt.step()):
                pass
            return found
        except Stopped as e:
            return attempt.give_up(e)

    def step(self, asked: Asked | Led) -> Fetched | NotFetched | Led:
        """The same, but that it goes one redirect on at a time, so that where it leads may be asked first whether it wants to be fetched."""
        attempt = _Attempt(self, asked.asked, asked) if isinstance(asked, Led) else _Attempt(self, asked)
        try:
            return attempt.step() or attempt.lead()
        except Stopped as e:
            return attempt.give_up(e)


@dataclass(frozen=True, slots=True)
class _Answer:
    """The answer of one hop."""

    exchange: Exchange
    status: int
    heads: Heads


class _Attempt:
    """One fetch under way, from its beginning or from where it led."""

    def __init__(self, fetcher: Fetcher, asked: Asked, led: Led | None = None) -> None:
        limits = fetcher.limits
        self._fetcher, self._asked = fetcher, asked
        self._url = led.url if led else asked.url
        self._exchanges: list[Exchange] = list(led.exchanges) if led else []
        self._before = led.seconds if led else 0.0
        self._began = time.monotonic()
        self._started = self._exchanges[0].started if self._exchanges else fetcher.now()
        self._budget = Budget(
            clock=time.monotonic,
            ends=self._began + limits.whole_seconds - self._before,
            bytes_left=limits.wire_bytes - sum(len(each.head) + len(each.payload) for each in self._exchanges),
            idle_seconds=limits.idle_seconds,
            connect_seconds=limits.connect_seconds,
        )
        self._status: int | None = None
        self._retry_seconds: float | None = None
        self._from_public = led.from_public if led else asked.from_public

    def step(self) -> Fetched | None:
        """One hop; what is there, or nothing where it leads on.

        Raises:
            Stopped: nothing is, and it leads nowhere.
        """
        address = parse_address(self._url)
        self._url = address.url
        if address.url in {exchange.url for exchange in self._exchanges}:
            what = "it redirects in a circle, as sites do that want cookies"
            raise Stopped(FetchOutcome.REDIRECTS, what, "save the page in a browser and give the file")
        if len(self._exchanges) > MOST_HOPS:
            what = f"it redirects more than {MOST_HOPS} times"
            raise Stopped(FetchOutcome.REDIRECTS, what, "check the address")
        answer = self._ask(address)
        if answer.status not in REDIRECTS:
            return self._fetched(answer)
        self._url = _redirected(address, answer.heads)
        self._url = parse_address(self._url).url
        return None

    def lead(self) -> Led:
        """How far it came, and where it leads."""
        return Led(
            asked=self._asked,
            exchanges=tuple(self._exchanges),
            url=self._url,
            seconds=self._seconds(),
            from_public=self._from_public,
        )

    def _seconds(self) -> float:
        return self._before + time.monotonic() - self._began

    def give_up(self, why: Stopped) -> NotFetched:
        """What is told of an attempt that gave nothing."""
        where = _shown(self._asked.url)
        if self._exchanges and self._url != self._asked.url:
            where += f", which leads to {_shown(self._url)}"
        return NotFetched(
            asked=self._asked.url,
            url=self._url,
            outcome=why.outcome,
            message=f"{where}: {why.what}; {why.remedy}.",
            status=self._status,
            started=self._started,
            retry_seconds=self._retry_seconds,
        )

    def _fetched(self, answer: _Answer) -> Fetched:
        heads, payload = answer.heads, answer.exchange.payload
        bounds = Bounds(most_bytes=self._fetcher.limits.content_bytes)
        content = unpack(payload, heads.find_all("content-encoding"), bounds)
        if not content.strip():
            raise Stopped(FetchOutcome.NO_PAGE, "it is empty", "check the address")
        if binary := find_binary(content):
            raise Stopped(FetchOutcome.NO_PAGE, f"it is {binary[0]}, not a page or text", binary[1])
        return Fetched(
            asked=self._asked.url,
            exchanges=tuple(self._exchanges),
            status=answer.status,
            content=content,
            charset=heads.charset,
            etag=heads.find("etag"),
            last_modified=heads.find("last-modified"),
            seconds=self._seconds(),
        )

    def _ask(self, address: Address) -> _Answer:
        """One request, and its answer whole; what isn't wanted is left where its head tells so."""
        started, heard = self._fetcher.now(), Heard()
        way, url = self._open(address, heard), httpcore2.URL(address.url)
        self._status = self._retry_seconds = None
        try:
            with telling(heard, address):
                response = way.handle_request(httpcore2.Request("GET", url, headers=self._heads(address)))
                heads = Heads(response.headers)
                self._judge(response.status, heads)
                payload = b"".join(response.iter_stream())
        finally:
            way.close()
        exchange = Exchange(
            url=address.url,
            request=heard.request,
            head=heard.find_head() or b"",
            payload=payload,
            address="" if self._fetcher.proxy else heard.address,
            started=started,
        )
        self._exchanges.append(exchange)
        return _Answer(exchange, response.status, heads)

    def _judge(self, status: int, heads: Heads) -> None:
        self._status = status
        if status in REDIRECTS:
            return
        if status == NOT_MODIFIED and (self._asked.etag or self._asked.last_modified):
            raise Stopped(FetchOutcome.UNCHANGED, "it is as it was the last time", "nothing is to be done")
        self._retry_seconds = heads.retry_seconds(self._fetcher.now())
        judge_status(status)
        judge_kind(heads)
        if (heads.length or 0) > self._fetcher.limits.wire_bytes:
            what = f"it has {heads.length:,} bytes"
            raise Stopped(FetchOutcome.TOO_LARGE, what, "save the page and give the file, in parts")

    def _heads(self, address: Address) -> list[tuple[bytes, bytes]]:
        """What is asked with. What is known from the last time goes to the host that said it, a date to the very address."""
        heads = [
            ("Host", address.authority),
            ("User-Agent", self._fetcher.agent),
            ("Accept", "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5"),
            ("Accept-Encoding", CODINGS),
            ("Connection", "close"),
        ]
        first = not self._exchanges
        if self._asked.etag and (first or address.host == parse_address(self._asked.url).host):
            heads.append(("If-None-Match", self._asked.etag))
        if self._asked.last_modified and first:
            heads.append(("If-Modified-Since", self._asked.last_modified))
        return [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in heads]

    def _open(self, address: Address, heard: Heard) -> httpcore2.ConnectionInterface | httpcore2.HTTPProxy:
        """A way to where the address leads, if that may be reached."""
        fetcher, guard = self._fetcher, self._fetcher.guard
        proxy = fetcher.proxy
        if proxy and proxy.looks_up:
            addresses = guard.look_unresolved(address, from_public=self._from_public)
        else:
            seconds = self._budget.seconds(LOOK_UP_SECONDS)
            addresses = guard.look(address, from_public=self._from_public, seconds=seconds)
        inside = bool(addresses) and all(is_within(one, guard.private) for one in addresses)
        self._from_public = self._from_public or not inside
        if proxy:
            return _through(proxy, fetcher, self._budget, heard)
        wire = Wire(addresses, budget=self._budget, heard=heard, inner=fetcher.network)
        origin = httpcore2.URL(address.url).origin
        return httpcore2.HTTPConnection(origin, ssl_context=fetcher.trust, network_backend=wire)


def _shown(url: str) -> str:
    return url if len(url) <= _MOST_SHOWN else f"{url[:_MOST_SHOWN]}…"


def _redirected(address: Address, heads: Heads) -> str:
    """Where a redirect leads.

    Raises:
        Stopped: nowhere.
    """
    said = heads.find("location")
    if not said:
        raise Stopped(FetchOutcome.REDIRECTS, "it redirects to no address", "check the address")
    try:
        written = said.encode("latin-1").decode("utf-8", errors="strict")
    except UnicodeDecodeError:
        written = said
    try:
        return str(httpx2.URL(address.url).join(written).copy_with(fragment=None))
    except (httpx2.InvalidURL, ValueError, UnicodeError) as e:
        raise Stopped(FetchOutcome.REDIRECTS, "it redirects to what is no address", "check the address") from e


def _through(proxy: Proxy, fetcher: Fetcher, budget: Budget, heard: Heard) -> httpcore2.HTTPProxy:
    """A way through a proxy, which whoever set this up trusts: it isn't held to the guard."""
    url = httpx2.URL(proxy.url)
    addresses = look_up(url.host, url.port or 80)
    wire = Wire(addresses, budget=budget, heard=heard, inner=fetcher.network)
    auth = (url.username, url.password) if url.userinfo else None
    plain = str(url.copy_with(username=None, password=None))
    return httpcore2.HTTPProxy(plain, proxy_auth=auth, ssl_context=fetcher.trust, network_backend=wire)
