"""One input read whole: what a process of the engine does with each input that it is handed, one after another.

The stages are those of `read`: what a glance passes goes through `pipeline.attempt_report`, byte for byte the same claims. One report is in memory at a
time, with the rows that wait to be written.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from harmledger.bulk.bring import bring
from harmledger.bulk.glance import Screen, glance
from harmledger.bulk.inputs import Input
from harmledger.bulk.parts import Done, Folder, Parts
from harmledger.bulk.records import Opened, open_records
from harmledger.bulk.stores import Access
from harmledger.bulk.tables import DROPPED, reading_rows, refused_row
from harmledger.bulk.underway import Underway
from harmledger.collect.intake import PASSED_OVER, Intake
from harmledger.collect.limits import Limits
from harmledger.config import Endpoint, FetchSettings
from harmledger.domain import Capture, Media, Refused
from harmledger.errors import BadInput, EngineFailed, HarmledgerError
from harmledger.pipeline import Reader, attempt_report, load_reader

TELL_EVERY = 2.0
"""Seconds between two notes of how far an input is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What reading in bulk takes; plain values, so that it can be handed to another process or machine."""

    out: str
    begun: datetime
    engine: str = "encoder"
    endpoint: Endpoint = field(default_factory=Endpoint)
    screen: Screen = Screen.LIKELY
    fetch: FetchSettings | None = None
    access: Access | None = None
    report_bytes: int = Limits().report_bytes
    places: str | None = None
    """A ledger's folder whose own places count too."""
    memory_mb: int = 0
    """What a process that reads may hold; one that holds more ends itself. 0: any."""


class Worker:
    """Reads inputs into part files, one after another; loads its engine once, when the first report comes."""

    def __init__(
        self, job: Job, load: Callable[[], Reader] | None = None, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._job, self._folder, self._clock = job, Folder(Path(job.out)), clock
        self._load = load or (lambda: load_reader(job.engine, Path(job.places) if job.places else None, job.endpoint))
        self._reader: Reader | None = None

    def read(self, wanted: Input) -> Done:
        """Read an input, unless it is done; its parts are in their places when this returns.

        Raises:
            HarmledgerError: it can't be had, or its parts can't be written; nothing of it is there then.
        """
        if done := self._folder.find_done(wanted):
            return done
        underway = Underway(self._folder.underway(wanted.id))
        tally, parts = Done(input=wanted.written, stamp=wanted.stamp), Parts(self._folder, wanted)
        try:
            tally.bytes = self._read_into(parts, wanted, underway, tally)
            with self._timed(tally, "writing"):
                parts.finish()
        except BaseException:
            with suppress(OSError):
                parts.give_up()
            raise
        _round_off(tally)
        self._folder.mark_done(wanted.id, tally)
        underway.end()
        return tally

    def _read_into(self, parts: Parts, wanted: Input, underway: Underway, tally: Done) -> int:
        with tempfile.TemporaryDirectory(prefix="harmledger-bulk-") as scratch:
            with self._timed(tally, "fetching"):
                path = bring(wanted, Path(scratch), self._job.fetch, self._job.access)
            try:
                if underway.is_hopeless:
                    raise EngineFailed(
                        "whatever reads it is killed", wanted.name, "look into it with `harmledger read`"
                    )
                with open_records(wanted, path, self._intake(underway, tally)) as opened:
                    self._read_all(opened, parts, wanted, underway, tally)
            except (BadInput, EngineFailed) as e:  # of the input as a whole
                self._drop(
                    parts,
                    wanted,
                    tally,
                    Refused(source=wanted.name, id=None, kind=type(e).__name__, message=str(e)),
                    "collect",
                )
                tally.records += 1  # it stands in `dropped` as a report does
            return path.stat().st_size

    def _read_all(self, opened: Opened, parts: Parts, wanted: Input, underway: Underway, tally: Done) -> None:
        told = self._clock()
        for report in self._timed_each(opened.reports, tally):
            if isinstance(report, Refused):
                self._drop(parts, wanted, tally, report, "screen" if report.kind == PASSED_OVER else "collect")
            else:
                self._read_one(report, parts, wanted, underway, tally)
            tally.records += 1
            if self._clock() - told > TELL_EVERY:
                told = self._clock()
                underway.tell(records=tally.records, claims=tally.claims, share=opened.share())

    def _read_one(self, capture: Capture, parts: Parts, wanted: Input, underway: Underway, tally: Done) -> None:
        if not underway.about_to_read(tally.records):
            what = "the process that read it was killed each time, perhaps for want of memory"
            error = EngineFailed(what, capture.source, "read it by itself with `harmledger read`")
            self._drop(
                parts,
                wanted,
                tally,
                Refused(source=capture.source, id=capture.given.id, kind="EngineFailed", message=str(error)),
                "read",
            )
            return
        with self._timed(tally, "loading"):
            self._reader = self._reader or self._load()
        with self._timed(tally, "reading"):
            result = attempt_report(capture, self._reader)
        if isinstance(result, Refused):
            self._drop(parts, wanted, tally, result, "read")
            return
        with self._timed(tally, "writing"):
            for table, row in reading_rows(capture, result, _at(wanted, tally)):
                parts.add(table, row)
        tally.read += 1
        tally.with_claims += bool(result.claims)
        tally.claims += len(result.claims)
        tally.statements += len(result.statements)

    def _drop(self, parts: Parts, wanted: Input, tally: Done, refused: Refused, stage: str) -> None:
        parts.add(DROPPED, refused_row(refused, _at(wanted, tally), stage))
        if stage == "screen":
            tally.passed[refused.message] = tally.passed.get(refused.message, 0) + 1
        else:
            tally.refused += 1

    def _intake(self, underway: Underway, tally: Done) -> Intake:
        """How this input's reports are taken in: each looked at first, unless all are to be read."""
        job = self._job

        def look(content: bytes, media: Media, charset: str | None) -> str | None:
            if not underway.about_to_read(tally.records):
                return None  # looked at no more: it is quarantined where it would be read
            return glance(content, media, job.screen, charset=charset)

        limits = Limits(report_bytes=job.report_bytes)
        return Intake(lambda: job.begun, limits, glance=None if job.screen is Screen.NONE else look)

    def _timed_each(self, reports: Iterator[Capture | Refused], tally: Done) -> Iterator[Capture | Refused]:
        while True:
            with self._timed(tally, "taking in and screening"):
                report = next(reports, None)
            if report is None:
                return
            yield report

    @contextmanager
    def _timed(self, tally: Done, stage: str) -> Generator[None]:
        began = self._clock()
        try:
            yield
        finally:
            tally.seconds[stage] = tally.seconds.get(stage, 0.0) + self._clock() - began


def read_input(worker: Worker, wanted: Input) -> Done | Refused:
    """What became of an input, or why nothing did: others are read on."""
    try:
        return worker.read(wanted)
    except HarmledgerError as e:
        return Refused(source=wanted.name, id=None, kind=type(e).__name__, message=str(e))
    except Exception as e:  # noqa: BLE001  the batch outlives one input; the failure is told, and the input is read again the next time
        error = EngineFailed(
            f"reading it broke ({type(e).__name__}: {str(e)[:200]})", wanted.name, "run the same command again"
        )
        return Refused(source=wanted.name, id=None, kind="EngineFailed", message=str(error))


def _at(wanted: Input, tally: Done) -> dict[str, object]:
    return {"input": wanted.written, "position": tally.records}


def _round_off(tally: Done) -> None:
    """What is kept of it in the same order on every run, in thousandths of a second, with the most memory that was held."""
    tally.memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    tally.passed = dict(sorted(tally.passed.items()))
    tally.seconds = {stage: round(took, 3) for stage, took in tally.seconds.items()}
