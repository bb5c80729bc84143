"""Why two claims are, or aren't, taken to be of one event."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from harmledger.domain import Link
from harmledger.errors import BadInput
from harmledger.link.join import Among, Tellings, explain_claims
from harmledger.linking.stood import find_subjects
from harmledger.linking.told import read_now
from harmledger.linking.work import Now
from harmledger.store.incidents import find_echoes_of
from harmledger.store.subjects import find_claim
from harmledger.store.told import ALL_REPORTS, load_counts


def explain_two_claims(connection: Connection, folder: Path, left: str, right: str) -> Link | str:
    """Why two claims, named by the beginnings of their ids, are or aren't of one event; in a sentence where nothing is to be weighed.

    How rare words are, and which reports are copies, is as the last linking found it; where there was none, as all reports have it.

    Raises:
        NotFound: there is no such claim.
        BadInput: there are several, or it is no longer current.
    """
    left, right = (find_claim(connection, wanted) for wanted in (left, right))
    tellings = _read_tellings(connection, read_now(connection, folder), left, right)
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


def _read_tellings(connection: Connection, at: Now, *claims: str) -> Tellings:
    """What the two reports tell, as it stands among all."""
    if not at.linked:
        return Tellings(at.stood.standing.reports(), at.stood.decisions)
    having = find_subjects(connection, claims, at.stood.standing) & set(at.current)
    told = [told for _, told in sorted(at.stood.tell(having, at.decided), key=lambda pair: pair[0])]
    told += at.stood.attached.values()
    words = {word for each in told for t in each.tellings for word in t.report_words | t.words | t.names | t.places}
    counts = load_counts(connection, words | {ALL_REPORTS})
    echoes = find_echoes_of(connection, {each.print.document_id for each in told}).values()
    among = Among(reports=counts.get(ALL_REPORTS, 0), holding=counts, echoes=tuple(echoes))
    return Tellings.of_told(told, at.stood.decisions, among)
