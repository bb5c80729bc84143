"""The log of decisions: rows are only ever added, each in one transaction with what it decides of.

A decision is made inside the transaction that keeps it, of the log as it stands then: two reviewers at once wait for one another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, or_, select

from harmledger.domain import Decision, Entered, Verdict, Victim
from harmledger.errors import BadInput, Inconsistent
from harmledger.review.chain import START, Break, decision_row, find_break, parse_decision
from harmledger.review.decide import Known, Said, SubjectKind, decide, may_relink
from harmledger.review.fields import Fields, entered_fields, read_fields
from harmledger.store.database import told_plainly
from harmledger.store.entered import find_changed_entry, get_entered, keep_entered
from harmledger.store.forgotten import load_gone
from harmledger.store.ledger import Ledger
from harmledger.store.lookup import begins, get_claim, only
from harmledger.store.schema import DECISIONS

_LINKING = (Verdict.MERGE.value, Verdict.SPLIT.value)
_IN_ORDER = select(DECISIONS).order_by(DECISIONS.c.sequence)


def add_decision(ledger: Ledger, said: Said, *, now: datetime) -> Decision:
    """Decide, and keep it.

    Raises:
        BadInput, NotFound: it can't be decided so (see `decide`); nothing is kept then.
    """
    with told_plainly(ledger.where), ledger.writing() as connection:
        return _append(connection, said, now)


def append_decisions(
    connection: Connection, saids: Sequence[Said], *, now: datetime, after: str | None = None
) -> list[Decision]:
    """Decide one after another in a transaction that is under way: all of it is kept, or nothing.

    `after` is the last decision of the first one's subject that its reviewer saw, empty where there was none.

    Raises:
        Inconsistent: somebody decided of that subject since.
        BadInput, NotFound: it can't be decided so.
    """
    if after is not None and last_of(connection, saids[0].subject) != after:
        what = "somebody decided on this meanwhile: look at it as it stands now"
        raise Inconsistent(what, saids[0].subject[:10], "decide again")
    return [_append(connection, said, now) for said in saids]


def last_of(connection: Connection, subject: str) -> str:
    """The id of a subject's last decision; empty where there is none."""
    last = select(DECISIONS.c.decision_id).where(DECISIONS.c.subject == subject).order_by(DECISIONS.c.sequence.desc())
    return connection.execute(last.limit(1)).scalar() or ""


def add_entered(ledger: Ledger, entered: Entered | Victim, *, who: str, reason: str, now: datetime) -> Decision:
    """Keep what a person wrote down, and in the log that this person did.

    Raises:
        BadInput: it was entered before.
    """
    with told_plainly(ledger.where), ledger.writing() as connection:
        return append_entered(connection, entered, who=who, reason=reason, now=now)


def append_entered(
    connection: Connection, entered: Entered | Victim, *, who: str, reason: str, now: datetime
) -> Decision:
    """The same, in a transaction that is under way."""
    kind = SubjectKind.ENTRY if isinstance(entered, Entered) else SubjectKind.VICTIM
    subject = entered.entry_id if isinstance(entered, Entered) else entered.victim_id
    if not keep_entered(connection, entered):
        first = read_log(connection, subject)[0]
        what = f"{first.who} entered just this on {first.when:%Y-%m-%d}"
        raise BadInput(what, subject[:10], "decide of that, or enter what differs")
    return _append(connection, Said(subject=subject, kind=kind, verdict=Verdict.ENTER, who=who, reason=reason), now)


def read_log(connection: Connection, subject: str | None = None) -> list[Decision]:
    """All decisions, or those of one subject, in order."""
    wanted = _IN_ORDER if subject is None else _IN_ORDER.where(DECISIONS.c.subject == subject)
    return _decisions(connection, wanted)


def get_decision(connection: Connection, wanted: str) -> Decision:
    """The one decision whose id begins so.

    Raises:
        NotFound: there is none.
        BadInput: there are several.
    """
    rows = connection.execute(_IN_ORDER.where(begins(DECISIONS.c.decision_id, wanted))).mappings().all()
    chosen = only({row["decision_id"] for row in rows}, wanted, "decision", listed="log")
    return parse_decision(next(row for row in rows if row["decision_id"] == chosen))


def verify_log(connection: Connection) -> tuple[int, str] | Break:
    """How many decisions there are and the last one's id, or where the log was changed; what people entered is held to its ids too."""
    rows = connection.execute(_IN_ORDER).mappings().all()
    gone = load_gone(connection)
    if found := find_break(rows, gone.decisions):
        return found
    for position, row in enumerate(rows, 1):
        if row["subject"] in gone.ids:
            continue
        if row["verdict"] == Verdict.ENTER and (why := find_changed_entry(connection, row["subject"])):
            return Break(position=position, decision_id=row["decision_id"], why=why)
    return len(rows), head_of(connection)


def head_of(connection: Connection) -> str:
    """The id of the log's last decision; zeros where there is none."""
    last = select(DECISIONS.c.decision_id).order_by(DECISIONS.c.sequence.desc()).limit(1)
    return connection.execute(last).scalar() or START


def claim_fields(connection: Connection, claim: str) -> Fields:
    """What was read of a claim, or entered for it."""
    entered = get_entered(connection, claim)
    if entered:
        return entered_fields(entered)
    _, filed = get_claim(connection, claim)
    return read_fields(next(record for record in filed.record["claims"] if record["claim_id"] == claim))


def _append(connection: Connection, said: Said, now: datetime) -> Decision:
    of_claim = said.kind in {SubjectKind.CLAIM, SubjectKind.ENTRY}
    linking = or_(DECISIONS.c.verdict.in_(_LINKING), DECISIONS.c.replaces.is_not(None))
    known = Known(
        head=head_of(connection),
        history=read_log(connection, said.subject),
        linking=_decisions(connection, _IN_ORDER.where(linking)) if may_relink(said) else (),
        fields=claim_fields(connection, said.subject) if of_claim else None,
    )
    decision = decide(said, known, now=now)
    connection.execute(insert(DECISIONS), decision_row(decision))
    return decision


def _decisions(connection: Connection, wanted: Select[Any]) -> list[Decision]:
    parse: Callable[[Any], Decision] = parse_decision
    return [parse(row) for row in connection.execute(wanted).mappings()]
