"""What the ledger's reports tell as people left them at some time: readings as kept, but for those that people decided of, which are told anew.

Documents that no engine reads have no reading; what people entered of them is told beside the readings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection

from harmledger.domain import Decision, OtherClaim
from harmledger.link.decisions import Decided
from harmledger.link.told import Told, tell
from harmledger.review.fold import constraints
from harmledger.standing import StandingClaims
from harmledger.store.decided import follow
from harmledger.store.told import find_readings, find_sequences, load_records, load_told


class Stood:
    """The ledger by the first decisions of its log, or by all of them."""

    def __init__(self, connection: Connection, folder: Path, log: Sequence[Decision]) -> None:
        self.decisions = constraints(log)
        self.standing = StandingClaims(connection, folder, decided=follow(connection, log))
        self._connection = connection
        self._decided = Decided(self.decisions)
        self._subjects = name_subjects(log)

    def find_decided(self) -> set[int]:
        """The readings, current or not, that people decided of or entered claims in."""
        return find_subjects(self._connection, self._subjects, self.standing)

    def tell(self, sequences: Iterable[int], decided: Collection[int]) -> Iterator[tuple[int, Told]]:
        """What these readings told then, in no order; `decided` are those that aren't as kept."""
        sequences = set(sequences)
        yield from load_told(self._connection, sequences.difference(decided))
        for sequence, record in load_records(self._connection, sequences.intersection(decided)):
            yield sequence, tell(self.standing.report(record), self._decided)

    @cached_property
    def attached(self) -> dict[str, Told]:
        """What was entered of documents that no engine reads, by document."""
        return {r["document"]["document_id"]: tell(r, self._decided) for r in self.standing.attached()}


def name_subjects(log: Iterable[Decision]) -> frozenset[str]:
    """All that decisions are of: claims, entries and documents, and the claims they were put together with or parted from."""
    named = ((d.subject, d.value.claim_id) if isinstance(d.value, OtherClaim) else (d.subject,) for d in log)
    return frozenset(name for names in named for name in names)


def find_subjects(connection: Connection, subjects: Collection[str], standing: StandingClaims) -> set[int]:
    """The readings, current or not, of these claims and documents, and of the documents of these entries."""
    documents = {standing.documents.get(subject, subject) for subject in subjects}
    return find_sequences(connection, subjects) | find_readings(connection, documents)
