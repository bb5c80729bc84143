"""An open ledger for the length of a command."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from harmledger.cli import utc_now
from harmledger.store import Ledger, get_ledger


@contextmanager
def opened(folder: str) -> Generator[Ledger]:
    """The ledger that is there already, closed however the command ends."""
    ledger = get_ledger(Path(folder), now=utc_now)
    try:
        yield ledger
    finally:
        ledger.close()
