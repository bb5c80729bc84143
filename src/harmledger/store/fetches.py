"""The log of what was asked of the web: one line an attempt, whatever became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from harmledger.domain import Fetched, FetchOutcome, NotFetched
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
    capture_id: str | None
    etag: str | None
    last_modified: str | None
    retry: datetime | None
    """Not before, as the server asks."""


_COLUMNS = [column for column in FETCHES.c if column.name != "sequence"]


def note_fetch(
    connection: Connection, result: Fetched | NotFetched, *, kept: tuple[str, str] | None = None, is_new: bool = True
) -> None:
    """Add what became of an attempt. `kept`: document and capture that it gave; not `is_new`: the same bytes as before."""
    document_id, capture_id = kept or (None, None)
    connection.execute(
        insert(FETCHES),
        {**_row(result, is_new=is_new), "document_id": document_id, "capture_id": capture_id},
    )


def _row(result: Fetched | NotFetched, *, is_new: bool) -> dict[str, object]:
    if isinstance(result, Fetched):
        outcome = FetchOutcome.CAPTURED if is_new else FetchOutcome.UNCHANGED
        told = {"etag": result.etag, "last_modified": result.last_modified, "seconds": result.seconds}
        empty = {"message": None, "retry": None}
        return {
            "url": result.asked, "started": result.started, "outcome": outcome.value, "status": result.status, **told, **empty
        }  # fmt: skip
    retry = None if result.retry_seconds is None else result.started + timedelta(seconds=result.retry_seconds)
    return {
        "url": result.asked, "started": result.started, "outcome": result.outcome.value, "status": result.status,
        "message": result.message, "retry": retry, "etag": None, "last_modified": None, "seconds": None,
    }  # fmt: skip


def find_last(connection: Connection, url: str, *, outcomes: Sequence[FetchOutcome] = ()) -> Attempt | None:
    """The last attempt at an address, or the last that ended in one of the outcomes."""
    asked = select(*_COLUMNS).where(FETCHES.c.url == url)
    if outcomes:
        asked = asked.where(FETCHES.c.outcome.in_([one.value for one in outcomes]))
    row = connection.execute(asked.order_by(FETCHES.c.sequence.desc()).limit(1)).mappings().first()
    return None if row is None else _attempt(dict(row))


def list_attempts(connection: Connection, url: str) -> list[Attempt]:
    """Every attempt at an address, the first one first."""
    asked = select(*_COLUMNS).where(FETCHES.c.url == url).order_by(FETCHES.c.sequence)
    return [_attempt(dict(row)) for row in connection.execute(asked).mappings()]


def _attempt(row: dict[str, object]) -> Attempt:
    return Attempt(**{**row, "outcome": FetchOutcome(str(row["outcome"]))})  # pyright: ignore[reportArgumentType]
