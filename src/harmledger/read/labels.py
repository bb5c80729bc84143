"""Furniture that is known by its words, followed down the text.

Comes in: the lines as looked at. Goes out: a role for each: a label takes itself, the headlines or chips below it, or
all that follows; the rest is left as body.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from harmledger.read import dateline, headline
from harmledger.read.furniture import Furniture, Reach
from harmledger.read.lines import Shape
from harmledger.read.look import BODY, Look, Role, furniture_role

CHIP_WORDS = 4
"""Most words of a tag."""


def follow_labels(looks: Sequence[Look], title: str) -> list[Role]:
    """Follows labels down the text: each takes itself, the items below it, or all that follows."""
    roles = [BODY] * len(looks)
    before = list(accumulate((len(look.line.text) if look.prose else 0 for look in looks), initial=0))
    mode: Furniture | None = None
    for index, look in enumerate(looks):
        own = look.furniture
        if own and own.reach is Reach.REST and not (mode and mode.reach is Reach.REST):
            own = own if before[-1] - before[index] <= before[index] else own._replace(reach=Reach.LINE)
        if before[index] == 0 and headline.repeats_title(look.folded, title):
            mode = None
        elif own:
            roles[index] = furniture_role(own.kind)
            mode = _next_mode(mode, own)
        elif mode and (mode.reach is Reach.REST or _is_listed(look, mode)):
            roles[index] = furniture_role(mode.kind)
        else:
            mode = None
    return roles


def _next_mode(mode: Furniture | None, own: Furniture) -> Furniture | None:
    """What a label does to the lines below: none shortens the reach of the one before it to less than the rest."""
    if mode and mode.reach is Reach.REST:
        return Furniture(own.kind if own.reach is not Reach.LINE else mode.kind, Reach.REST)
    return mode if own.reach is Reach.LINE else own


def _is_listed(look: Look, mode: Furniture) -> bool:
    if dateline.is_stamp(look.line.text):
        return True
    if mode.kind == "tags":
        return look.shape is Shape.ITEM and look.words <= CHIP_WORDS
    return look.shape is Shape.ITEM
