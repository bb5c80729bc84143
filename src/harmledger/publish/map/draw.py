"""A map of incidents as SVG, drawn without a script: every one is a circle, or in a circle with those beside it, or listed as without place.

Comes in: marks, the packaged outlines. Goes out: the drawing, what each of its circles stands for, and what has no place.
Titles come from reports and are escaped; a link that doesn't stay on this site is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from math import log10

from harmledger.domain import DrawnMap, Mark, MarkGroup, View
from harmledger.publish.map.ground import render_ground
from harmledger.publish.map.projection import HEIGHT, WIDTH, Projection, fit_view, is_placed
from harmledger.resources.outline import CREDIT, Outline

CELL = 56
"""Incidents within one square of so many units are one circle: nearer ones would lie on one another."""
MARK_RADIUS, GROUP_RADIUS, GROUP_GROWTH = 10, 16, 4
MAX_TITLE, MAX_TITLES = 140, 5
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""What XML forbids, and what would turn the direction of the words after it."""
_OWN_PAGE = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f]*|[?#][^\s\\\x00-\x1f]*")

GroupHref = Callable[[View], str]
"""The page that shows a stretch of the earth, for circles that stand for several incidents."""


def draw_map(marks: Iterable[Mark], outline: Outline, *, title: str, group_href: GroupHref | None = None) -> DrawnMap:
    """The drawing of all incidents given, fitted to them."""
    all_marks = tuple(marks)
    placed = [mark for mark in all_marks if is_placed(mark)]
    without = tuple(mark for mark in all_marks if not is_placed(mark))
    projection = Projection(fit_view(placed))
    groups = tuple(_group(placed, projection))
    parts = [*_head(title, _total(placed), _total(without)), *render_ground(outline, projection)]
    parts += [*_areas(groups, projection), *(_circle(group, group_href) for group in groups)]
    parts += [f'<text class="credit" x="{WIDTH - 12}" y="{HEIGHT - 12}" {_CREDIT}>{CREDIT}</text></svg>']
    return DrawnMap(svg="\n".join(parts), view=projection.view, groups=groups, without_place=without)


_CREDIT = 'text-anchor="end" font-size="18" fill="#4b4a45"'


def _head(title: str, placed: int, without: int) -> Iterator[str]:
    """The role is `group`: within an image, links would be hidden from those who listen."""
    told = f"{_incidents(placed)} on the map" + (f", {_incidents(without)} without a known place" if without else "")
    yield f'<svg xmlns="http://www.w3.org/2000/svg" class="drawn-map" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" font-family="sans-serif">'
    yield f"<title>{_text(title)}</title><desc>{told}</desc>"


def _total(marks: Iterable[Mark]) -> int:
    return sum(mark.incidents for mark in marks)


def _incidents(count: int) -> str:
    return f"{count:,} incident{'' if count == 1 else 's'}"


def _group(placed: Sequence[Mark], projection: Projection) -> Iterator[MarkGroup]:
    """The largest first, so that smaller circles lie upon them."""
    cells: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in placed:
        x, y = _at(mark, projection)
        cells[int(x // CELL), int(y // CELL)].append(mark)
    for marks in sorted(cells.values(), key=lambda marks: -_total(marks)):
        points = [_at(mark, projection) for mark in marks]
        x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
        yield MarkGroup(marks=tuple(marks), x=x, y=y, view=fit_view(marks))


def _at(mark: Mark, projection: Projection) -> tuple[float, float]:
    return projection.x(mark.lon or 0.0), projection.y(mark.lat or 0.0)


def _areas(groups: Iterable[MarkGroup], projection: Projection) -> Iterator[str]:
    """How far each place's name leaves the event open, where that is more than its circle and all of a circle lie at one point."""
    for group in groups:
        one_point = len({(mark.lat, mark.lon) for mark in group.marks}) == 1
        radius = projection.length(max(mark.radius_m or 0 for mark in group.marks), group.marks[0].lat or 0.0)
        if one_point and radius > _radius(group):
            at = f'cx="{group.x:.0f}" cy="{group.y:.0f}" r="{radius:.0f}"'
            yield f'<circle class="area" {at} fill="#a3320b" fill-opacity=".1" stroke="#a3320b" stroke-opacity=".45"/>'


def _radius(group: MarkGroup) -> float:
    count = _total(group.marks)
    return MARK_RADIUS if count == 1 else GROUP_RADIUS + GROUP_GROWTH * log10(count)


def _circle(group: MarkGroup, group_href: GroupHref | None) -> str:
    count = _total(group.marks)
    href = group.marks[0].href if len(group.marks) == 1 else group_href(group.view) if group_href else ""
    x, y = f"{group.x:.0f}", f"{group.y:.0f}"
    edge = 'fill="#a3320b" stroke="#f6f4ee" stroke-width="3"'
    number = (
        f'<text x="{x}" y="{group.y + 8:.0f}" text-anchor="middle" font-size="22" fill="#fff">{_short(count)}</text>'
        if count > 1
        else ""
    )
    drawn = f'<title>{_told(group.marks)}</title><circle cx="{x}" cy="{y}" r="{_radius(group):.0f}" {edge}/>{number}'
    kind = "mark" if count == 1 else "mark several"
    if not _OWN_PAGE.fullmatch(href):
        return f'<g class="{kind}">{drawn}</g>'
    return f'<a class="{kind}" href="{escape(href)}">{drawn}</a>'


def _short(count: int) -> str:
    return f"{count / 1000:.1f}k" if count >= 1000 else str(count)


def _told(marks: Sequence[Mark]) -> str:
    if _total(marks) == 1:
        return _text(marks[0].title)
    titles = "; ".join(_text(mark.title) for mark in marks[:MAX_TITLES])
    rest = _total(marks[MAX_TITLES:])
    more = f"; and {rest:,} more" if rest else ""
    return f"{_incidents(_total(marks))}: {titles}{more}"


def _text(words: str) -> str:
    """Escaped, bounded, and kept in its own direction among words of another."""
    plain = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", words)
    short = plain if len(plain) <= MAX_TITLE else plain[: MAX_TITLE - 1] + "…"
    return f"\N{FIRST STRONG ISOLATE}{escape(short)}\N{POP DIRECTIONAL ISOLATE}"
