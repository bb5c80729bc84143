"""Days as the record writes them."""

from __future__ import annotations

from datetime import date


def parse_day(iso: str | None) -> date | None:
    """The day of an ISO date; None where none is stated."""
    return date.fromisoformat(iso) if iso else None
