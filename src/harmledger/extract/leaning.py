"""Where rules lean on the encoder: a source is likelier where somebody is said to say something, a time where words of time stand, a means where it is named.

In come the probabilities of starts of one role (claims × (pieces + 1), the last for "not stated") and spans that a grammar found; out go
the same, leant towards them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from harmledger.extract.candidates import locate_all
from harmledger.extract.encoding import EncodedPassage
from harmledger.extract.events import Clause
from harmledger.extract.heads import Floats
from harmledger.extract.labels import MEANS
from harmledger.extract.means import told_means
from harmledger.extract.passages import Span
from harmledger.resources.registry import load_registry
from harmledger.resources.registry.entry import ActorKind
from harmledger.text.dates import find_dates
from harmledger.text.speech import find_sayings

SAID_HERE = 30.0
"""How much likelier a source is that says something in the claim's own sentence; chosen on held-out reports."""
SAID_NEAR = 0.2
"""The same for one in another sentence of the passage."""
TIME = 20.0
"""How much likelier words of time are than any others."""
COALITION_ACTS = 3.0
"""How much likelier a coalition is the actor than other words are; chosen on held-out reports."""
MEANS_HERE = 30.0
"""How much likelier a means is whose words stand in the claim's own sentence; chosen on held-out reports."""
MEANS_NEAR = 5.0
"""The same for a sentence beside it, where the own one speaks of none."""
_NAME = re.compile("[A-Z\u0621-\u064a]|(?:the|an?|north|south|east|west)[a-z]*\\b")
_UNNAMED = re.compile(
    r"\b(?:\w+(?:ed|ing) )?(?:the |a |an )?(?:town|city|village|area|district|region|province|country|capital|neighbou?rhood)\b(?! of\b)(?! [A-Z])",
)
_KNOWN_DEED = re.compile(
    r"\b(?:the|these|those|such|its|their|his)\s+(?:[\w-]+\s+){0,2}?(?:(?:air|drone|missile|rocket|mortar)?(?:strikes?|raids?|attacks?)|shelling|bombings?|bombardments?|barrages?|shootings?)\b",
    re.IGNORECASE,
)
SPEAKER_ACTS = 0.05
"""How much likelier somebody who is said to say something is the actor than other words are."""
NOBODY_DID_IT = 0.2
"""How much likelier it is that no actor is stated, where the claim's own sentence tells of a deed as known already ("some of the raids"): whose it is was told before."""
ACTS_HERE = 5.0
"""How much likelier an actor is who is named in the claim's own sentence: who is named elsewhere did something else more often."""
ACTS_IN_CLAUSE = 25.0
"""The same for its part of a sentence that tells of several events."""
SENTENCE = 10.0
"""How much likelier a place or time is in the claim's own sentence."""
CLAUSE = 100.0
"""The same for its part of a sentence that tells of several events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a grammar found in a passage: the span of each, by its first piece; and the sentence of that piece."""

    spans: dict[int, Span]
    sentence: dict[int, int]
    asides: dict[int, Span] = field(default_factory=dict)
    """Of speakers, what stands between them and their cue: who they are ("Huda Nasser, a medic in Idlib, said")."""

    def without(self, others: Found) -> Found:
        """What does not begin in what else was found."""
        spans = {
            k: span for k, span in self.spans.items() if not any(a <= span[0] < b for a, b in others.spans.values())
        }
        return Found(spans=spans, sentence=self.sentence)


def find_speakers(text: str, sentences: Sequence[Span], passage: EncodedPassage) -> Found:
    """Everybody who is said to say something, in all sentences of the passage."""
    sayings = [s for stretch in passage.stretches(sentences) for s in find_sayings(text, *stretch)]
    found = _found(passage, [s.source for s in sayings])
    cues = {s.source: s.cue[0] for s in sayings if text.startswith(",", s.source[1])}
    return replace(found, asides={k: (b, cues[a, b]) for k, (a, b) in found.spans.items() if (a, b) in cues})


def find_coalitions(text: str, sentences: Sequence[Span], passage: EncodedPassage) -> Found:
    """Coalitions that the registry knows, in all sentences of the passage."""
    mentions = (m for stretch in passage.stretches(sentences) for m in load_registry().find_mentions(text, *stretch))
    return _found(
        passage, [(m.start, m.end) for m in mentions if m.entries and m.entries[0].kind is ActorKind.COALITION]
    )


def find_times(text: str, sentences: Sequence[Span], passage: EncodedPassage) -> Found:
    """All words of time in the passage."""
    spans = [(d.start, d.end) for stretch in passage.stretches(sentences) for d in find_dates(text, *stretch)]
    return _found(passage, spans)


def _found(passage: EncodedPassage, spans: Sequence[Span]) -> Found:
    at = {pieces[0]: span for span, pieces in locate_all(passage, spans)}
    return Found(spans=at, sentence={k: int(passage.sentence[k]) for k in at})


def lean_on_speakers(starts: Floats, passage: EncodedPassage, own: Sequence[int], speakers: Found) -> Floats:
    """Starts of sources; `own` is the sentence of each claim. What tells who a speaker is speaks for the speaker."""
    starts = starts.copy()
    for piece, span in speakers.asides.items():
        aside = _pieces_in(passage, span)
        starts[:, piece] += starts[:, aside].sum(1)
        starts[:, aside] = 0
    weights = np.ones_like(starts)
    for k, sentence in enumerate(own):
        for piece, where in speakers.sentence.items():
            weights[k, piece] = SAID_HERE if where == sentence else SAID_NEAR
    return _scaled(starts, weights)


def find_names(text: str, passage: EncodedPassage) -> Found:
    """Every piece that may begin a name: by its capital, or in Arabic script, which has none."""
    at = {k: span for k, span in enumerate(passage.spans) if span[0] < span[1] and _NAME.match(text, span[0])}
    return Found(spans=at, sentence={})


def find_unnamed(text: str, sentences: Sequence[Span], passage: EncodedPassage) -> Found:
    """Words for a place that don't name it: "the town"."""
    stretches = passage.stretches(sentences)
    return _found(passage, [m.span() for stretch in stretches for m in _UNNAMED.finditer(text, *stretch)])


def lean_off_speakers(starts: Floats, passage: EncodedPassage, speakers: Found) -> Floats:
    """Starts of actors or places: who only tells of it is seldom who did it, and never where."""
    spoken = [piece for span in speakers.spans.values() for piece in _pieces_in(passage, span)]
    return _favoured(starts, spoken, SPEAKER_ACTS)


def _pieces_in(passage: EncodedPassage, span: Span) -> list[int]:
    """The pieces that begin in a span of the document."""
    return [k for k, (a, _) in enumerate(passage.spans) if span[0] <= a < span[1]]


def lean_on_coalitions(starts: Floats, coalitions: Found) -> Floats:
    """Starts of actors: a coalition is seldom a victim."""
    return _favoured(starts, list(coalitions.spans), COALITION_ACTS)


def lean_on_somebody(starts: Floats, text: str, sentences: Sequence[Span], own: Sequence[int]) -> Floats:
    """Starts of actors of deeds that are told as known; `own` is the sentence of each claim."""
    weights = np.ones_like(starts)
    known = [k for k, sentence in enumerate(own) if _KNOWN_DEED.search(text, *sentences[sentence])]
    weights[known, -1] = NOBODY_DID_IT
    return _scaled(starts, weights)


def lean_on_times(starts: Floats, times: Found) -> Floats:
    """Starts of words of time."""
    return _favoured(starts, list(times.spans), TIME)


def lean_on_means(beliefs: Floats, text: str, sentences: Sequence[Span], own: Sequence[int]) -> Floats:
    """Beliefs in each kind of means (claims × kinds, in the order of `labels.MEANS`); `own` is the sentence of each claim."""
    weights = {sentence: _weigh_means(text, sentences, sentence) for sentence in set(own)}
    return _scaled(beliefs, np.stack([weights[sentence] for sentence in own]))


def _weigh_means(text: str, sentences: Sequence[Span], sentence: int) -> Floats:
    """How much likelier each kind of means is by what a sentence names, or those beside it where it names none."""
    told, factor = told_means(text, sentences[sentence]), MEANS_HERE
    if not told:
        beside = sentences[max(0, sentence - 1) : sentence + 2]
        told, factor = {kind for s in beside for kind in told_means(text, s)}, MEANS_NEAR
    return np.array([factor if kind in told else 1 for kind in MEANS], dtype=np.float32)


def _favoured(starts: Floats, pieces: Sequence[int], factor: float) -> Floats:
    """Every claim's starts with some pieces so much likelier than the others."""
    weights = np.ones_like(starts)
    weights[:, pieces] = factor
    return _scaled(starts, weights)


def lean_on_clauses(starts: Floats, found: Found, clauses: Sequence[Clause], *, whole: float, part: float) -> Floats:
    """Starts of what was found in each claim's own sentence, by one factor where all of it is the claim's, by another in its part of it."""
    weights = np.ones_like(starts)
    for k, clause in enumerate(clauses):
        inside = [piece for piece, (at, _) in found.spans.items() if clause.span[0] <= at < clause.span[1]]
        weights[k, inside] = whole if clause.whole else part
    return _scaled(starts, weights)


def _scaled(starts: Floats, weights: Floats) -> Floats:
    leant = starts * weights
    return leant / leant.sum(-1, keepdims=True)
