"""From the ledger's claims to its incidents, as `pipeline` leads from a source to its claims.

kept claims ─▶ copies, tellings, blocks, scores, clusters (link) ─▶ Incident ─▶ keep
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from harmledger.domain import Decision, Link
from harmledger.errors import BadInput
from harmledger.link.compare import load_weights
from harmledger.link.identity import name_incidents
from harmledger.link.join import Linked, Tellings, explain_claims, link_claims
from harmledger.review.fold import constraints
from harmledger.standing import StandingClaims
from harmledger.store import Change, KnownIncidents, Ledger, get_known_incidents, keep_linking
from harmledger.store.subjects import find_claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a linking came to, in numbers."""

    claims: int
    left_out: int
    incidents: int
    minted: int
    merged: int
    split: int
    copies: int


def link_ledger(ledger: Ledger, *, now: Callable[[], datetime], again: bool = False) -> Outcome:
    """Join the ledger's current claims into incidents and keep what changed; only near what is new, unless `again`.

    Pairs that people merged or split are held, as the ledger's decisions have them.

    Raises:
        Inconsistent: decisions contradict one another, or somebody else linked meanwhile.
    """
    with ledger.reading() as connection:
        standing = get_known_incidents(connection)
        standing_claims = StandingClaims(connection, ledger.folder)
        tellings = _read_tellings(standing_claims)
    before = None if again else _unchanged(standing, standing_claims.decisions[standing.decisions :])
    linked = link_claims(tellings, before=before)
    named = name_incidents(linked.groups, standing.incidents)
    change = Change(
        incidents=named.incidents,
        pointers=named.pointers,
        links=linked.links,
        echoes=linked.echoes,
        weights=load_weights().learned,
        decisions=len(standing_claims.decisions),
    )
    with ledger.writing() as connection:
        keep_linking(connection, standing, change, filed=now())
    known = {incident.incident_id for incident in standing.incidents}
    minted = sum(incident.incident_id not in known for incident in named.incidents)
    pointers = {why: sum(p.why == why for p in named.pointers) for why in ("merged", "split")}
    return Outcome(minted=minted, **pointers, **_count(linked))


def explain_two_claims(connection: Connection, folder: Path, left: str, right: str) -> Link | str:
    """Why two claims, named by the beginnings of their ids, are or aren't of one event; in a sentence where nothing is to be weighed.

    Raises:
        NotFound: there is no such claim.
        BadInput: there are several, or it is no longer current.
    """
    left, right = (find_claim(connection, wanted) for wanted in (left, right))
    tellings = _read_tellings(StandingClaims(connection, folder))
    reasons = {unlinked.claim_id: unlinked.reason for unlinked in tellings.unlinked}
    for claim in (left, right):
        if claim in reasons:
            return f"{claim[:10]} isn't linked: it {reasons[claim]}"
        if claim not in tellings.of:
            what = "the claim is of an older reading, or people took it out"
            raise BadInput(what, claim, "name one that `harmledger show` lists, and see `harmledger log` for it")
    return (
        explain_claims(tellings, left, right)
        or "one report tells both as one event: neither place nor day stands against it"
    )


def _unchanged(known: KnownIncidents, since: Sequence[Decision]) -> dict[str, str]:
    """Of each claim its incident, but for the incidents that people decided of since: those are worked out anew, as if never linked."""
    changed = {known.incident_of.get(decision.subject) for decision in since}
    return {claim: incident for claim, incident in known.incident_of.items() if incident not in changed}


def _read_tellings(standing: StandingClaims) -> Tellings:
    """What the ledger's reports tell as they stand, and what people decided of pairs."""
    return Tellings(standing.reports(), constraints(standing.decisions))


def _count(linked: Linked) -> dict[str, int]:
    return {
        "claims": sum(map(len, linked.groups)),
        "left_out": len(linked.unlinked),
        "incidents": len(linked.groups),
        "copies": len(linked.echoes),
    }
