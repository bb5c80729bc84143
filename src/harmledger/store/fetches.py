"""The log of what was asked of the web: one line an attempt, whatever became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from harmledger.domain import Asked, Capture, Fetched, FetchOutcome, NotFetched
from harmledger.store.schema_fetched import FETCHES


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One line of the log."""

    url: str
    started: datetime
    seconds: float | None
    outcome: FetchOutcome
    status: int | None
    message: str | None
    document_id: str | None
    """What came, new or as before."""
    capture_id: str | None
    etag: str | None
    last_modified: str | None
    retry: datetime | None
    """Not before, as the server asks."""


COLUMNS = tuple(column for column in FETCHES.c if column is not FETCHES.c.sequence)
_LATEST = FETCHES.c.sequence.desc()


def note_captured(connection: Connection, result: Fetched, filed: Capture, *, is_new: bool) -> FetchOutcome:
    """Add that a page came, and which capture it is; tells whether it is another page than the last time.

    A page that is put back may have its capture by another of its addresses, and is a change all the same.
    """
    before = find_last_page(connection, result.asked)
    changed = is_new or (before is not None and before.document_id != filed.document_id)
    outcome = FetchOutcome.CAPTURED if changed else FetchOutcome.UNCHANGED
    row = {
        "url": result.asked,
        "started": result.started,
        "seconds": result.seconds,
        "outcome": outcome.value,
        "status": result.status,
        "document_id": filed.document_id,
        "capture_id": filed.capture_id,
        "etag": result.etag,
        "last_modified": result.last_modified,
    }
    connection.execute(insert(FETCHES), row)
    return outcome


def note_not_fetched(connection: Connection, result: NotFetched) -> None:
    """Add that nothing new came, and why; a page that is as it was is the one that came the last time."""
    retry = None if result.retry_seconds is None else result.started + timedelta(seconds=result.retry_seconds)
    same = find_last_page(connection, result.asked) if result.outcome is FetchOutcome.UNCHANGED else None
    row = {
        "url": result.asked,
        "started": result.started,
        "outcome": result.outcome.value,
        "status": result.status,
        "message": result.message,
        "retry": retry,
        "document_id": same and same.document_id,
        "capture_id": same and same.capture_id,
        "etag": same and same.etag,
        "last_modified": same and same.last_modified,
    }
    connection.execute(insert(FETCHES), row)


def find_last_page(connection: Connection, url: str) -> Attempt | None:
    """The last attempt at an address that brought a page, or found it as it was."""
    brought = FETCHES.c.document_id.is_not(None)
    asked = select(*COLUMNS).where(FETCHES.c.url == url, brought).order_by(_LATEST).limit(1)
    row = connection.execute(asked).mappings().first()
    return None if row is None else parse_attempt(row)


def ask_again(connection: Connection, url: str) -> Asked:
    """An address with what its server said of the page the last time, so that it needn't send the same again."""
    last = find_last_page(connection, url)
    return Asked(url=url) if last is None else Asked(url=url, etag=last.etag, last_modified=last.last_modified)


def parse_attempt(row: Mapping[Any, Any]) -> Attempt:
    """A line of the log out of its row."""
    values: dict[str, Any] = {**row, "outcome": FetchOutcome(row["outcome"])}
    return Attempt(**values)
