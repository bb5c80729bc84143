"""`harmledger bulk link` and `harmledger ledger import`: what was read in bulk, joined, or brought into a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from harmledger.bulk.importing import Imported, Wanted, import_folder
from harmledger.bulk.linking import link_folder
from harmledger.bulk.parts import Folder
from harmledger.bulk.windows import Windows
from harmledger.cli import tell
from harmledger.cli.ledgers import made
from harmledger.cli.printing import watching
from harmledger.config import Config
from harmledger.domain import Reading, Refused
from harmledger.errors import BadInput
from harmledger.pipeline import load_reader


def link_in_bulk(folder: str, *, window_days: int, overlap_days: int) -> None:
    """Link a bulk folder and tell what came of it."""
    windows = Windows(days=window_days, overlap_days=overlap_days)
    joined = link_folder(Folder(Path(folder)), windows)
    tell(
        f"{joined.claims:,} claims of {joined.documents:,} reports in {joined.incidents:,} incidents; {joined.copies:,} reports are copies;"
        f" {joined.left_out:,} claims count several events and are in none"
    )


def import_in_bulk(folder: str, *, config: Config, said: dict[str, Any]) -> int:
    """Bring the wanted reports into the ledger; gives how many couldn't be."""
    where = said["ledger"] or config.ledger
    wanted = Wanted(
        countries=frozenset(map(_country, said["countries"])),
        since=said["since"] and said["since"].date(),
        until=said["until"] and said["until"].date(),
        confidence=said["confidence"],
    )
    source = Folder(Path(folder))
    engine = source.settings().engine
    load = partial(load_reader, engine, Path(where), config.endpoint)
    jobs = config.jobs if said["jobs"] is None else said["jobs"]
    with made(where, changes=True) as ledger:
        imported = _count(import_folder(source, ledger, wanted, load, jobs=jobs))
    if not imported.documents and not imported.refused:
        tell(f"no report of {folder} has a claim of all that is asked for")
        return 0
    tell(
        f"{imported.documents:,} reports with {imported.claims:,} claims are in {where}{f'; {imported.refused} not read' if imported.refused else ''}"
    )
    return imported.refused


def _country(code: str) -> str:
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise BadInput("it is no country's code", code, "give two letters of ISO 3166-1, such as SY")
    return code.upper()


def _count(results: Iterator[Reading | Refused]) -> Imported:
    imported = Imported()
    with watching() as watch:
        for result in results:
            if isinstance(result, Refused):
                imported.refused += 1
                tell(result.message)
            else:
                imported.documents += 1
                imported.claims += len(result.claims)
                watch.count(len(result.claims))
    return imported
