"""What the log of fetches says of one address."""

from __future__ import annotations

from sqlalchemy import Connection, select

from harmledger.store.fetches import COLUMNS, Attempt, parse_attempt
from harmledger.store.schema_fetched import FETCHES


def list_attempts(connection: Connection, url: str) -> list[Attempt]:
    """Every attempt at it, the first one first."""
    asked = select(*COLUMNS).where(FETCHES.c.url == url).order_by(FETCHES.c.sequence)
    return [parse_attempt(row) for row in connection.execute(asked).mappings()]
