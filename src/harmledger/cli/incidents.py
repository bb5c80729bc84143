"""`harmledger link`, `incidents`, `why` and `totals`: which claims are of one event, and what becomes of their figures."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from harmledger.cli import tell, utc_now
from harmledger.cli.ledgers import opened, show_changes
from harmledger.cli.printing import is_colored, terminal_width, write
from harmledger.cli.showing import looking
from harmledger.domain import Reconciled, Rule
from harmledger.errors import NotFound
from harmledger.linking import Outcome, explain_two_claims, link_ledger
from harmledger.publish.incident import render_incident, render_incident_table, render_link
from harmledger.publish.reconciled import plain_record, render_totals
from harmledger.publish.wording import render_json
from harmledger.reconciling import reconcile_incident, reconcile_ledger, show_incident, total_ledger
from harmledger.standing import StandingClaims
from harmledger.store import FiledIncident, get_incident, get_known_incidents


def link_and_tell(folder: str, *, again: bool) -> None:
    """Link, and tell in a line what came of it; on a terminal how far it is."""
    with opened(folder) as ledger:
        with _progress() as bars:
            outcome = link_ledger(ledger, now=utc_now, again=again, watch=_Bars(bars).move)
        tell(_told(outcome))
        show_changes(ledger, most=None)


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


def show_incidents(folder: str, wanted: str | None, *, form: str, rule: str) -> None:
    """Every incident, or the one of that id, with what a rule makes of its figures."""
    with looking(folder) as connection:
        standing = get_known_incidents(connection)
        if not standing.linking:
            raise NotFound("its claims haven't been linked", folder, "run `harmledger link` first")
        if wanted is None:
            for filed, reconciled in reconcile_ledger(connection, Path(folder)):
                _print(filed, reconciled, rule=Rule(rule), form=form)
            return
        passed, filed = get_incident(connection, standing, wanted)
        if passed:
            tell(f"{passed[0][:10]} was merged into {filed.incident.incident_id[:10]}")
        stands = StandingClaims(connection, Path(folder))
        filed = stands.incident(filed)
        if not filed.claims:
            raise NotFound("people took out all its claims", wanted, "see what they decided with `harmledger log`")
        _print(filed, reconcile_incident(stands, filed), rule=Rule(rule), form=form)


def show_totals(folder: str, *, form: str, rule: str) -> None:
    """What a rule's figures of all incidents add up to."""
    with looking(folder) as connection:
        if not get_known_incidents(connection).linking:
            raise NotFound("its claims haven't been linked", folder, "run `harmledger link` first")
        totals = total_ledger(connection, Path(folder), Rule(rule))
    if form == "jsonl":
        write("".join(f"{render_json(plain_record(each))}\n" for each in totals))
    elif totals:
        write(render_totals(totals, width=terminal_width(), color=is_colored()))
    else:
        tell("no incident has a figure")


def explain_two(folder: str, left: str, right: str) -> None:
    """Why two claims are of one event, or not."""
    with looking(folder) as connection:
        found = explain_two_claims(connection, Path(folder), left, right)
    write(f"{found}\n" if isinstance(found, str) else render_link(found, width=terminal_width(), color=is_colored()))


def _print(filed: FiledIncident, reconciled: Reconciled, *, rule: Rule, form: str) -> None:
    record = render_incident(show_incident(filed, reconciled, rule))
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
