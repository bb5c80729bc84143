"""`harmledger gazetteer add`: a user's own places."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from harmledger.cli import tell
from harmledger.resources.gazetteer.add import add_gazetteer
from harmledger.store import open_ledger


def add_places(file: str, folder: str) -> None:
    """Add a file of places to the ledger's own; the ledger is made where there is none."""
    ledger = open_ledger(Path(folder), now=lambda: datetime.now(UTC))
    ledger.close()
    added = add_gazetteer(Path(file), ledger.folder)
    tell(f"{added:,} places of {file} added to {ledger.folder}; what is read from now on is looked up there too")
