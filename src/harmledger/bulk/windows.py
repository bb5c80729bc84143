"""Compares tellings window after window of days, and comes to what comparing all at once comes to.

Which pairs are to be compared, how rare words are, and what is so common that it says nothing, is found over all tellings, for which some numbers of
each are enough. What comparing takes of a telling, its words above all, lies on disk, and is read for the pairs of a window: the first one that
holds both days. Pairs that no window holds, being further apart or without a day, are compared in the end. So a window decides when a
pair is compared, and nothing about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from harmledger.bulk.spill import Spill
from harmledger.errors import BadInput
from harmledger.link.columns import Columns, Places
from harmledger.link.compare import load_weights
from harmledger.link.features import Known
from harmledger.link.islands import Scored
from harmledger.link.join import WORTH_KEEPING, Watch
from harmledger.link.pairs import pair_up
from harmledger.link.weigh import Values, Weigher, weigh_words

FAR = np.iinfo(np.int64).max
"""Stands for the window of pairs that no window holds both of: it comes last."""
NO_DAY = -1
HALF, LOWER = 32, 2**32 - 1
"""A pair is kept as one number: the left in the upper half of its bits."""
MOST_PAIRS = 100_000
"""Pairs that are compared together: twice as many tellings have part in them at most, some 200 MB with their words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Stretches of days, each of which overlaps the next; without days there is one."""

    days: int = 0
    overlap_days: int = 30
    """How far apart in days two tellings may lie and are sure to be in one window; most pairs of an event are nearer."""

    def __post_init__(self) -> None:
        if self.days and self.overlap_days >= self.days:
            raise BadInput(
                f"windows of {self.days} days can't overlap by {self.overlap_days}",
                "--window-days",
                "make the windows longer than their overlap",
            )

    def place(self, left: Places, right: Places) -> Places:
        """The windows in which pairs are compared that tell of these days: the first that holds both days, else `FAR`."""
        if not self.days:
            return np.zeros(left.size, dtype=np.int64)
        earlier, later = np.minimum(left, right), np.maximum(left, right)
        step = self.days - self.overlap_days
        window = np.maximum(0, -((self.days - later) // step))  # the first that reaches the later day
        return np.where((earlier == NO_DAY) | (window * step > earlier), FAR, window)


def score_in_windows(columns: Columns, known: Known, *, windows: Windows, folder: Path, watch: Watch) -> Scored:
    """The pairs worth keeping among all tellings, in order; what waits to be compared lies in the folder."""
    weights, rarities = load_weights(), weigh_words(columns, known)
    days, waiting = find_days(columns), _Waiting(folder)
    for left, right in pair_up(columns, known.rarity):
        waiting.add(windows.place(days[left], days[right]), left, right)
        watch("pairs found for", int(left[-1]) + 1, len(columns))
    kept: list[Scored] = []
    for number, window in enumerate(waiting.windows(), 1):
        for left, right in waiting.take(window):
            among = np.union1d(left, right)
            weigher = Weigher(columns.at(among), known, weights, rarities)
            score = weigher.score(np.searchsorted(among, left), np.searchsorted(among, right))
            scored = Scored(left=left.astype(np.int32), right=right.astype(np.int32), score=score)
            kept.append(scored.only(score >= WORTH_KEEPING))
        watch("windows compared", number, len(waiting.windows()))
    return _in_order(kept)


def find_days(columns: Columns) -> Places:
    """Of each telling the day that it is placed by, counted from the first of all: the event's first, else the publication's, else none."""
    events = _count_days([period[0] for period in columns.values("period")])[columns.column("period")]
    days = np.where(events == NO_DAY, _count_days(columns.values("published"))[columns.column("published")], events)
    known = days[days != NO_DAY]
    return np.where(days == NO_DAY, NO_DAY, days - known.min(initial=date.max.toordinal()))


def _count_days(days: Sequence[date | None]) -> Places:
    return np.array([day.toordinal() if day else NO_DAY for day in days], dtype=np.int64)


class _Waiting:
    """Pairs that wait to be compared, by window."""

    def __init__(self, folder: Path) -> None:
        self._codes = Spill(np.int64, folder)
        self._rows: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, window: Places, left: Places, right: Places) -> None:
        """Some more, in order."""
        order = np.argsort(window, kind="stable")
        begins = np.flatnonzero(np.append(True, np.diff(window[order]) != 0))
        codes = np.split((left.astype(np.int64) << HALF | right)[order], begins[1:])
        for each, own in zip(window[order][begins].tolist(), codes, strict=True):
            self._rows[each].append(self._codes.add(own))

    def windows(self) -> list[int]:
        """The windows that have pairs, in order."""
        return sorted(self._rows)

    def take(self, window: int) -> Iterator[tuple[Places, Places]]:
        """A window's pairs in their order, so many at a time."""
        rows = np.array(self._rows[window])
        met = np.cumsum(self._codes.sizes(rows))
        for some in np.split(rows, np.flatnonzero(np.diff(met // MOST_PAIRS)) + 1):
            codes, _ = self._codes.take(some)
            for start in range(0, codes.size, MOST_PAIRS):
                few = codes[start : start + MOST_PAIRS]
                yield few >> HALF, few & LOWER


def _in_order(parts: Sequence[Scored]) -> Scored:
    left: Places = np.concatenate([np.empty(0, np.int32), *(part.left for part in parts)])
    right: Places = np.concatenate([np.empty(0, np.int32), *(part.right for part in parts)])
    score: Values = np.concatenate([np.empty(0), *(part.score for part in parts)])
    return Scored(left=left, right=right, score=score).at(np.lexsort((right, left)))
