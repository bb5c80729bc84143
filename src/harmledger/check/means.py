"""Recorders' strike types beside our kinds of means."""

from __future__ import annotations

from functools import lru_cache

from harmledger.domain import MeansKind

_FROM_AFAR = frozenset((MeansKind.SHELLING, MeansKind.ROCKET_OR_MISSILE))
_KINDS: tuple[tuple[str, frozenset[MeansKind]], ...] = (
    ("drone", frozenset((MeansKind.DRONE_STRIKE, MeansKind.AIRSTRIKE, MeansKind.ROCKET_OR_MISSILE))),
    ("air", frozenset((MeansKind.AIRSTRIKE, MeansKind.DRONE_STRIKE, MeansKind.ROCKET_OR_MISSILE, MeansKind.BOMB))),
    ("artillery", _FROM_AFAR),
    ("shelling", _FROM_AFAR),
    ("missile", _FROM_AFAR | {MeansKind.AIRSTRIKE}),
    ("naval", _FROM_AFAR),
    ("ground", frozenset((MeansKind.GROUND_ATTACK, MeansKind.SHOOTING, MeansKind.EXECUTION))),
    ("armed clash", frozenset((MeansKind.GROUND_ATTACK, MeansKind.SHOOTING))),
    ("gunfire", frozenset((MeansKind.SHOOTING,))),
    ("suicide", frozenset((MeansKind.BOMB,))),
    ("bomb", frozenset((MeansKind.BOMB, MeansKind.MINE_OR_REMNANT))),
    ("ied", frozenset((MeansKind.BOMB, MeansKind.MINE_OR_REMNANT))),
    ("landmine", frozenset((MeansKind.MINE_OR_REMNANT,))),
    ("chemical", frozenset((MeansKind.CHEMICAL,))),
    ("grenade", frozenset((MeansKind.BOMB, MeansKind.GROUND_ATTACK))),
    ("attack", frozenset((MeansKind.GROUND_ATTACK, MeansKind.SHOOTING, MeansKind.EXECUTION))),
)
"""What reporters call what a recorder's words hold: Airwars' strike types, ACLED's sub-events, Iraq Body Count's weapons."""


@lru_cache(maxsize=4096)
def strike_kinds(recorded: str) -> frozenset[MeansKind]:
    """The kinds of means that a recorder's words go with; empty where they say nothing known."""
    words = recorded.lower()
    return frozenset(kind for word, kinds in _KINDS if word in words for kind in kinds)


def agrees(means: str, recorded: str) -> bool:
    """Whether a claim's means may be what a recorder saw."""
    return means == MeansKind.OTHER.value or means in strike_kinds(recorded)
