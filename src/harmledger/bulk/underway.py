"""How far an input is, kept beside it: for whoever watches, and so that a report which kills whoever reads it is known when the input is read again.

A report is noted before it is so much as looked at, each in the place of the last: a hundredth of the quickest look. Deaths are counted by who started the
readers, never by a reader: a run that somebody ends blames no report.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

MOST_DEATHS = 2
"""A report that so many readers died of, each alone on the machine, is quarantined."""
DIGITS = 12
"""Of a report's place among an input's."""
HOPELESS_DEATHS = MOST_DEATHS + 2
"""So many at one place, that report left out: the input itself is."""


@dataclass(slots=True)
class Reached:
    """What the last reader of an input had come to."""

    position: int = -1
    """The report that was about to be read."""
    deaths: dict[str, int] = field(default_factory=dict[str, int])
    """How many readers died at which report."""
    records: int = 0
    claims: int = 0
    share: float = 0.0
    """Of the input's bytes, as far as that is known."""


class Underway:
    """The notes of one input, as its reader keeps them: where it is, and what it came to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        before = load_reached(path) or Reached()
        self.is_hopeless = before.deaths.get(str(before.position), 0) >= HOPELESS_DEATHS
        self._now = Reached(deaths=before.deaths)
        _keep(path, self._now)
        self._place = _place_of(path).open("wb", buffering=0)

    def about_to_read(self, position: int) -> bool:
        """Note that this report is read next; False where too many have died of it."""
        self._now.position = position
        self._place.seek(0)
        self._place.write(b"%*d" % (DIGITS, position))
        return self._now.deaths.get(str(position), 0) < MOST_DEATHS

    def tell(self, *, records: int, claims: int, share: float) -> None:
        """Note how far it is."""
        self._now.records, self._now.claims, self._now.share = records, claims, share
        _keep(self._path, self._now)

    def end(self) -> None:
        """The input is done."""
        self._place.close()
        for path in (_place_of(self._path), self._path):
            path.unlink(missing_ok=True)


def note_death(path: Path) -> None:
    """Count the death of a reader at the report that it was about to read."""
    reached = load_reached(path) or Reached()
    here = str(reached.position)
    reached.deaths[here] = reached.deaths.get(here, 0) + 1
    _keep(path, reached)


def load_reached(path: Path) -> Reached | None:
    """How far an input is; None where it wasn't begun."""
    try:
        reached = Reached(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    with suppress(OSError, ValueError):  # none yet
        reached.position = int(_place_of(path).read_bytes())
    return reached


def _place_of(path: Path) -> Path:
    return path.with_suffix(".at")


def _keep(path: Path, reached: Reached) -> None:
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(asdict(reached)), "utf-8")
    unfinished.replace(path)
