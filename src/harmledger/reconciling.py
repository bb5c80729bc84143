"""From the ledger's incidents to their figures side by side, as `linking` leads from claims to incidents.

kept incidents, claims as they stand ─▶ reconcile ─▶ Reconciled ─▶ roll up by a rule    (nothing of it is kept)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection

from harmledger.domain import Harm, Reconciled, RollUp, Rule, Totals
from harmledger.publish.incident import Shown
from harmledger.reconcile.rules import list_harms, roll_up
from harmledger.reconcile.together import reconcile
from harmledger.reconcile.totals import add_up
from harmledger.standing import StandingClaims
from harmledger.store import FiledIncident, get_known_incidents, list_incidents


def reconcile_incident(stands: StandingClaims, filed: FiledIncident) -> Reconciled:
    """The figures of an incident as it stands (`StandingClaims.incident`) side by side; those that people rejected among them, marked."""
    claims = (*filed.claims, *filed.rejected)
    reports = stands.reports_of(document["document_id"] for document, _ in claims)
    later = {document: replaced.document_id for document, replaced in filed.replaced.items()}
    return reconcile(filed.incident.incident_id, claims, reports=reports, originals=filed.originals, later=later)


def show_incident(filed: FiledIncident, reconciled: Reconciled, rule: Rule | None = None) -> Shown:
    """An incident as it stands with its figures, and with what a rule makes of each harm, for `publish`."""
    return Shown(
        incident=filed.incident,
        claims=filed.claims,
        rejected=filed.rejected,
        originals=filed.originals,
        replaced=filed.replaced,
        pointers=filed.pointers,
        reconciled=reconciled,
        roll_ups=[roll_up(reconciled, rule, harm=harm) for harm in list_harms(reconciled)] if rule else (),
    )


def reconcile_ledger(connection: Connection, folder: Path) -> Iterator[tuple[FiledIncident, Reconciled]]:
    """Every incident of which claims stand, as it stands, with its figures."""
    stands = StandingClaims(connection, folder)
    for filed in map(stands.incident, list_incidents(connection, get_known_incidents(connection))):
        if filed.claims:
            yield filed, reconcile_incident(stands, filed)


def total_ledger(connection: Connection, folder: Path, rule: Rule) -> list[Totals]:
    """The totals of each harm over all incidents, by a rule."""
    rolled: defaultdict[Harm, list[RollUp]] = defaultdict(list)
    for _, each in reconcile_ledger(connection, folder):
        for harm in list_harms(each):
            rolled[harm].append(roll_up(each, rule, harm=harm))
    return [add_up(rolled[harm]) for harm in Harm if harm in rolled]
