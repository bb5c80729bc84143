"""What forms of the desk have in common: who decides, what went wrong in words, where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from sqlalchemy import Connection

from harmledger.domain import Decision, Reply, Role
from harmledger.errors import BadInput, HarmledgerError, Inconsistent
from harmledger.review.decide import WITHOUT_REASON, Said
from harmledger.store.database import told_plainly
from harmledger.store.decisions import append_decisions
from harmledger.web.desk.reader_says import credit_all
from harmledger.web.noted import note
from harmledger.web.visit import Visit

NO_REASON = "Give a reason, in words that others can check. Nothing was kept yet; what you typed is still here."
"""Said where a verdict needs one."""


def leads(visit: Visit) -> bool:
    """Whether whoever is signed in may merge, split, settle and release."""
    return visit.me.role.covers(Role.LEAD)


def keep(
    visit: Visit, saids: Sequence[Said], *, after: str | None = None, because: Sequence[Reply] = ()
) -> list[Decision]:
    """Decide, and note in the audit that it was done, and which replies led to it; all of it, or nothing.

    Raises:
        BadInput, NotFound, Inconsistent: it can't be decided so, or somebody decided since.
    """
    if any(not said.reason.strip() and said.verdict not in WITHOUT_REASON for said in saids):
        raise BadInput(NO_REASON, saids[0].verdict.value, "")
    ledger = visit.site.ledger
    with told_plainly(ledger.where), ledger.writing() as writer:
        decisions = append_decisions(writer, saids, now=visit.site.now(), after=after)
        note_decided(visit, writer, decisions)
        credit_all(visit, writer, because, decisions)
    return decisions


def note_decided(visit: Visit, writer: Connection, decisions: Sequence[Decision]) -> None:
    """A line in the audit for each decision."""
    for decision in decisions:
        note(visit, writer, f"decide {decision.verdict.value}", subject=decision.decision_id)


def status_of(error: HarmledgerError) -> int:
    """What a form that couldn't be taken is answered with, together with what was typed."""
    return 409 if isinstance(error, Inconsistent) else 400


def sentence(error: HarmledgerError) -> str:
    """What was wrong, as a sentence; the command line's advice is left out."""
    end = "" if error.what.endswith((".", "!", "?")) else "."
    return f"{error.what[:1].upper()}{error.what[1:]}{end}"


def address(path: str, **query: str | None) -> str:
    """A path of the desk with what is known of the query."""
    known = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(known)}" if known else path
