"""From the ledger's incidents to what every export is made of: figures reconciled, rolled up by one rule.

incidents ─▶ reconcile ─▶ roll up by a rule ─▶ ExportedIncident ─▶ a format, or a release
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial

from sqlalchemy import Connection

from harmledger.domain import ExportedIncident, Harm, Reconciled, RollUp, Rule, VictimGroup, VictimKind, Words
from harmledger.publish.exports.assemble import Told, assemble, is_rejected, leave_out_quotes
from harmledger.publish.exports.corrections import Said
from harmledger.publish.record import Record
from harmledger.reconcile.rules import roll_up
from harmledger.reconciling import read_decided, reconcile_ledger
from harmledger.resolve.place import PlaceResolver
from harmledger.resources.recorders import get_country
from harmledger.review.fold import State
from harmledger.store import get_known_incidents, list_old_ids


def export_incidents(
    connection: Connection, rule: Rule, *, places: PlaceResolver, quotes: bool = True
) -> Iterator[ExportedIncident]:
    """Every incident that people left standing, in the order they were minted; places that they corrected are looked up."""
    old_ids = list_old_ids(connection, get_known_incidents(connection))
    state = read_decided(connection).state
    for filed, reconciled in reconcile_ledger(connection):
        if is_rejected(reconciled):
            continue
        at = filed.incident.incident_id
        told = Told(
            incident_id=at,
            claims=filed.claims,
            originals=filed.originals,
            find_place=partial(_find_place, places),
            old_ids=old_ids.get(at, ()),
            corrections={claim: said for claim in filed.incident.claims if (said := _corrected(state, claim))},
        )
        incident = assemble(told, reconciled, list(_totals(reconciled, rule)), rule)
        yield incident if quotes else leave_out_quotes(incident)


def _corrected(state: State, claim: str) -> Said:
    return {correction.field: correction.value for correction in state.standing(claim).corrections}


def _find_place(places: PlaceResolver, words: str, country: str | None) -> Record:
    """The place that a reviewer's words name, in the country that the claim speaks of; no finer than that country where none can be told."""
    text = f"{words}, {get_country(country).name}." if country else words
    found = places.resolve(Words(exact=words, start=0, end=len(words)), text=text)
    return {**asdict(found), "exact": words, "precision": found.precision.value}


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
