"""`harmledger link`, `harmledger incidents` and `harmledger why`: which claims are of one event."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from harmledger.cli import tell, utc_now
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import is_colored, terminal_width, write
from harmledger.cli.showing import looking
from harmledger.errors import NotFound
from harmledger.linking import Outcome, explain_two_claims, link_ledger
from harmledger.publish.incident import render_incident, render_incident_table, render_link
from harmledger.publish.wording import render_json
from harmledger.standing import StandingClaims
from harmledger.store import FiledIncident, get_incident, get_known_incidents, list_incidents


def link_and_tell(folder: str, *, again: bool) -> None:
    """Link, and tell in a line what came of it."""
    with opened(folder) as ledger:
        tell(_told(link_ledger(ledger, now=utc_now, again=again)))


def show_incidents(folder: str, wanted: str | None, *, form: str) -> None:
    """Every incident, or the one of that id."""
    with looking(folder) as connection:
        standing = get_known_incidents(connection)
        if not standing.linking:
            raise NotFound("its claims haven't been linked", folder, "run `harmledger link` first")
        stands = StandingClaims(connection, Path(folder))
        if wanted is None:
            stood = map(stands.incident, list_incidents(connection, standing))
            _print((each for each in stood if each.claims), form)
            return
        passed, filed = get_incident(connection, standing, wanted)
        if passed:
            tell(f"{passed[0][:10]} was merged into {filed.incident.incident_id[:10]}")
        stood = stands.incident(filed)
        if not stood.claims:
            raise NotFound("people took out all its claims", wanted, "see what they decided with `harmledger log`")
        _print([stood], form)


def explain_two(folder: str, left: str, right: str) -> None:
    """Why two claims are of one event, or not."""
    with looking(folder) as connection:
        found = explain_two_claims(connection, Path(folder), left, right)
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
