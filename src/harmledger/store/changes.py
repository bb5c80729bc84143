"""What changed in a ledger since somebody looked: how pages that were made know whether they still hold.

All that pages show is in rows that are only ever added, each kind in an order of its own: the last number of each tells whether anything
is new. What isn't so, a document that is closed or opened, is noted in `changes` by whoever does it, in the same transaction. Sessions, accounts
and the audit are no part of any page that is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from harmledger.domain import Verdict
from harmledger.store.schema import (
    CHANGES,
    CLAIMS,
    DECISIONS,
    ENTERED,
    INCIDENT_CLAIMS,
    INCIDENT_POINTERS,
    LINKINGS,
    READINGS,
    REFERENCES,
    WITHHELD,
)
from harmledger.store.schema_shown import SHOWN_STATE

MOST_FOLLOWED = 200
"""After more decisions than these at once every page is made anew: looking each up would take longer. Of changes as well."""
REPLY = "reply"
"""What a change is called that is of replies alone: it reaches the pages of what it is about, and no others."""
SHOWN_PAGES = "shown"
"""Among what is touched: pages that show incidents in short and nothing else of the record, such as lists and maps."""
_FAR_REACHING = frozenset({Verdict.MERGE.value, Verdict.SPLIT.value, Verdict.ENTER.value})
"""What one of these changes may lie in any incident: merges chain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The last row of each kind that pages show."""

    reading: int = 0
    linking: int = 0
    decision: int = 0
    reference: int = 0
    withheld: int = 0
    change: int = 0
    shown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new since somebody looked."""

    marks: Marks
    touched: frozenset[str] | None
    """Ids of the claims, documents and incidents that it is about; None: it may be about any."""


_MARKS = select(
    *(
        select(func.coalesce(func.max(column), 0)).scalar_subquery().label(name)
        for name, column in {
            "reading": READINGS.c.sequence,
            "linking": LINKINGS.c.linking,
            "decision": DECISIONS.c.sequence,
            "reference": REFERENCES.c.sequence,
            "withheld": WITHHELD.c.sequence,
            "change": CHANGES.c.sequence,
            "shown": SHOWN_STATE.c.version,
        }.items()
    )
)
_DECIDED = (
    select(DECISIONS.c.subject, DECISIONS.c.verdict, DECISIONS.c.replaces)
    .where(DECISIONS.c.sequence > bindparam("after"))
    .order_by(DECISIONS.c.sequence)
    .limit(MOST_FOLLOWED + 1)
)
_CHANGED = (
    select(CHANGES.c.what, CHANGES.c.subject)
    .where(CHANGES.c.sequence > bindparam("after"))
    .order_by(CHANGES.c.sequence)
    .limit(MOST_FOLLOWED + 1)
)
_REPLACED = select(DECISIONS.c.verdict).where(DECISIONS.c.decision_id.in_(bindparam("replaced", expanding=True)))
_CLAIMS = select(CLAIMS.c.claim_id, CLAIMS.c.document_id)
_OF_CLAIMS = _CLAIMS.where(CLAIMS.c.claim_id.in_(bindparam("ids", expanding=True)))
_ENTRIES = select(ENTERED.c.entry_id, ENTERED.c.document_id).where(
    ENTERED.c.entry_id.in_(bindparam("ids", expanding=True))
)
_ONWARD = select(INCIDENT_POINTERS.c.onward_id).where(
    INCIDENT_POINTERS.c.incident_id.in_(bindparam("ids", expanding=True)), INCIDENT_POINTERS.c.why == "merged"
)
_HOMES = select(INCIDENT_CLAIMS.c.claim_id, INCIDENT_CLAIMS.c.incident_id)
_OF_THESE = _HOMES.where(
    INCIDENT_CLAIMS.c.claim_id.in_(bindparam("ids", expanding=True)), INCIDENT_CLAIMS.c.incident_id.is_not(None)
)


def note_change(connection: Connection, what: str, subject: str | None = None) -> None:
    """Note, in the transaction that does it, a change of what pages show that adds no reading, linking, decision or reference."""
    connection.execute(insert(CHANGES), {"what": what, "subject": subject})


def read_marks(connection: Connection) -> Marks:
    """How far the ledger is."""
    return Marks(**connection.execute(_MARKS).mappings().one())


def find_news(connection: Connection, since: Marks | None) -> News | None:
    """What is new since then; None where nothing is."""
    marks = read_marks(connection)
    if marks == since:
        return None
    moved = _moved(since, marks) if since else set[str]()
    if since is None or moved - {"decision", "change", "shown"}:
        return News(marks=marks, touched=None)
    decided = _find_touched(connection, since.decision) if "decision" in moved else frozenset[str]()
    replied = _find_replied(connection, since.change) if "change" in moved else frozenset[str]()
    if decided is None or replied is None:
        return News(marks=marks, touched=None)
    listed = {SHOWN_PAGES} if "shown" in moved else set[str]()
    return News(marks=marks, touched=decided | replied | listed)


def _moved(since: Marks, now: Marks) -> set[str]:
    return {each.name for each in fields(Marks) if getattr(since, each.name) != getattr(now, each.name)}


def _find_touched(connection: Connection, after: int) -> frozenset[str] | None:
    """What the decisions since are about: the claim with its document and incident; None where they may reach farther."""
    decided = connection.execute(_DECIDED, {"after": after}).all()
    if len(decided) > MOST_FOLLOWED or _reaches_far(connection, decided):
        return None
    subjects = {row.subject for row in decided}
    rows = connection.execute(_OF_CLAIMS, {"ids": sorted(subjects)}).all()
    if subjects - {row.claim_id for row in rows}:  # of a document, of what people entered, or of a victim
        return None
    homes = connection.execute(_OF_THESE, {"ids": sorted(subjects)}).all()
    return frozenset({*subjects, *(row.document_id for row in rows), *(row.incident_id for row in homes)})


def _find_replied(connection: Connection, after: int) -> frozenset[str] | None:
    """What replies since are about: an incident and those that it was merged into, a document, a claim with its document and incident; None
    where something else changed as well.
    """
    changed = connection.execute(_CHANGED, {"after": after}).all()
    if len(changed) > MOST_FOLLOWED or any(row.what != REPLY or row.subject is None for row in changed):
        return None
    found = {row.subject for row in changed}
    for question in (_OF_CLAIMS, _ENTRIES):
        found |= {row.document_id for row in connection.execute(question, {"ids": sorted(found)})}
    found |= {row.incident_id for row in connection.execute(_OF_THESE, {"ids": sorted(found)})}
    new = found
    while new:
        new = set(connection.execute(_ONWARD, {"ids": sorted(new)}).scalars()) - found
        found |= new
    return frozenset(found)


def _reaches_far(connection: Connection, decided: Iterable[Any]) -> bool:
    """Whether one of them merges, splits, enters, or takes one of these back."""
    verdicts = {row.verdict for row in decided}
    replaced = [row.replaces for row in decided if row.replaces]
    if replaced:
        verdicts |= set(connection.execute(_REPLACED, {"replaced": replaced}).scalars())
    return bool(verdicts & _FAR_REACHING)
