"""Which figures a roll-up may go by, and for each other one why not.

Comes in: an incident's figures, and of which harm to whom a figure is wanted. Goes out: the claimants' last words, each text's once, and what
was left out. Rejected, replaced, denied and questioned ones never count; held ones do, and are named by the roll-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from harmledger.domain import ClaimedFigure, Harm, LeftOut, Polarity, Scope, Verdict, VictimGroup, VictimKind

ID_CHARS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Of which harm, to which people, a figure is wanted."""

    harm: Harm
    kind: VictimKind | None
    group: VictimGroup | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Last words, and what was left out before any rule."""

    figures: tuple[ClaimedFigure, ...]
    left_out: tuple[LeftOut, ...]


def hear(figures: Sequence[ClaimedFigure], wanted: Wanted) -> Heard:
    """The figures that count for what is wanted."""
    about = [figure for figure in figures if figure.harm is wanted.harm]
    left_out: list[LeftOut] = []
    about = _keep(about, _fallen, left_out)
    about = _keep(about, lambda f: _is_other(f, wanted), left_out)
    about = _keep(about, _without_number, left_out)
    if wanted.kind is None:
        about = _keep_whole(about, lambda f: f.kind is not VictimKind.COMBATANT, "counts combatants apart", left_out)
    if wanted.group is None:
        most = max((_most(figure) for figure in about if figure.group is None), default=0)
        about = _keep_whole(
            about, lambda f: f.group is None or _most(f) > most, "counts some of them: {0.group}", left_out
        )
    repeated = dict(_repeats(about))
    about = _keep(about, lambda f: repeated.get(f.claim_id), left_out)
    return Heard(figures=tuple(about), left_out=tuple(left_out))


def _keep(
    figures: Sequence[ClaimedFigure], why: Callable[[ClaimedFigure], str | None], left_out: list[LeftOut]
) -> list[ClaimedFigure]:
    """Those against which nothing is to be said."""
    kept: list[ClaimedFigure] = []
    for figure in figures:
        if reason := why(figure):
            left_out.append(LeftOut(claim_id=figure.claim_id, reason=reason))
        else:
            kept.append(figure)
    return kept


def _keep_whole(
    figures: Sequence[ClaimedFigure], is_whole: Callable[[ClaimedFigure], bool], reason: str, left_out: list[LeftOut]
) -> list[ClaimedFigure]:
    """Those that count all, where there are such; else what there is."""
    if not any(map(is_whole, figures)):
        return list(figures)
    return _keep(figures, lambda f: None if is_whole(f) else reason.format(f), left_out)


def _most(figure: ClaimedFigure) -> int:
    """The most that a figure says; a group of which more are counted than others count in all tells of all of them."""
    return figure.high if figure.high is not None else figure.low or 0


def _fallen(figure: ClaimedFigure) -> str | None:
    if figure.standing is Verdict.REJECT:
        return "rejected by a reviewer"
    if figure.standing is Verdict.NOTHING:
        return "in a report in which a person found nothing"
    if figure.superseded:
        by = f" in {figure.superseded_by[:ID_CHARS]}" if figure.superseded_by else ""
        return f"superseded by {'a ' * (figure.superseded.value[0] != 'a')}{figure.superseded.value}{by}"
    if figure.polarity is not Polarity.ASSERTED:
        return f"the figure is {figure.polarity.value}"
    return None


def _is_other(figure: ClaimedFigure, wanted: Wanted) -> str | None:
    if wanted.kind is not None and figure.kind is not wanted.kind:
        return f"counts others: {figure.kind.value}"
    if wanted.group is not None and figure.group is not wanted.group:
        return "counts others" if figure.group is None else f"counts others: {figure.group.value}"
    narrowed = wanted.kind is not None or wanted.group is not None
    if figure.scope is Scope.CUMULATIVE:
        return "counts several events"
    return "part of another figure" if figure.scope is Scope.PART and not narrowed else None


def _without_number(figure: ClaimedFigure) -> str | None:
    return "gives no number" if figure.low is None and figure.high is None else None


def _repeats(figures: Sequence[ClaimedFigure]) -> Iterator[tuple[str, str]]:
    """One text's word for the same, printed by others or said again: the original's counts."""
    first: dict[tuple[object, ...], ClaimedFigure] = {}
    for figure in sorted(figures, key=lambda f: (f.document_id != f.origin_id, str(f.said), f.claim_id)):
        voice = (figure.origin_id, figure.claimant.key, figure.kind, figure.group, figure.low, figure.high)
        original = first.setdefault(voice, figure)
        if original is not figure:
            what = "said again of" if original.document_id == figure.document_id else "a copy of"
            yield figure.claim_id, f"{what} {original.claim_id[:ID_CHARS]}"
