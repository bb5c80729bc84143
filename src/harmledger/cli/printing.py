"""What a run prints: results on stdout in the form asked for, and on stderr how far it is, where a person watches."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.status import Status

from harmledger.publish.record import Record
from harmledger.publish.sheet import render_csv, render_csv_header
from harmledger.publish.wording import render_json

HANDFUL = 5
"""From this many reports on a person wants to see how far it is."""


class Printer:
    """Prints records one after another, each as soon as it is there."""

    def __init__(self, form: str) -> None:
        self.form = form
        if reconfigure := getattr(sys.stdout, "reconfigure", None):
            reconfigure(encoding=None if form == "table" else "utf-8", errors="replace")
        if form == "csv":
            write(render_csv_header())

    def report(self, record: Record) -> None:
        """A report that was read."""
        match self.form:
            case "jsonl":
                write(render_json(record) + "\n")
            case "csv":
                write(render_csv(record))
            case _:
                from harmledger.publish.tables import render_report  # other forms needn't wait for rich

                write(render_report(record, width=terminal_width(), color=is_colored()) + "\n")

    def refusal(self, record: Record) -> None:
        """A report that wasn't; only JSON lines have a place for it."""
        if self.form == "jsonl":
            write(render_json(record) + "\n")


def write(text: str) -> None:
    """Print at once, so that whoever reads along sees each report when it is done."""
    sys.stdout.write(text)
    sys.stdout.flush()


def terminal_width() -> int:
    """Columns of the terminal; 120 where there is none."""
    return shutil.get_terminal_size((120, 24)).columns


def is_colored() -> bool:
    """Whether what is printed goes to a terminal of somebody who wants colour."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


class Watch:
    """How many reports are done: a line on stderr where a person watches, once there are more than a handful."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._both = sys.stdout.isatty()
        self._line: Status | None = None
        self.done = self.claims = 0

    def count(self, claims: int) -> None:
        """One more report is done."""
        self.done += 1
        self.claims += claims
        if self._watched and self.done > HANDFUL:
            self._show(f"{self.done} reports read, {self.claims} claims")

    @contextmanager
    def aside(self, *, always: bool = False) -> Generator[None]:
        """Out of the way while something else is printed to the same terminal."""
        if self._both or always:
            self.stop()
        yield

    def stop(self) -> None:
        """Take the line away."""
        if self._line:
            self._line.stop()
            self._line = None

    def _show(self, told: str) -> None:
        if self._line is None:
            from rich.console import Console  # most runs show none
            from rich.status import Status

            self._line = Status(told, console=Console(stderr=True))
            self._line.start()
        self._line.update(told)


@contextmanager
def watching() -> Generator[Watch]:
    """A watch that is put away however the run ends."""
    watch = Watch()
    try:
        yield watch
    finally:
        watch.stop()
