"""Which figures are no longer anybody's last word; all of them are kept.

Comes in: an incident's figures, what its reports say of themselves, and which reports a later version of their page replaced. Goes out: the same
figures, those that were replaced marked with what replaced them and why. What people rejected replaces nothing. A copy shares the fate of the
text that it copies; but where a page merely no longer says something, others that printed it still do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from harmledger.domain import TAKEN_OUT, ClaimedFigure, Superseded
from harmledger.reconcile.names import fold
from harmledger.reconcile.notes import Noted

Bounds = tuple[int | None, int | None]
Marks = dict[str, tuple[Superseded, str | None]]
"""Of each replaced figure why, and by which claim."""


def supersede(
    figures: Sequence[ClaimedFigure], notes: Iterable[Noted], later: Mapping[str, str] | None = None
) -> list[ClaimedFigure]:
    """The figures, each with what replaced it; `later`: of a report the later version of its page that stands."""
    noted = {note.document_id: note for note in notes}
    counted = [figure for figure in figures if figure.standing not in TAKEN_OUT]
    marks: Marks = {}
    for found in (_take_back(counted, noted), _correct(counted, noted), _rewrite(counted, later or {})):
        for claim, why in found:
            marks.setdefault(claim, why)
    _follow(counted, marks)
    marks = dict(_leave_out(counted, later or {})) | marks
    marks |= dict(_outdate([figure for figure in counted if figure.claim_id not in marks]))
    return [_marked(figure, marks.get(figure.claim_id)) for figure in figures]


def _marked(figure: ClaimedFigure, mark: tuple[Superseded, str | None] | None) -> ClaimedFigure:
    return replace(figure, superseded=mark[0], superseded_by=mark[1]) if mark else figure


Found = Iterator[tuple[str, tuple[Superseded, str | None]]]
Notes = Mapping[str, Noted]


def _take_back(figures: Sequence[ClaimedFigure], noted: Notes) -> Found:
    """All that a retracted report says, and the same figures in its outlet's earlier reports."""
    for own in figures:
        if own.document_id in noted and noted[own.document_id].retracts:
            yield own.claim_id, (Superseded.RETRACTED, None)
            for other in figures:
                if (
                    _is_earlier_of(other, own, noted)
                    and _people(other) == _people(own)
                    and _bounds(other) == _bounds(own)
                ):
                    yield other.claim_id, (Superseded.RETRACTED, None)


def _correct(figures: Sequence[ClaimedFigure], noted: Notes) -> Found:
    """What a note names as the earlier figure, there and in the outlet's other reports; else what it says itself in another number."""
    for document in dict.fromkeys(f.document_id for f in figures if f.document_id in noted):
        if not noted[document].corrects:
            continue
        own = [figure for figure in figures if figure.document_id == document]
        wrong = [figure for figure in own if figure.claim_id in noted[document].taken_back]
        right = [figure for figure in own if figure not in wrong]
        for figure in wrong:
            by = next((r.claim_id for r in right if r.harm is figure.harm), None)
            yield figure.claim_id, (Superseded.CORRECTED, by)
            for other in figures:
                same = (other.harm, *_bounds(other)) == (figure.harm, *_bounds(figure))
                if same and _is_earlier_of(other, figure, noted):
                    yield other.claim_id, (Superseded.CORRECTED, by)
        for figure in () if wrong else right:
            for other in figures:
                if _is_earlier_of(other, figure, noted) and _differs(other, figure):
                    yield other.claim_id, (Superseded.CORRECTED, figure.claim_id)


def _rewrite(figures: Sequence[ClaimedFigure], later: Mapping[str, str]) -> Found:
    """What a later version of the page says otherwise."""
    for figure, now in _beside_later(figures, later):
        same = [other for other in now if _series(other) == _series(figure)]
        if same and all(_bounds(other) != _bounds(figure) for other in same):
            yield figure.claim_id, (Superseded.VERSION, same[0].claim_id)


def _leave_out(figures: Sequence[ClaimedFigure], later: Mapping[str, str]) -> Found:
    """All else that an earlier version of a page says: by the later one's word for the same, where it has one."""
    for figure, now in _beside_later(figures, later):
        same = [other for other in now if _series(other) == _series(figure)]
        near = same or [other for other in now if _people(other) == _people(figure)]
        near.sort(key=lambda other: _bounds(other) != _bounds(figure))
        yield figure.claim_id, (Superseded.VERSION, near[0].claim_id if near else None)


def _beside_later(
    figures: Sequence[ClaimedFigure], later: Mapping[str, str]
) -> Iterator[tuple[ClaimedFigure, Sequence[ClaimedFigure]]]:
    """Each figure of a report that was replaced, and the figures of the version that stands."""
    said: defaultdict[str, list[ClaimedFigure]] = defaultdict(list)
    for figure in figures if later else ():
        said[figure.document_id].append(figure)
    for document, by in later.items():
        yield from ((figure, said.get(by, ())) for figure in said.get(document, ()))


def _is_earlier_of(other: ClaimedFigure, figure: ClaimedFigure, noted: Notes) -> bool:
    """Whether a figure stands in another report of the same outlet that isn't later."""
    if other.document_id == figure.document_id:
        return False
    one, two = noted.get(other.document_id), noted.get(figure.document_id)
    same_outlet = other.outlet is not None and figure.outlet is not None and fold(other.outlet) == fold(figure.outlet)
    same_address = one is not None and two is not None and one.address is not None and one.address == two.address
    later = other.said is not None and figure.said is not None and other.said > figure.said
    return (same_outlet or same_address) and not later


def _differs(other: ClaimedFigure, figure: ClaimedFigure) -> bool:
    """Whether two figures of one claimant for the same people aren't the same."""
    return _series(other) == _series(figure) and _bounds(other) != _bounds(figure)


def _follow(figures: Sequence[ClaimedFigure], marks: Marks) -> None:
    """Copies go with their original."""
    fates = {_voice(f): marks[f.claim_id] for f in figures if f.claim_id in marks and f.document_id == f.origin_id}
    for figure in figures:
        if _voice(figure) in fates:
            marks.setdefault(figure.claim_id, fates[_voice(figure)])


# --- over time -------------------------------------------------------------------------------------------------------


def _outdate(figures: Sequence[ClaimedFigure]) -> Found:
    """What a claimant said before its last day's words, unless these say the same still; what has no day stands."""
    series: defaultdict[tuple[object, ...], list[ClaimedFigure]] = defaultdict(list)
    for figure in figures:
        series[_series(figure)].append(figure)
    said = _first_said(figures)
    for some in series.values():
        days: defaultdict[date, list[ClaimedFigure]] = defaultdict(list)
        for figure in some:
            if day := said.get(_voice(figure)):
                days[day].append(figure)
        yield from _outdate_days([days[day] for day in sorted(days, reverse=True)])


def _outdate_days(days: Sequence[Sequence[ClaimedFigure]]) -> Found:
    """Of one claimant's figures, the last day's first: each by the first of the day after it."""
    last: set[Bounds] = {_bounds(figure) for figure in days[0]} if days else set()
    for day, after in zip(days[1:], days, strict=False):
        if not {_bounds(figure) for figure in day} <= last:
            last = set()
        for figure in day:
            if _bounds(figure) not in last:
                yield figure.claim_id, (Superseded.LATER, after[0].claim_id)


def _first_said(figures: Iterable[ClaimedFigure]) -> dict[tuple[object, ...], date]:
    """When each text first said it: a copy of a text says nothing anew."""
    first: dict[tuple[object, ...], date] = {}
    for figure in figures:
        if figure.said:
            voice = _voice(figure)
            first[voice] = min(first.get(voice, figure.said), figure.said)
    return first


def _bounds(figure: ClaimedFigure) -> Bounds:
    return figure.low, figure.high


def _people(figure: ClaimedFigure) -> tuple[object, ...]:
    return figure.harm, figure.kind, figure.group


def _series(figure: ClaimedFigure) -> tuple[object, ...]:
    """What a claimant may say a later figure of."""
    return (*_people(figure), figure.claimant.key, figure.polarity, figure.scope)


def _voice(figure: ClaimedFigure) -> tuple[object, ...]:
    """One text's word for it, whoever prints that."""
    return (figure.origin_id, *_series(figure), *_bounds(figure))
