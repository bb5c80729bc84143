"""What a host's robots.txt asks of us, kept for a day. Source: RFC 9309."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from harmledger.collect.fetch import Fetches
from harmledger.domain import Asked, Fetched, FetchOutcome, NotFetched

AGENT = "harmledger"
"""The name that robots.txt files may address us by."""
KEPT = timedelta(days=1)
"""As long as RFC 9309 lets a copy be used."""
AGAIN = timedelta(minutes=4)
"""After which a host is asked again whose robots.txt couldn't be had: before the first retry of the page that asked for it."""
MOST_BYTES = 500 * 1024
"""Of it that are read; RFC 9309 has crawlers parse no less."""
LONGEST_DELAY = timedelta(minutes=2)
"""A host that asks for longer pauses gets this one: fifteen pages a day is a way to say no, for which there is Disallow."""
_MOST_HOSTS = 2_000
_NONE_THERE = frozenset({FetchOutcome.GONE, FetchOutcome.REFUSED, FetchOutcome.NO_PAGE, FetchOutcome.REDIRECTS})
"""RFC 9309, 2.3.1.3: a robots.txt that is unavailable forbids nothing; so does one that is a picture, or goes in a circle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one host asks."""

    parsed: Protego | None
    """None: nothing may be fetched now, since the host couldn't be asked."""
    until: datetime
    failed: NotFetched | None = None
    """Why it couldn't."""

    def allows(self, url: str) -> bool:
        """Whether the host lets us fetch that address."""
        return self.parsed is not None and self.parsed.can_fetch(url, AGENT)

    @property
    def delay(self) -> timedelta:
        """The pause that the host asks for between two requests; none where it asks for none."""
        stated = self.parsed.crawl_delay(AGENT) if self.parsed else None
        if stated is None or not stated > 0:
            return timedelta()
        return timedelta(seconds=min(float(stated), LONGEST_DELAY.total_seconds()))


class Robots:
    """The rules of the hosts met lately; safe to ask from several threads."""

    def __init__(self, fetcher: Fetches, now: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._now = now
        self._known: OrderedDict[tuple[str, bool], Rules] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, url: str, *, from_public: bool = False) -> Rules | None:
        """The rules for an address's host, if they are known and not too old; `from_public`: a page of the public internet led there."""
        place, now = _place(url), self._now()
        with self._lock:
            known = self._known.get((place, from_public)) or self._known.get((place, False))
        return known if known and known.until > now else None

    def ask(self, url: str, *, from_public: bool = False) -> Rules:
        """The rules for an address's host, fetched. A host that the public internet may not lead to may still be asked by who names it."""
        rules = self._read(self._fetcher.fetch(Asked(url=f"{_place(url)}/robots.txt", from_public=from_public)))
        is_refused = rules.failed is not None and rules.failed.outcome is FetchOutcome.FORBIDDEN_ADDRESS
        key = (_place(url), from_public and is_refused)
        with self._lock:
            self._known[key] = rules
            self._known.move_to_end(key)
            while len(self._known) > _MOST_HOSTS:
                self._known.popitem(last=False)
        return rules

    def _read(self, answer: Fetched | NotFetched) -> Rules:
        now = self._now()
        if isinstance(answer, Fetched):
            return Rules(parsed=parse_rules(answer.content), until=now + KEPT)
        if answer.outcome in _NONE_THERE:
            return Rules(parsed=parse_rules(b""), until=now + KEPT)
        return Rules(parsed=None, until=now + AGAIN, failed=answer)


def parse_rules(content: bytes) -> Protego:
    """The rules in a robots.txt, as far as it is read; what isn't understood asks nothing."""
    read = content[:MOST_BYTES]
    if len(content) > MOST_BYTES:  # half a rule may forbid more than the whole one, or less
        read = read.rpartition(b"\n")[0]
    return Protego.parse(read.decode("utf-8-sig", "replace"))


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
