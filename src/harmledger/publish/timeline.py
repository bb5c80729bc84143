"""A timeline as SVG: a bar for each day, month or year, which leads to what began then. Drawn without a script.

Comes in: counts by day, month or year. Goes out: the drawing. Nothing of a report's words is in it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from html import escape
from math import ceil

WIDTH, HEIGHT, FLOOR = 1000, 130, 104
"""Of the drawing, in its own units; the floor is where bars stand."""
MOST_DAYS, MOST_MONTHS = 62, 96
"""Drawn by days, by months: with more bars none could be told from the next."""
LEAST_BAR = 3
LABELS = 8
"""Dates written below the bars, about so many."""


class Unit(IntEnum):
    """What a bar stands for; the value is how many letters of a date name one."""

    YEAR = 4
    MONTH = 7
    DAY = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One bar: its days, in words, and how many incidents began in them."""

    first: date
    last: date
    told: str
    incidents: int


BarHref = Callable[[date, date], str]


def choose_unit(first: date, last: date) -> Unit:
    """The finest that still leaves bars to be told apart."""
    if (last - first).days < MOST_DAYS:
        return Unit.DAY
    months = (last.year - first.year) * 12 + last.month - first.month
    return Unit.MONTH if months < MOST_MONTHS else Unit.YEAR


def list_stretches(counts: Mapping[str, int], unit: Unit, first: date, last: date) -> list[Stretch]:
    """All stretches from the first to the last, those in which nothing began among them."""
    return [
        Stretch(
            first=begin, last=end, told=_told(begin, unit), incidents=counts.get(begin.isoformat()[: unit.value], 0)
        )
        for begin, end in _stretches(unit, first, last)
    ]


def draw_timeline(stretches: Sequence[Stretch], *, title: str, href: BarHref) -> str:
    """The drawing; each bar that stands for incidents is a link."""
    most = max((stretch.incidents for stretch in stretches), default=0)
    if not most:
        return ""
    step = WIDTH / len(stretches)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" font-family="sans-serif">',
        f"<title>{escape(title)}</title>",
        f'<line class="floor" x1="0" y1="{FLOOR}" x2="{WIDTH}" y2="{FLOOR}" stroke="#80796b"/>',
        f'<text class="scale" x="0" y="16" font-size="16" fill="#52575e">{most:,}</text>',
        *(
            _bar(stretch, number * step, step, most, href)
            for number, stretch in enumerate(stretches)
            if stretch.incidents
        ),
        *_labels(stretches, step),
        "</svg>",
    ]
    return "\n".join(parts)


def _bar(stretch: Stretch, x: float, step: float, most: int, href: BarHref) -> str:
    height = max(LEAST_BAR, (FLOOR - 22) * stretch.incidents / most)
    told = f"{stretch.told}: {stretch.incidents:,} incident{'' if stretch.incidents == 1 else 's'}"
    gap = min(2.0, step * 0.15)
    return (
        f'<a class="bar" href="{escape(href(stretch.first, stretch.last))}"><title>{told}</title>'
        f'<rect class="room" x="{x:.1f}" y="0" width="{step:.1f}" height="{FLOOR}" fill="transparent"/>'
        f'<rect class="height" x="{x + gap / 2:.1f}" y="{FLOOR - height:.1f}" width="{step - gap:.1f}" height="{height:.1f}" fill="#a3320b"/></a>'
    )


def _labels(stretches: Sequence[Stretch], step: float) -> Iterator[str]:
    every = ceil(len(stretches) / LABELS)
    for number in range(0, len(stretches), every):
        at = min(WIDTH - 40.0, max(40.0, (number + 0.5) * step))
        label = _short(stretches[number])
        yield f'<text class="date" x="{at:.0f}" y="{HEIGHT - 6}" text-anchor="middle" font-size="16" fill="#52575e">{label}</text>'


def _stretches(unit: Unit, first: date, last: date) -> Iterable[tuple[date, date]]:
    begin = {Unit.DAY: first, Unit.MONTH: first.replace(day=1), Unit.YEAR: first.replace(month=1, day=1)}[unit]
    while begin <= last:
        end = _end(unit, begin)
        yield begin, end
        if end == date.max:
            return
        begin = end + timedelta(days=1)


def _end(unit: Unit, begin: date) -> date:
    if unit is Unit.DAY:
        return begin
    month = begin.month if unit is Unit.MONTH else 12
    return date(begin.year, month, monthrange(begin.year, month)[1])


def _told(begin: date, unit: Unit) -> str:
    return {
        Unit.DAY: f"{begin.day} {begin:%B} {begin.year}",
        Unit.MONTH: f"{begin:%B} {begin.year}",
        Unit.YEAR: str(begin.year),
    }[unit]


def _short(stretch: Stretch) -> str:
    days = (stretch.last - stretch.first).days
    if days == 0:
        return f"{stretch.first.day} {stretch.first:%b}"
    return f"{stretch.first:%b} {stretch.first.year}" if days < 32 else str(stretch.first.year)
