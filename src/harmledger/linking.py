"""From the ledger's claims to its incidents, as `pipeline` leads from a source to its claims.

kept claims ─▶ copies, tellings, blocks, scores, clusters (link) ─▶ Incident ─▶ keep
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from harmledger.domain import Link
from harmledger.errors import BadInput
from harmledger.link.compare import load_weights
from harmledger.link.identity import name_incidents
from harmledger.link.join import Linked, Tellings, explain_claims, link_claims
from harmledger.review.fold import constraints
from harmledger.store import Change, Ledger, get_claim, get_known_incidents, keep_linking, list_reports
from harmledger.store.decisions import read_log


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
        tellings = _read_tellings(connection)
    linked = link_claims(tellings, before=None if again else standing.incident_of)
    named = name_incidents(linked.groups, standing.incidents)
    change = Change(
        incidents=named.incidents,
        pointers=named.pointers,
        links=linked.links,
        echoes=linked.echoes,
        weights=load_weights().learned,
    )
    with ledger.writing() as connection:
        keep_linking(connection, standing, change, filed=now())
    known = {incident.incident_id for incident in standing.incidents}
    minted = sum(incident.incident_id not in known for incident in named.incidents)
    pointers = {why: sum(p.why == why for p in named.pointers) for why in ("merged", "split")}
    return Outcome(minted=minted, **pointers, **_count(linked))


def explain_two_claims(connection: Connection, left: str, right: str) -> Link | str:
    """Why two claims, named by the beginnings of their ids, are or aren't of one event; in a sentence where nothing is to be weighed.

    Raises:
        NotFound: there is no such claim.
        BadInput: there are several, or it is no longer current.
    """
    left, right = (get_claim(connection, wanted)[0] for wanted in (left, right))
    tellings = _read_tellings(connection)
    reasons = {unlinked.claim_id: unlinked.reason for unlinked in tellings.unlinked}
    for claim in (left, right):
        if claim in reasons:
            return f"{claim[:10]} isn't linked: it {reasons[claim]}"
        if claim not in tellings.of:
            raise BadInput("the claim is of an older reading", claim, "name one that `harmledger show` lists")
    return (
        explain_claims(tellings, left, right)
        or "one report tells both as one event: neither place nor day stands against it"
    )


def _read_tellings(connection: Connection) -> Tellings:
    """What the ledger's reports tell, and what people decided of it."""
    return Tellings((filed.record for filed in list_reports(connection)), constraints(read_log(connection)))


def _count(linked: Linked) -> dict[str, int]:
    return {
        "claims": sum(map(len, linked.groups)),
        "left_out": len(linked.unlinked),
        "incidents": len(linked.groups),
        "copies": len(linked.echoes),
    }
