"""The part of a sentence that tells of one event: "…, and another on Sake left 4 dead".

In come a sentence and an offset in it; out comes the clause around it. Only turns to another event cut a sentence; it is not parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from harmledger.extract.passages import Span

_NEXT_EVENT = re.compile(
    r";|,? (?:and|while|whereas|but)(?= (?:to |in |on |for |at |of )?(?:an)?(?:other|more|later|elsewhere|separate)\b)|,? (?:while|whereas|meanwhile)\b|, and(?= (?:in|on|at|near) )"
    r"|،? (?:فيما|بينما|في حين|كما)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The part of a sentence that tells of one event; whole where the sentence tells of no other."""

    span: Span
    whole: bool


def find_clause(text: str, sentence: Span, at: int) -> Clause:
    """The part of a sentence that tells of the event that an expression belongs to; all of it where it tells of one."""
    cuts = [m.start() for m in _NEXT_EVENT.finditer(text, *sentence)]
    edges = [sentence[0], *cuts, sentence[1]]
    return next(Clause((a, b), whole=not cuts) for a, b in pairwise(edges) if a <= at < b or b == sentence[1])
