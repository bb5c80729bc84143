"""A stretch of a text with the words that values stand on: cut so that each piece is of the same ones.

Comes in: a text, where the stretch begins and ends, and marks in code points of the text. Goes out: pieces that are the stretch when put
together. Marks may lie within one another or overlap.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words of a text, and what they are."""

    start: int
    end: int
    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of the text that the same marks cover."""

    text: str
    marks: tuple[Mark, ...]
    """The narrowest first."""
    opens: tuple[Mark, ...]
    """Those that begin with it."""


def cut_segments(text: str, start: int, end: int, marks: Iterable[Mark]) -> list[Segment]:
    """The pieces of a stretch, in order."""
    within = sorted(
        {m for m in marks if m.start < end and m.end > start and m.start < m.end}, key=lambda m: (m.start, m.end, m.key)
    )
    cuts = sorted({start, end, *(at for m in within for at in (m.start, m.end) if start < at < end)})
    segments: list[Segment] = []
    covering: list[Mark] = []
    waiting = deque(within)
    for first, last in list(pairwise(cuts)) or [
        (start, end)
    ]:  # an empty stretch is one piece too, of the marks about it
        opens: list[Mark] = []
        while waiting and waiting[0].start <= first:
            opens.append(waiting.popleft())
        covering = sorted((m for m in (*covering, *opens) if m.end > first), key=lambda m: (m.end - m.start, m.key))
        opened = tuple(m for m in covering if m in opens)
        segments.append(Segment(text=text[first:last], marks=tuple(covering), opens=opened))
    return segments


def widen(text: str, start: int, end: int, *, around: int) -> tuple[int, int]:
    """The stretch with some text on both sides, from the beginning of a line to the end of one where these are near."""
    first, last = max(0, start - around), min(len(text), end + around)
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    before = text.rfind("\n", first, max(first, line_start - 1))
    after = text.find("\n", line_end + 1, last)
    first, last = (before + 1 if before >= 0 else first), (after if after >= 0 else last)
    first += len(text[first:start]) - len(text[first:start].lstrip())
    return first, end + len(text[end:last].rstrip())
