"""A claim's figure beside a recorder's range."""

from __future__ import annotations

from math import log, log2

from harmledger.domain import Lies, RecordedFigure, RecordedIncident


def find_figure(incident: RecordedIncident, harm: str, group: str | None) -> RecordedFigure | None:
    """The recorder's figure for that harm and group; None where it keeps none."""
    return next((f for f in incident.figures if f.harm == harm and f.group == group), None)


def compare_figures(low: int | None, high: int | None, figure: RecordedFigure) -> float:
    """1 where the ranges meet, less the more they differ by factor, and less where the figures are small enough to be anybody's."""
    ours = [n for n in (low, high) if n is not None]
    theirs = [n for n in (figure.low, figure.high) if n is not None]
    if not ours or not theirs:
        return 0.0
    first = low if low is not None else 0
    last = high if high is not None else max(first, *theirs)
    gap = max(first - max(theirs), min(theirs) - last, 0)
    if gap == 0:
        telling = min(1.0, log2(1 + max(ours)) / 4)
        return max(0.5, telling) if max(ours) > 0 else 0.5
    near = max(theirs) if first > max(theirs) else min(theirs)
    mine = first if first > max(theirs) else last
    return max(0.0, 0.5 - abs(log((mine + 0.5) / (near + 0.5))) / 2)


def where_lies(low: int | None, high: int | None, figure: RecordedFigure | None) -> Lies:
    """Within, above or below: an open end never contradicts."""
    theirs = [n for n in (figure.low, figure.high) if n is not None] if figure else []
    if not theirs or (low is None and high is None):
        return Lies.NO_FIGURE
    if low is not None and low > max(theirs):
        return Lies.ABOVE
    if high is not None and high < min(theirs):
        return Lies.BELOW
    return Lies.WITHIN


def render_range(figure: RecordedFigure) -> str:
    """`15–40`, `4`, `20 or more`, `up to 20`."""
    if figure.low == figure.high:
        return str(figure.low)
    if figure.low is None:
        return f"up to {figure.high}"
    return f"{figure.low} or more" if figure.high is None else f"{figure.low}–{figure.high}"
