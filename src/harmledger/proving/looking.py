"""What every check is handed: the ledger as it stands at one moment, what was lawfully forgotten, and whom to tell how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Connection, Table

from harmledger.domain import Finding, Weight
from harmledger.stamping.trusted import Trusted
from harmledger.store import Ledger
from harmledger.store.forgotten import Gone, load_gone
from harmledger.store.raw_rows import RawRow, walk_rows
from harmledger.store.schema import TEXTS

Watch = Callable[[str, int, int], None]
"""Told of the check, how much it has done, and of how much."""
FROM_BACKUP = "put it back from a backup"
LOOK = "find out who or what changed it, and put it back from a backup"


def unwatched(_check: str, _done: int, _total: int) -> None:
    """For who doesn't want to know how far it is."""


@dataclass(slots=True)
class Measured:
    """How much was read and hashed."""

    bytes: int = 0
    files: int = 0
    rows: int = 0


@dataclass(frozen=True, kw_only=True)
class Looking:
    """One look at a ledger."""

    ledger: Ledger
    connection: Connection
    jobs: int = 1
    reread: int | None = None
    """So many readings are read again; 0: all; None: none."""
    trusted: Trusted = field(default_factory=Trusted)
    """Root certificates and block headers that the user vouches for."""
    watch: Watch = unwatched
    measured: Measured = field(default_factory=Measured)

    @cached_property
    def gone(self) -> Gone:
        """What was lawfully forgotten."""
        return load_gone(self.connection)

    @cached_property
    def texts(self) -> dict[str, str]:
        """Clean texts by id, as far as they can be read."""
        return {row.cells["text_id"]: row.cells["text"] for row in self.rows(TEXTS) if not row.broken}

    def rows(self, table: Table) -> Iterator[RawRow]:
        """A table's rows, whatever became of them."""
        for row in walk_rows(self.connection, table):
            self.measured.rows += 1
            yield row


@dataclass(frozen=True, slots=True)
class Teller:
    """Makes the findings of one check."""

    check: str

    def fails(self, kind: str, id: str, where: str, what: str, remedy: str = LOOK) -> Finding:
        """Something isn't what was kept."""
        return Finding(check=self.check, kind=kind, id=id, where=where, what=what, remedy=remedy)

    def tells(self, kind: str, id: str, where: str, what: str, remedy: str) -> Finding:
        """Worth knowing, and nothing is broken by it."""
        return Finding(check=self.check, kind=kind, id=id, where=where, what=what, remedy=remedy, weight=Weight.TOLD)
