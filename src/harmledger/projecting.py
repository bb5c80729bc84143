"""From the record to what lists, maps and search show of it: kept beside the record, and brought up whenever that changed.

what changed since ─▶ incidents and reports touched ─▶ reconcile, of public claims alone ─▶ shorten ─▶ keep
                                                    ─▶ words, less withheld names ─▶ index

Each step is one transaction of a bounded number of incidents, worked out while no other writes: what is kept is what the record says. Whoever is
killed goes on where they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Connection

from harmledger.classes import Classes
from harmledger.comparing import describe_change
from harmledger.domain import PUBLIC, Decision, OtherClaim, PageChange, Rule, ShownIncident, ShownState, Verdict
from harmledger.publish.record import Record
from harmledger.publish.redact import Withholding
from harmledger.publish.shorten import shorten, strike
from harmledger.reconcile.rules import list_harms, roll_up
from harmledger.reconciling import reconcile_incident
from harmledger.resources.recorders import get_country
from harmledger.review.fold import constraints
from harmledger.standing import EVERYTHING, StandingClaims
from harmledger.store import FiledIncident, Ledger
from harmledger.store.decided import Decided, DecidedSoFar
from harmledger.store.entered import list_victims
from harmledger.store.index import index_documents
from harmledger.store.page_changes import keep_page_changes
from harmledger.store.schema_shown import SEARCH_TOUCHED, SHOWN_TOUCHED
from harmledger.store.shown import closed_among, forget_shown, get_filed, keep_shown
from harmledger.store.touched import (
    get_state,
    known_documents,
    look_ahead,
    note_progress,
    note_version,
    take_touched,
    touch_claims,
    touch_documents,
    touch_fetched,
    touch_linked,
    touch_reread,
)
from harmledger.store.versions import find_pages, list_page
from harmledger.store.withheld import load_withholding, touch_naming

AT_ONCE = 100
"""Incidents worked out in one transaction: others who write wait about a third of a second for it."""
HELD_REPORTS = 2_000
"""Reports at hand: those of a step, of which there are about four an incident."""
INDEXED_AT_ONCE = 200
_OF_VICTIMS = frozenset({Verdict.ENTER, Verdict.RELEASE, Verdict.WITHHOLD, Verdict.REJECT, Verdict.UNDO})
DEFAULT_RULE = Rule.RANGE
"""Of the figures that lists show: no claimant is left out."""


def bring_up(
    ledger: Ledger, *, now: Callable[[], datetime], most: int | None = None, told: Callable[[int], None] | None = None
) -> ShownState:
    """Show what the record says now, all of it or `most` incidents and reports; gives how far it has come.

    `told` is called with the number done after each step.
    """
    with ledger.reading() as connection:
        state = get_state(connection)
    done, decided = 0, DecidedSoFar()
    while (state.behind or state.unread) and (most is None or done < most):
        with ledger.writing() as connection:
            so_far = decided.read(connection)
            _note_changes(connection, so_far.log)
            worked = _show(connection, ledger.folder, so_far, now)
            worked += _index(connection, StandingClaims(connection, ledger.folder, decided=so_far))
            state = get_state(connection)
        done += worked
        if told:
            told(done)
    return state


# --- what changed ----------------------------------------------------------------------------------------------------


def _note_changes(connection: Connection, log: Sequence[Decision]) -> None:
    seen, there = look_ahead(connection)
    if seen == there:
        return
    if there["linkings"] > seen["linkings"]:
        touch_linked(connection, seen["linkings"])
    if there["decisions"] > seen["decisions"]:
        _touch_decided(connection, log, seen["decisions"])
    if there["readings"] > seen["readings"]:
        touch_reread(connection, seen["readings"])
    if there["fetches"] > seen["fetches"]:
        touch_fetched(connection, seen["fetches"])
    note_progress(connection, there)


def _touch_decided(connection: Connection, log: Sequence[Decision], since: int) -> None:
    """The incidents of all claims that decisions name, or that are merged with those; and the reports that name a victim decided of."""
    named = _named(log, since)
    merged = Classes(constraints(log).must_link)
    groups = {merged.name(subject) for subject in named}
    beside = {claim for pair in constraints(log).must_link for claim in pair if merged.name(claim) in groups}
    touch_claims(connection, named | beside)
    touch_documents(connection, known_documents(connection, sorted(named)))
    if any(decision.verdict in _OF_VICTIMS for decision in log[since:]):
        _touch_naming(connection, named)


def _named(log: Sequence[Decision], since: int) -> set[str]:
    """Whatever new decisions, and those that they replace, are of."""
    new = log[since:]
    replaced = {decision.replaces for decision in new}
    about = [*new, *(decision for decision in log if decision.decision_id in replaced)]
    others = {decision.value.claim_id for decision in about if isinstance(decision.value, OtherClaim)}
    return {decision.subject for decision in about} | others


def _touch_naming(connection: Connection, victims: set[str]) -> None:
    """Reports whose words hold a name of these, or lack one; their incidents aren't shown until that is done."""
    of = [victim for victim in list_victims(connection) if victim.victim_id in victims]
    names = {name for victim in of for name in victim.names}
    forget_shown(connection, touch_naming(connection, names, {victim.document_id for victim in of}))


# --- incidents in short ----------------------------------------------------------------------------------------------


def _show(connection: Connection, folder: Path, decided: Decided, now: Callable[[], datetime]) -> int:
    """Some incidents anew; what all of them ask for is asked for once."""
    touched = take_touched(connection, SHOWN_TOUCHED, AT_ONCE)
    if not touched:
        return 0
    if keep_shown(connection, touched, work_out(connection, folder, touched, decided=decided)):
        note_version(connection, now())
    return len(touched)


def work_out(
    connection: Connection, folder: Path, incidents: Sequence[str], *, decided: Decided | None = None
) -> list[ShownIncident]:
    """What is to be shown of some incidents, by the record as it stands; of those without a public claim nothing is."""
    stands = StandingClaims(connection, folder, decided=decided, held=HELD_REPORTS, viewer=PUBLIC)
    withholding = load_withholding(connection)
    standing = [stands.incident(filed) for filed in get_filed(connection, incidents)]
    documents = _documents(standing)
    stands.reports_of(sorted(documents))
    closed = closed_among(connection, documents)
    public = (_open_part(incident, closed) for incident in standing)
    return [_shorten(stands, incident, withholding) for incident in public if incident.claims]


def _shorten(stands: StandingClaims, incident: FiledIncident, withholding: Withholding) -> ShownIncident:
    reconciled = reconcile_incident(stands, incident)
    stand = [pair for pair in incident.claims if pair[0]["document_id"] not in incident.replaced]
    shown = shorten(
        stand or incident.claims,
        reconciled,
        rolled={harm.value: roll_up(reconciled, DEFAULT_RULE, harm=harm) for harm in list_harms(reconciled)},
        name_country=lambda code: get_country(code).name,
        originals=incident.originals,
    )
    return strike(shown, withholding)


def _documents(incidents: Iterable[FiledIncident]) -> set[str]:
    return {document["document_id"] for each in incidents for document, _ in (*each.claims, *each.rejected)}


def _open_part(incident: FiledIncident, closed: set[str]) -> FiledIncident:
    """An incident as the public sees it: without claims of closed documents; copies of a closed one are copies of the first open one."""

    def is_open(pair: tuple[Record, Record]) -> bool:
        return pair[0]["document_id"] not in closed

    first: dict[str, str] = {}
    originals: dict[str, str] = {}
    open_documents = [document["document_id"] for document, _ in filter(is_open, incident.claims)]
    for document in dict.fromkeys(open_documents):
        original = incident.originals.get(document)
        if original in closed:
            original = first.setdefault(original, document)
        if original and original != document:
            originals[document] = original
    claims, rejected = tuple(filter(is_open, incident.claims)), tuple(filter(is_open, incident.rejected))
    return replace(incident, claims=claims, rejected=rejected, originals=originals)


# --- words -----------------------------------------------------------------------------------------------------------


def _index(connection: Connection, stands: StandingClaims) -> int:
    touched = take_touched(connection, SEARCH_TOUCHED, INDEXED_AT_ONCE)
    if touched:
        index_documents(connection, touched, load_withholding(connection))
        keep_page_changes(connection, _describe_changes(connection, stands, set(touched)))
    return len(touched)


def _describe_changes(connection: Connection, stands: StandingClaims, touched: set[str]) -> Iterator[PageChange]:
    """What changed from or to these reports, at the pages that they stood at."""
    for page in sorted(find_pages(connection, touched)):
        for before, after in pairwise(list_page(connection, EVERYTHING, page)):
            if not touched.isdisjoint((before.document_id, after.document_id)):
                change = describe_change(stands, before, after)
                yield from [change] if change else []
