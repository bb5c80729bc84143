"""Where new reports are looked for, how often, and what is known of the pages found there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from harmledger.domain.fetch import Led


class ListingKind(StrEnum):
    """What lists an outlet's reports."""

    FEED = "feed"
    """RSS, Atom or JSON Feed."""
    SITEMAP = "sitemap"
    """A sitemap, an index of them, a news sitemap, or a plain list of addresses."""
    PAGE = "page"
    """A page whose links lead to reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The address of a page as a listing names it."""

    url: str
    published: datetime | None = None
    changed: datetime | None = None
    title: str | None = None

    @property
    def dated(self) -> datetime | None:
        """The later of the two days; what came last is fetched first."""
        return max((day for day in (self.published, self.changed) if day), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedSource:
    """One listing to look at again and again, as a person asked for it."""

    name: str
    kind: ListingKind
    url: str
    every: timedelta
    outlet: str | None = None
    """As the person calls it."""
    include: tuple[str, ...] = ()
    """Patterns of addresses to take, with `*` for anything; none takes all."""
    exclude: tuple[str, ...] = ()
    most: int = 200
    """New pages taken at one look."""
    since: datetime | None = None
    """Pages dated before it are left; undated ones are taken."""
    languages: tuple[str, ...] = ()
    """As the person states them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How gently, and for how long, pages are asked for."""

    delay: timedelta = timedelta(seconds=5)
    """Between two requests to one host, unless it asks for more."""
    hosts: int = 8
    """Asked at once."""
    tries: int = 6
    """Attempts at a page before it is given up."""
    rechecks: tuple[timedelta, ...] = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
    """How long after it was first captured a page is fetched again, to see whether it was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchList:
    """All that one run watches."""

    sources: tuple[WatchedSource, ...]
    patience: Patience = field(default_factory=Patience)


class PageState(StrEnum):
    """Where a page stands on its way into the ledger."""

    WAITING = "waiting"
    """For its first fetch, another try or another look, once it is due."""
    DONE = "done"
    """Captured, and not to be looked at again."""
    GIVEN_UP = "given up"
    """It gave nothing, for the reason that stands beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A listing or a page that is due."""

    key: str
    """Its row's."""
    url: str
    source: str
    """Name of the watched source that it came by."""
    host: str
    listing: ListingKind | None = None
    """None: it is a page."""
    depth: int = 0
    """Of a sitemap: how many indexes are above it."""
    tries: int = 0
    """Failures in a row."""
    visits: int = 0
    """How often it was fetched well."""
    first: datetime | None = None
    """When it first was."""
    etag: str | None = None
    """Of a listing, as its last_modified: what its server said the last time."""
    last_modified: str | None = None
    led: Led | None = None
    """Where its address redirects to another host: how far it came. The task is that host's then."""

    @property
    def at(self) -> str:
        """What is asked next."""
        return self.led.url if self.led else self.url
