"""What several bring at the same time is written in few transactions, and each learns what became of its own alone."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from harmledger.errors import BadInput, HarmledgerError, SourceFailed
from harmledger.store.together import MOST_AT_ONCE, Together


class FakeWriter:
    """Remembers each transaction; its first one waits until all others have come."""

    def __init__(self, others: int) -> None:
        self.batches: list[list[int]] = []
        self.others, self.came = others, threading.Semaphore(0)

    def __call__(self, brought: Sequence[int]) -> Sequence[str | HarmledgerError]:
        self.batches.append(list(brought))
        if len(self.batches) == 1:
            for _ in range(self.others):
                assert self.came.acquire(timeout=60)
        if 13 in brought:
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "can't be written")
        return [BadInput("no", str(n), "another") if n == 7 else f"kept {n}" for n in brought]


def bring(writer: FakeWriter, numbers: Sequence[int]) -> dict[int, str | Exception]:
    """What became of each, the first alone in the first transaction."""
    together = Together[int, str](writer)

    def one(number: int) -> str | Exception:
        if number != numbers[0]:
            writer.came.release()
        try:
            return together.write(number)
        except (HarmledgerError, UnicodeError) as e:
            return e

    with ThreadPoolExecutor(len(numbers)) as threads:
        first = threads.submit(one, numbers[0])
        while not writer.batches:
            pass
        rest = {number: threads.submit(one, number) for number in numbers[1:]}
        return {numbers[0]: first.result(10)} | {number: each.result(10) for number, each in rest.items()}


def test_who_waits_is_written_together() -> None:
    """Sixty who come while one writes need two transactions more, not sixty; what isn't kept is told to whose it is."""
    writer = FakeWriter(others=60)
    became = bring(writer, range(100, 161))
    assert became == {number: f"kept {number}" for number in range(100, 161)}
    assert sorted(n for batch in writer.batches for n in batch) == list(range(100, 161))
    assert len(writer.batches) < 30  # three, if every thread is quick
    assert all(len(batch) <= MOST_AT_ONCE for batch in writer.batches)


def test_what_one_brings_spoils_nothing_for_others() -> None:
    """A refused one and one at which the whole transaction breaks leave all others kept."""
    became = bring(FakeWriter(others=5), [1, 6, 7, 8, 13, 14])
    assert isinstance(became.pop(7), BadInput)
    assert isinstance(became.pop(13), UnicodeEncodeError)
    assert became == {number: f"kept {number}" for number in (1, 6, 8, 14)}


def test_nobody_waits_for_ever_where_the_writer_is_stopped() -> None:
    """Whoever waits for one that is stopped in the middle is told to come again, and the next one is written."""
    stops = [KeyboardInterrupt()]

    def write(brought: Sequence[int]) -> Sequence[str]:
        if stops:
            raise stops.pop()
        return ["kept" for _ in brought]

    together = Together[int, str](write)
    with pytest.raises(KeyboardInterrupt):
        together.write(1)
    assert together.write(2) == "kept"


def test_a_writer_that_fails_tells_why() -> None:
    """The ledger's own error reaches whoever brought it."""

    def write(_: Sequence[int]) -> Sequence[str]:
        raise SourceFailed("the ledger can't be used", "ledger", "wait")

    with pytest.raises(SourceFailed, match="can't be used"):
        Together[int, str](write).write(1)
