"""Reads inputs in bulk with a fake engine, in a process that tests can kill: `bulk_runner.py LOADER ON OUT IN…`."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

from fake_archives import begin
from fakes import FakeEngine, load_fake

from harmledger.bulk.inputs import list_inputs
from harmledger.bulk.run import Engine, run_bulk
from harmledger.bulk.stores import Store, load_access
from harmledger.cli.bulk_reading import end
from harmledger.domain import Document, Extraction, Refused
from harmledger.pipeline import Reader


class SteadyEngine(FakeEngine):
    """Takes its time, so that there is something to be killed in."""

    def extract(self, document: Document) -> Extraction:
        time.sleep(0.05)
        return super().extract(document)


class DeadlyEngine(FakeEngine):
    """Kills its own process on a text that says KILL."""

    def extract(self, document: Document) -> Extraction:
        if "KILL" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().extract(document)


class HungryEngine(FakeEngine):
    """Takes a gigabyte, and its time, over a text that says HUNGRY."""

    def extract(self, document: Document) -> Extraction:
        if "HUNGRY" in document.text:
            held = b"x" * 1_000_000_000
            time.sleep(5)
            del held
        return super().extract(document)


def load_hungry() -> Reader:
    return replace(load_fake(), engine=HungryEngine())


def load_steady() -> Reader:
    return replace(load_fake(), engine=SteadyEngine())


def load_deadly() -> Reader:
    return replace(load_fake(), engine=DeadlyEngine())


MOST_MB = 700
LOADERS = {"steady": load_steady, "deadly": load_deadly, "hungry": load_hungry, "fake": load_fake}


def main() -> int:
    """Read all; tell what failed."""
    import bulk_runner  # what is handed on must be found by this name, not as the script

    loader, on, out, *paths = sys.argv[1:]
    access = load_access(os.environ)
    sources = list_inputs(paths, read=lambda url: url.encode(), find=Store(access).find)
    job = replace(begin(Path(out)), access=access, memory_mb=MOST_MB if loader == "hungry" else 0)
    failed = 0
    for became in run_bulk(sources, job, Engine(on=on, jobs=2), bulk_runner.LOADERS[loader]):
        if isinstance(became.result, Refused):
            print(became.result.message)
            failed += 1
    return failed


if __name__ == "__main__":
    end(main())
