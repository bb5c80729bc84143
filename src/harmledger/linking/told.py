"""What the ledger's reports tell: worked out once a reading, then kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from harmledger.domain import OtherClaim
from harmledger.link.decisions import Classes
from harmledger.link.join import Watch
from harmledger.link.told import Told, tell
from harmledger.linking.work import Now
from harmledger.review.fold import constraints
from harmledger.store import Ledger
from harmledger.store.decisions import read_log
from harmledger.store.told import (
    find_sequences,
    keep_told,
    list_current,
    list_linked,
    list_untold,
    load_records,
    load_told,
)

BATCH = 500
"""Readings that are told in one transaction: some seconds of work at the most."""


def tell_new(ledger: Ledger, watch: Watch) -> None:
    """Work out what readings tell of which that isn't kept yet, and keep it; however this ends, what is done is done."""
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


def read_now(connection: Connection) -> Now:
    """How the ledger stands."""
    log = read_log(connection)
    pairs = ((d.subject, d.value.claim_id) for d in log if isinstance(d.value, OtherClaim))
    return Now(
        current=list_current(connection),
        linked=frozenset(list_linked(connection)),
        decisions=constraints(log),
        decided=frozenset(claim for pair in pairs for claim in pair),
    )


def load_decided(connection: Connection, at: Now) -> dict[int, Told]:
    """The readings with claims that people decided on, told as these decisions have it."""
    classes = Classes(at.decisions)
    having = find_sequences(connection, at.decided, at.current)
    return {sequence: tell(record, classes) for sequence, record in load_records(connection, having)}


def load_all(connection: Connection, sequences: Iterable[int], decided: dict[int, Told]) -> Iterator[tuple[int, Told]]:
    """What these readings tell, in their order, under the decisions."""
    for sequence, told in load_told(connection, sequences):
        yield sequence, decided.get(sequence, told)
