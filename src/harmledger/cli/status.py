"""What `harmledger status` does."""

from __future__ import annotations

from typing import cast

from harmledger.cli import tell
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import is_colored, terminal_width, write
from harmledger.ids import plain
from harmledger.publish.collected import render_failed, render_status
from harmledger.publish.record import Record
from harmledger.publish.wording import render_json
from harmledger.store.fetch_status import count_held, list_failed, sum_up_fetches


def show_status(folder: str, *, form: str) -> None:
    """What is held, and what became of the addresses that were asked for."""
    with opened(folder) as ledger, ledger.reading() as connection:
        record = {"held": plain(count_held(connection)), "fetches": plain(sum_up_fetches(connection))}
    if form == "jsonl":
        write(render_json(record) + "\n")
    else:
        write(render_status(record, width=terminal_width(), color=is_colored()))


def show_failed(folder: str, *, host: str | None, form: str) -> None:
    """Each address that couldn't be had, one a line."""
    number = 0
    with opened(folder) as ledger, ledger.reading() as connection:
        for number, attempt in enumerate(list_failed(connection, host), 1):  # noqa: B007  counted
            record: Record = {**cast("Record", plain(attempt)), "retried": attempt.outcome.retried}
            write(f"{render_json(record) if form == 'jsonl' else render_failed(record)}\n")
    if not number:
        tell("every address that was asked for was had" if host is None else f"nothing of {host} failed")
