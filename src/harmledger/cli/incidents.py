"""`harmledger link`, `harmledger incidents` and `harmledger why`: which claims are of one event."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from harmledger.cli import tell, utc_now
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import is_colored, terminal_width, write
from harmledger.cli.showing import looking
from harmledger.errors import NotFound
from harmledger.linking import Outcome, explain_two_claims, link_ledger
from harmledger.publish.incident import render_incident, render_incident_table, render_link
from harmledger.publish.wording import render_json
from harmledger.store import FiledIncident, get_incident, get_known_incidents, list_incidents


def link_and_tell(folder: str, *, again: bool) -> None:
    """Link, and tell in a line what came of it; on a terminal how far it is."""
    with opened(folder) as ledger, _progress() as bars:
        outcome = link_ledger(ledger, now=utc_now, again=again, watch=_Bars(bars).move)
    tell(_told(outcome))


def _progress() -> Progress:
    """One line a step, gone when all is done; nothing where nobody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())


class _Bars:
    """A bar for each step of a linking."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def move(self, what: str, done: int, of: int) -> None:
        """Show how much of a step is done."""
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=of)
        self._progress.update(self._tasks[what], completed=done, total=of)


def show_incidents(folder: str, wanted: str | None, *, form: str) -> None:
    """Every incident, or the one of that id."""
    with looking(folder) as connection:
        standing = get_known_incidents(connection)
        if not standing.linking:
            raise NotFound("its claims haven't been linked", folder, "run `harmledger link` first")
        if wanted is None:
            _print(list_incidents(connection, standing), form)
            return
        passed, filed = get_incident(connection, standing, wanted)
        if passed:
            tell(f"{passed[0][:10]} was merged into {filed.incident.incident_id[:10]}")
        _print([filed], form)


def explain_two(folder: str, left: str, right: str) -> None:
    """Why two claims are of one event, or not."""
    with looking(folder) as connection:
        found = explain_two_claims(connection, left, right)
    write(f"{found}\n" if isinstance(found, str) else render_link(found, width=terminal_width(), color=is_colored()))


def _print(filed: Iterable[FiledIncident], form: str) -> None:
    for one in filed:
        record = render_incident(one.incident, one.claims, one.originals, one.pointers)
        if form == "jsonl":
            write(render_json(record) + "\n")
        else:
            write(render_incident_table(record, width=terminal_width(), color=is_colored()) + "\n")


def _told(outcome: Outcome) -> str:
    changes = [(outcome.minted, "new"), (outcome.merged, "merged"), (outcome.split, "split off")]
    changed = ", ".join(f"{number} {what}" for number, what in changes if number) or "none changed"
    copies = f"; {outcome.copies} report{'s' * (outcome.copies != 1)} copied from another" if outcome.copies else ""
    out = f"; {outcome.left_out} left out, since they count several events" if outcome.left_out else ""
    return f"{outcome.claims} claims are of {outcome.incidents} incidents ({changed}){copies}{out}"
