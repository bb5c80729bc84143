"""How an incident's figures of one harm grew: days across, numbers of people upwards, each claimant's figures joined.

Comes in: rows. Goes out: a drawing, or nothing where all was said on one day. It shows the course alone; each mark leads to its sentence, and the
figures themselves stand in the strips and the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import pairwise

from harmledger.domain import Became, PlotMark, PlotRow, Polarity
from harmledger.publish.plot.scale import Scale
from harmledger.publish.plot.strip import link_to, tell
from harmledger.publish.wording import isolate_words, render_plain

HEIGHT, TOP, BOTTOM = 190, 12, 160
LEFT, RIGHT = 14.0, 95.0
KINDS = 6
"""So many lines can be told apart."""
MOST_NAME = 80


def draw_course(rows: Sequence[PlotRow], scale: Scale) -> str:
    """The drawing, empty where there is no course of time to show."""
    days = sorted({mark.first for row in rows for mark in row.marks if mark.first})
    if len(days) < 2:
        return ""
    span = _Span(days[0], days[-1])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot course" width="100%" height="{HEIGHT}" role="group">'
    ]
    parts += _ground(span, scale)
    for number, row in enumerate(rows):
        parts += _line(row, number % KINDS, span, scale)
    return "".join((*parts, "</svg>"))


class _Span:
    """The days from the first to the last."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last

    def x(self, day: date) -> float:
        return LEFT + (RIGHT - LEFT) * (day - self.first).days / (self.last - self.first).days


def _y(number: int, scale: Scale) -> float:
    """Upwards, on the scale of the strips."""
    share = (scale.x(number) - scale.x(0)) / (scale.x(scale.most) - scale.x(0))
    return BOTTOM - (BOTTOM - TOP) * share


def _ground(span: _Span, scale: Scale) -> Iterator[str]:
    for tick in scale.ticks:
        y = _y(tick, scale)
        yield f'<line class="grid" x1="{LEFT}%" x2="{RIGHT}%" y1="{y:.0f}" y2="{y:.0f}"/>'
        yield f'<text x="{LEFT - 4}%" y="{y + 4:.0f}" text-anchor="end">{tick:,}</text>'
    for day, anchor in ((span.first, "start"), (span.last, "end")):
        yield f'<text x="{span.x(day):.2f}%" y="{HEIGHT - 8}" text-anchor="{anchor}">{day.day} {day:%b %Y}</text>'


def _line(row: PlotRow, kind: int, span: _Span, scale: Scale) -> Iterator[str]:
    """A claimant's asserted figures that nobody rejected, in their order."""
    marks = [m for m in row.marks if m.first and m.became is not Became.REJECTED and m.polarity is Polarity.ASSERTED]
    points = [(span.x(mark.first), _y(_number(mark), scale)) for mark in marks if mark.first]
    for (x1, y1), (x2, y2) in pairwise(points):
        yield f'<line class="way k{kind}" x1="{x1:.2f}%" y1="{y1:.1f}" x2="{x2:.2f}%" y2="{y2:.1f}"/>'
    for mark, (x, y) in zip(marks, points, strict=True):
        label = escape(f"{isolate_words(render_plain(row.claimant)[:MOST_NAME])}: {tell(mark)}")
        open_end = (
            f'<line class="way k{kind} open" x1="{x:.2f}%" x2="{x:.2f}%" y1="{y:.1f}" y2="{y - 14:.1f}"/>'
            if mark.high is None
            else ""
        )
        dot = f'<circle class="touch" cx="{x:.2f}%" cy="{y:.1f}" r="12"/><circle class="dot" cx="{x:.2f}%" cy="{y:.1f}" r="4"/>'
        yield link_to(mark, f"k{kind}", label, f"{open_end}{dot}")


def _number(mark: PlotMark) -> int:
    return mark.low if mark.low is not None else mark.high or 0
