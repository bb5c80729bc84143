"""One claimant's figures as a strip of SVG: a lane each, its bounds as a line, its hedge by the shape of the mark.

Comes in: a row and the scale that all rows share. Goes out: the drawing. Distances across are in per cent and down in pixels, so that words keep their size on
every screen. A full mark is an exact figure, a hollow one "about", an arrow an open end, a dashed line words without a number; a square was made
by a person; a cross is a denial. Every mark leads to its sentence. Colours are classes: the page has them for light and dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import escape

from harmledger.domain import Became, Hedge, PlotMark, PlotRow, Polarity
from harmledger.publish.plot.scale import Scale

LANE, MIDDLE, UNDER = 46, 14, 34
"""Height of a lane; where in it the mark lies, and the words below."""
RADIUS = 6
REACH = 180
"""How much of a lane can be touched: the mark, its words, and what lies between."""
_REACHES = {"start": 14, "middle": REACH // 2, "end": REACH - 14}
"""How much of that lies before the mark, by where its words stand."""
ARROW = 34
AXIS = 24
MOST_LANES = 8
EDGE = 36
"""Per cent from an edge: nearer, words run from the mark towards the middle, so that none is cut off on a phone."""
VAGUE = frozenset({Hedge.VAGUE, Hedge.ARTICLE})
_OWN_PAGE = re.compile(r"/reports/[0-9a-f]{64}#c-[0-9a-f]{1,64}")


def draw_strip(row: PlotRow, scale: Scale) -> str:
    """The strip of a row; what is beyond its lanes stands in the table."""
    marks = row.marks[:MOST_LANES]
    height = LANE * len(marks)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" class="plot strip" width="100%" height="{height}" role="group">']
    parts += [
        f'<line class="grid" x1="{scale.x(t):.2f}%" x2="{scale.x(t):.2f}%" y1="0" y2="{height}"/>' for t in scale.ticks
    ]
    parts += _threads(marks, scale)
    parts += [_draw(mark, number * LANE, scale) for number, mark in enumerate(marks)]
    return "".join((*parts, "</svg>"))


def draw_axis(scale: Scale) -> str:
    """The numbers below all strips."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot axis" width="100%" height="{AXIS}" aria-hidden="true">'
    ]
    for tick in scale.ticks:
        x = f"{scale.x(tick):.2f}%"
        parts.append(
            f'<line class="grid" x1="{x}" x2="{x}" y1="0" y2="5"/><text x="{x}" y="19" text-anchor="middle">{tick:,}</text>'
        )
    return "".join((*parts, "</svg>"))


def tell(mark: PlotMark) -> str:
    """A mark in words."""
    told = [render_figure(mark)]
    told += [mark.polarity.value] if mark.polarity is not Polarity.ASSERTED else []
    told += [render_said(mark)] if mark.first else []
    told += [render_sources(mark)] if len(mark.said_again) > 1 else []
    told += [mark.became.value] if mark.became is not Became.STANDS else []
    told += ["by a person"] if mark.by_hand else []
    return ", ".join(told)


def render_figure(mark: PlotMark) -> str:
    """Its bounds, with "about" where the words say so."""
    match mark.low, mark.high:
        case None, high:
            bounds = f"up to {high:,}" if high is not None else "no number"
        case low, None:
            bounds = f"{low:,} or more"
        case low, high:
            bounds = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    return f"about {bounds}" if mark.hedge is Hedge.ABOUT else bounds


def render_said(mark: PlotMark) -> str:
    """The day, or the first and the last."""
    if mark.first is None or mark.last is None:
        return ""
    return _day(mark.first) if mark.first == mark.last else f"{_day(mark.first)} – {_day(mark.last)}"


def render_sources(mark: PlotMark) -> str:
    """How many say so for themselves, and how many only copy them."""
    told = f"{mark.sources} source{'s' * (mark.sources != 1)}"
    return f"{told}, {mark.copies} cop{'ies' if mark.copies != 1 else 'y'}" if mark.copies else told


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _threads(marks: tuple[PlotMark, ...], scale: Scale) -> Iterator[str]:
    """From each figure that was replaced to what replaced it."""
    lanes = {claim: number for number, mark in enumerate(marks) for claim in mark.said_again}
    for number, mark in enumerate(marks):
        to = lanes.get(mark.replaced_by or "")
        if to is not None and to != number:
            x1, x2 = scale.x(_point(mark)), scale.x(_point(marks[to]))
            yield f'<line class="thread" x1="{x1:.2f}%" y1="{number * LANE + MIDDLE}" x2="{x2:.2f}%" y2="{to * LANE + MIDDLE}"/>'


def _point(mark: PlotMark) -> int:
    """Where the mark itself lies: at its low end, or where that is open at its high one."""
    return mark.low if mark.low is not None else mark.high or 0


def _draw(mark: PlotMark, top: int, scale: Scale) -> str:
    x, y = scale.x(_point(mark)), top + MIDDLE
    kinds = ["mark", mark.became.value, mark.polarity.value, "hand" if mark.by_hand else "machine"]
    drawn = [*_bounds(mark, y, scale), _shape(mark, x, y), _words(mark, x, top + UNDER)]
    return link_to(mark, " ".join(kinds), escape(f"{tell(mark)}: its sentence"), "".join(drawn))


def link_to(mark: PlotMark, kinds: str, label: str, drawn: str) -> str:
    """What is drawn of a mark, as a link to its sentence; `label` is escaped."""
    if not _OWN_PAGE.fullmatch(mark.href):
        return f'<g class="{kinds}">{drawn}</g>'
    return f'<a class="{kinds}" href="{mark.href}" aria-label="{label}"><title>{label}</title>{drawn}</a>'


def _bounds(mark: PlotMark, y: int, scale: Scale) -> Iterator[str]:
    kind = "range vague" if mark.hedge in VAGUE else "range"
    if mark.low is not None and mark.high is not None:
        if mark.low != mark.high:
            x1, x2 = scale.x(mark.low), scale.x(mark.high)
            yield f'<line class="{kind} bar" x1="{x1:.2f}%" x2="{x2:.2f}%" y1="{y}" y2="{y}"/>'
        return
    x, way = (scale.x(_point(mark)), 1 if mark.high is None else -1)
    shaft = f'<path class="{kind}" d="M0 0H{way * ARROW}"/>'
    head = f'<path class="range" d="M{way * (ARROW - 6)} -5L{way * ARROW} 0L{way * (ARROW - 6)} 5"/>'
    yield f'<svg x="{x:.2f}%" y="{y}" overflow="visible">{shaft}{head}</svg>'


def _shape(mark: PlotMark, x: float, y: int) -> str:
    """Round for a machine's reading, square for a person's; hollow where the words only come near; crossed where denied."""
    hollow = (
        " hollow"
        if mark.hedge in {Hedge.ABOUT, *VAGUE} or mark.low is None or mark.polarity is Polarity.QUESTIONED
        else ""
    )
    touch = f'<rect class="touch" x="{-_REACHES[_anchor(x)]}" y="{-MIDDLE}" width="{REACH}" height="{LANE - 4}"/>'
    is_bar = mark.low is not None and mark.high is not None and mark.low != mark.high
    if mark.polarity is Polarity.DENIED:
        drawn = '<path class="cross" d="M-5 -5L5 5M-5 5L5 -5"/>'
    elif is_bar:
        drawn = ""
    elif mark.by_hand:
        drawn = f'<rect class="dot{hollow}" x="-{RADIUS}" y="-{RADIUS}" width="{2 * RADIUS}" height="{2 * RADIUS}"/>'
    else:
        drawn = f'<circle class="dot{hollow}" r="{RADIUS}"/>'
    return f'<svg x="{x:.2f}%" y="{y}" overflow="visible">{touch}{drawn}</svg>'


def _anchor(x: float) -> str:
    return "start" if x < EDGE else "end" if x > 100 - EDGE else "middle"


def _words(mark: PlotMark, x: float, y: int) -> str:
    anchor = _anchor(x)
    about = [render_said(mark), render_sources(mark) if len(mark.said_again) > 1 else ""]
    about += [mark.polarity.value if mark.polarity is not Polarity.ASSERTED else ""]
    about += [mark.became.value if mark.became is not Became.STANDS else ""]
    after = "".join(f" · {part}" for part in about if part)
    at = f"{max(x - 1.5, 0.5):.2f}%" if anchor == "start" else f"{x + 1.5:.2f}%" if anchor == "end" else f"{x:.2f}%"
    return f'<text x="{at}" y="{y}" text-anchor="{anchor}"><tspan class="number">{render_figure(mark)}</tspan>{after}</text>'
