"""One page: asked for, filed if it came, and noted either way.

A page that came is in the ledger, with the records of how it came and its line in the log, before anybody reads it: one transaction, so that a
run that is killed loses nothing and files nothing twice.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass, replace

import httpcore2
from sqlalchemy import Connection

from harmledger import __version__
from harmledger.collect.decode import keepable
from harmledger.collect.fetch import Fetches
from harmledger.collect.web import capture_page, latest_day
from harmledger.domain import Asked, Capture, Fetched, FetchOutcome, NotFetched, Refused
from harmledger.errors import BadInput
from harmledger.store import Ledger
from harmledger.store.database import told_plainly
from harmledger.store.fetches import note_captured, note_not_fetched

BY = f"harmledger {__version__} (httpcore2 {httpcore2.__version__}, Python {platform.python_version()})"
"""What fetches."""
_IN_THE_PAGE = frozenset({FetchOutcome.NO_PAGE, FetchOutcome.TOO_LARGE, FetchOutcome.BOMB, FetchOutcome.GARBLED})
"""Failures of what came, not of reaching it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What became of one address."""

    result: Fetched | NotFetched
    capture: Capture | None = None
    """What is to be read, as the ledger has it; none where nothing came."""
    outcome: FetchOutcome
    """`UNCHANGED` too where the same bytes came again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """Fetches pages and files them; without a ledger it files and notes nothing."""

    fetches: Fetches
    ledger: Ledger | None = None

    def collect(self, asked: Asked) -> Collected:
        """One address.

        Raises:
            SourceFailed: the ledger can't be written; nothing of this page is in it then.
        """
        asked = replace(asked, url=keepable(asked.url.partition("#")[0]))
        result = self.fetches.fetch(asked)
        if isinstance(result, NotFetched):
            return self._note(result)
        try:
            capture = capture_page(result, by=BY)
        except BadInput as e:
            return self._note(_no_page(result, e))
        return self._file(result, capture)

    def take(self, url: str) -> Capture | Refused:
        """One address as a report among others: what it holds, or why it can't be had."""
        collected = self.collect(Asked(url=url))
        return collected.capture or _refuse(collected.result, url)

    def _note(self, result: NotFetched) -> Collected:
        if self.ledger:
            with told_plainly(self.ledger.where), self.ledger.writing() as connection:
                note_not_fetched(connection, result)
        return Collected(result=result, outcome=result.outcome)

    def _file(self, result: Fetched, capture: Capture) -> Collected:
        outcomes: list[FetchOutcome] = []

        def note(connection: Connection, filed: Capture, is_new: bool) -> None:  # noqa: FBT001  as `Ledger.file` calls it
            outcomes.append(note_captured(connection, result, filed, is_new=is_new))

        filed = self.ledger.file(capture, note) if self.ledger else capture
        filed = replace(filed, given=replace(filed.given, captured=latest_day(filed.fetched)))
        return Collected(result=result, capture=filed, outcome=outcomes[0] if outcomes else FetchOutcome.CAPTURED)


def _no_page(result: Fetched, error: BadInput) -> NotFetched:
    return NotFetched(
        asked=result.asked,
        url=result.url,
        outcome=FetchOutcome.NO_PAGE,
        message=str(error),
        status=result.status,
        started=result.started,
    )


def _refuse(result: Fetched | NotFetched, url: str) -> Refused:
    assert isinstance(result, NotFetched)  # noqa: S101  what is fetched has a capture
    kind = "BadInput" if result.outcome in _IN_THE_PAGE else "SourceFailed"
    return Refused(source=keepable(url), id=None, kind=kind, message=result.message)
