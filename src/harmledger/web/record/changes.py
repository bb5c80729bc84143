"""What changed of an incident, in order: reports read, linkings that moved claims, mergers and splits, what people decided.

Comes in: the incident for one viewer. Goes out: lines for a page. Who decided is told to those who review; to others, that a reviewer did.
"""

from __future__ import annotations

from collections.abc import Iterator

from harmledger.domain import OtherClaim, ReplyCredit, ReplyKind
from harmledger.publish.decided import render_verdict
from harmledger.publish.record import Record
from harmledger.standing import StandingClaims
from harmledger.store import FiledIncident
from harmledger.store.one_incident import Move, find_document_of, list_moves
from harmledger.store.reply_public import credits_by_decision
from harmledger.web.visit import Visit

SAYS = {
    "joined": "{n} joined this incident",
    "left": "{n} left this incident",
    "took in": "another incident was merged into this one",
    "split off": "split off from another incident",
}
REVIEWER = "a reviewer"
AFTER = {
    ReplyKind.CORRECTION: "a correction",
    ReplyKind.SOURCE: "a source named",
    ReplyKind.OFFICIAL: "an official response",
    ReplyKind.WITNESS: "a witness account",
    ReplyKind.COMMENT: "a comment",
}


def list_changes(visit: Visit, stands: StandingClaims, filed: FiledIncident) -> list[Record]:
    """The first first."""
    moves = list_moves(visit.connection, visit.viewer, filed.incident.incident_id)
    changes = [*(_move(move, first=n == 0) for n, move in enumerate(moves)), *_decisions(visit, stands, filed)]
    return sorted(changes, key=lambda change: change["when"])


def _move(move: Move, *, first: bool) -> Record:
    number = f"{len(move.claims)} claim{'s' * (len(move.claims) != 1)}"
    what = f"founded with {number}" if first and move.what == "joined" else SAYS[move.what].format(n=number)
    return {
        "when": move.when,
        "by_hand": False,
        "who": "linking",
        "what": what,
        "claims": list(move.claims),
        "other": move.other,
        "reason": "",
        "after": [],
    }


def _decisions(visit: Visit, stands: StandingClaims, filed: FiledIncident) -> Iterator[Record]:
    """Decisions of its claims, and of its reports as a whole; one that names a claim which the viewer may not see isn't told."""
    every = (*filed.claims, *filed.rejected)
    claims = {claim["claim_id"] for _, claim in every}
    subjects = claims | {document["document_id"] for document, _ in every}
    after = credits_by_decision(visit.connection, visit.viewer, sorted(subjects))
    for decision in stands.decisions_of(sorted(subjects)):
        other = decision.value.claim_id if isinstance(decision.value, OtherClaim) else None
        if other and find_document_of(visit.connection, visit.viewer, other) is None:
            continue
        yield {
            "when": decision.when,
            "by_hand": True,
            "who": decision.who if visit.reviews else REVIEWER,
            "what": render_verdict(decision),
            "claims": [decision.subject] if decision.subject in claims else [],
            "other": None,
            "reason": decision.reason,
            "after": [_credit(each) for each in after.get(decision.decision_id, ())],
        }


def _credit(credit: ReplyCredit) -> Record:
    """A reply that led to a decision: by whom, where that is public."""
    return {
        "kind": AFTER[credit.kind],
        "by": credit.pseudonym or "a reader",
        "reference": credit.reference,
        "is_public": bool(credit.pseudonym),
        "undone": credit.undone,
    }
