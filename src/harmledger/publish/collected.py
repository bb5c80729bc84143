"""What a ledger holds of the web and what could not be had, for a terminal.

Comes in: records of what was counted. Goes out: text. Addresses are others' words: none may drive the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from harmledger.domain import FetchOutcome
from harmledger.publish.record import Record
from harmledger.publish.terminal import show
from harmledger.publish.watched import render_watched
from harmledger.publish.wording import render_plain

MOST_HOSTS = 20
"""Shown, those that fail most first; all of them stand in the record."""
_SECOND_CHARS = 16
"""Of a moment, to the minute."""


def render_status(record: Record, *, width: int, color: bool = False) -> str:
    """What is held, what became of the addresses, by reason and by host, and the last attempts."""
    return show(Group(*_status(record)), width=width, color=color)


def render_failed(attempt: Record) -> str:
    """One address that could not be had: why, when, and whether it is tried again."""
    outcome = FetchOutcome(attempt["outcome"])
    again = _again(outcome)
    if outcome.retried and attempt["retry"]:
        again = f"not before {_minute(attempt['retry'])}"
    told = render_plain(attempt["message"] or attempt["url"])
    return f"{_minute(attempt['started'])}  {outcome}  (tried again: {again})  {told}"


def _status(record: Record) -> Iterator[RenderableType]:
    held, fetches = record["held"], record["fetches"]
    yield Text(_told_held(held))
    if any(record["watched"]["pages"].values()) or record["watched"]["listings"]:
        yield Text(render_watched(record["watched"]))
    if not fetches["attempts"]:
        yield Text("Nothing was fetched from the web.")
        return
    yield Text(_told_fetches(fetches))
    if any(not FetchOutcome(outcome).brought for outcome in fetches["outcomes"]):
        yield _reasons(fetches["outcomes"])
    yield _hosts(fetches["hosts"])
    yield Text("The last attempts:")
    for attempt in fetches["last"]:
        yield Text(f"{_minute(attempt['started'])}  {attempt['outcome']}  {render_plain(attempt['url'])}")


def _told_held(held: Record) -> str:
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in sorted(held["by_media"].items()))
    told = f"{_many(held['documents'], 'document')}{f' ({kinds})' if kinds else ''} in {_many(held['captures'], 'capture')}"
    told += f", {held['from_web']:,} of which came over the web."
    told += f" Not read: {_many(held['unread'], 'document')}." if held["unread"] else ""
    return told + (f" Refused: {_many(held['refused'], 'source')}." if held["refused"] else "")


def _told_fetches(fetches: Record) -> str:
    here = sum(number for outcome, number in fetches["outcomes"].items() if FetchOutcome(outcome).brought)
    told = f"{_many(fetches['attempts'], 'attempt')} at {_many(fetches['addresses'], 'address', 'addresses')}: "
    missing = fetches["addresses"] - here
    return told + f"{here:,} had" + (f", {missing:,} not had." if missing else ".")


def _reasons(outcomes: Mapping[str, int]) -> Table:
    table = Table("why not", "addresses", "tried again", box=box.SIMPLE)
    for said, number in outcomes.items():
        outcome = FetchOutcome(said)
        if not outcome.brought:
            table.add_row(outcome.value, f"{number:,}", _again(outcome))
    return table


def _hosts(hosts: list[Record]) -> Table:
    table = Table("host", "whose", "had", "not had", "why not", box=box.SIMPLE)
    for host in hosts[:MOST_HOSTS]:
        why = ", ".join(f"{outcome} {number:,}" for outcome, number in host["failed"].items())
        table.add_row(
            Text(render_plain(host["host"])),
            Text(render_plain(host["outlet"]["name"]) if host["outlet"] else ""),
            f"{host['brought']:,}",
            f"{sum(host['failed'].values()):,}",
            why,
        )
    if len(hosts) > MOST_HOSTS:
        table.add_row(Text(f"and {len(hosts) - MOST_HOSTS:,} more"))
    return table


def _again(outcome: FetchOutcome) -> str:
    return "yes, when watched" if outcome.retried else "no"


def _minute(moment: str) -> str:
    return moment[:_SECOND_CHARS].replace("T", " ") + " UTC"


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
