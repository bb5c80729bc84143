"""From the ledger's incidents to what every export is made of: figures reconciled, rolled up by one rule.

incidents ─▶ reconcile ─▶ roll up by a rule ─▶ ExportedIncident ─▶ a format, or a release
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from harmledger.domain import ExportedIncident, Harm, Reconciled, RollUp, Rule, VictimGroup, VictimKind, Viewer
from harmledger.link.when import guess_days
from harmledger.publish.exports.assemble import Told, assemble, leave_out_quotes
from harmledger.publish.record import Record
from harmledger.reconcile.rules import roll_up
from harmledger.reconciling import reconcile_incident, reconcile_ledger
from harmledger.standing import StandingClaims
from harmledger.store import FiledIncident, get_known_incidents, list_old_ids
from harmledger.store.seen import get_leads, keep_seen, list_seen
from harmledger.store.withheld import load_withholding


def export_incidents(
    connection: Connection, folder: Path, rule: Rule, *, quotes: bool = True
) -> Iterator[ExportedIncident]:
    """Every incident that people left standing, in the order they were minted; withheld names are struck from all of it."""
    withholding = load_withholding(connection)
    old_ids = list_old_ids(connection, get_known_incidents(connection))
    for filed, reconciled in reconcile_ledger(connection, folder):
        incident = export_incident(filed, reconciled, rule, old_ids=old_ids.get(filed.incident.incident_id, ()))
        yield withholding.value(incident if quotes else leave_out_quotes(incident))


def export_seen(
    connection: Connection, stands: StandingClaims, viewer: Viewer, wanted: Sequence[str], rule: Rule
) -> Iterator[ExportedIncident]:
    """Of these incidents, by whole ids, those of which claims stand that the viewer may see, made of these claims alone and struck likewise."""
    withholding = load_withholding(connection)
    for filed in list_seen(connection, viewer, wanted):
        stood = keep_seen(connection, viewer, stands.incident(filed))
        if stood.claims:
            was = get_leads(connection, viewer, filed.incident.incident_id).was
            yield withholding.value(export_incident(stood, reconcile_incident(stands, stood), rule, old_ids=was))


def export_incident(
    filed: FiledIncident, reconciled: Reconciled, rule: Rule, *, old_ids: tuple[str, ...] = ()
) -> ExportedIncident:
    """An incident as it stands, with its figures and what the rule makes of them."""
    return assemble(_tell(filed, old_ids), reconciled, list(_totals(reconciled, rule)), rule)


def _tell(filed: FiledIncident, old_ids: tuple[str, ...]) -> Told:
    return Told(
        incident_id=filed.incident.incident_id,
        claims=filed.claims,
        rejected=filed.rejected,
        originals=filed.originals,
        supposed=_suppose_days([document for document, _ in filed.claims]),
        old_ids=old_ids,
    )


def _suppose_days(documents: Sequence[Record]) -> tuple[date, date] | None:
    """When it was, by the report that came out first, as linking supposes where no claim says when."""
    guesses = [days for document in documents if (days := guess_days(document))]
    return min(guesses, key=lambda days: (days[1], days[0]), default=None)


def _totals(reconciled: Reconciled, rule: Rule) -> Iterator[RollUp]:
    """What the rule makes of every harm: of all people, of each kind, of each group that a figure counts."""
    for harm, kind, group in _counted(reconciled):
        yield roll_up(reconciled, rule, harm=harm, kind=kind, group=group)


def _counted(reconciled: Reconciled) -> Iterator[tuple[Harm, VictimKind | None, VictimGroup | None]]:
    for harm in dict.fromkeys(figure.harm for figure in reconciled.figures):
        figures = [figure for figure in reconciled.figures if figure.harm is harm]
        yield harm, None, None
        yield from ((harm, kind, None) for kind in dict.fromkeys(figure.kind for figure in figures))
        yield from ((harm, None, group) for group in dict.fromkeys(figure.group for figure in figures) if group)
