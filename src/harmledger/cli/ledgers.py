"""An open ledger for the length of a command, in the folder that it names and the database that its settings name."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click

from harmledger.cli import utc_now
from harmledger.config import Config
from harmledger.store import Ledger, get_ledger, open_ledger


@contextmanager
def opened(folder: str) -> Generator[Ledger]:
    """The ledger that is there already, closed however the command ends."""
    ledger = get_ledger(Path(folder), now=utc_now, database=_database())
    try:
        yield ledger
    finally:
        ledger.close()


@contextmanager
def made(folder: str) -> Generator[Ledger]:
    """The ledger, made where there is none; closed however the command ends."""
    ledger = open_ledger(Path(folder), now=utc_now, database=_database())
    try:
        yield ledger
    finally:
        ledger.close()


def _database() -> str:
    config = click.get_current_context().obj
    return config.database if isinstance(config, Config) else ""
