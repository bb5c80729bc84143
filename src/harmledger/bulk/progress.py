"""How far a bulk reading is: sums of what is done, what readers note of what is under way, rates and an estimate.

Reads notes alone; whoever shows it decides when.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from harmledger.bulk.inputs import Input
from harmledger.bulk.parts import Done, Folder
from harmledger.bulk.underway import load_reached


@dataclass(slots=True)
class Progress:
    """Of one run."""

    folder: Folder
    inputs: Sequence[Input]
    clock: Callable[[], float]
    began: float = field(init=False)
    finished: dict[str, Done] = field(default_factory=dict[str, Done])
    """Inputs that this run finished, by id."""
    passed: set[str] = field(default_factory=set[str])
    """Inputs that were done before, or failed."""

    def __post_init__(self) -> None:
        self.began = self.clock()

    def tell(self) -> str:
        """One line."""
        records, claims, share = self._reached()
        seconds = max(self.clock() - self.began, 1e-6)
        wanted = len(self.inputs) - len(self.passed)
        told = [
            f"{len(self.finished) + len(self.passed)} of {len(self.inputs)} inputs",
            f"{records:,} reports",
            f"{claims:,} claims",
        ]
        if records:
            rate = records / seconds
            told.append(f"{rate:,.{0 if rate >= 10 else 1}f} reports a second")
        if 0 < share < wanted:
            told.append(f"about {render_span(seconds / share * (wanted - share))} left")
        return ", ".join(told)

    def _reached(self) -> tuple[int, int, float]:
        """Reports and claims of this run, and how many inputs' worth it has done, parts of inputs counted."""
        records = sum(done.records for done in self.finished.values())
        claims = sum(done.claims for done in self.finished.values())
        share = float(len(self.finished))
        for source in self.inputs:
            if (
                source.id not in self.finished
                and source.id not in self.passed
                and (note := load_reached(self.folder.underway(source.id)))
            ):
                records, claims, share = records + note.records, claims + note.claims, share + note.share
        return records, claims, share


def render_span(seconds: float) -> str:
    """A length of time in the two largest units."""
    minutes, hours = round(seconds / 60), seconds / 3600
    if seconds < 90:
        return f"{round(seconds)} s"
    if minutes < 120:
        return f"{minutes} min"
    return f"{int(hours)} h {minutes % 60} min" if hours < 48 else f"{hours / 24:.1f} days"
