"""`harmledger bulk`: inputs read on an engine, how far it is on stderr, what it came to in files beside the tables."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from harmledger import __version__
from harmledger.bulk.bring import LIST_BYTES, Web
from harmledger.bulk.glance import Screen
from harmledger.bulk.inputs import Input, list_inputs
from harmledger.bulk.parts import Done, Folder, Settings, write_whole
from harmledger.bulk.progress import Progress, render_span
from harmledger.bulk.run import Engine, run_bulk
from harmledger.bulk.stores import Store, load_access
from harmledger.bulk.summary import render_metrics, render_page, sum_up
from harmledger.bulk.work import Job
from harmledger.cli import STOPPED, tell, utc_now
from harmledger.config import Config
from harmledger.domain import Refused

PAGE, METRICS = "run.html", "metrics.prom"
EVERY_SECONDS = {True: 2.0, False: 60.0}
"""Between two lines of progress: where a person watches they replace one another; in a log they pile up."""


def read_in_bulk(sources: Sequence[str], lists: Sequence[str], *, config: Config, said: dict[str, Any]) -> int:
    """Read all inputs into the folder; gives how many could not be had."""
    access = load_access(os.environ)
    store = Store(access)
    inputs = list_inputs(
        sources, lists, base=said["base"], read=lambda url: _fetch_list(url, config, store), find=store.find
    )
    engine_name = said["engine"] or config.engine
    folder = Folder(Path(said["out"]))
    settings = folder.begin(
        Settings(engine=engine_name, version=__version__, screen=said["screen"], begun=utc_now().replace(microsecond=0))
    )
    job = Job(
        out=str(folder.path.absolute()),
        begun=settings.begun,
        engine=engine_name,
        endpoint=config.endpoint,
        screen=Screen(said["screen"]),
        fetch=config.fetch,
        access=access,
        report_bytes=config.report_bytes,
        memory_mb=said["memory"] or 0,
    )
    jobs = config.jobs if said["jobs"] is None else said["jobs"]
    try:
        failed = _run([_found_anywhere(one) for one in inputs], job, Engine(on=said["on"], jobs=jobs), folder)
    except KeyboardInterrupt:
        tell("stopped; the same command goes on from here")
        end(STOPPED)
    _sum_up(folder, settings, failed)
    return len(failed)


def end(code: int) -> NoReturn:
    """End this process at once: one that ends in good order Daft's threads may abort, where a reader of theirs died or is just ending."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _run(inputs: Sequence[Input], job: Job, engine: Engine, folder: Folder) -> list[Refused]:
    progress, failed = Progress(folder, inputs, time.monotonic), list[Refused]()
    before = {source.id for source in inputs if folder.find_done(source)}
    with _showing(progress):
        for became in run_bulk(inputs, job, engine):
            if isinstance(became.result, Done) and became.source.id not in before:
                progress.finished[became.source.id] = became.result
                continue
            progress.passed.add(became.source.id)
            if isinstance(became.result, Refused):
                failed.append(became.result)
                tell(became.result.message)
    done = f"{len(progress.finished)} inputs read in {render_span(time.monotonic() - progress.began)}"
    tell(f"{done}{f', {len(before)} done before' if before else ''}{f', {len(failed)} failed' if failed else ''}")
    return failed


def _sum_up(folder: Folder, settings: Settings, failed: Sequence[Refused]) -> None:
    summary = sum_up(done for _, done in folder.list_done())
    write_whole(folder.path / PAGE, render_page(summary, failed, settings).encode("utf-8", "replace"))
    write_whole(folder.path / METRICS, render_metrics(summary, len(failed)).encode("utf-8", "replace"))
    tell(
        f"{summary.records:,} reports: {summary.read:,} read, {summary.passed.total():,} passed over, {summary.refused:,} not read;"
        f" {summary.claims:,} claims in {summary.with_claims:,} reports; see {folder.path / PAGE}"
    )


@contextmanager
def _showing(progress: Progress) -> Generator[None]:
    """Tell how far it is, now and then, for as long as this lasts."""
    over, watched = threading.Event(), sys.stderr.isatty()
    shower = threading.Thread(target=_show, args=(progress, over, watched), daemon=True)
    shower.start()
    try:
        yield
    finally:
        over.set()
        shower.join()
        if watched:
            sys.stderr.write("\r\x1b[K")


def _show(progress: Progress, over: threading.Event, watched: bool) -> None:  # noqa: FBT001  one caller
    while not over.wait(EVERY_SECONDS[watched]):
        if watched:
            sys.stderr.write(f"\r\x1b[K{progress.tell()}")
            sys.stderr.flush()
        else:
            tell(progress.tell())


def _found_anywhere(source: Input) -> Input:
    """A path that a process elsewhere finds too."""
    return source if source.scheme else replace(source, name=str(Path(source.name).absolute()))


def _fetch_list(url: str, config: Config, store: Store) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "list")
        (store if Input(name=url).is_bucket else Web(config.fetch)).save(url, path, most_bytes=LIST_BYTES)
        return path.read_bytes()
