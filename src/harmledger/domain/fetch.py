"""What was asked of the web, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FetchOutcome(StrEnum):
    """What became of one attempt to fetch an address."""

    CAPTURED = "captured"
    UNCHANGED = "unchanged"
    """The server said so, or the same bytes came again."""
    ROBOTS = "robots"
    """Its robots.txt asks not to."""
    FORBIDDEN_ADDRESS = "forbidden address"
    """It leads, itself or by a redirect, to what isn't the public internet."""
    NO_HOST = "no host"
    """Nobody knows the name."""
    NO_CONNECTION = "no connection"
    BAD_TLS = "bad TLS"
    TIMED_OUT = "timed out"
    TOO_LARGE = "too large"
    BOMB = "bomb"
    """It unpacks to far more than it is."""
    REDIRECTS = "redirects"
    """Too many, in a circle, or to no address."""
    GONE = "gone"
    """404 or 410."""
    REFUSED = "refused"
    """Another 4xx: sign-in wanted, forbidden, paid."""
    BUSY = "busy"
    """429 or 503: come again."""
    BROKEN = "broken"
    """Another 5xx."""
    NO_PAGE = "no page"
    """A picture, a film, a program."""
    GARBLED = "garbled"
    """No HTTP, or packed in a way that can't be undone."""

    @property
    def brought(self) -> bool:
        """Whether the page is in hand, new or as before."""
        return self in {FetchOutcome.CAPTURED, FetchOutcome.UNCHANGED}

    @property
    def retried(self) -> bool:
        """Whether another attempt may end otherwise by itself: what failed on the way, not what the server or the page is."""
        return self in _PASSING


_PASSING = frozenset(
    {
        FetchOutcome.NO_HOST,
        FetchOutcome.NO_CONNECTION,
        FetchOutcome.BAD_TLS,
        FetchOutcome.TIMED_OUT,
        FetchOutcome.BUSY,
        FetchOutcome.BROKEN,
    }
)
"""Certificates among them: most of those that fail have expired, and are renewed within days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One address to fetch, with what is known of it from the last time."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    """As the server wrote it."""
    from_public: bool = False
    """Whether the public internet led here: from it no way leads into private networks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer, as they went over the wire but for the transfer's chunks."""

    url: str
    request: bytes
    """The request line and head as sent, to the empty line."""
    head: bytes
    """The status line and head as they came, to the empty line."""
    payload: bytes
    """The body as it came: still packed, where it was."""
    address: str
    """The network address that answered."""
    started: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An address that gave something to keep."""

    asked: str
    exchanges: tuple[Exchange, ...]
    """Redirects first; the last one's answer is what was fetched."""
    status: int
    content: bytes
    """The last payload, unpacked."""
    charset: str | None
    """As the head declares it."""
    etag: str | None
    last_modified: str | None
    seconds: float

    @property
    def url(self) -> str:
        """Where it was in the end."""
        return self.exchanges[-1].url

    @property
    def started(self) -> datetime:
        """When the first request went out."""
        return self.exchanges[0].started


@dataclass(frozen=True, slots=True, kw_only=True)
class Led:
    """An address that redirects to another one, which nobody asked yet."""

    asked: Asked
    exchanges: tuple[Exchange, ...]
    """So far."""
    url: str
    """Where it leads."""
    seconds: float
    """That the exchanges took."""
    from_public: bool
    """As of what is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFetched:
    """An attempt that gave nothing new, and why."""

    asked: str
    url: str
    """How far it came."""
    outcome: FetchOutcome
    message: str
    """One sentence: what was wrong, where, what to do."""
    status: int | None
    started: datetime
    retry_seconds: float | None = None
    """As long as the server asks to be left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """How a capture came over the web: what is kept beside its bytes, never altered."""

    records: bytes
    """WARC records of every exchange and one of metadata, each a gzip member of its own."""
    url: str
    status: int
    """0 where nobody kept it: of a page that somebody saved."""
    address: str | None
    """The network address that answered, where it is known."""
    by: str
    """Program and version that fetched it."""
