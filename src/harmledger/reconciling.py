"""From the ledger's incidents to their figures side by side, as `linking` leads from claims to incidents.

kept incidents, decisions, entries ─▶ reconcile ─▶ Reconciled ─▶ roll up by a rule    (nothing of it is kept)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection

from harmledger.domain import Entered, Harm, Reconciled, RollUp, Rule, Totals
from harmledger.reconcile.figures import Told, Written
from harmledger.reconcile.names import Names
from harmledger.reconcile.rules import list_harms, roll_up
from harmledger.reconcile.together import reconcile
from harmledger.reconcile.totals import add_up
from harmledger.resolve.source_type import classify_source
from harmledger.resources.registry import load_registry
from harmledger.review.fold import State, constraints, fold
from harmledger.store import FiledIncident, get_known_incidents, get_reports, list_incidents
from harmledger.store.decisions import read_log
from harmledger.store.entered import list_entered


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What people decided and entered, read once for a run."""

    state: State
    entries: Mapping[str, tuple[Entered, ...]]
    """Of each claim the entries that people merged with it, over others too."""


def reconcile_incident(connection: Connection, filed: FiledIncident) -> Reconciled:
    """An incident's figures side by side, as the ledger has them now."""
    return _reconcile(connection, filed, read_decided(connection))


def reconcile_ledger(connection: Connection) -> Iterator[tuple[FiledIncident, Reconciled]]:
    """Every incident that holds claims, with its figures."""
    decided = read_decided(connection)
    for filed in list_incidents(connection, get_known_incidents(connection)):
        yield filed, _reconcile(connection, filed, decided)


def total_ledger(connection: Connection, rule: Rule) -> list[Totals]:
    """The totals of each harm over all incidents, by a rule."""
    rolled: defaultdict[Harm, list[RollUp]] = defaultdict(list)
    for _, each in reconcile_ledger(connection):
        for harm in list_harms(each):
            rolled[harm].append(roll_up(each, rule, harm=harm))
    return [add_up(rolled[harm]) for harm in Harm if harm in rolled]


def read_decided(connection: Connection) -> Decided:
    """The log and the entries, as they stand now."""
    log = read_log(connection)
    state = fold(log)
    entered = {each.entry_id: each for each in list_entered(connection) if state.was_entered(each.entry_id)}
    return Decided(state=state, entries=_join_entries(entered, constraints(log).must_link))


def _join_entries(entered: Mapping[str, Entered], merged: Iterable[tuple[str, str]]) -> dict[str, tuple[Entered, ...]]:
    """The entries that merges lead to from each claim."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in merged:
        beside[one].add(other)
        beside[other].add(one)
    joined: defaultdict[str, list[Entered]] = defaultdict(list)
    for entry in entered:
        for claim in _reach(entry, beside):
            joined[claim].append(entered[entry])
    return {claim: tuple(entries) for claim, entries in joined.items()}


def _reach(start: str, beside: Mapping[str, set[str]]) -> set[str]:
    """All that is merged with a claim, directly or by way of others."""
    found, ahead = {start}, [start]
    while ahead:
        new = beside.get(ahead.pop(), set[str]()) - found
        found |= new
        ahead += new
    return found - {start}


def _reconcile(connection: Connection, filed: FiledIncident, decided: Decided) -> Reconciled:
    entries = _entries_of(filed, decided)
    documents = [document["document_id"] for document, _ in filed.claims] + [e.document_id for e in entries]
    reports = {
        r.record["document"]["document_id"]: r.record for r in get_reports(connection, list(dict.fromkeys(documents)))
    }
    standing = decided.state.standing
    return reconcile(
        filed.incident.incident_id,
        [
            Told(document=d, claim=c, standing=standing(c["claim_id"], document=d["document_id"]))
            for d, c in filed.claims
        ],
        [
            Written(
                document=reports[e.document_id]["document"] if e.document_id in reports else None,
                entered=e,
                standing=standing(e.entry_id, document=e.document_id),
            )
            for e in entries
        ],
        reports=list(reports.values()),
        originals=filed.originals,
        names=load_names(),
    )


def _entries_of(filed: FiledIncident, decided: Decided) -> list[Entered]:
    """What people entered and merged with a claim of the incident; what is linked itself is among the claims already."""
    linked = set(filed.incident.claims)
    found = {e.entry_id: e for claim in linked for e in decided.entries.get(claim, ()) if e.entry_id not in linked}
    return [found[entry] for entry in sorted(found)]


@cache
def load_names() -> Names:
    """Who is who: the registry that ships, and what kind of source words name."""
    return Names(registry=load_registry(), classify=lambda words, entry: classify_source(words, "", entry))
