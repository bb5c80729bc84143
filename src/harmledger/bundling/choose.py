"""What is bundled: incidents as they stand for whoever the bundle is for, and which of their reports' evidence may go with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from harmledger.collect.decode import decode_bytes
from harmledger.domain import PUBLIC, OtherClaim, Rule, Viewer
from harmledger.errors import BadInput, NotAllowed, NotFound
from harmledger.publish.decided import decision_record
from harmledger.publish.incident import render_incident
from harmledger.publish.record import Record
from harmledger.publish.redact import Withholding
from harmledger.reconciling import reconcile_incident, show_incident
from harmledger.review.fold import in_effect
from harmledger.standing import StandingClaims
from harmledger.store import FiledIncident, Ledger, get_incident, get_known_incidents
from harmledger.store.entered import document_text
from harmledger.store.seen import keep_seen, list_seen
from harmledger.store.withheld import load_withholding

REVIEWER = "a reviewer"
SHOWN = 5
"""Reports that a refusal names one by one."""


class OfNamed(StrEnum):
    """What becomes of reports that hold withheld names."""

    REFUSE = "refuse"
    LEAVE_OUT = "leave-out"
    INCLUDE = "include"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleAsked:
    """What a bundle was asked for."""

    incidents: Sequence[str]
    """Beginnings of ids; none: all."""
    closed: bool = False
    """Closed reports too, and who decided."""
    named: OfNamed = OfNamed.REFUSE
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What goes into a bundle."""

    told: Sequence[Record]
    """The incidents with their claims and decisions, withheld names struck."""
    documents: Sequence[str]
    """Those whose evidence goes with them."""
    titles: dict[str, str | None]
    closed: int
    named: int


def choose(ledger: Ledger, connection: Connection, asked: BundleAsked) -> Chosen:
    """The incidents and reports that are asked for and may be bundled.

    Raises:
        NotFound: there is no such incident.
        NotAllowed: a report holds withheld names, and nobody said what becomes of it.
    """
    stands, withholding = StandingClaims(connection, ledger.folder), load_withholding(connection)
    viewer = Viewer(sees_all=True) if asked.closed else PUBLIC
    every = [
        stands.incident(filed) for filed in list_seen(connection, Viewer(sees_all=True), _wanted(connection, asked))
    ]
    seen = [keep_seen(connection, viewer, filed) for filed in every]
    documents = _documents(seen)
    named = _find_named(ledger, connection, asked, documents, withholding)
    if named and asked.named is OfNamed.REFUSE:
        _refuse_named(named)
    told = [_tell(stands, filed, asked) for filed in seen if filed.claims or filed.rejected]
    return Chosen(
        told=[withholding.record(record) for record in told],
        documents=[document for document in documents if document not in named],
        titles={document: title and withholding.text(title) for document, title in documents.items()},
        closed=len(_documents(every).keys() - documents.keys()),
        named=len(named),
    )


def _wanted(connection: Connection, asked: BundleAsked) -> list[str]:
    known = get_known_incidents(connection)
    if not known.linking:
        raise NotFound("its claims haven't been linked", "the ledger", "run `harmledger link` first")
    if not asked.incidents:
        return [incident.incident_id for incident in known.incidents if incident.claims]
    named = (get_incident(connection, known, wanted)[1].incident.incident_id for wanted in asked.incidents)
    return list(dict.fromkeys(named))


def _documents(incidents: Sequence[FiledIncident]) -> dict[str, str | None]:
    """The reports of all claims, also of those that people took out, with their titles."""
    return {
        document["document_id"]: document["title"]
        for filed in incidents
        for document, _ in (*filed.claims, *filed.rejected)
    }


def _tell(stands: StandingClaims, filed: FiledIncident, asked: BundleAsked) -> Record:
    told = render_incident(show_incident(filed, reconcile_incident(stands, filed), Rule.RANGE))
    pairs = (*filed.claims, *filed.rejected)
    told["claims"] = [claim for _, claim in filed.claims]
    told["rejected"] = [claim for _, claim in filed.rejected]
    told["documents"] = list({document["document_id"]: document for document, _ in pairs}.values())
    told["decisions"] = list(_decisions(stands, filed, asked))
    return told


def _decisions(stands: StandingClaims, filed: FiledIncident, asked: BundleAsked) -> Iterator[Record]:
    """Decisions of its claims and reports; the public isn't told who decided, nor of claims beyond these, which may be closed."""
    pairs = (*filed.claims, *filed.rejected)
    claims = {claim["claim_id"] for _, claim in pairs}
    for subject in sorted(claims | {document["document_id"] for document, _ in pairs}):
        history = stands.decisions_of([subject])
        counted = {decision.decision_id for decision in in_effect(history)}
        for decision in history:
            record = decision_record(decision, counts=decision.decision_id in counted)
            if asked.closed:
                yield record
            elif not isinstance(decision.value, OtherClaim) or decision.value.claim_id in claims:
                yield {**record, "who": REVIEWER}


def _find_named(
    ledger: Ledger, connection: Connection, asked: BundleAsked, documents: Iterable[str], withholding: Withholding
) -> set[str]:
    """Reports that hold withheld names, where that matters."""
    if not withholding or asked.named is OfNamed.INCLUDE:
        return set()
    return {document for document in documents if _is_named_in(ledger, connection, document, withholding)}


def _is_named_in(ledger: Ledger, connection: Connection, document: str, withholding: Withholding) -> bool:
    """Whether the captured page or its clean text holds a withheld name; of what can't be decoded nobody knows, so it is taken to."""
    texts = [document_text(connection, document) or ""]
    try:
        texts.append(decode_bytes(ledger.blobs.get(document), where=document))
    except BadInput:
        return True
    return any(withholding.text(text) != text for text in texts)


def _refuse_named(named: set[str]) -> None:
    shown = ", ".join(document[:10] for document in sorted(named)[:SHOWN])
    more = f" and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
    what = f"reports hold names that are withheld ({shown}{more}), and evidence can't be struck through"
    remedy = "leave them out with --named leave-out, or, for people who may know the names, take --named include"
    raise NotAllowed(what, "the bundle", remedy)
