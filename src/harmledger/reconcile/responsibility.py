"""Who blames whom, who admits, who denies.

Comes in: an incident's figures, and its reports' statements. Goes out: one Responsibility for each stance, speaker and actor, with all that it
stands on. Nobody is judged: a denial stands beside an accusation. What people rejected, and what was taken back, says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from harmledger.domain import (
    TAKEN_OUT,
    Certainty,
    ClaimedFigure,
    Polarity,
    Responsibility,
    SpeakerType,
    Stance,
    Superseded,
)
from harmledger.reconcile.names import Record, find_side, fold, read_claimant

PARTIES = frozenset({SpeakerType.GOVERNMENT, SpeakerType.MILITARY, SpeakerType.ARMED_GROUP})
"""Whose admission or denial is of what they did themselves, where they name nobody else."""
_STANCES = {"accuse": Stance.BLAMES, "admit": Stance.ADMITS, "deny": Stance.DENIES}


_ITS = re.compile(r"(?:its|their|our)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Word:
    """One mention of a stance."""

    stance: Stance
    by: str
    actor_id: str | None
    actor: str | None
    certainty: Certainty | None
    on: str


def find_responsibility(figures: Sequence[ClaimedFigure], statements: Iterable[Record]) -> tuple[Responsibility, ...]:
    """Each stance of each speaker to each actor, once, accusations first."""
    words = [*_of_figures(figures), *_of_statements(statements)]
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


def _of_figures(figures: Sequence[ClaimedFigure]) -> Iterator[_Word]:
    for figure in figures:
        gone = figure.standing in TAKEN_OUT or figure.superseded in {Superseded.RETRACTED, Superseded.CORRECTED}
        if figure.actor is None or gone:
            continue
        stance = _stance(figure)
        own = stance is not Stance.BLAMES and not speaks_for_itself(figure)
        by = figure.actor if own else figure.claimant.name
        yield _Word(stance, by, figure.actor_id, figure.actor, figure.certainty, figure.claim_id)


def _stance(figure: ClaimedFigure) -> Stance:
    """What a figure says of its actor: by its own words an actor admits or denies, and anybody else blames it."""
    own = speaks_for_itself(figure)
    if figure.certainty is Certainty.DENIED or (figure.polarity is Polarity.DENIED and own):
        return Stance.DENIES
    return Stance.ADMITS if own or figure.certainty is Certainty.CLAIMED else Stance.BLAMES


def speaks_for_itself(figure: ClaimedFigure) -> bool:
    """Whether a figure's claimant is the one who is said to have done it, or of its side: "the army said that its aircraft …"."""
    if figure.actor_id is None:
        return _ITS.match(figure.actor or "") is not None
    return find_side(figure.claimant.key) == find_side(figure.actor_id)


def _of_statements(statements: Iterable[Record]) -> Iterator[_Word]:
    for statement in statements:
        stance = _STANCES.get(statement["kind"])
        if stance is None:
            continue
        speaker, target = read_claimant(statement["speaker"]), statement["target"]
        actor_id, actor = (target["id"], target["name"] or target["exact"]) if target else (None, None)
        if stance is not Stance.BLAMES and speaker.type in PARTIES and actor_id is None:
            actor_id, actor = statement["speaker"]["id"], speaker.name
        certainty = Certainty.STATED if stance is Stance.BLAMES else None
        yield _Word(stance, speaker.name, actor_id, actor, certainty, statement["statement_id"])
