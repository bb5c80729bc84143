"""The tree of errors; the sentence a user sees is made in `__str__`.

HarmledgerError
├── BadInput       what was given can't be read: empty, binary, wrong form, too large
├── SourceFailed   a source can't be reached or opened
├── EngineFailed   an engine or its model is missing or broke on a report
├── Inconsistent   stored things contradict one another
├── NotFound       nothing by that id or name
└── NotAllowed     somebody may not do that
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(
    unsafe_hash=True
)  # not frozen: Python itself sets the traceback of what passes through `with` or between processes
class HarmledgerError(Exception):
    """What was wrong, where, and what to do about it."""

    what: str
    where: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.remedy}."


class BadInput(HarmledgerError):
    """What was given can't be read."""


class SourceFailed(HarmledgerError):
    """A source can't be reached or opened."""


class EngineFailed(HarmledgerError):
    """An engine or its model is missing, or broke on a report."""


class Inconsistent(HarmledgerError):
    """Stored things contradict one another."""


class NotFound(HarmledgerError):
    """Nothing by that id or name."""


class NotAllowed(HarmledgerError):
    """Somebody may not do that."""
