"""An open ledger for the length of a command, in the folder that it names and the database that its settings name."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click

from harmledger.cli import utc_now
from harmledger.config import Config
from harmledger.store import Ledger, get_ledger, open_ledger

MOST_ASIDE = 2_000
"""Incidents and reports that a command waits for when it is done; of more, `link` and `index` work out all."""


@contextmanager
def opened(folder: str, *, changes: bool = False) -> Generator[Ledger]:
    """The ledger that is there already, closed however the command ends; where that changes it, what is shown of it follows."""
    with _held(get_ledger(Path(folder), now=utc_now, database=_database()), changes=changes) as ledger:
        yield ledger


@contextmanager
def made(folder: str, *, changes: bool = False) -> Generator[Ledger]:
    """The ledger, made where there is none; closed however the command ends; where that changes it, what is shown of it follows."""
    with _held(open_ledger(Path(folder), now=utc_now, database=_database()), changes=changes) as ledger:
        yield ledger


@contextmanager
def _held(ledger: Ledger, *, changes: bool) -> Generator[Ledger]:
    try:
        yield ledger
        if changes:
            show_changes(ledger)
    finally:
        ledger.close()


def show_changes(ledger: Ledger, *, most: int | None = MOST_ASIDE) -> None:
    """Bring up what lists, maps and search show of a ledger."""
    from harmledger.projecting import (
        bring_up,
    )  # a third of a second, which commands that change nothing needn't wait for

    bring_up(ledger, now=utc_now, most=most)


def _database() -> str:
    config = click.get_current_context().obj
    return config.database if isinstance(config, Config) else ""
