"""The closed sets that the encoder's heads answer with, in the order of their outputs. Order is part of the weights."""

from __future__ import annotations

from harmledger.domain import Harm, MeansKind, Polarity, Scope, VictimGroup, VictimKind

HARMS: tuple[Harm, ...] = tuple(Harm)
KINDS: tuple[VictimKind, ...] = tuple(VictimKind)
GROUPS: tuple[VictimGroup | None, ...] = (None, *VictimGroup)
SCOPES: tuple[Scope, ...] = tuple(Scope)
MEANS: tuple[MeansKind | None, ...] = (None, *MeansKind)
POLARITIES: tuple[Polarity, ...] = tuple(Polarity)
CLASSES = {"harm": HARMS, "kind": KINDS, "group": GROUPS, "scope": SCOPES, "means": MEANS, "polarity": POLARITIES}
JUDGED = {name: values for name, values in CLASSES.items() if name != "harm"}
"""What is asked of a counted expression that is known to tell of harm."""
MENTIONS: tuple[Harm | None, ...] = (None, *HARMS)
"""Whether an expression counts people harmed, and how; None where it doesn't."""
ROLES = ("victims", "place", "actor", "source", "when")
"""What a counted expression points at: words of the passage, or nothing."""
TAGS = 2 + len(HARMS)
"""A piece is outside (0), inside (1), or the first of a counted expression with a harm (2 and up)."""
BUCKETS = (-256, -128, -64, -32, -16, -8, -4, -1, 0, 1, 2, 4, 8, 16, 32, 64, 128)
"""Distances in pieces from a counted expression to what it points at: the lower ends of their classes."""
