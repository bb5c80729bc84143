"""A run: threads that fetch, and beside them the reading of what they filed.

    threads: take a task, do it, give it back          here: read what came, keep it, tell

What is fetched waits for its reading in a short queue; when reading falls behind, fetching waits. A run is ended by its caller's word, by its
time, or by having nothing left to do; the requests under way are finished, and what was filed is read.
"""

from __future__ import annotations

import queue
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice

from harmledger.collect.fetch import Fetches
from harmledger.collect.robots import Robots
from harmledger.domain import Capture, FetchOutcome, Reading, Refused, Task, WatchList
from harmledger.errors import NotAllowed, SourceFailed
from harmledger.pipeline import Outcome, Reader, read_captures
from harmledger.store import Ledger
from harmledger.store.frontier import change_page
from harmledger.store.watched import set_watched
from harmledger.watching.turns import Turns, Wait, wait_for
from harmledger.watching.unread import open_unread
from harmledger.watching.visits import Onward, Visit, Visitor

AHEAD = 32
"""Captures that wait for their reading; fetching waits beyond it, so that memory is bounded."""
IDLE_SECONDS = 1.0
"""So long without a new page, and those that were read are settled: shown on the site, counted."""
FEW = 8
"""Waiting captures from which several processes are worth loading an engine in each of them."""
BATCH = 100
"""Pages that are read in this process before it is judged anew whether several are worth it."""
POLL_SECONDS = 0.2
_LATER = "EngineFailed"
"""Refusals that the next run may not meet: an engine that is down. The page is left unread, and read when a run begins."""

Tell = Callable[["Visit | Reading | Refused"], None]


@dataclass(slots=True)
class Tally:
    """What came of a run."""

    looks: int = 0
    """Listings looked at with success."""
    found: int = 0
    """New pages that they named."""
    outcomes: Counter[FetchOutcome] = field(default_factory=Counter[FetchOutcome])
    """Of pages."""
    failed_looks: int = 0
    read: int = 0
    claims: int = 0
    not_read: int = 0

    def count(self, news: Visit | Reading | Refused) -> None:
        """Add what became of a task or a page's reading."""
        match news:
            case Reading():
                self.read += 1
                self.claims += len(news.claims)
            case Refused():
                self.not_read += 1
            case Visit(task=Task(listing=None)):
                self.outcomes[news.outcome] += 1
            case Visit():
                self.looks += news.failed is None
                self.failed_looks += news.failed is not None
                self.found += news.found


class _KeptReader:
    """Loads a reader once in this process; sent to another one, it loads its own."""

    def __init__(self, load: Callable[[], Reader]) -> None:
        self._load = load
        self._reader: Reader | None = None

    def __call__(self) -> Reader:
        self._reader = self._reader or self._load()
        return self._reader

    def __reduce__(self) -> tuple[type[_KeptReader], tuple[Callable[[], Reader]]]:
        return _KeptReader, (self._load,)


@dataclass(kw_only=True)
class Run:
    """One run over a list, into a ledger."""

    ledger: Ledger
    watched: WatchList
    fetches: Fetches
    load: Callable[[], Reader]
    """Gives the reader; importable by name where there are several `jobs`."""
    now: Callable[[], datetime]
    once: bool = False
    """End when nothing is due any more."""
    until: datetime | None = None
    jobs: int = 1
    tell: Tell = lambda _: None
    """Is told of everything that happens, in this thread."""
    settle: Callable[[], None] = lambda: None
    """Called when some pages were read and no more are there for a while."""
    wait: Wait = wait_for
    """Stands in for the clock's."""

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._news: queue.Queue[Visit] = queue.Queue(AHEAD)
        self._unread: deque[str] = deque()
        self._tally = Tally()
        self._reader = _KeptReader(self.load)
        self._broken: BaseException | None = None
        robots = Robots(self.fetches, self.now)
        self._visitor = Visitor(
            ledger=self.ledger, fetches=self.fetches, robots=robots, watched=self.watched, now=self.now
        )
        self._turns = Turns(
            self.ledger, self.watched, now=self.now, is_over=self._is_over, once=self.once, wait=self.wait
        )
        self._threads = [
            threading.Thread(target=self._work, name=f"fetch-{n}", daemon=True)
            for n in range(self.watched.patience.hosts)
        ]

    def stop(self) -> None:
        """End soon: what is being fetched is fetched, what was filed is read. May be called from anywhere, a signal's handler too."""
        self._stop.set()

    def go(self) -> Tally:
        """Run, until there is a reason to end.

        Raises:
            SourceFailed: the ledger can't be written; all that was kept before stays, and the rest is fetched another time.
        """
        with self.ledger.writing() as connection:
            set_watched(connection, self.watched.sources, now=self.now())
        try:
            self._read(iter(self._left_unread()))
            for thread in self._threads:
                thread.start()
            while first := self._next_capture():
                self._read(chain([first], self._following()))
        except BaseException as e:
            self._broken = self._broken or e
            raise
        finally:
            self._stop.set()
            self._turns.end()
        if self._broken:
            raise self._broken
        return self._tally

    def _is_over(self) -> bool:
        return self._stop.is_set() or (self.until is not None and self.now() >= self.until)

    # --- in the threads ---

    def _work(self) -> None:
        try:
            while task := self._turns.take():
                self._do(task)
        except BaseException as e:  # noqa: BLE001  a ledger that can't be written ends the run, which tells it
            self._broken = e
            self._stop.set()

    def _do(self, task: Task) -> None:
        try:
            visit = self._visitor.visit(task)
        except (SourceFailed, NotAllowed):  # the ledger can't be written
            raise
        except Exception as e:  # noqa: BLE001  one page that breaks something must not end the run
            visit = self._visitor.break_off(task, e)
        if isinstance(visit, Visit):
            self._hand_over(visit)
            self._turns.give_back(task, pause=visit.pause, failed=visit.failed)
        elif not isinstance(visit, Onward):
            self._turns.put_back(task, pause=visit)
        elif not self._turns.lead_on(task, visit.led, pause=visit.pause):
            self._visitor.put_off(task)
            self._turns.give_back(task, pause=visit.pause, failed=None)

    def _hand_over(self, visit: Visit) -> None:
        """Waits where reading is behind; unless nobody reads any more: what was filed is read when the next run begins."""
        while self._broken is None:
            try:
                self._news.put(visit, timeout=POLL_SECONDS)
            except queue.Full:
                continue
            return

    # --- in the thread that reads ---

    def _left_unread(self) -> Iterator[Capture | Refused]:
        for page, capture in open_unread(self.ledger):
            if self._is_over():
                return
            self._unread.append(page)
            yield capture

    def _next_capture(self, seconds: float | None = None) -> Capture | None:
        """The next page that came; None where none came for so long, or all threads have ended."""
        waited = 0.0
        while seconds is None or waited < seconds:
            is_last = not any(thread.is_alive() for thread in self._threads)
            try:
                visit = self._news.get(timeout=0.001 if is_last else POLL_SECONDS)
            except queue.Empty:
                if is_last:
                    return None
                waited += POLL_SECONDS
                continue
            self._count(visit)
            if visit.capture:
                self._unread.append(visit.task.key)
                return visit.capture
        return None

    def _following(self) -> Iterator[Capture]:
        while capture := self._next_capture(IDLE_SECONDS):
            yield capture

    def _read(self, captures: Iterator[Capture | Refused]) -> None:
        """Read what comes, on one process or several, keep it, and settle it."""
        done = before = self._tally.read + self._tally.not_read
        while True:
            several = self.jobs != 1 and self._news.qsize() >= FEW
            batch = captures if several else islice(captures, BATCH)
            for outcome in read_captures(batch, load=self._reader, jobs=self.jobs if several else 1):
                self._keep(outcome)
            done, last = self._tally.read + self._tally.not_read, done
            if done == last:
                break
        if done > before:
            self.settle()

    def _keep(self, outcome: Outcome) -> None:
        """The reading first, then that it was read: a kill between them has it read again, which adds nothing."""
        page = self._unread.popleft()
        kept = self.ledger.keep(outcome.capture, outcome.result)
        if not (isinstance(kept, Refused) and kept.kind == _LATER):
            with self.ledger.writing() as connection:
                change_page(connection, page, capture_id=None, charset=None)
        self._count(kept)

    def _count(self, news: Visit | Reading | Refused) -> None:
        self._tally.count(news)
        self.tell(news)
