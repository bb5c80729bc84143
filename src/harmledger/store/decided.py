"""What people decided and entered so far: the log, its fold, and the entries that it counts; kept at hand where it is asked for again and again.

The log is only added to, and an entry comes with a decision: whoever holds what came of the first so many decisions needs to read only those since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, bindparam, func, select

from harmledger.domain import Decision, Entered, Verdict
from harmledger.review.chain import parse_decision
from harmledger.review.fold import State, fold
from harmledger.store.entered import list_entered
from harmledger.store.schema import DECISIONS
from harmledger.store.unchanged import while_unchanged

_HEAD = select(func.coalesce(func.max(DECISIONS.c.sequence), 0))
_SINCE = (
    select(DECISIONS)
    .where(DECISIONS.c.sequence > bindparam("since"), DECISIONS.c.sequence <= bindparam("head"))
    .order_by(DECISIONS.c.sequence)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What follows from the log as it was."""

    head: int = 0
    """The last decision's number."""
    log: Sequence[Decision] = ()
    state: State = field(default_factory=State)
    entered: Mapping[str, Entered] = field(default_factory=dict[str, Entered])
    """Entries that nobody took back, by their ids."""
    entered_in: Mapping[str, Sequence[Entered]] = field(default_factory=dict[str, list[Entered]])
    """The same, by their documents."""
    documents: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of every entry its document, taken back or not."""


NOTHING = Decided()


def read_decided(connection: Connection, known: Decided = NOTHING) -> Decided:
    """What follows from the log as the connection sees it, from what is known already of its beginning."""
    head = while_unchanged(connection, "decided so far", lambda c: c.execute(_HEAD).scalar_one())
    if head == known.head:
        return known
    if head < known.head:
        known = NOTHING
    rows = connection.execute(_SINCE, {"since": known.head, "head": head}).mappings()
    new = [parse_decision(row) for row in rows]
    state = fold(new, onto=known.state)
    log = (*known.log, *new)
    if known.head and not any(d.verdict is Verdict.ENTER or d.replaces for d in new):
        return replace(known, head=head, log=log, state=state)
    return _count_entries(connection, Decided(head=head, log=log, state=state))


def follow(connection: Connection, log: Sequence[Decision]) -> Decided:
    """What follows from a log that is given, as it may have been earlier."""
    return _count_entries(connection, Decided(log=log, state=fold(log)))


def _count_entries(connection: Connection, decided: Decided) -> Decided:
    every = list(list_entered(connection))
    entered = {e.entry_id: e for e in every if decided.state.was_entered(e.entry_id)}
    of: defaultdict[str, list[Entered]] = defaultdict(list)
    for each in entered.values():
        of[each.document_id].append(each)
    documents = {e.entry_id: e.document_id for e in every}
    return replace(decided, entered=entered, entered_in=dict(of), documents=documents)


class DecidedSoFar:
    """Keeps it at hand for those who ask with every request; each gets what its own view of the ledger holds."""

    def __init__(self) -> None:
        self._known = NOTHING

    def read(self, connection: Connection) -> Decided:
        """What follows from the log as the connection sees it."""
        found = read_decided(connection, self._known)
        if found.head > self._known.head:
            self._known = found
        return found
