"""Who blames whom, who admits, who denies.

Comes in: an incident's figures, and its reports' statements. Goes out: one Responsibility for each stance, speaker and actor, with all that it
stands on. Nobody is judged: a denial stands beside an accusation. What people rejected, and what was taken back, says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from harmledger.domain import Certainty, ClaimedFigure, Polarity, Responsibility, SpeakerType, Stance, Superseded, Verdict
from harmledger.reconcile.names import Names, Record, fold, read_claimant

PARTIES = frozenset({SpeakerType.GOVERNMENT, SpeakerType.MILITARY, SpeakerType.ARMED_GROUP})
"""Whose admission or denial is of what they did themselves, where they name nobody else."""
_STANCES = {"accuse": Stance.BLAMES, "admit": Stance.ADMITS, "deny": Stance.DENIES}


@dataclass(frozen=True, slots=True)
class _Word:
    """One mention of a stance."""

    stance: Stance
    by: str
    actor_id: str | None
    actor: str | None
    certainty: Certainty | None
    on: str


def find_responsibility(
    figures: Sequence[ClaimedFigure], statements: Iterable[Record], names: Names
) -> tuple[Responsibility, ...]:
    """Each stance of each speaker to each actor, once, accusations first."""
    words = [*_of_figures(figures, names), *_of_statements(statements)]
    grouped: dict[tuple[Stance, str, str], list[_Word]] = {}
    for word in words:
        grouped.setdefault((word.stance, fold(word.by), word.actor_id or fold(word.actor or "")), []).append(word)
    found = [_together(some) for some in grouped.values()]
    return tuple(sorted(found, key=lambda r: (list(Stance).index(r.stance), r.actor or "", r.by)))


def _together(words: Sequence[_Word]) -> Responsibility:
    sure = [word.certainty for word in words if word.certainty]
    stated = Certainty.STATED if Certainty.STATED in sure else next(iter(sure), None)
    first = words[0]
    return Responsibility(
        stance=first.stance,
        by=first.by,
        actor_id=first.actor_id,
        actor=first.actor,
        certainty=stated,
        on=tuple(dict.fromkeys(word.on for word in words)),
    )


def _of_figures(figures: Sequence[ClaimedFigure], names: Names) -> Iterator[_Word]:
    for figure in figures:
        gone = figure.standing is Verdict.REJECT or figure.superseded in {Superseded.RETRACTED, Superseded.CORRECTED}
        if figure.actor is None or gone:
            continue
        stance = _stance(figure, names)
        own = stance is not Stance.BLAMES
        by = figure.actor if own else figure.claimant.name
        yield _Word(stance, by, figure.actor_id, figure.actor, figure.certainty, figure.claim_id)


def _stance(figure: ClaimedFigure, names: Names) -> Stance:
    """What a figure's claimant says of its actor: by its own words an actor admits or denies, and anybody else blames it."""
    if figure.certainty is Certainty.DENIED or (figure.polarity is Polarity.DENIED and _speaks_for_itself(figure, names)):
        return Stance.DENIES
    if figure.certainty is Certainty.CLAIMED or _speaks_for_itself(figure, names):
        return Stance.ADMITS
    return Stance.BLAMES


def _speaks_for_itself(figure: ClaimedFigure, names: Names) -> bool:
    return figure.actor_id is not None and names.side(figure.claimant.key) == names.side(figure.actor_id)


def _of_statements(statements: Iterable[Record]) -> Iterator[_Word]:
    for statement in statements:
        stance = _STANCES.get(statement["kind"])
        if stance is None:
            continue
        speaker = read_claimant(statement["speaker"])
        target, itself = statement["target"], speaker.type in PARTIES
        known = target is not None and target["id"] is not None
        actor_id, actor = (target["id"], target["name"]) if known else (None, target and target["exact"])
        if stance is not Stance.BLAMES and itself and not known:
            actor_id, actor = statement["speaker"]["id"], speaker.name
        certainty = Certainty.STATED if stance is Stance.BLAMES else None
        yield _Word(stance, speaker.name, actor_id, actor, certainty, statement["statement_id"])
