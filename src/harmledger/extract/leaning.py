"""Where rules lean on the encoder's pointers: a source is likelier where somebody is said to say something, a time where words of time stand.

In come the probabilities of starts of one role (claims × (pieces + 1), the last for "not stated") and spans that a grammar found; out go
the same, leant towards them. The grammar's span decides where such an answer ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from harmledger.extract.candidates import locate
from harmledger.extract.encoding import EncodedPassage
from harmledger.extract.heads import Floats
from harmledger.extract.passages import Span
from harmledger.text.dates import find_dates
from harmledger.text.speech import find_sayings

SAID_HERE = 30.0
"""How much likelier a source is that says something in the claim's own sentence; chosen on held-out reports."""
SAID_NEAR = 0.2
"""The same for one in another sentence of the passage."""
TIME = 20.0
"""How much likelier words of time are than any others."""


SPEAKER_ACTS = 0.05
"""How much likelier somebody who is said to say something is the actor than other words are."""
SENTENCE = 10.0
"""How much likelier a place or time is in the claim's own sentence."""
CLAUSE = 100.0
"""The same for its part of a sentence that tells of several events."""
_NEXT_EVENT = re.compile(
    r";|,? (?:and|while|whereas|but)(?= (?:to |in |on |for |at |of )?(?:an)?(?:other|more|later|elsewhere|separate)\b)|,? (?:while|whereas|meanwhile)\b|, and(?= (?:in|on|at|near) )"
    r"|،? (?:فيما|بينما|في حين|كما)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a grammar found in a passage: the span of each, by its first piece; and the sentence of that piece."""

    spans: dict[int, Span]
    sentence: dict[int, int]


@dataclass(frozen=True, slots=True)
class Clause:
    """The part of a sentence that tells of one event; whole where the sentence tells of no other."""

    span: Span
    whole: bool


def find_speakers(text: str, sentences: Sequence[Span], passage: EncodedPassage) -> Found:
    """Everybody who is said to say something, in all sentences of the passage."""
    present = dict.fromkeys(int(i) for i in passage.sentence if i >= 0)
    spans = [s.source for i in present for s in find_sayings(text, *sentences[i])]
    return _found(passage, spans)


def find_times(text: str, sentences: Sequence[Span], passage: EncodedPassage) -> Found:
    """All words of time in the passage."""
    present = dict.fromkeys(int(i) for i in passage.sentence if i >= 0)
    spans = [(d.start, d.end) for i in present for d in find_dates(text, *sentences[i])]
    return _found(passage, spans)


def _found(passage: EncodedPassage, spans: Sequence[Span]) -> Found:
    at = {pieces[0]: span for span in spans if (pieces := locate(passage, span))}
    return Found(spans=at, sentence={k: int(passage.sentence[k]) for k in at})


def lean_on_speakers(starts: Floats, own: Sequence[int], speakers: Found) -> Floats:
    """Starts of sources; `own` is the sentence of each claim."""
    weights = np.ones_like(starts)
    for k, sentence in enumerate(own):
        for piece, where in speakers.sentence.items():
            weights[k, piece] = SAID_HERE if where == sentence else SAID_NEAR
    return _scaled(starts, weights)


def lean_off_speakers(starts: Floats, passage: EncodedPassage, speakers: Found) -> Floats:
    """Starts of actors: who only tells of it is seldom who did it."""
    begins = np.array([a for a, _ in passage.spans])
    weights = np.ones_like(starts)
    for a, b in speakers.spans.values():
        weights[:, :-1][:, (a <= begins) & (begins < b)] = SPEAKER_ACTS
    return _scaled(starts, weights)


def lean_on_times(starts: Floats, times: Found) -> Floats:
    """Starts of words of time."""
    weights = np.ones_like(starts)
    weights[:, list(times.spans)] = TIME
    return _scaled(starts, weights)


def lean_on_clauses(starts: Floats, passage: EncodedPassage, clauses: Sequence[Clause]) -> Floats:
    """Starts in each claim's own sentence, or in its part of it."""
    begins = np.array([a for a, _ in passage.spans])
    weights = np.ones_like(starts)
    for k, clause in enumerate(clauses):
        inside = (clause.span[0] <= begins) & (begins < clause.span[1])
        weights[k, :-1][inside] = SENTENCE if clause.whole else CLAUSE
    return _scaled(starts, weights)


def find_clause(text: str, sentence: Span, at: int) -> Clause:
    """The part of a sentence that tells of the event that an expression belongs to; all of it where it tells of one."""
    cuts = [m.start() for m in _NEXT_EVENT.finditer(text, *sentence)]
    edges = [sentence[0], *cuts, sentence[1]]
    return next(Clause((a, b), whole=not cuts) for a, b in pairwise(edges) if a <= at < b or b == sentence[1])


def _scaled(starts: Floats, weights: Floats) -> Floats:
    leant = starts * weights
    return leant / leant.sum(-1, keepdims=True)
