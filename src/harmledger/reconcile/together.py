"""An incident's figures set side by side: the stage as a whole.

Comes in: claims as they stand, the reports they are from, which reports are copies. Goes out: a Reconciled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harmledger.domain import Reconciled
from harmledger.reconcile.figures import Pairs, list_figures
from harmledger.reconcile.grade import propose_grade
from harmledger.reconcile.names import Record
from harmledger.reconcile.notes import Noted, read_noted
from harmledger.reconcile.responsibility import find_responsibility
from harmledger.reconcile.supersede import supersede


def reconcile(
    incident_id: str,
    claims: Pairs,
    *,
    reports: Sequence[Record] = (),
    originals: Mapping[str, str] | None = None,
    later: Mapping[str, str] | None = None,
) -> Reconciled:
    """The incident's figures, who is held responsible, and the grade that this suggests.

    `later`: of reports of which a later version of the page stands, that version; where it isn't told, the reports' own addresses tell.
    """
    noted = [read_noted(report) for report in reports]
    later = _fetched_again(noted) if later is None else later
    figures = supersede(list_figures(claims, {**_same_address(noted), **(originals or {})}), noted, later)
    own = {claim["claim_id"] for _, claim in claims}
    statements = [statement for report in reports for statement in _own_statements(report, own)]
    responsibility = find_responsibility(figures, statements)
    return Reconciled(
        incident_id=incident_id,
        figures=tuple(figures),
        responsibility=responsibility,
        grade=propose_grade(figures, responsibility),
    )


def _same_address(noted: Sequence[Noted]) -> dict[str, str]:
    """Of each report that was fetched again from one address, the first one: they are one source."""
    first: dict[str, str] = {}
    again: dict[str, str] = {}
    for note in sorted(noted, key=lambda n: n.fetched):
        if note.address and first.setdefault(note.address, note.document_id) != note.document_id:
            again[note.document_id] = first[note.address]
    return again


def _fetched_again(noted: Sequence[Noted]) -> dict[str, str]:
    """Of each report whose address was fetched again, what was found there last."""
    last = {note.address: note for note in sorted(noted, key=lambda n: n.fetched) if note.address}
    found = ((note, last[note.address]) for note in noted if note.address)
    return {note.document_id: at.document_id for note, at in found if note.fetched < at.fetched}


def _own_statements(report: Record, claims: set[str]) -> Iterator[Record]:
    """A report's statements of this incident: each belongs to the claim told last before it; those before all claims to the first."""
    spots = sorted((c["quote"]["start"], c["claim_id"]) for c in report["claims"] if c["scope"] != "cumulative")
    for statement in report["statements"]:
        before = [claim for start, claim in spots if start <= statement["quote"]["start"]]
        beside = {claim for start, claim in spots if start == statement["quote"]["start"]}
        owner = before[-1:] or [claim for _, claim in spots[:1]]
        if claims.intersection(beside or owner):
            yield statement
