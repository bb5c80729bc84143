"""Reads many inputs on Daft: in processes of this machine, or of a Ray cluster by the same plan.

Comes in: inputs and a job. Goes out: what became of each input, as it is done. Each row of the plan is one input; a process takes the next when
it is done with one, so nothing piles up before it. Inputs that are done are passed over, so a run that was killed goes on when it is started again.
"""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from harmledger.bulk.inputs import Input
from harmledger.bulk.parts import Done, Folder
from harmledger.bulk.underway import note_death
from harmledger.bulk.work import Job, Worker, read_input
from harmledger.domain import Refused
from harmledger.errors import BadInput, EngineFailed
from harmledger.pipeline import Reader

MOST_ROUNDS = 1000
"""Of inputs whose readers die; each is read alone then, and each death is counted, so this is never reached but by a fault of the engine's own."""


Load = Callable[[], Reader] | None
WATCH_SECONDS = 0.2
"""Between two looks of a reader at itself: in so long it can take some hundred megabytes at most."""
_CLUSTER = re.compile(r"(?:ray://)?[\w.-]+:\d{1,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Where the plan runs."""

    on: str = ""
    """Empty: on this machine; else a Ray cluster's address, `ray://…`."""
    jobs: int = 0
    """Processes that read; 0: one a core."""

    @property
    def processes(self) -> int:
        """How many read at once."""
        return self.jobs or len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one input: done, or why not."""

    source: Input
    result: Done | Refused


def run_bulk(inputs: Sequence[Input], job: Job, engine: Engine, load: Load = None) -> Iterator[Became]:
    """What becomes of each input, in the order in which they are done; those that were done before come first.

    `load` gives another reader than the job names; it must be importable by name.

    Raises:
        EngineFailed: Daft isn't installed, can't reach its cluster, or broke.
    """
    folder = Folder(Path(job.out))
    left: dict[str, Input] = {}
    for source in inputs:
        done = folder.find_done(source)
        if done:
            yield Became(source, done)
        else:
            left[source.name] = source
    daft = load_daft(engine)
    plan = _Plan(daft, job, load)
    yield from _run_rounds(plan, left, engine)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What runs, whatever the inputs."""

    daft: Any
    job: Job
    load: Load


def _run_rounds(plan: _Plan, left: dict[str, Input], engine: Engine) -> Iterator[Became]:
    """All at once; where a reader dies, what was under way is read again, one after another, so that only the guilty input dies again."""
    careful: list[Input] = []
    for _ in range(MOST_ROUNDS):
        chosen = careful[:1] or list(left.values())
        if not chosen:
            return
        try:
            for became in _run(plan, chosen, 1 if careful else engine.processes):
                left.pop(became.source.name, None)
                careful = [source for source in careful if source is not became.source]
                yield became
        except Exception as e:  # noqa: BLE001  Daft tells the death of a process by errors of several kinds
            careful = _after_death(plan.job, left, careful, e)


def _after_death(job: Job, left: dict[str, Input], careful: list[Input], error: Exception) -> list[Input]:
    """Which inputs to read one by one: those that were under way."""
    folder = Folder(Path(job.out))
    if careful:
        note_death(folder.underway(careful[0].id))
        return careful
    begun = [source for source in left.values() if folder.underway(source.id).is_file()]
    if not begun:
        raise EngineFailed(f"the engine broke ({str(error)[:300]})", job.out, "run the same command again") from error
    return begun


def _run(plan: _Plan, inputs: Sequence[Input], processes: int) -> Iterator[Became]:
    """One plan: a row an input, a process a reader."""
    named = {source.name: source for source in inputs}
    reader = _reading(plan, min(processes, len(inputs)))
    rows = plan.daft.from_pydict({"input": [json.dumps(asdict(source)) for source in inputs]}).into_batches(1)
    for row in rows.select(reader.read(rows["input"]).alias("result")).iter_rows(results_buffer_size=None):
        said = json.loads(row["result"])
        result = Done(**said["done"]) if "done" in said else Refused(**said["refused"])
        yield Became(named[said["name"]], result)


def _reading(plan: _Plan, processes: int) -> Any:
    """A reader as Daft has it, in processes of its own: Python's lock would let only one read."""
    reader = plan.daft.cls(_Reading, use_process=True, max_concurrency=processes)
    return reader(plan.job, plan.load)


class _Reading:
    """In a process of the engine: reads the inputs that it is handed."""

    def __init__(self, job: Job, load: Load) -> None:
        watched = os.getppid(), job.memory_mb
        threading.Thread(target=_die_with, args=watched, daemon=True).start()
        self._worker = Worker(job, load)

    def read(self, source: str) -> str:
        """One input, by its JSON; gives what became of it as JSON."""
        wanted = Input(**json.loads(source))
        result = read_input(self._worker, wanted)
        key = "done" if isinstance(result, Done) else "refused"
        return json.dumps({"name": wanted.name, key: asdict(result)})


def _die_with(parent: int, most_mb: int) -> None:
    """A reader whose run was killed must not go on beside the next run's, and one that holds too much must go before others do."""
    while os.getppid() == parent and not (most_mb and held_mb() > most_mb):
        time.sleep(WATCH_SECONDS)
    os._exit(1)


def held_mb() -> int:
    """What this process holds of the machine's memory; 0 where that can't be told."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


def load_daft(engine: Engine) -> Any:
    """Daft, set up to run where it is asked to.

    Raises:
        EngineFailed: it isn't installed, or the cluster can't be reached.
        BadInput: that is no address of a cluster.
    """
    os.environ.setdefault("DAFT_ANALYTICS_ENABLED", "0")
    os.environ.setdefault("DO_NOT_TRACK", "true")
    os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
    try:
        import daft  # noqa: PLC0415  an extra
    except ImportError as e:
        raise EngineFailed("bulk reading needs Daft, which isn't installed", "bulk", "install harmledger[bulk]") from e
    if not engine.on:
        daft.set_runner_native()
        return daft
    if not _CLUSTER.fullmatch(engine.on):
        raise BadInput(
            "it is no address of a Ray cluster",
            engine.on,
            "give it as ray://host:10001, or as host:6379 on one of its machines",
        )
    _connect(daft, engine.on)
    return daft


def _connect(daft: Any, address: str) -> None:
    connect = partial(daft.set_runner_ray, noop_if_initialized=True)
    try:
        connect(address)
    except ImportError as e:
        raise EngineFailed(
            "running on a cluster needs Ray, which isn't installed", address, "install harmledger[ray]"
        ) from e
    except Exception as e:  # Ray's errors have no tree of their own
        raise EngineFailed(f"the cluster can't be reached ({str(e)[:200]})", address, "check its address") from e
