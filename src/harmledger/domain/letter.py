"""A letter to one person by e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one person is written, in plain text."""

    to: str
    """One address and nothing else."""
    subject: str
    text: str
    when: datetime
    unsubscribe: str = ""
    """Address that ends such letters, for mail programs; empty where nobody asked for any."""
    letter_id: str
    """Names it for good: a letter that is sent twice is told to be the same."""
