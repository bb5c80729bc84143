"""What `harmledger status` does."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from sqlalchemy import Connection

from harmledger.cli import tell
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import is_colored, terminal_width, write
from harmledger.ids import plain
from harmledger.publish.collected import render_failed, render_status
from harmledger.publish.outlets import outlet_record
from harmledger.publish.record import Record
from harmledger.publish.wording import render_json
from harmledger.resources.outlets import load_outlets
from harmledger.store.fetch_status import count_held, list_failed, sum_up_fetches
from harmledger.store.frontier import count_pages
from harmledger.store.watched import list_watched


def show_status(folder: str, *, form: str) -> None:
    """What is held, and what became of the addresses that were asked for."""
    with opened(folder) as ledger, ledger.reading() as connection:
        record = _record(connection, Path(folder))
    if form == "jsonl":
        write(render_json(record) + "\n")
    else:
        write(render_status(record, width=terminal_width(), color=is_colored()))


def _record(connection: Connection, folder: Path) -> Record:
    """What is held, fetched and watched; beside each host whose it is, as far as that is known."""
    fetches = cast("Record", plain(sum_up_fetches(connection)))
    outlets = load_outlets(folder)
    for host in fetches["hosts"]:
        host["outlet"] = outlet_record(outlets.find(f"https://{host['host']}/"))
    watched = {"pages": plain(count_pages(connection)), "listings": [plain(each) for each in list_watched(connection)]}
    return {"held": plain(count_held(connection)), "fetches": fetches, "watched": watched}


def show_failed(folder: str, *, host: str | None, form: str) -> None:
    """Each address that couldn't be had, one a line."""
    number = 0
    with opened(folder) as ledger, ledger.reading() as connection:
        for number, attempt in enumerate(list_failed(connection, host), 1):  # noqa: B007  counted
            record: Record = {**cast("Record", plain(attempt)), "retried": attempt.outcome.retried}
            write(f"{render_json(record) if form == 'jsonl' else render_failed(record)}\n")
        failing = sum(each.tries > 0 for each in list_watched(connection)) if host is None else 0
    if not number:
        tell("every page that was asked for was had" if host is None else f"nothing of {host} failed")
    if failing:
        tell(f"{failing:,} of the listings that are watched failed: see `harmledger status`")
