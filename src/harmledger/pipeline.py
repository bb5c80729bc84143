"""The walk from a source to its claims, one line a stage, in order. Read this first.

    collect ─▶ Capture ─▶ read ─▶ Document ─▶ extract ─▶ Extraction ─▶ resolve ─▶ Reading ─▶ keep
    kept claims ─▶ link ─▶ Incident ─▶ keep                                                  (see `linking`)
    kept incidents ─▶ reconcile ─▶ Reconciled ─▶ roll up                                     (see `reconciling`)

A report that breaks anything becomes a Refused in its place, and the others are read on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from harmledger.collect import Limits, TakePage, open_reports
from harmledger.config import Endpoint
from harmledger.domain import Capture, Reading, Refused
from harmledger.endpoint import open_model
from harmledger.errors import EngineFailed, HarmledgerError
from harmledger.extract.engine import Engine
from harmledger.extract.engines import load_engine
from harmledger.read import read_document
from harmledger.resolve.claims import resolve_reading
from harmledger.resolve.place import PlaceResolver
from harmledger.resources.gazetteer import load_gazetteer
from harmledger.resources.registry import Registry, load_registry

WORTH_A_POOL = 48
"""Reports from which several processes are quicker than one: each of them loads the engine first, in the time of about twenty reports."""
REPORT_SECONDS = 600
"""Twenty megabytes of nothing but claims take about half of it on a slow core."""
AHEAD = 4
"""Reports handed out ahead for each process: enough to keep it busy, few enough to bound memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reading a report takes: an engine, who is who, and where is where."""

    engine: Engine
    registry: Registry
    places: PlaceResolver
    seconds: int = REPORT_SECONDS
    """A report that takes longer is given up."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report: its reading, or why there is none, beside the bytes that came in."""

    capture: Capture | None
    result: Reading | Refused


class Keeper(Protocol):
    """Keeps what became of a report, and gives it as it is kept."""

    def keep(self, capture: Capture | None, result: Reading | Refused) -> Reading | Refused: ...


def load_reader(engine: str, folder: Path | None = None, endpoint: Endpoint | None = None) -> Reader:
    """The reader with the engine of that name, which may ask a model at an endpoint, and the places added to a ledger's folder.

    Raises:
        NotFound: there is no such engine.
        EngineFailed: its model is missing, or it isn't told which.
    """
    extractor = load_engine(engine, partial(open_model, endpoint or Endpoint()))
    return Reader(engine=extractor, registry=load_registry(), places=PlaceResolver(load_gazetteer(folder)))


def read_report(capture: Capture, reader: Reader) -> Reading:
    """One report's claims."""
    document = read_document(capture)
    extraction = reader.engine.extract(document)
    return resolve_reading(document, extraction, registry=reader.registry, places=reader.places)


def read_reports(
    sources: Sequence[str],
    *,
    load: Callable[[], Reader],
    now: Callable[[], datetime],
    keeper: Keeper | None = None,
    limits: Limits | None = None,
    jobs: int = 1,
    take_page: TakePage | None = None,
) -> Iterator[Reading | Refused]:
    """Every report of the sources, in order: what it claims, or why it couldn't be read.

    `load` gives the reader, once in each process, so with several `jobs` it must be importable by name; `keeper` keeps each one before it
    is given on; `jobs` 0 takes one for each core where there are reports enough to be worth it; `take_page` fetches addresses (see
    `collecting`).
    """
    captures = open_reports(sources, now=now, limits=limits, take_page=take_page)
    outcomes = read_captures(captures, load=load, jobs=jobs)
    for outcome in outcomes:
        yield keeper.keep(outcome.capture, outcome.result) if keeper else outcome.result


def read_captures(
    captures: Iterable[Capture | Refused], *, load: Callable[[], Reader], jobs: int = 1
) -> Iterator[Outcome]:
    """What became of each capture, in order; on as many processes as are asked for and worth it."""
    captures = iter(captures)
    wanted = jobs or len(os.sched_getaffinity(0))
    if wanted > 1:
        first = list(islice(captures, WORTH_A_POOL))
        captures = chain(first, captures)
        if jobs or len(first) == WORTH_A_POOL:
            return _read_on_several(captures, load, wanted)
    return _read_on_one(captures, load)


def _read_on_one(captures: Iterable[Capture | Refused], load: Callable[[], Reader]) -> Iterator[Outcome]:
    reader: Reader | None = None
    for capture in captures:
        if isinstance(capture, Refused):
            yield Outcome(None, capture)
        else:
            reader = reader or load()
            yield Outcome(capture, attempt_report(capture, reader))


def attempt_report(capture: Capture, reader: Reader) -> Reading | Refused:
    """One report's claims, or why it couldn't be read: whatever breaks, others can be read on."""
    try:
        with _time_limit(reader.seconds):
            return read_report(capture, reader)
    except HarmledgerError as e:
        return _refuse(capture, e)
    except _TookTooLongError:
        what = f"reading it took longer than {reader.seconds} seconds"
        return _refuse(capture, EngineFailed(what, capture.source, "split the text"))
    except Exception as e:  # noqa: BLE001  the batch outlives one report; the failure is recorded in its place
        what = f"reading it broke ({type(e).__name__}: {str(e)[:200]})"
        return _refuse(
            capture, EngineFailed(what, capture.source, "please report it with the text, if it may be shared")
        )


class _TookTooLongError(Exception):
    """A report's time is over."""


@contextmanager
def _time_limit(seconds: int) -> Generator[None]:
    """Ends what takes too long, regular expressions too, where there are alarms to set: in a process's main thread, on Unix."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(_number: int, _frame: object) -> None:
    raise _TookTooLongError


def _refuse(capture: Capture, error: HarmledgerError) -> Refused:
    return Refused(source=capture.source, id=capture.given.id, kind=type(error).__name__, message=str(error))


# --- on several processes --------------------------------------------------------------------------------------------


def _read_on_several(captures: Iterable[Capture | Refused], load: Callable[[], Reader], jobs: int) -> Iterator[Outcome]:
    """In order, with a bounded number of reports under way."""
    waiting: deque[Callable[[], Outcome]] = deque()
    processes = _Processes(load, jobs)
    try:
        for capture in captures:
            waiting.append(_hand_out(capture, processes))
            if len(waiting) > AHEAD * jobs:
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()
    finally:
        processes.close()


def _hand_out(capture: Capture | Refused, processes: _Processes) -> Callable[[], Outcome]:
    """Start reading; the call that is given waits for the end of it."""
    if isinstance(capture, Refused):
        return lambda: Outcome(None, capture)
    reading = processes.hand_out(capture)
    return lambda: Outcome(capture, processes.take_back(capture, reading))


class _Processes:
    """Processes that read; when one is killed the others go on, and the report it died of is refused."""

    def __init__(self, load: Callable[[], Reader], jobs: int) -> None:
        self._load, self._jobs = load, jobs
        self._pool = self._open(jobs)
        self._careful: ProcessPoolExecutor | None = None

    def hand_out(self, capture: Capture) -> Future[Reading | Refused]:
        try:
            return self._pool.submit(_read_here, capture)
        except BrokenProcessPool:
            self._pool = self._open(self._jobs)
            return self._pool.submit(_read_here, capture)

    def take_back(self, capture: Capture, reading: Future[Reading | Refused]) -> Reading | Refused:
        try:
            return reading.result()
        except BrokenProcessPool:
            return self._read_carefully(capture)

    def close(self) -> None:
        for pool in filter(None, (self._pool, self._careful)):
            pool.shutdown(cancel_futures=True)

    def _read_carefully(self, capture: Capture) -> Reading | Refused:
        """Read again, one after another, what was under way when a process died: only the guilty report kills again."""
        self._careful = self._careful or self._open(1)
        try:
            return self._careful.submit(_read_here, capture).result()
        except BrokenProcessPool:
            self._careful = None
            what = "the process that read it was killed, perhaps for want of memory"
            return _refuse(capture, EngineFailed(what, capture.source, "give it more memory, or split the text"))

    def _open(self, jobs: int) -> ProcessPoolExecutor:
        fresh = multiprocessing.get_context("spawn")  # a fork would copy the threads' locks of progress bar and engine
        return ProcessPoolExecutor(jobs, mp_context=fresh, initializer=_start_process, initargs=(self._load,))


_loaders: list[Callable[[], Reader]] = []
_readers: list[Reader] = []
"""In a reading process: how to load its reader, and the reader once the first report has come."""


def _start_process(load: Callable[[], Reader]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and closes its processes
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _loaders[:] = [load]


def _die_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _read_here(capture: Capture) -> Reading | Refused:
    if not _readers:
        _readers.append(_loaders[0]())
    return attempt_report(capture, _readers[0])
