"""Several who write at the same time write in one transaction: whoever has the turn writes for all that wait.

A transaction costs the same for one row as for fifty, and no two can be open at once; so a flood is written in few of them. Each learns what
became of its own, and only once the transaction is on the disk. What one brings spoils nothing for others: where a transaction that several share
fails, each is written alone.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, cast

from harmledger.errors import HarmledgerError, SourceFailed

Brought = TypeVar("Brought")
Became = TypeVar("Became")
MOST_AT_ONCE = 50
"""In one transaction, so that others who write wait for tenths of a second at most."""


class _Waiting(Generic[Brought, Became]):
    """One that waits, and what became of it."""

    __slots__ = ("became", "brought")

    def __init__(self, brought: Brought) -> None:
        self.brought = brought
        self.became: Became | Exception | None = None


class Together(Generic[Brought, Became]):
    """Writes what threads bring. `write` does so in one transaction of its own, and gives of each what became of it, or why it wasn't kept."""

    def __init__(self, write: Callable[[Sequence[Brought]], Sequence[Became | HarmledgerError]]) -> None:
        self._write_all = write
        self._waiting: deque[_Waiting[Brought, Became]] = deque()
        self._turn = threading.Lock()

    def write(self, brought: Brought) -> Became:
        """Write it, with whatever else waits; comes back once it is kept, or isn't.

        Raises:
            HarmledgerError: it wasn't kept, and this is why.
        """
        mine = _Waiting[Brought, Became](brought)
        self._waiting.append(mine)
        with self._turn:
            while mine.became is None:
                self._write_some()
        if isinstance(mine.became, Exception):
            raise mine.became
        return cast("Became", mine.became)

    def _write_some(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(MOST_AT_ONCE, len(self._waiting)))]
        try:
            self._write(batch)
        finally:
            for one in batch:  # whoever had the turn was stopped in the middle: nobody waits for ever
                one.became = one.became or _stopped()

    def _write(self, batch: Sequence[_Waiting[Brought, Became]]) -> None:
        try:
            became = self._write_all([one.brought for one in batch])
        except Exception as e:  # noqa: BLE001  told to whom it concerns
            if len(batch) > 1:
                for one in batch:
                    self._write([one])
                return
            became = (e,)
        for one, result in zip(batch, became, strict=True):
            one.became = result


def _stopped() -> SourceFailed:
    return SourceFailed("the ledger wasn't written: whoever wrote was stopped", "the ledger", "send it again")
