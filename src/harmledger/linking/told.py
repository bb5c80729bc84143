"""What the ledger's reports tell: worked out once a reading, then kept; and what changed since the last linking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Connection

from harmledger.domain import Decision
from harmledger.link.join import Watch
from harmledger.link.told import tell
from harmledger.linking.stood import Stood, find_subjects, name_subjects
from harmledger.linking.work import Now
from harmledger.store import Ledger
from harmledger.store.decisions import read_log
from harmledger.store.incidents import find_homes, get_some_incidents, last_decisions
from harmledger.store.told import keep_told, list_current, list_linked, list_untold, load_records, load_told

BATCH = 500
"""Readings that are told in one transaction: some seconds of work at the most."""


def tell_new(ledger: Ledger, watch: Watch) -> None:
    """Work out what readings tell of which that isn't kept yet, and keep it; however this ends, what is done is done.

    Kept is what the engine read: what people decided of it changes from one linking to the next.
    """
    with ledger.reading() as connection:
        untold = list_untold(connection, list_current(connection))
    for start in range(0, len(untold), BATCH):
        with ledger.reading() as connection:
            told = {
                sequence: tell(record) for sequence, record in load_records(connection, untold[start : start + BATCH])
            }
        with ledger.writing() as connection:
            keep_told(connection, told)
        watch("reading reports", min(start + BATCH, len(untold)), len(untold))


def read_now(connection: Connection, folder: Path) -> Now:
    """How the ledger stands, and how it stood when it was last linked."""
    log = read_log(connection)
    known = last_decisions(connection)
    stood = Stood(connection, folder, log)
    current = list_current(connection)
    changed = _find_changed(log, known)
    readings = find_subjects(connection, changed, stood.standing) & set(current)
    return Now(
        current=current,
        linked=frozenset(list_linked(connection)),
        stood=stood,
        earlier=Stood(connection, folder, log[:known]),
        decided=frozenset(stood.find_decided() & set(current)),
        changed=frozenset(readings),
        stirred=_find_stirred(connection, changed, readings),
        log=len(log),
    )


def _find_changed(log: Sequence[Decision], known: int) -> frozenset[str]:
    """What was decided of since, with all that it was ever put together with or parted from: that may have been taken back."""
    subjects = {decision.subject for decision in log[known:]}
    return name_subjects(decision for decision in log if decision.subject in subjects)


def _find_stirred(connection: Connection, changed: Iterable[str], readings: Iterable[int]) -> frozenset[str]:
    """Claims that decisions touch: those decided of, all of their reports, and all of the incidents that hold one of these."""
    touched = set(changed)
    for _, told in load_told(connection, readings):
        touched |= {*told.claims, *(unlinked.claim_id for unlinked in told.unlinked)}
    incidents = get_some_incidents(connection, find_homes(connection, touched).values(), {})
    return frozenset(touched | incidents.incident_of.keys())
