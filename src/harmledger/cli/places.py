"""`harmledger gazetteer add`: a user's own places."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from harmledger.cli import tell
from harmledger.cli.ledgers import made
from harmledger.resources.gazetteer.add import add_gazetteer


def add_places(file: str, folder: str) -> None:
    """Add a file of places to the ledger's own; the ledger is made where there is none."""
    with made(folder) as ledger:
        kept = ledger.folder
    added = add_gazetteer(Path(file), kept, progress=_count_rows if sys.stderr.isatty() else None)
    skipped = (
        f" ({added.skipped:,} rows that are no places of harm, or have no point, passed over)" if added.skipped else ""
    )
    tell(f"{added.places:,} places of {file} ({added.kind}) added to {folder}{skipped}")


def _count_rows(rows: int) -> None:
    """A full GeoNames dump takes minutes: say how far it is, on one line."""
    click.echo(f"\r{rows:,} rows\r", nl=False, err=True)
