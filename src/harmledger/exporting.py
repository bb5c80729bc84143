"""From the ledger's incidents to what every export is made of: figures reconciled, rolled up by one rule.

incidents ─▶ reconcile ─▶ roll up by a rule ─▶ ExportedIncident ─▶ a format, or a release
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from harmledger.domain import ExportedIncident, Harm, Reconciled, RollUp, Rule, VictimGroup, VictimKind
from harmledger.publish.exports.assemble import Told, assemble, is_rejected, leave_out_quotes
from harmledger.reconcile.rules import roll_up
from harmledger.reconciling import reconcile_ledger
from harmledger.store import get_known_incidents, list_old_ids


def export_incidents(connection: Connection, rule: Rule, *, quotes: bool = True) -> Iterator[ExportedIncident]:
    """Every incident that people left standing, in the order they were minted."""
    old_ids = list_old_ids(connection, get_known_incidents(connection))
    for filed, reconciled in reconcile_ledger(connection):
        if is_rejected(reconciled):
            continue
        at = filed.incident.incident_id
        told = Told(incident_id=at, claims=filed.claims, originals=filed.originals, old_ids=old_ids.get(at, ()))
        incident = assemble(told, reconciled, list(_totals(reconciled, rule)), rule)
        yield incident if quotes else leave_out_quotes(incident)


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
